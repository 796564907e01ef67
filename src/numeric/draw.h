/*
 * Uniform and normal numbers out of random words. In: 64 bits, of which the upper 52 count.
 * Out: one number a word, the same on every machine.
 */
#ifndef NUMERIC_DRAW_H
#define NUMERIC_DRAW_H

#include <stdint.h>

/* The middles of 2^52 equal parts of (0, 1): all are doubles, none is 0 or 1. */
static inline double draw_uniform(uint64_t word)
{
    return ((double)(int64_t)(word >> 12) + 0.5) * 0x1p-52;
}

/*
 * The normal quantiles of the uniforms of DRAW_BATCH words, to within 1e-8: no draw tells them
 * from the exact ones, and they cost less.
 */
#define DRAW_BATCH 32
void draw_normals(const uint64_t words[DRAW_BATCH], double out[DRAW_BATCH]);

/* out[j] = mean[j] + sd[j] * standard[j], for j < count. */
void draw_scale(const double *mean, const double *sd, const double *standard, double *out,
                int count);

#endif
