/*
 * What a GWAS file seems to be, for a study file to say so.
 * In: the path of a file. Out: which column is which, and from the first rows its traits,
 * sample size, the unit of its effects and a threshold, each with the reason. Guesses: they are
 * written out for a person to check.
 */
#ifndef STUDY_DETECT_H
#define STUDY_DETECT_H

#include "base/arena.h"
#include "gwas/explain.h"

/* So many rows are looked at. */
#define DETECT_ROWS 1000

struct detected {
    const char *path;
    const struct explain_line *lines; /* what each column is taken for, what is derived ... */
    size_t line_count;
    const char *trait; /* that the first row names; NULL: the file names none */
    bool has_traits;   /* rows name several */
    bool is_taxon;     /* by the name of the trait or file */
    double n, cases;   /* largest among those rows; NaN: unknown */
    enum trait_unit unit;
    const char *unit_reason; /* in words */
    double p_threshold;
    const char *p_reason;
};

/* Texts live in `arena`. Fails where the file cannot be read or its columns are not found. */
MUST_USE bool detect_file(const char *path, const char *const *overrides, size_t count,
                          struct arena *arena, struct detected *found, struct error *error);

/* Adds what an override can name in a file to `names` (const char *, in `arena`): its columns,
 * or the FORMAT fields of a VCF. */
MUST_USE bool detect_columns(const char *path, struct arena *arena, struct array *names,
                             struct error *error);

#endif
