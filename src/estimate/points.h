/*
 * The points and weights that lines across variants are fitted to.
 * In: a pair. Out: effects on the exposure and on the outcome, as they are coded or by the
 * allele that raises the exposure, weighted by the precision on the outcome; and the penalty
 * that takes weight from variants far from a line.
 */
#ifndef ESTIMATE_POINTS_H
#define ESTIMATE_POINTS_H

#include "estimate/estimate.h"

/* Arrays as long as the pair's count. */
struct points {
    double *x, *y, *w;
};

/* As coded, and by the allele that raises the exposure (an effect of 0 counts as raising);
 * w = 1 / sy^2. In `scratch`. */
struct points points_coded(const struct pair *pair, struct arena *scratch);
struct points points_oriented(const struct pair *pair, struct arena *scratch);

/* Multiplies each weight by 100 times the chi-square probability (one degree of freedom) of
 * its distance from the line, where that is below 1. */
void points_penalise(struct points *points, size_t count, double intercept, double slope);

/* Whether every variant has an effect on the exposure; if not, the estimate is failed. */
bool points_have_exposure(const struct pair *pair, struct estimate *estimate);

/* The median sample size of the variants on one side; the trait's own where they have none; NaN
 * where neither is known. */
double points_sample_size(const struct pair *pair, bool is_exposure, struct arena *scratch);

#endif
