/*
 * MR-PRESSO on several exposures (Verbanck et al. 2018, Nat Genet 50:693): whether the variants
 * scatter more than their errors say, and which lie outside. In: a design with more variants
 * than exposures and two. Out: the tests, and the effects with and without outliers.
 */
#ifndef MULTIVARIABLE_PRESSO_H
#define MULTIVARIABLE_PRESSO_H

#include "multivariable/multivariable.h"

/* A count of no simulation gives the p of a count of one. */
struct mv_presso_variant {
    double rss;       /* square of the residual around what the other variants say */
    size_t exceeding; /* simulations with a larger one */
    double p;         /* Bonferroni; NaN where the test was not run */
    bool is_outlier;
};

struct mv_presso {
    bool is_done;
    double rss, p;
    size_t exceeding, sims, outliers;
    struct mv_presso_variant *variants; /* J */
    double *distortion;                 /* K: in percent of the effects without outliers; NaN */
    double *raw, *raw_errors;           /* K: as the residuals have them */
    double *corrected, *corrected_errors; /* K; NaN without outliers */
};

/*
 * In `arena`. The package mr_presso (version 1.0) recycles vectors over exposures in its
 * outlier and distortion tests; here a variant's simulated residual takes the effects that the
 * others give it, and the distortion is of each exposure by itself.
 */
struct mv_presso *mv_presso_of(const struct mv_work *work, struct arena *arena);

#endif
