#include "gwas/quick_number.h"
#include "base/decimal.h"
#include "numeric/wide.h"
#include <endian.h>
#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

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

    memcpy(&word, *at, sizeof word);
    word = le64toh(word) ^ EACH('0');
    others = (word | (word + EACH(0x76))) & EACH(0x80);
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
bool quick_number_portable(const char *cell, size_t length, double *value)
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

#if defined(__x86_64__)

#define QUICK_TARGET __attribute__((target("avx2,bmi")))

/* A cell of 16 bytes at most in one register. */
struct sixteen {
    __m128i digits;  /* the bytes less '0' */
    uint32_t within; /* a bit a byte of the cell, */
    uint32_t points; /* those that are a point, */
    uint32_t plain;  /* and those that are digits */
};

QUICK_TARGET static inline struct sixteen load_sixteen(const char *cell, size_t length)
{
    __m128i bytes = _mm_loadu_si128((const __m128i *)cell);
    struct sixteen taken = {_mm_sub_epi8(bytes, _mm_set1_epi8('0')),
                            (UINT32_C(1) << length) - 1, 0, 0};
    __m128i at_most_9 = _mm_min_epu8(taken.digits, _mm_set1_epi8(9));

    taken.points =
        taken.within & (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('.')));
    taken.plain =
        taken.within & (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(taken.digits, at_most_9));
    return taken;
}

/* The digits to the right end of the register, without the point, which is byte number `point`
 * of `length`, or none (-1); zeros before them. */
QUICK_TARGET static inline __m128i align(__m128i digits, size_t length, int point)
{
    const __m128i places = _mm_setr_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    __m128i from = _mm_sub_epi8(places, _mm_set1_epi8((char)(16 - length)));
    __m128i is_behind = _mm_cmpgt_epi8(from, _mm_set1_epi8((char)point));

    /* before the point each digit comes from one byte further to the left */
    from = _mm_sub_epi8(_mm_sub_epi8(from, _mm_set1_epi8(1)), is_behind);
    return _mm_shuffle_epi8(digits, from);
}

/* The number that sixteen digits are: pairs, fours, eights, all. */
QUICK_TARGET static inline uint64_t value_of_sixteen(__m128i digits)
{
    __m128i sums = _mm_maddubs_epi16(digits, _mm_set1_epi16(1 << 8 | 10));
    uint64_t eights;

    sums = _mm_madd_epi16(sums, _mm_set1_epi32(1 << 16 | 100));
    sums = _mm_packus_epi32(sums, sums);
    sums = _mm_madd_epi16(sums, _mm_set1_epi32(1 << 16 | 10000));
    eights = (uint64_t)_mm_cvtsi128_si64(sums);
    return (eights & UINT32_MAX) * 100000000 + (eights >> 32);
}

/* Lengths and places of points differ from cell to cell, which a processor cannot guess: here
 * nothing branches on them. What has an exponent goes the other way. */
QUICK_TARGET static bool value_in_vectors(const char *cell, size_t length, double *value)
{
    static const double signs[] = {1, -1};
    bool is_negative = *cell == '-';
    size_t bytes = length - is_negative;
    struct sixteen taken;
    uint64_t digits;
    int point;

    if (length == 0 || bytes == 0 || bytes > 16) {
        return quick_number_portable(cell, length, value);
    }
    taken = load_sixteen(cell + is_negative, bytes);
    if ((taken.plain | taken.points) != taken.within || taken.plain == 0 ||
        (taken.points & (taken.points - 1)) != 0) {
        return quick_number_portable(cell, length, value);
    }
    point = taken.points == 0 ? -1 : __builtin_ctz(taken.points);
    digits = value_of_sixteen(align(taken.digits, bytes, point));
    if (digits > UINT64_C(1) << 53) {
        return quick_number_portable(cell, length, value);
    }
    *value = (double)digits / tens[point < 0 ? 0 : (int)bytes - 1 - point] * signs[is_negative];
    return true;
}

quick_number_value *quick_number_fastest(void)
{
    bool is_there = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi");

    return is_there ? value_in_vectors : quick_number_portable;
}

#else

quick_number_value *quick_number_fastest(void)
{
    return quick_number_portable;
}

#endif
