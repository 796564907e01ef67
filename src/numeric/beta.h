/*
 * The beta distribution: its lower tail and its quantiles.
 * In: shapes a, b > 0. Out: probabilities and positions in 0 to 1. The i-th smallest of n even
 * numbers in 0 to 1 is beta with shapes i and n + 1 - i.
 */
#ifndef NUMERIC_BETA_H
#define NUMERIC_BETA_H

/*
 * The continued fraction of the incomplete beta function, by Lentz's method (Abramowitz and
 * Stegun 26.5.8), for x < (a + 1) / (a + b + 2).
 */
double beta_fraction(double a, double b, double x);

/* P(X <= x), the regularised incomplete beta function. */
double beta_probability(double x, double a, double b);

/* The x below which lies the probability p, 0 < p < 1; NaN for anything else. */
double beta_quantile(double p, double a, double b);

#endif
