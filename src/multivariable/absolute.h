/*
 * The least weighted sum of absolute residuals of a regression through the origin.
 * In: rows and weights. Out: coefficients for which as many rows as columns fit exactly, the
 * rows, and whether the minimum was reached.
 */
#ifndef MULTIVARIABLE_ABSOLUTE_H
#define MULTIVARIABLE_ABSOLUTE_H

#include "base/arena.h"
#include <stdbool.h>
#include <stddef.h>

struct absolute {
    size_t count, columns;
    const double *x, *y, *w; /* x: count x columns */
};

/*
 * Goes from vertex to vertex downhill (Barrodale and Roberts 1973, SIAM Journal on Numerical
 * Analysis 10:839). `rows` (columns of them) is where it begins and ends: rows that determine
 * the coefficients. False when they do not, or no end is found.
 */
bool absolute_minimise(const struct absolute *absolute, size_t *rows, double *coefficients,
                       struct arena *scratch);

/* Rows to begin with: the first ones that determine coefficients. False if there are none. */
bool absolute_begin(const struct absolute *absolute, size_t *rows, struct arena *scratch);

#endif
