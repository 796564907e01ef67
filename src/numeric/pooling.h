/*
 * Estimates put together by inverse variance, with a variance between them.
 * In: effects and their variances. Out: means, sums, and the variance between (tau2) as three
 * methods find it.
 */
#ifndef NUMERIC_POOLING_H
#define NUMERIC_POOLING_H

#include <stdbool.h>
#include <stddef.h>

/* Sums with weights 1 / (variance + tau2). */
struct pooling {
    double mean, weight, weight_squared; /* sums of w and w^2 */
    double scatter;                      /* sum of w^2 (effect - mean)^2 */
    double q;                            /* sum of w (effect - mean)^2 */
};
struct pooling pooling_at(const double *effects, const double *variances, size_t count,
                          double tau2);

/*
 * The variance between, never below 0: DerSimonian and Laird 1986 (Control Clin Trials 7:177);
 * restricted maximum likelihood (Viechtbauer 2005, J Educ Behav Stat 30:261), where the slope
 * of the likelihood comes down to 0; Paule and Mandel 1982 (J Res NBS 87:377), where q is its
 * degrees of freedom. 0 for fewer than two, and by the first where one has all the weight.
 * False where a root is not found.
 */
double pooling_tau2_dl(const double *effects, const double *variances, size_t count);
bool pooling_tau2_reml(const double *effects, const double *variances, size_t count,
                       double *tau2);
bool pooling_tau2_pm(const double *effects, const double *variances, size_t count,
                     double *tau2);

#endif
