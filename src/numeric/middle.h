/*
 * The middle of a sample, for medians.
 * In: at least one value, all numbers; they may be reordered. Out: the middle one once they are
 * sorted, or the mean of the middle two.
 */
#ifndef NUMERIC_MIDDLE_H
#define NUMERIC_MIDDLE_H

#include <stddef.h>

double middle_of(double *values, size_t count);

#endif
