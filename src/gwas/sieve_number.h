/*
 * Whether a cell is plainly a P, or a -log10 P, on the wrong side of a bound. In: a bound; a
 * cell's bytes. Out: true only when it is certain: what is near the bound, or anything but a
 * decimal, is for the careful way.
 */
#ifndef GWAS_SIEVE_NUMBER_H
#define GWAS_SIEVE_NUMBER_H

#include "gwas/scan.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sieve_number {
    bool is_least;  /* numbers below the bound fail; else those above */
    double bound;   /* with a margin for what rounding may do */
    uint64_t early; /* the bytes behind "0." of which one that is no zero makes it above */
};

/* For numbers that must be below `bound`, or above it with is_least; the bound is positive. */
struct sieve_number sieve_number_for(double bound, bool is_least);

/* Marks those of `count` cells that do not certainly fail. Sixteen bytes behind a cell's start
 * must be readable. */
void sieve_number_mark(const struct sieve_number *number, const char *text,
                       const struct scan_cell *cells, size_t count, bool *marks);

#endif
