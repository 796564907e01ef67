#include "gwas/quick_number.h"
#include "base/decimal.h"
#include "gwas/words.h"
#include <string.h>

static const double tens[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                              1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};

/* The number that eight digits are, the first in the lowest byte, as 0 to 9: pairs, then fours,
 * then all, by three multiplications. */
WIDE_BODY uint64_t value_of_eight(uint64_t digits)
{
    const uint64_t mask = UINT64_C(0x000000ff000000ff);

    digits = digits * 10 + (digits >> 8);
    return ((digits & mask) * UINT64_C(0x000f424000000064) +
            (digits >> 16 & mask) * UINT64_C(0x0000271000000001)) >>
           32;
}

/* The digits from *at on, before stop, at most eight, go behind those of *digits. */
WIDE_BODY size_t take_eight(const char **at, const char *stop, uint64_t *digits)
{
    static const uint64_t powers[] = {1,      10,      100,      1000,     10000,
                                      100000, 1000000, 10000000, 100000000};
    size_t room = (size_t)(stop - *at), count;
    uint64_t word, others;

    word = words_load(*at) ^ WORDS_EACH('0');
    others = (word | (word + WORDS_EACH(0x76))) & WORDS_EACH(0x80);
    count = others == 0 ? 8 : (size_t)__builtin_ctzll(others) / 8;
    count = count < room ? count : room;
    if (count > 0) {
        *digits = *digits * powers[count] + value_of_eight((word << (64 - 8 * count)));
        *at += count;
    }
    return count;
}

WIDE_BODY size_t take_digits(const char **at, const char *stop, uint64_t *digits)
{
    size_t count = 0, more;

    do {
        more = take_eight(at, stop, digits);
        count += more;
    } while (more == 8 && count < 24);
    return count;
}

/* What is behind the digits: nothing, or an exponent. */
static bool take_exponent(const char *at, const char *stop, int *exponent)
{
    uint64_t value = 0;
    bool is_negative;
    size_t count;

    if ((*at | 0x20) != 'e' || stop - at < 2) {
        return false;
    }
    at++;
    is_negative = *at == '-';
    at += *at == '-' || *at == '+';
    count = take_eight(&at, stop, &value);
    *exponent += is_negative ? -(int)value : (int)value;
    return at == stop && count > 0 && count <= 4;
}

WIDE_BODY bool take_number(const char *cell, size_t length, struct quick_number *number)
{
    const char *at = cell, *stop = cell + length;
    size_t count, behind = 0;

    number->digits = 0;
    number->is_negative = length > 0 && *at == '-';
    at += number->is_negative;
    count = take_digits(&at, stop, &number->digits);
    if (at < stop && *at == '.') {
        at++;
        behind = take_digits(&at, stop, &number->digits);
    }
    number->exponent = -(int)behind;
    return count + behind > 0 && count + behind <= 18 &&
           (at == stop || take_exponent(at, stop, &number->exponent));
}

bool quick_number_take(const char *cell, size_t length, struct quick_number *number)
{
    return take_number(cell, length, number);
}

/* Nearly all numbers are a whole number and a power of ten that doubles hold exactly, so that
 * one division, which rounds once, gives the nearest (Clinger 1990). */
bool quick_number_value(const char *cell, size_t length, double *value)
{
    static const double signs[] = {1, -1};
    struct quick_number number;

    if (!take_number(cell, length, &number)) {
        return false;
    }
    if (number.digits <= UINT64_C(1) << 53 && number.exponent <= 0 && number.exponent > -16) {
        *value = (double)number.digits / tens[-number.exponent];
    } else if (!decimal_nearest(number.digits, number.exponent, value)) {
        return false;
    }
    *value *= signs[number.is_negative];
    return true;
}
