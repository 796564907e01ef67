/*
 * The simulations of MR-PRESSO: what is left of each variant when the others predict it, on
 * data drawn without pleiotropy, and the estimate on variants drawn again. In: a model in units
 * of each variant's outcome error, a stream. Out: how often a draw exceeds what was observed. A
 * draw costs time in proportion to the number of variants: leaving one out divides its residual
 * by one less its leverage.
 */
#ifndef ESTIMATE_PRESSO_KERNEL_H
#define ESTIMATE_PRESSO_KERNEL_H

#include "base/arena.h"
#include "numeric/random.h"
#include <stddef.h>

/* Arrays of length count; x and y are divided by the outcome's error. */
struct presso_model {
    size_t count;
    const double *x;         /* effects on the exposure */
    const double *x_error;   /* their errors */
    const double *slope;     /* without each variant, as observed */
    const double *residual;  /* y - slope x, as observed */
    double residual_squares; /* their sum of squares */
};

struct presso_exceeding {
    size_t all;          /* draws whose sum of squares is larger */
    size_t *of_variants; /* count: draws in which the variant's square is larger */
};

/* Draws x* ~ N(x, x_error) and y* ~ N(slope x, 1), `sims` times. In scratch. */
struct presso_exceeding presso_simulate(const struct presso_model *model, size_t sims,
                                        struct random_stream *stream, struct arena *scratch);

/* What is drawn again for the distortion: `drawn` of the `count` pairs of x x and x y, with
 * replacement, beside the sums of those that are always there. */
struct presso_pool {
    size_t count, drawn;
    const double *xx, *xy;
    double always_xx, always_xy;
};

/* How many of `sims` draws have a larger |(all - drawn) / drawn| than `distortion`. */
size_t presso_distort(const struct presso_pool *pool, double all, double distortion,
                      size_t sims, struct random_stream *stream, struct arena *scratch);

#endif
