/*
 * The minimum and the root of a function of one number. In: a function, a bracket. Out: where,
 * and whether it was found. "Not converged" is a status, not an error.
 */
#ifndef NUMERIC_MINIMISE_H
#define NUMERIC_MINIMISE_H

#include <stdbool.h>

typedef double minimise_function(double x, void *context);

/* Brent's minimum of f on [lower, upper], to relative precision about 1e-10. *where is set
 * always. */
bool minimise_on_interval(minimise_function *f, void *context, double lower, double upper,
                          double *where);

/* Brent's root of f on [lower, upper], where f must change sign. False when it does not. */
bool minimise_root(minimise_function *f, void *context, double lower, double upper,
                   double *where);

#endif
