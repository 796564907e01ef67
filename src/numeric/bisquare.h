/*
 * What robust lines are made of: Tukey's bisquare, the scale of residuals it gives, and steps
 * of reweighted least squares. In: a cloud of points whose weights are multiplied in. Out: its
 * residuals around a line, their scale, the next line. For robust_line.c.
 */
#ifndef NUMERIC_BISQUARE_H
#define NUMERIC_BISQUARE_H

#include <float.h>
#include <stddef.h>

/* Tuned to a breakdown of 50%. Residuals no larger than rounding, relative to what they are
 * differences of, count as 0. */
#define BISQUARE_SCALE_TUNING 1.54764
#define BISQUARE_BREAKDOWN 0.5
#define BISQUARE_ROUNDING (8 * DBL_EPSILON)

/* Of scales, to the last digits. */
#define BISQUARE_PRECISION 1e-13

/* `one` is the intercept's column, all 0 without one; `rest` the residuals found last. The
 * arrays have BISQUARE_PLACES(count) places, those behind the last point 0. */
#define BISQUARE_PLACES(count) ((count) + 4)
struct bisquare_cloud {
    size_t count;
    size_t coefficients; /* 1 through the origin, 2 with an intercept */
    double *one, *x, *y;
    double *rest;
};

struct bisquare_line {
    double intercept, slope;
};

/* rho, at most 1; psi(u) / u, at most 1; the derivative of psi. */
double bisquare_rho(double u, double tuning);
double bisquare_weight(double u, double tuning);
double bisquare_psi_slope(double u, double tuning);

/* Points less coefficients. */
double bisquare_degrees(const struct bisquare_cloud *cloud);

/* Fills cloud->rest; how many are apart from 0. */
size_t bisquare_residuals(struct bisquare_cloud *cloud, struct bisquare_line line);

/* Mean rho of the residuals over the breakdown: 1 at their scale, more where `scale` is less.
 */
double bisquare_excess(const struct bisquare_cloud *cloud, double scale);

/* Their scale, from a first guess (0: none); 0 where too few are apart from 0. Done when a step
 * of Newton's changes it by less than its part `precision`, what is left being its square. */
double bisquare_scale(const struct bisquare_cloud *cloud, size_t apart, double scale,
                      double precision);

/* One step of reweighted least squares from the residuals that are there; how far the fitted
 * values went at most, in scales. Not finite where the points with weight give no line. */
double bisquare_step(struct bisquare_cloud *cloud, double scale, double tuning,
                     struct bisquare_line *line);

#endif
