/*
 * The Wald ratios of a pair, which medians, modes and meta-analysis work on.
 * In: a pair. Out: by / bx of each variant and its standard error by the delta method, or false
 * where a ratio is infinite.
 */
#ifndef ESTIMATE_RATIO_H
#define ESTIMATE_RATIO_H

#include "estimate/estimate.h"

struct ratios {
    double *ratio;
    double *variance; /* sy^2 / bx^2 + by^2 sx^2 / bx^4 (second order) */
};

/* In `scratch`. On false the estimate is failed already, with the reason. */
bool ratios_of(const struct pair *pair, struct arena *scratch, struct estimate *estimate,
               struct ratios *ratios);

#endif
