/*
 * Tails and quantiles of distributions, also as -log10 so that tiny probabilities survive.
 * In: a statistic. Out: a probability of at least as much. Through GSL; NaN in gives NaN out.
 */
#ifndef NUMERIC_TAIL_H
#define NUMERIC_TAIL_H

/* P(|Z| >= |z|) of the standard normal, and its -log10 (exact far below the smallest double).
 */
double tail_normal_two_sided(double z);
double tail_normal_two_sided_neglog10(double z);

/* P(|T| >= |t|) of Student's t with df > 0 degrees of freedom, and its -log10. */
double tail_t_two_sided(double t, double df);
double tail_t_two_sided_neglog10(double t, double df);

/* P(X >= q) of chi-square with df > 0 degrees of freedom. */
double tail_chi_square(double q, double df);

/* The two-sided normal z of a probability given as -log10 (>= 0). */
double tail_z_of_neglog10(double neglog10_p);

/* Quantiles: normal lower tail; t upper tail (P(T > x) = p); F with (1, df) upper tail. */
double quantile_normal(double p);
double quantile_t_upper(double p, double df);
double quantile_f1_upper(double p, double df);

/* log of the standard normal density at z. */
double density_normal_log(double z);

#endif
