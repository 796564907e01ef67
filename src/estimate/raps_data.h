/*
 * The numbers of a pair as robust adjusted profile scores use them, and the effects among which
 * their loss is looked at first. In: a pair. Out: arrays in scratch memory.
 */
#ifndef ESTIMATE_RAPS_DATA_H
#define ESTIMATE_RAPS_DATA_H

#include "base/arena.h"
#include "pair/pair.h"
#include <stdbool.h>
#include <stddef.h>

struct raps_data {
    size_t count;
    double *x, *y, *sx2, *sy2; /* effects and variances */
    double variance;           /* a usual sy^2: their harmonic mean */
    double bound;              /* twice the 95% quantile of the size of the ratios */
    double *grid;              /* effects, rising, among which the loss is looked at first */
    size_t grid_count;
};

/* Of a pair, in `scratch`; without the variants whose sx is above 10 medians if pruned. */
struct raps_data raps_data_of(const struct pair *pair, bool is_pruned, struct arena *scratch);

#endif
