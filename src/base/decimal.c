#include "base/decimal.h"
#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_DIGITS 17

/* The C library's way: any number, slowly. */
static size_t print_slowly(double value, char out[DECIMAL_ROOM])
{
    /* fifteen are never too many for a normal double, %g drops its zeros; a smaller one has
     * less */
    int first = fabs(value) < DBL_MIN ? 1 : DBL_DIG;

    for (int precision = first; precision <= MOST_DIGITS; precision++) {
        snprintf(out, DECIMAL_ROOM, "%.*g", precision, value);
        if (strtod(out, NULL) == value) {
            break;
        }
    }
    return strlen(out);
}

#ifdef __SIZEOF_INT128__
__extension__ typedef unsigned __int128 wide_integer;

/*
 * Numbers from about 1e-11 to 1e15 are whole after multiplication by 10^power 2^shift with 128
 * bits to spare, which makes every question about their digits one of integers.
 */
#define MOST_POWER 27
static const uint64_t fives[MOST_POWER + 1] = {UINT64_C(1),
                                               UINT64_C(5),
                                               UINT64_C(25),
                                               UINT64_C(125),
                                               UINT64_C(625),
                                               UINT64_C(3125),
                                               UINT64_C(15625),
                                               UINT64_C(78125),
                                               UINT64_C(390625),
                                               UINT64_C(1953125),
                                               UINT64_C(9765625),
                                               UINT64_C(48828125),
                                               UINT64_C(244140625),
                                               UINT64_C(1220703125),
                                               UINT64_C(6103515625),
                                               UINT64_C(30517578125),
                                               UINT64_C(152587890625),
                                               UINT64_C(762939453125),
                                               UINT64_C(3814697265625),
                                               UINT64_C(19073486328125),
                                               UINT64_C(95367431640625),
                                               UINT64_C(476837158203125),
                                               UINT64_C(2384185791015625),
                                               UINT64_C(11920928955078125),
                                               UINT64_C(59604644775390625),
                                               UINT64_C(298023223876953125),
                                               UINT64_C(1490116119384765625),
                                               UINT64_C(7450580596923828125)};
#define SIXTEEN_ZEROS UINT64_C(10000000000000000)

/* value = fraction / 2^places; 10^power times it has 17 digits before the point. */
struct scaled {
    uint64_t fraction;
    int power;
    int shift; /* whole = 10^power value 2^shift */
    wide_integer whole;
    uint64_t digits; /* the 17, without what is behind the point */
};

/* False where it does not fit. */
static bool scale(double value, struct scaled *scaled)
{
    int exponent, places;
    double part = frexp(value, &exponent); /* value = part 2^exponent, part from 1/2 to 1 */

    scaled->fraction = (uint64_t)(part * 0x1p53);
    places = 53 - exponent;
    /* near enough, 1233 / 4096 being log10(2); the digits say which way it is to go */
    scaled->power = MOST_DIGITS - ((exponent * 1233) >> 12);
    for (int tries = 0; tries < 3; tries++) {
        scaled->shift = places - scaled->power;
        if (scaled->power < 0 || scaled->power > MOST_POWER || scaled->shift < 0 ||
            scaled->shift > 100) {
            return false;
        }
        scaled->whole = (wide_integer)scaled->fraction * fives[scaled->power];
        scaled->digits = (uint64_t)(scaled->whole >> scaled->shift);
        if (scaled->digits >= 10 * SIXTEEN_ZEROS) {
            scaled->power--;
        } else if (scaled->digits < SIXTEEN_ZEROS) {
            scaled->power++;
        } else {
            return true;
        }
    }
    return false;
}

/* Rounded to a multiple of unit (1, 10, 100) units of the last digit, halves to even. */
static uint64_t round_to(const struct scaled *scaled, uint64_t unit)
{
    uint64_t floor = scaled->digits / unit;
    wide_integer rest = scaled->whole - ((wide_integer)(floor * unit) << scaled->shift);
    wide_integer whole_unit = (wide_integer)unit << scaled->shift;
    bool is_more = 2 * rest > whole_unit || (2 * rest == whole_unit && floor % 2 == 1);

    return floor + is_more;
}

/* Whether the rounded number is nearer to the value than to the doubles next to it, which are
 * 10^power 2^-places apart: 5^power in the units of `whole`. */
static bool reads_back(const struct scaled *scaled, uint64_t rounded, uint64_t unit)
{
    wide_integer whole = (wide_integer)(rounded * unit) << scaled->shift;
    wide_integer apart = whole > scaled->whole ? whole - scaled->whole : scaled->whole - whole;

    return 2 * apart < fives[scaled->power] ||
           (2 * apart == fives[scaled->power] && scaled->fraction % 2 == 0);
}

/* The digits of a number, without zeros at the end; how many. */
static int digits_of(uint64_t number, char digits[MOST_DIGITS + 3])
{
    char backwards[MOST_DIGITS + 3];
    int count = 0;

    while (number % 10 == 0) {
        number /= 10;
    }
    for (; number > 0; number /= 10) {
        backwards[count++] = (char)('0' + number % 10);
    }
    for (int i = 0; i < count; i++) {
        digits[i] = backwards[count - 1 - i];
    }
    return count;
}

/* d.ddd times 10^exponent as %g of that precision writes it. */
static size_t write_digits(const char *digits, int count, int exponent, int precision,
                           char *out)
{
    char *at = out;

    if (exponent < -4 || exponent >= precision) {
        *at++ = digits[0];
        if (count > 1) {
            *at++ = '.';
            memcpy(at, digits + 1, (size_t)count - 1);
            at += count - 1;
        }
        *at++ = 'e';
        *at++ = exponent < 0 ? '-' : '+';
        *at++ = (char)('0' + abs(exponent) / 10);
        *at++ = (char)('0' + abs(exponent) % 10);
        return (size_t)(at - out);
    }
    if (exponent < 0) {
        *at++ = '0';
        *at++ = '.';
        for (int i = -1; i > exponent; i--) {
            *at++ = '0';
        }
    }
    for (int i = 0; i < count || i <= exponent; i++) {
        if (i > 0 && i == exponent + 1) {
            *at++ = '.';
        }
        *at++ = i < count ? digits[i] : '0';
    }
    return (size_t)(at - out);
}

/* Positive numbers; 0 where it cannot. */
static size_t print_quickly(double value, char *out)
{
    struct scaled scaled;
    uint64_t unit = 100, rounded;
    int precision = DBL_DIG;
    char digits[MOST_DIGITS + 3] = {0};
    int count, exponent;

    /* the double below a power of two is nearer than the one above */
    if (!scale(value, &scaled) || scaled.fraction == UINT64_C(1) << 52) {
        return 0;
    }
    rounded = round_to(&scaled, unit);
    while (unit > 1 && !reads_back(&scaled, rounded, unit)) {
        unit /= 10;
        precision++;
        rounded = round_to(&scaled, unit);
    }
    exponent = MOST_DIGITS - 1 - scaled.power + (rounded * unit >= 10 * SIXTEEN_ZEROS);
    count = digits_of(rounded, digits);
    return write_digits(digits, count, exponent, precision, out);
}
#else
#define print_quickly(value, out) 0
#endif

size_t decimal_print(double value, char out[DECIMAL_ROOM])
{
    size_t sign = value < 0, length = 0;

    if (value != 0 && fabs(value) < 1e16) {
        length = print_quickly(fabs(value), out + sign);
    }
    if (length == 0) {
        return print_slowly(value, out);
    }
    if (sign == 1) {
        out[0] = '-';
    }
    out[sign + length] = '\0';
    return sign + length;
}
