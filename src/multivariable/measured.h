/*
 * Regression in which the exposures' effects are measured with error: the minimum of
 * sum of (y - x't)^2 / (v - 2 c't + t'S t) over t. In: effects, the covariance S of each
 * variant's errors, the outcome's variance v and its covariance c with the exposures. Out:
 * where the minimum is, and what its errors are made of.
 */
#ifndef MULTIVARIABLE_MEASURED_H
#define MULTIVARIABLE_MEASURED_H

#include "multivariable/design.h"

struct measured {
    size_t count, columns;
    const double *x, *y;
    const double *s; /* count matrices columns x columns */
    const double *v; /* count */
    const double *c; /* count x columns; NULL: all 0 */
};

/* The covariances diag(sx) R diag(sx) of every variant. */
double *measured_covariances(const struct design *design, struct arena *scratch);

/* The variance of one residual at `effects`: v_j - 2 c_j't + t'S_j t; and the residual. */
double measured_variance(const struct measured *measured, const double *effects, size_t j);
double measured_residual(const struct measured *measured, const double *effects, size_t j);

/* The sum at `effects`. */
double measured_q(const struct measured *measured, const double *effects);

/*
 * At `effects`, of half the sum: its gradient, its second derivatives and, of them, the part
 * without residuals (sum of dt dt' with t the residual over its standard error). NULL: not
 * wanted.
 */
void measured_slopes(const struct measured *measured, const double *effects, double *gradient,
                     double *curvature, double *outer, struct arena *scratch);

/* Newton's steps from `effects` to the minimum; false when it is not reached. */
bool measured_minimise(const struct measured *measured, double *effects, struct arena *scratch);

#endif
