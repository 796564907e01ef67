#include "gwas/sieve_number.h"
#include "gwas/quick_number.h"
#include "gwas/words.h"
#include <math.h>

/* Far more than the few roundings of value_of can make, far less than matters. */
#define MARGIN 1e-9

struct sieve_number sieve_number_for(double bound, bool is_least)
{
    struct sieve_number number = {.is_least = is_least};
    double above = 0.1;

    number.bound = is_least ? bound * (1 - MARGIN) : bound * (1 + MARGIN);
    while (~number.early != 0 && above > number.bound) {
        number.early = number.early << 8 | 0xff;
        above /= 10;
    }
    return number;
}

/* Eight bytes, digits as 0 to 9. */
WIDE_BODY uint64_t load(const char *at)
{
    return words_load(at) ^ WORDS_EACH('0');
}

/* The highest bit of the first of eight bytes that is no digit; 0 where all are. */
WIDE_BODY uint64_t end_of_digits(uint64_t word)
{
    uint64_t others = (word | (word + WORDS_EACH(0x76))) & WORDS_EACH(0x80);

    return others & -others;
}

/* "0.0123" is above every bound that "0.01" is above: by far the most cells end here. */
WIDE_BODY bool is_plainly_above(const struct sieve_number *number, const char *cell,
                                size_t length)
{
    uint64_t word = load(cell + 2), end = end_of_digits(word), digits = (end >> 7) - 1;

    if (length < 3 || cell[0] != '0' || cell[1] != '.' ||
        (word & digits & number->early) == 0) {
        return false;
    }
    if (length < 10) {
        return end == UINT64_C(0x80) << 8 * (length - 2);
    }
    return end == 0 && length < 18 &&
           end_of_digits(load(cell + 10)) == UINT64_C(0x80) << 8 * (length - 10);
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

/* Whether a cell that is not plainly above fails. */
static bool fails(const struct sieve_number *number, const char *cell, size_t length)
{
    struct quick_number taken;
    double value;

    if (!quick_number_take(cell, length, &taken) || taken.is_negative || taken.digits == 0) {
        return false;
    }
    value = (double)taken.digits * power_of_ten(taken.exponent);
    return number->is_least ? value < number->bound : value > number->bound && value <= 1;
}

void sieve_number_mark(const struct sieve_number *number, const char *text,
                       const struct scan_cell *cells, size_t count, bool *marks)
{
    bool is_least = number->is_least;

    for (size_t i = 0; i < count; i++) {
        const char *cell = text + cells[i].start;
        size_t length = cells[i].stop - cells[i].start;

        if (is_least || !is_plainly_above(number, cell, length)) {
            marks[i] |= !fails(number, cell, length);
        }
    }
}
