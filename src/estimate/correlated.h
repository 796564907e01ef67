/*
 * Correlated variants made independent, for generalised least squares.
 * In: a pair with LD. Out: its columns times the inverse root of the outcome errors'
 * covariance, (sy sy') o rho: plain least squares on them are generalised ones on the pair
 * (Burgess, Dudbridge and Thompson 2016, Stat Med 35:1880, as MendelianRandomization's
 * correl = TRUE).
 */
#ifndef ESTIMATE_CORRELATED_H
#define ESTIMATE_CORRELATED_H

#include "estimate/estimate.h"

/* Columns of pair->count entries, in scratch. */
struct whitened {
    double *x, *y; /* effects on exposure and outcome */
    double *one;   /* the intercept's: 1, or -1 where the effect on the exposure is negative */
    double *weights; /* all 1 */
};

/* Fills *white from a pair whose ld is not NULL. False, with the estimate failed and why, where
 * the correlations are not positive definite. */
bool correlated_whiten(const struct pair *pair, struct arena *scratch, struct whitened *white,
                       struct estimate *estimate);

/*
 * Why the correlations of a pair cannot be used, with the variants to blame; NULL when they
 * can. The text is in `arena`.
 */
const char *correlated_refusal(const struct pair *pair, struct arena *arena);

#endif
