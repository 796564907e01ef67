/*
 * Summary statistics in: tables of associations, one trait or many a file, and harmonised
 * tables. In: a path. Out: associations in file order, and the rows that the policy on bad rows
 * dropped, each with its reason. What shows that a file is not what it seems refuses it.
 */
#ifndef GWAS_GWAS_H
#define GWAS_GWAS_H

#include "base/arena.h"
#include "base/array.h"
#include "base/error.h"
#include "gwas/association.h"
#include "gwas/columns.h"
#include <stdatomic.h>
#include <stdint.h>

struct map;

/* Why a row was dropped while reading; texts by gwas_drop_text. */
enum gwas_drop {
    DROP_NONE,
    DROP_NO_ID,
    DROP_NO_BETA,
    DROP_NO_SE,
    DROP_SE_NOT_POSITIVE,
    DROP_P_RANGE,
    DROP_EAF_RANGE,
    DROP_ALLELES,
    DROP_POSITION,
    DROP_DUPLICATE, /* equal alleles, different figures: the first is kept */
    DROP_BAD_ROW,   /* ragged or not a number, under --skip-bad-rows */
    DROP_FAILED,    /* its program reports an error in place of a result */
    DROP_REASONS
};

/* A dropped row. Texts belong to the arena. */
struct gwas_dropped {
    const char *trait;   /* as in the file; NULL when the file has one trait */
    const char *variant; /* NULL when it had no id */
    long line;
    enum gwas_drop reason;
};

/* Which rows of a table of associations are kept; all zero: every row. A row is kept when it
 * meets any. Rows that are not wanted are counted and nothing else is known of them: no
 * policy looks at what they hold. */
struct gwas_wanted {
    double most_p;              /* P below this; 0: no threshold */
    const struct map *variants; /* ids as the file has them or as made, whatever their case;
                                 * NULL: no list */
    const struct map *places;   /* "7:12345", chromosomes as by place.h; NULL: no list */
};

/* What another thread sees of a reading, and asks of it. Begin with {0}; one for all files that
 * are read with it. */
struct gwas_watch {
    atomic_bool is_stopped; /* set it: the reading fails within a few rows */
    _Atomic uint64_t taken; /* bytes of all files so far, as they lie on the disk */
};

struct gwas_options {
    struct gwas_wanted wanted;
    struct gwas_wanted kept; /* of the rows that were read and that every policy has seen, those
                                that are given, and the first of each trait; no threshold */
    struct gwas_watch *watch;     /* NULL: nobody watches */
    const char *const *overrides; /* "role=NAME" texts, see columns.h */
    size_t override_count;
    bool skip_bad_rows;
    size_t most_rows;           /* reading ends after so many; 0: at the end of the file */
    _Atomic uint64_t *consumed; /* grows with the bytes read of the file, as it lies on the
                                   disk, for who shows progress; NULL: nobody */
    size_t threads; /* that work ahead in a large file; 0: as many as processors, 1: none */
};

/* A row of an associations table: its trait as written, and the association. */
struct gwas_row {
    const char *trait; /* NULL when the table has no trait column */
    struct association association;
};

/* A row of a harmonised table, both sides on the same alleles already. */
struct gwas_harmonised_row {
    const char *exposure, *outcome;               /* NULL when the table has no such column */
    const char *direction;                        /* NULL likewise */
    const char *exposure_cohort, *outcome_cohort; /* NULL likewise, or unknown */
    struct association x, y;
    bool mr_keep; /* TRUE when the table has no such column */
};

/* What a file gave. rows holds struct gwas_row or struct gwas_harmonised_row. */
struct gwas_table {
    struct array rows;
    struct array dropped; /* struct gwas_dropped */
    size_t read;          /* data rows seen */
    size_t unwanted;      /* of them, not asked for (struct gwas_wanted) */
    size_t other_tests;   /* of the unwanted, rows of another TEST than ADD */
    size_t duplicates;    /* equal rows that counted once */
    size_t repaired_p;    /* P of 0 recomputed from effect and SE */
    size_t ratio_se;      /* SE of odds ratios, brought to their logs */
    size_t strange_p;     /* P that contradicts effect and SE by far; kept */
    struct columns columns;
    const char *note; /* why an index beside the file was not used, or NULL; in the arena */
};

/*
 * Reads a table of associations, or a harmonised one. Texts go to `arena`. On true the caller
 * ends *table with gwas_table_destroy; on false nothing is left to free.
 */
MUST_USE bool gwas_read(const char *path, const struct gwas_options *options,
                        struct arena *arena, struct gwas_table *table, struct error *error);
MUST_USE bool gwas_read_harmonised(const char *path, const struct gwas_options *options,
                                   struct arena *arena, struct gwas_table *table,
                                   struct error *error);
void gwas_table_destroy(struct gwas_table *table);

/* The reason in words for people and for the ledger ("missing SE"). */
const char *gwas_drop_text(enum gwas_drop reason);

/*
 * One warning line about what was dropped, with counts by reason, and about equal rows and P
 * that contradict their effects; NULL when there is nothing to say. The caller frees it.
 */
char *gwas_warning(const char *path, const struct gwas_table *table);

#endif
