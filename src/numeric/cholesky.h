/*
 * The triangular root of a symmetric positive definite matrix, and what it makes independent.
 * In: a matrix, row after row. Out: its lower root, or the first variable that those before it
 * determine.
 */
#ifndef NUMERIC_CHOLESKY_H
#define NUMERIC_CHOLESKY_H

#include <stddef.h>

/*
 * Replaces the lower triangle of `matrix` (count x count) by L with L L' = matrix; the upper
 * triangle is not read. Returns count, or the first variable whose variance given those before
 * it is no more than 1e-10 of its own: then the matrix is not positive definite, and what
 * stands in it is of no use. No GSL: its decomposition does not say which variable it was.
 */
size_t cholesky_factor(double *matrix, size_t count);

/*
 * The root of the matrix without variable `left_out`, from the whole one's root `lower` (of
 * `count` variables): by rotations, in count^2 steps instead of count^3. `out` has room for
 * (count - 1)^2 and is not `lower`; its upper triangle is not written. `scratch` has
 * 2 * count places.
 */
void cholesky_without(const double *lower, size_t count, size_t left_out, double *out,
                      double *scratch);

/* Replaces `vector` by L^-1 vector: its entries then have unit variance, and are independent.
 */
void cholesky_whiten(const double *lower, size_t count, double *vector);

#endif
