/*
 * Decimals and doubles, both ways. Numbers in as few decimal digits as read back the same,
 * fifteen at least before zeros at the end go: what printf's %.15g, %.16g or %.17g gives. And
 * digits of a text to the nearest double.
 */
#ifndef BASE_DECIMAL_H
#define BASE_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Room for any, with its end. */
#define DECIMAL_ROOM 40

/* Writes a finite number and its end; how many bytes stand before that. */
size_t decimal_print(double value, char out[DECIMAL_ROOM]);

/*
 * The double nearest to digits * 10^exponent, of two as near the even one. False, and no value,
 * where that is not certain without more digits than there is room for: halves, and numbers
 * below the smallest normal double or above the largest; strtod knows.
 */
bool decimal_nearest(uint64_t digits, long exponent, double *value);

#endif
