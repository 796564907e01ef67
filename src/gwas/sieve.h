/*
 * Rows that are certainly not wanted are passed over without being cut: a look at one or two
 * cells of each line is enough. Or a few columns of numbers are all that is wanted of most. In:
 * lines of text, which columns to look at and for what. Out: the lines that are left, for the
 * careful way, and how many rows were passed over. A line with another number of cells, a
 * quote, a NUL byte or a cell that is not plainly a number is always left, so that what is
 * wrong is found as if there were no sieve.
 */
#ifndef GWAS_SIEVE_H
#define GWAS_SIEVE_H

#include "gwas/id_set.h"
#include "gwas/scan.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Columns that are not looked at. */
#define SIEVE_NONE ((size_t)-1)

/* Bytes that must be readable behind the text. */
#define SIEVE_BEHIND ((size_t)64)

/* Numbers of rows that were passed over, row after row; by the thread that asks for rows. */
typedef void sieve_take(void *context, const double *values, size_t rows);

/*
 * A row is left when it may meet the threshold, may have an id of the set or may stand at a
 * position of the other set. Where `numbers` is
 * a column and is_neglog10 is false, the threshold is met by a number below `bound`; else by
 * one above.
 */
struct sieve {
    char delimiter; /* as in struct cells */
    size_t columns; /* cells of a row */
    size_t numbers; /* the column of P or -log10 P; SIEVE_NONE: no threshold */
    bool is_neglog10;
    double bound;
    size_t names;             /* the column of ids; SIEVE_NONE: no list */
    const struct id_set *ids; /* borrowed; NULL: no list */
    size_t places;            /* the column of positions; SIEVE_NONE: they are in the ids */
    const struct id_set *positions; /* as texts, borrowed; NULL: no list */
    const size_t *parsed;           /* columns of numbers, instead of all above, or NULL: */
    size_t parsed_count;            /* rows where all of them are plain are taken, */
    sieve_take *take;               /* and given to this, in file order */
    void *context;
};

/* A line that is left, within the text that was sieved. */
struct sieve_line {
    uint32_t start, length; /* without the line's end */
    uint32_t lines;         /* before it, of any kind, */
    uint32_t skipped;       /* and rows among them that were passed over */
};

/* Room for what one run leaves; may be used again and again, by one thread at a time. */
struct sieved {
    struct sieve_line *left;
    size_t count;
    size_t start, end;       /* what was looked at: the lines from here to here */
    uint32_t lines, skipped; /* in it: lines of any kind, rows passed over */
    double *values;          /* of the rows passed over, where columns are parsed */
    struct scan *scan;
    bool *marks;                /* of its whole lines: to be left */
    struct scan_wanted wanted;  /* the columns that are looked at, */
    size_t columns[3];          /* where they are not those that are parsed, */
    size_t number, name, place; /* and where in this list each stands */
};

struct sieved *sieved_create(const struct sieve *sieve);
void sieved_destroy(struct sieved *sieved);

/*
 * Looks at text[start] up to text[end], below 4 GB: whole lines, each with its end. May stop
 * early, at sieved->end, when there is no more room for lines that are left. `scan` is NULL
 * for the fastest.
 */
void sieve_run(const struct sieve *sieve, scan_function *scan, const char *text, size_t start,
               size_t end, struct sieved *sieved);

/* How many bytes of text its whole lines are: up to the last line's end. */
size_t sieve_whole(const char *text, size_t length);

#endif
