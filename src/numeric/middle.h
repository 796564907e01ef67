/*
 * Values by their place in order, without sorting all of them.
 * In: at least one value, all numbers; they may be reordered. Out: the middle one once they are
 * sorted, or the mean of the middle two; the one of any place.
 */
#ifndef NUMERIC_MIDDLE_H
#define NUMERIC_MIDDLE_H

#include <stddef.h>

double middle_of(double *values, size_t count);

/* The value at place `rank` (0: the least) of the values in order; rank < count. */
double middle_select(double *values, size_t count, size_t rank);

#endif
