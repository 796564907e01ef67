/*
 * One exposure and one outcome on the same alleles.
 * In: harmonised rows. Out: the numbers that estimators read, in arrays of length count, each
 * knowing the row that it came from. A pair is never changed once made: leaving variants out
 * makes another pair.
 */
#ifndef PAIR_PAIR_H
#define PAIR_PAIR_H

#include "base/arena.h"
#include "gwas/association.h"
#include "pair/harmonise.h"

enum direction { FORWARD, REVERSE };

struct pair {
    const struct trait *exposure;
    const struct trait *outcome;
    enum direction direction;
    const struct harmonised *rows; /* all that were looked at, kept or not; row_count of them */
    size_t row_count;
    size_t count;      /* J: the variants that estimators use */
    const size_t *row; /* count indices into rows */
    const double *bx;  /* effect on the exposure, in its unit */
    const double *sx;  /* its standard error */
    const double *by;  /* effect on the outcome, in its unit */
    const double *sy;  /* its standard error */
    /* count x count correlations between the variants, signed by the pair's effect alleles, row
     * after row; NULL: unknown, or taken as none */
    const double *ld;
    /* lower root of ld (numeric/cholesky.h); NULL: none, or ld is not positive definite */
    const double *ld_root;
};

/* Whether an effect and its SE are there: both finite, the SE positive. */
bool pair_has_numbers(const struct association *association);

/* Whether a row can be used: keep set, both effects finite, both SE finite and positive. */
bool pair_is_usable(const struct harmonised *row);

/*
 * The pair of all rows with keep set and all four numbers present. `rows` are borrowed and must
 * outlive the pair, which lives in `arena`.
 */
struct pair *pair_create(struct arena *arena, const struct trait *exposure,
                         const struct trait *outcome, enum direction direction,
                         const struct harmonised *rows, size_t row_count);

/* The same pair with the correlations `ld`, which are borrowed, and their root. In `arena`. */
struct pair *pair_with_ld(struct arena *arena, const struct pair *pair, const double *ld);

/*
 * The pair without some variants, and without their correlations: `is_excluded` has pair->count
 * entries. In `arena`, sharing the rows.
 */
struct pair *pair_without(struct arena *arena, const struct pair *pair,
                          const bool *is_excluded);

/* The id of variant j (0 <= j < count), borrowed. */
const char *pair_variant(const struct pair *pair, size_t j);

/* "forward" or "reverse", as tables print it. */
const char *direction_key(enum direction direction);

#endif
