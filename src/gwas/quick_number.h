/*
 * Cells that are plain decimals, read eight digits at a time. In: a cell's bytes, with some
 * readable behind them. Out: digits and exponent, or the double that rows_number would give;
 * or no, for what is for rows_number.
 */
#ifndef GWAS_QUICK_NUMBER_H
#define GWAS_QUICK_NUMBER_H

#include "gwas/scan.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes that must be readable behind a cell. */
#define QUICK_NUMBER_BEHIND 16

/* digits * 10^exponent, below 0 with is_negative. */
struct quick_number {
    uint64_t digits;
    int exponent;
    bool is_negative;
};

/* False for all but digits, at most 18, with at most one point and an exponent of at most four
 * digits. */
bool quick_number_take(const char *cell, size_t length, struct quick_number *number);

/* The nearest double; false also where finding it takes more. */
bool quick_number_value(const char *cell, size_t length, double *value);

/* The same of `count` cells of a text: their doubles go to values[0], values[step] and so on;
 * marks those that have none. */
typedef void quick_number_column(const char *text, const struct scan_cell *cells, size_t count,
                                 double *values, size_t step, bool *marks);

/* The one for any machine, and the fastest one for this; both give the same. */
quick_number_column quick_number_portable;
quick_number_column *quick_number_fastest(void);

#endif
