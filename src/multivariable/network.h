/*
 * Networks of traits: direct effects out of total ones, and effects along paths.
 * In: a square of total effects, or the edges of a path. Out: the square of direct effects,
 * also of networks with cycles; a path's effect with its error.
 */
#ifndef MULTIVARIABLE_NETWORK_H
#define MULTIVARIABLE_NETWORK_H

#include "base/arena.h"
#include <stdbool.h>
#include <stddef.h>

/*
 * Direct effects G of `count` traits from total effects T (T[i * count + j]: of trait i on
 * trait j, the diagonal taken as 1): G_ij = -(T^-1)_ij / (T^-1)_jj, zero on the diagonal (after
 * Brown and Knowles 2020; divided by the column's diagonal, which holds with cycles too). False
 * where T has no inverse; `direct` has count^2 places.
 */
bool network_direct(const double *total, size_t count, double *direct, struct arena *scratch);

/*
 * Standard errors of these direct effects by the delta method, from the covariance of the total
 * ones (count^2 x count^2, in the order of `total`): with P = T^-1 an effect G_ij changes with
 * T_ab by (P_ia + G_ij P_ja) P_bj / P_jj. 0 on the diagonal. False where T has no inverse.
 */
bool network_direct_errors(const double *total, const double *covariance, size_t count,
                           double *errors, struct arena *scratch);

/*
 * The product of independent edges, and its standard error |product| sqrt(sum (se / b)^2),
 * which for a path through a single mediator is Sobel's; computed without dividing by an edge
 * of 0.
 */
struct network_path {
    double b, se;
};
struct network_path network_path_of(const double *edges, const double *errors, size_t count);

#endif
