/*
 * The mixture model of MRMix (Qi and Chatterjee 2019, Nat Commun 10:1941). At an effect theta,
 * the residuals by - theta bx of valid variants are N(0, sy^2 + theta^2 sx^2) and those of the
 * others N(0, variance). In: a pair, bounds. Out: the mixture that fits best at an effect, and
 * the standard error of the effect at which the share of valid variants is highest.
 */
#ifndef ESTIMATE_MIX_H
#define ESTIMATE_MIX_H

#include "base/arena.h"
#include <stdbool.h>
#include <stddef.h>

struct pair;

/* Bounds of the share of valid variants. */
#define MIX_LEAST_SHARE 1e-4
#define MIX_MOST_SHARE (1 - 1e-4)

/* Where a variance was held. */
enum mix_hold { MIX_FREE, MIX_AT_LOWER, MIX_AT_UPPER };

struct mix_fit {
    double theta, share, variance;
    double gain; /* log-likelihood over that of valid variants only */
    enum mix_hold hold;
};

/* A pair and places for its residuals. */
struct mix {
    const struct pair *pair;
    double middle_x2, middle_y2; /* squares of the median standard errors */
    double least_spread;         /* lower bound of the variance, over a middle error's */
    double most_variance;        /* upper bound; INFINITY for none */
    double *e2;                  /* squares of residuals, over the variance of their error */
    double *log_v;               /* and the logarithm of that variance */
    double *v;
    double *valid, *invalid; /* densities, over the higher of the two */
};

/* In `arena`, with these bounds. */
struct mix mix_begin(const struct pair *pair, double least_spread, double most_variance,
                     struct arena *arena);

/* The lower bound of the variance at an effect. */
double mix_least_variance(const struct mix *mix, double theta);

/* The share and variance of highest likelihood at an effect, within their bounds; NaN where
 * numbers are too large or too small for one. */
struct mix_fit mix_fit_at(struct mix *mix, double theta);

/*
 * Minus the slope of the share by the effect at a fit, up to a positive factor, and its change
 * by the effect: at the highest share the one is 0 and the other positive. With is_held the
 * variance is its lower bound; otherwise it is a maximum of the likelihood. `unit` is of an
 * effect's size.
 */
struct mix_slope {
    double slope, change;
};
struct mix_slope mix_slope_at(const struct mix *mix, const struct mix_fit *fit, double unit,
                              bool is_held);

/* The standard error of the effect there: delta method over every bx and by, share and variance
 * following. */
double mix_error_at(const struct mix *mix, const struct mix_fit *fit, double unit,
                    bool is_held);

/* The likelihood's standard error of an effect were all variants valid; NaN where it is not
 * curved. `unit` is of an effect's size. */
double mix_valid_error(const struct mix *mix, double theta, double unit);

/* Minus twice the log-likelihood were all variants valid, up to a constant. */
double mix_valid_misfit(const struct mix *mix, double theta);

#endif
