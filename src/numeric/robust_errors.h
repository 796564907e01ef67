/*
 * Standard errors of an MM-regression, for lines and planes. In: the weighted rows, their
 * residuals around the first fit (S) and the last (M), and the scale. Out: one error a
 * coefficient, from the asymptotic covariance of Croux, Dhaene and Hoorelbeke 2003 (Dispersion
 * of residuals and of scale counted, and what they share), robustbase's ".vcov.avar1".
 */
#ifndef NUMERIC_ROBUST_ERRORS_H
#define NUMERIC_ROBUST_ERRORS_H

#include "base/arena.h"
#include <stddef.h>

/* The bisquare of efficiency 95%, of the last fit. */
#define ROBUST_TUNING 4.685061

/* `rows` (count x columns), `first` and `last` (count) have the root of the weight multiplied
 * in. NaN where the covariance has no positive variance. */
void robust_errors(const double *rows, const double *first, const double *last, size_t count,
                   size_t columns, double scale, struct arena *scratch, double *errors);

#endif
