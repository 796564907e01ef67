/*
 * The standard normal's quantile, by Wichura's algorithm AS 241 (1988, Applied Statistics
 * 37:477), double precision. In: probabilities. Out: quantiles, the same on every machine.
 */
#ifndef NUMERIC_NORMAL_H
#define NUMERIC_NORMAL_H

/* The lower-tail quantile; 0 and 1 give the infinities, anything outside NaN. */
double normal_quantile(double p);

#endif
