/*
 * How far an axis reaches: wide enough for what matters, so narrow that a few uncertain
 * intervals are clipped with arrows instead of squeezing the rest.
 * In: intervals one by one. Out: the ends of an axis.
 */
#ifndef CHART_RANGE_H
#define CHART_RANGE_H

#include "base/array.h"
#include "chart/chart.h"

struct range {
    struct array intervals; /* double[3]: x, lower, upper */
    double least, most;     /* of what must be seen whole */
};

/* Starts with the null in it; ended by range_finish. */
struct range range_start(double null);

/* An interval that may be clipped when it is much wider than the others. NaN are left out. */
void range_add(struct range *range, double x, double lower, double upper);

/* A number that must be seen. */
void range_must(struct range *range, double x);

/* Sets axis->lower and upper, with a margin, and frees the intervals. */
void range_finish(struct range *range, struct axis *axis);

#endif
