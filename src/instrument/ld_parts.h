/*
 * What the readers of LD files share. Private to this room.
 * In: a path. Out: lines of any number of cells; the correlations that they fill.
 */
#ifndef INSTRUMENT_LD_PARTS_H
#define INSTRUMENT_LD_PARTS_H

#include "base/arena.h"
#include "base/map.h"
#include "gwas/lines.h"
#include "instrument/ld.h"

struct cells;

#define LD_NONE ((size_t)-1)

/* The most variants of a list, as of columns of a table. */
#define LD_MOST ((size_t)10000)

/* How far symmetry, the diagonal and the bounds may be missed. */
#define LD_TOLERANCE 1e-6

struct ld_name {
    const char *name;           /* as in the file */
    const char *first, *second; /* the alleles in it, counted one first; NULL without */
    size_t next;                /* another place of the same id, with other alleles; LD_NONE */
};

struct ld {
    struct arena *arena;
    size_t count;
    struct ld_name *names; /* NULL: not known */
    struct map *by_name;   /* lower case */
    struct map *by_id;     /* names without their alleles, lower case: first place */
    double *r;             /* count x count; NaN: not listed */
};

/* Lines of cells. `line` is that of the row last given, 0 before the first. */
struct ld_rows {
    struct lines *lines;
    struct cells *cells;
    const char *path;
    long line;
    const char *const *cell;
    size_t count;
    struct error *error;
};

/* The next line that is not blank, in rows->cell and count, borrowed until the next call. */
MUST_USE enum read_result ld_rows_next(struct ld_rows *rows);

/* The first line as kept texts, before the second is read. */
struct ld_header {
    const char *const *names;
    size_t count;
    bool is_bare; /* numbers: a row of a square already */
};

/* A cell as a correlation, clamped to -1 and 1; `column` is for the message. */
MUST_USE bool ld_number(const struct ld_rows *rows, const char *cell, const char *column,
                        double *r);

/* Fills ld from the lines behind the header. */
MUST_USE bool ld_read_list(struct ld *ld, struct ld_rows *rows, const struct ld_header *header);
MUST_USE bool ld_read_square(struct ld *ld, struct ld_rows *rows,
                             const struct ld_header *header);

/* Whether a header is that of a list. */
bool ld_is_list(const struct ld_header *header);

/* Adds the name of place `index` (names has room for it); false when it is there already. */
bool ld_add_name(struct ld *ld, size_t index, const char *name);

#endif
