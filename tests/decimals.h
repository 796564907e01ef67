/*
 * Decimals of all kinds, made up, the same in every run: what the tests of reading numbers
 * share.
 */
#ifndef TESTS_DECIMALS_H
#define TESTS_DECIMALS_H

#include <inttypes.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static inline uint64_t random_next(uint64_t *state)
{
    uint64_t mixed = *state += UINT64_C(0x9e3779b97f4a7c15);

    mixed = (mixed ^ mixed >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    mixed = (mixed ^ mixed >> 27) * UINT64_C(0x94d049bb133111eb);
    return mixed ^ mixed >> 31;
}

/* A decimal of one of several shapes: doubles of any size, integers, fractions, long ones. */
static inline void print_decimal(char *cell, size_t size, uint64_t *state)
{
    uint64_t bits = random_next(state);
    uint64_t digits = bits >> random_next(state) % 60;
    int shift = (int)(random_next(state) % 700) - 350;
    double value;

    memcpy(&value, &bits, sizeof value);
    value = isfinite(value) ? value : 1.5;
    switch (random_next(state) % 4) {
    case 0:
        snprintf(cell, size, "%.*g", 1 + (int)(random_next(state) % 19), value);
        return;
    case 1:
        snprintf(cell, size, "%" PRIu64 "e%d", digits, shift);
        return;
    case 2:
        snprintf(cell, size, "0.%03" PRIu64 "%" PRIu64 "e%d", bits % 1000, digits, shift / 12);
        return;
    default:
        snprintf(cell, size, "%.30e", value);
    }
}

#endif
