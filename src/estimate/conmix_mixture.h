/*
 * The mixture that the contamination method fits: each variant as a component, what the valid
 * ones are together at an effect, and where the log likelihood is highest.
 * In: a pair and settings. Out: gains in log likelihood over every variant being invalid. Made
 * in an arena of the caller's. Private to conmix*.c.
 */
#ifndef ESTIMATE_CONMIX_MIXTURE_H
#define ESTIMATE_CONMIX_MIXTURE_H

#include "estimate/estimate.h"
#include "estimate/region.h"

/* One variant: its parabola is gain - (effect - ratio)^2 / (2 variance), within `reach`. */
struct component {
    double ratio, variance, gain, reach;
};

struct mixture {
    struct component *components;
    size_t count;
};

/* What the variants that are valid at an effect are together. */
struct valid_set {
    double mean, precision; /* of their ratios, weighted by precision */
    double top;             /* the log likelihood's gain at the mean */
    double scatter;         /* sum of squared residuals around the mean, in variances */
    size_t count;
};

/* The best effect and how likely it is. */
struct peak {
    double effect, gain, widening; /* widening: phi squared */
    size_t valid;
};

/* The variants as a mixture; false where it cannot be formed: a number is not finite. */
bool mixture_begin(const struct pair *pair, const struct estimate_settings *settings,
                   struct arena *arena, struct mixture *mixture);

/* The log likelihood at an effect over that of every variant being invalid; >= 0. */
double mixture_gain(const struct mixture *mixture, double effect);

struct valid_set mixture_valid(const struct mixture *mixture, double effect);

/* An effect as if it were the best. */
struct peak mixture_peak(const struct mixture *mixture, double effect);

/* Where a variant begins or ends to be valid, by place: 2 * count of them, in `arena`. */
struct breakpoint;
struct breakpoint *mixture_breakpoints(const struct mixture *mixture, struct arena *arena);

/* The best effect of all. */
struct peak mixture_top(const struct mixture *mixture, const struct breakpoint *breakpoints);

/* The effects whose gain is at least `height`; all where it is not above 0, for far away no
 * variant is valid and the gain is 0. In `arena`. */
struct region mixture_region(const struct mixture *mixture,
                             const struct breakpoint *breakpoints, double height,
                             struct arena *arena);

#endif
