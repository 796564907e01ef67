/*
 * Means, spreads, medians and the kernel density mode of a sample.
 * In: arrays of length count. Out: one number. Where scratch is asked for, it has count places.
 */
#ifndef NUMERIC_SUMMARY_H
#define NUMERIC_SUMMARY_H

#include <stddef.h>

/* The least and the most of values; NaN where a value is NaN; count >= 1. */
struct summary_range {
    double least, most;
};
struct summary_range summary_range_of(const double *values, size_t count);

/* NaN without values. */
double summary_mean(const double *values, size_t count);
/* Sample standard deviation, divisor count - 1; NaN for count < 2. */
double summary_sd(const double *values, size_t count);
/* Median; median absolute deviation times 1.4826 (R's mad). `scratch` has count places. */
double summary_median(const double *values, size_t count, double *scratch);
double summary_mad(const double *values, size_t count, double *scratch);

/*
 * Weighted median with linear interpolation of the cumulative weights at their middles (Bowden
 * et al. 2016, Genet Epidemiol 40:304, eq. 6 and supplement). `order` has count places and
 * holds the sorting permutation afterwards; weights need not sum to 1.
 */
double summary_weighted_median(const double *values, const double *weights, size_t count,
                               size_t *order);

/* A value with its weight. */
struct weighted_value {
    double value, weight;
};

/* The same number without sorting, for repetitions: items are reordered; count >= 1. */
double summary_weighted_median_of(struct weighted_value *items, size_t count);

/*
 * Where the weighted Gaussian kernel density of values is highest on R's density() grid (512
 * points from min - 3h to max + 3h, linear binning, Fourier convolution, interpolation; R 4.2's
 * rules): Hartwig et al. 2017, Int J Epidemiol 46:1985. `bandwidth` > 0, count >= 1. NaN where
 * values are not finite.
 */
double summary_density_mode(const double *values, const double *weights, size_t count,
                            double bandwidth);

/*
 * Nearly the same, for repetitions of which only the spread is asked for: the top of the
 * density itself and not of points on a grid, by its heights a quarter of a bandwidth apart.
 * It lies within about a point of R's grid of the mode, unless another top is as high to a
 * hundredth. `range` is that of the values; where they reach far beyond the bandwidth, the
 * mode itself.
 */
double summary_density_top(const double *values, const double *weights, size_t count,
                           struct summary_range range, double bandwidth);

#endif
