#include "gwas/sieve_number.h"
#include <endian.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

/* Far more than the few roundings of value_of can make, far less than matters. */
#define MARGIN 1e-9

struct sieve_number sieve_number_for(double bound, bool is_least)
{
    struct sieve_number number = {.is_least = is_least, .zeros = -1};

    number.bound = is_least ? bound * (1 - MARGIN) : bound * (1 + MARGIN);
    while (number.zeros < 7 && pow(10, -2 - number.zeros) > number.bound) {
        number.zeros++;
    }
    return number;
}

static uint64_t load(const char *at, size_t count)
{
    static const uint64_t zeros = UINT64_C(0x3030303030303030);
    uint64_t word;

    memcpy(&word, at, sizeof word);
    word = le64toh(word);
    if (count < 8) {
        uint64_t within = (UINT64_C(1) << 8 * count) - 1;

        word = (word & within) | (zeros & ~within);
    }
    return word;
}

/* Whether all eight bytes are digits. */
static bool are_digits(uint64_t word)
{
    return ((word & UINT64_C(0xf0f0f0f0f0f0f0f0)) |
            (((word + UINT64_C(0x0606060606060606)) & UINT64_C(0xf0f0f0f0f0f0f0f0)) >> 4)) ==
           UINT64_C(0x3333333333333333);
}

/* "0.0123" is above every bound that "0.01" is above: by far the most cells end here. */
static bool is_plainly_above(const struct sieve_number *number, const char *cell, size_t length)
{
    size_t digits = length - 2;
    uint64_t first, second, behind_zeros;

    if (length < 3 || length > 18 || cell[0] != '0' || cell[1] != '.') {
        return false;
    }
    first = load(cell + 2, digits);
    second = digits > 8 ? load(cell + 10, digits - 8) : first;
    behind_zeros = first ^ UINT64_C(0x3030303030303030);
    return are_digits(first) && are_digits(second) && behind_zeros != 0 &&
           __builtin_ctzll(behind_zeros) / 8 <= number->zeros;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* What is behind the digits: nothing, or an exponent of at most four. */
static bool take_exponent(const char *at, const char *stop, int *exponent)
{
    bool is_negative;
    int value = 0;

    if (at == stop) {
        return true;
    }
    if ((*at | 0x20) != 'e') {
        return false;
    }
    at++;
    is_negative = at < stop && *at == '-';
    at += at < stop && (*at == '-' || *at == '+');
    if (at == stop || stop - at > 4) {
        return false;
    }
    for (; at < stop; at++) {
        if (!is_digit(*at)) {
            return false;
        }
        value = value * 10 + (*at - '0');
    }
    *exponent += is_negative ? -value : value;
    return true;
}

/* digits * 10^exponent of a cell without a sign; false for anything else. */
static bool take(const char *at, size_t length, uint64_t *digits, int *exponent)
{
    const char *stop = at + length;
    bool is_fraction = false;
    size_t count = 0;

    *digits = 0;
    *exponent = 0;
    for (; at < stop; at++) {
        if (is_digit(*at)) {
            *digits = *digits * 10 + (uint64_t)(*at - '0');
            *exponent -= is_fraction;
            count++;
        } else if (*at == '.' && !is_fraction) {
            is_fraction = true;
        } else {
            break;
        }
    }
    return count > 0 && count < 19 && take_exponent(at, stop, exponent);
}

/* The powers of ten near 1, and any. */
static double power_of_ten(int exponent)
{
    static const double powers[] = {1e0, 1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7, 1e8,
                                    1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16};

    if (exponent > -17 && exponent < 17) {
        return exponent < 0 ? 1 / powers[-exponent] : powers[exponent];
    }
    return pow(10, exponent);
}

bool sieve_number_fails(const struct sieve_number *number, const char *cell, size_t length)
{
    uint64_t digits;
    int exponent;
    double value;

    if (!number->is_least && is_plainly_above(number, cell, length)) {
        return true;
    }
    if (!take(cell, length, &digits, &exponent) || digits == 0) {
        return false;
    }
    value = (double)digits * power_of_ten(exponent);
    return number->is_least ? value < number->bound : value > number->bound;
}
