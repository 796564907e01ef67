/*
 * Weighted least squares of one variable, through the origin or with an intercept.
 * In: arrays of length count and positive weights. Out: coefficients, raw standard errors
 * (those of unit-variance weights, not scaled), the weighted residual sum of squares.
 */
#ifndef NUMERIC_REGRESSION_H
#define NUMERIC_REGRESSION_H

#include <stddef.h>

struct line_fit {
    double intercept, intercept_se; /* 0 and NaN through the origin */
    double slope, slope_se;         /* se for residual variance 1 */
    double rss;                     /* sum of w (y - intercept - slope x)^2; 0 if rounding */
};

/* A sum of squared residuals, or 0 where it is so small beside that of the values themselves
 * (`whole`) that rounding made it: the fit is perfect. */
double regression_scatter(double rss, double whole);

/* Through the origin; count >= 1. */
struct line_fit regression_through_origin(const double *x, const double *y, const double *w,
                                          size_t count);

/* With an intercept; count >= 2. A constant x gives NaN. */
struct line_fit regression_with_intercept(const double *x, const double *y, const double *w,
                                          size_t count);

/*
 * Of y on two columns without weights: `one` has the coefficient called intercept, x the slope;
 * count >= 2. A column that is a multiple of the other gives NaN.
 */
struct line_fit regression_on_columns(const double *one, const double *x, const double *y,
                                      size_t count);

#endif
