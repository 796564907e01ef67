/*
 * The eigenvalues of a symmetric matrix. In: its rows. Out: count numbers, the greatest first.
 */
#ifndef NUMERIC_EIGEN_H
#define NUMERIC_EIGEN_H

#include <stddef.h>

/* Of `matrix` (count x count, row after row), which is destroyed; only its lower triangle is
 * read. `values` has count places; all NaN where the matrix holds no finite numbers. */
void eigen_values(double *matrix, size_t count, double *values);

#endif
