/*
 * Numbers in order, and places ranked by a number.
 * In: an array that is reordered. NaN have no order: leave them out first.
 */
#ifndef NUMERIC_SORT_H
#define NUMERIC_SORT_H

#include <stddef.h>

/* A place in an array, by the number that it is ranked by. */
struct ranked {
    double value;
    size_t index;
};

/* The smallest first; count may be 0. */
void sort_numbers(double *values, size_t count);

/* The largest value first, equal ones by index, so that the order is always the same. */
void sort_ranked(struct ranked *items, size_t count);

#endif
