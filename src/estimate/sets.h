/*
 * Every set of two or more variants as a model, that these alone are valid: what inverse
 * variance weighting says of each, and how likely its ratios make it. A set is a part of the
 * first half of the variants joined to a part of the second, both from tables, so that each
 * costs a few operations and none carries the rounding of those before it. In: variants. Out:
 * models, a row of them at a time.
 */
#ifndef ESTIMATE_SETS_H
#define ESTIMATE_SETS_H

#include "base/arena.h"

/* Some variants together: their ratios' weighted mean and scatter around it. */
struct sets_part {
    double precision, mean, scatter;
    double log_weight; /* summed over the variants */
    size_t count;
};

/* Models side by side, `count` of them and then up to a multiple of LANES some without weight.
 */
struct sets_row {
    size_t count;
    double *log_weight; /* the variants' weights less half of the scatter */
    double *mean;
    double *precision, *root; /* 1 / variance, widened by scatter above 1; its square root */
};

struct sets {
    size_t row_count;
    struct sets_row row; /* the present one */
    struct sets_part *first, *second;
    double *columns[5]; /* of the second half */
};

/* The sets of `count` >= 2 variants, each a part of its own with scatter 0. In `scratch`, 2 to
 * the count / 2 parts. */
struct sets *sets_begin(const struct sets_part *singles, size_t count, struct arena *scratch);

/* The i-th row, 0 <= i < row_count; valid until the next one is asked for. Sets of fewer than
 * two variants have a weight of practically 0. */
const struct sets_row *sets_row(struct sets *sets, size_t i);

#endif
