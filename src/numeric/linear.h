/*
 * Weighted least squares of several columns, and small dense linear systems.
 * In: matrices row after row. Out: coefficients and their unscaled covariance; or which column
 * the others already determine.
 */
#ifndef NUMERIC_LINEAR_H
#define NUMERIC_LINEAR_H

#include "base/arena.h"
#include <stdbool.h>
#include <stddef.h>

/* Of `columns` coefficients, in an arena. */
struct linear_fit {
    double *coefficients;
    double *covariance; /* (X'WX)^-1: for residual variance 1 */
    double rss;         /* sum of w (y - Xb)^2 */
    size_t dependent;   /* the first column that those before it determine; otherwise columns */
};

/*
 * Fits y (rows) by X (rows x columns) with positive weights w (NULL: all 1), by QR. False when
 * there are fewer rows than columns or a column depends on those before it (all but 1e-10 of
 * its length): then only fit->dependent is set.
 */
bool linear_fit(const double *x, const double *y, const double *w, size_t rows, size_t columns,
                struct arena *arena, struct linear_fit *fit);

/* Solves A x = b for a general square matrix (count x count), both overwritten, x in b. False
 * when A is singular. */
bool linear_solve(double *matrix, double *vector, size_t count);

/* Replaces a general square matrix by its inverse; false when it is singular. */
bool linear_invert(double *matrix, size_t count, struct arena *scratch);

/* The value of x' M y. */
double linear_form(const double *x, const double *matrix, const double *y, size_t count);

#endif
