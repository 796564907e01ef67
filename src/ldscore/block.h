/*
 * Weighted least squares of a line or of a ray, and its jackknife over blocks of rows.
 * In: x, y and weights, where blocks end. Out: slope and intercept of all rows, and of all but
 * each block's.
 */
#ifndef LDSCORE_BLOCK_H
#define LDSCORE_BLOCK_H

#include <stdbool.h>
#include <stddef.h>

/* Slope, and intercept: 0 for a ray. */
struct block_line {
    double slope, intercept;
};

struct block_rows {
    size_t count;
    const double *x, *y, *w;
    bool has_intercept; /* else the line goes through 0 */
};

/* The line of all rows. False where it is not determined. */
bool block_fit_all(const struct block_rows *rows, struct block_line *all);

/* The same, and without[b] becomes the line without block b; `ends` are where each of `blocks`
 * blocks ends. */
bool block_fit(const struct block_rows *rows, const size_t *ends, size_t blocks,
               struct block_line *all, struct block_line *without);

/* Where `blocks` even blocks of so many rows end. */
void block_ends(size_t count, size_t blocks, size_t *ends);

/* Standard error of what is without[b] when block b is left out. */
double block_se(const double *without, size_t blocks);

#endif
