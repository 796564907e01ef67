/*
 * The second moments of GMM: the covariance of each variant's effects as sample sizes give it,
 * with all variants counted at once.
 */
#ifndef MULTIVARIABLE_MOMENTS_H
#define MULTIVARIABLE_MOMENTS_H

#include "multivariable/measured.h"

/*
 * Fills s and v for a design with sample sizes (Patel and others 2024): with
 * a = 1 / (n sx^2 + x^2), S_kl = (R_kl - sum of sqrt(a_k a_l) x_k x_l) / sqrt(a_k a_l) /
 * sqrt((n_k - J + 1)(n_l - J + 1)), likewise of the outcome. False when the variants would
 * explain more than all variance.
 */
MUST_USE bool moments_of(const struct design *design, struct arena *scratch,
                         struct measured *moments);

#endif
