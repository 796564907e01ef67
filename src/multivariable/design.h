/*
 * Several exposures and one outcome on the same variants and alleles.
 * In: a wide table (one row a variant; beta and SE of every exposure and of the outcome). Out:
 * the design that multivariable methods read, or why it cannot be used: too few variants, an
 * exposure that the others determine.
 */
#ifndef MULTIVARIABLE_DESIGN_H
#define MULTIVARIABLE_DESIGN_H

#include "base/arena.h"
#include "base/error.h"
#include "multivariable/correlations.h"
#include <stddef.h>

/* J = count variants, K = exposure_count exposures. Matrices row after row. */
struct design {
    const char *outcome;
    const char *const *exposures; /* K names, in the order of the file */
    size_t exposure_count;
    const char *const *variants; /* J */
    size_t count;
    const double *x, *sx; /* J x K: effects on the exposures and their standard errors */
    const double *y, *sy; /* J */
    const double *p;      /* J x K: P of each exposure's association */
    const double *n;      /* K: sample sizes; NaN unknown */
    double outcome_n;
    const double
        *correlation; /* K x K: of the exposures' errors; the identity if none is known */
    const double *ld; /* J x J between the variants on the effect alleles; NULL: none */
};

/* How a design is read and completed. */
struct design_options {
    double correlation; /* of the errors of any two exposures that `correlations` has not */
    double exposure_n;  /* of every exposure; NaN: from the table */
    double outcome_n;   /* NaN: from the table */
    const char *ld;     /* file of correlations between the variants; NULL: none */
    const struct correlations *correlations; /* of the errors, by pairs; NULL: none */
};

/*
 * Reads a wide table: columns beta_NAME and se_NAME for every exposure NAME, beta_outcome and
 * se_outcome (or by, sy), and where it has them SNP, pval_NAME, n_NAME, n_outcome. Rows without
 * a number that is needed are left out and counted in *dropped. Fails with the line and what
 * was found; with the names, when there are no more variants than exposures or an exposure is a
 * combination of others.
 */
MUST_USE bool design_read(const char *path, const struct design_options *options,
                          struct arena *arena, struct design *design, size_t *dropped,
                          struct error *error);

/*
 * Completes a design whose effects are there: sample sizes and correlations as the options have
 * them. Fails as design_read does; `where` is named in the message. options->ld is not read.
 */
MUST_USE bool design_complete(const char *where, const struct design_options *options,
                              struct arena *arena, struct design *design, struct error *error);

/* The same without looking whether the design can be used. */
void design_fill(const struct design_options *options, struct arena *arena,
                 struct design *design);

/* The weights of the variants, one over the variance of the outcome's effect; `count` of them
 * in `arena`. */
double *design_weights(const struct design *design, struct arena *arena);

/* The same variants with one exposure left out. Borrows names. */
struct design design_without(const struct design *design, size_t exposure, struct arena *arena);

/* One exposure alone. */
struct design design_of_one(const struct design *design, size_t exposure, struct arena *arena);

#endif
