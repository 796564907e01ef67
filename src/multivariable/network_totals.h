/*
 * How the total effects of a network's traits on each other go together.
 * In: the pairs of every trait on every other, their estimates, the correlations of the traits'
 * errors. Out: the covariance of the estimates.
 */
#ifndef MULTIVARIABLE_NETWORK_TOTALS_H
#define MULTIVARIABLE_NETWORK_TOTALS_H

#include "base/arena.h"
#include "pair/pair.h"

/* Row by row, `count` traits: of trait i on trait j. */
struct network_totals {
    size_t count;
    struct pair *const *pairs; /* NULL: none, taken as an effect of 0 without error */
    const double *b, *se;      /* IVW; the diagonal is not read */
    const double *correlation; /* count x count: of the errors of two traits' effects */
};

/*
 * Fills the covariance (count^2 x count^2). To first order the error of an effect of i on j is
 * the sum over its variants of c (e_j - b_ij e_i), with e the errors of the traits' effects
 * there and c = w x / sum of w x^2, w = 1 / s_j^2. So effects of one trait share the errors of
 * that trait, effects on one trait those of the variants that stand for both, and errors of
 * overlapping samples go together. Variances are the squares of the standard errors given:
 * where one is smaller than these errors make it, covariances shrink with it, and what it has
 * beyond them (of residuals) is its own.
 */
void network_covariance(const struct network_totals *totals, double *covariance,
                        struct arena *scratch);

#endif
