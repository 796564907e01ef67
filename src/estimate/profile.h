/*
 * The profile likelihood of one effect: every variant's true effect on the exposure is put in
 * at its best. In: a pair, and phi, by which the outcome's variances are multiplied. Out: the
 * effect where Q(b) = sum (by - b bx)^2 / (phi sy^2 + b^2 sx^2) is smallest, with Q's shape.
 * R's packages search in more dimensions, or in [-2, 2] alone, and often miss this minimum.
 */
#ifndef ESTIMATE_PROFILE_H
#define ESTIMATE_PROFILE_H

#include "base/arena.h"
#include "pair/pair.h"
#include <stdbool.h>
#include <stddef.h>

/* Effects in their own standard errors; the effect looked for is `unit` times a number t. */
struct profile {
    size_t count;
    double *x, *y;
    double *c; /* sx / sy, in units of which the mean of the logarithms is 0 */
    double unit;
};

/* In `scratch`. */
struct profile profile_of(const struct pair *pair, struct arena *scratch);

/* Q, its slope and its curvature at t. */
struct profile_shape {
    double q, slope, curvature;
};
struct profile_shape profile_at(const struct profile *profile, double phi, double t);

/* Q of an infinite effect, which a finite one has to beat. */
double profile_at_infinity(const struct profile *profile);

/* The lowest of all valleys, looked for at `angles` effects from minus to plus infinity, and
 * the nearest one from t on, by Newton's method on the slope; false where there is none. */
bool profile_lowest(const struct profile *profile, double phi, int angles, double *t);
bool profile_descend(const struct profile *profile, double phi, double *t);

#endif
