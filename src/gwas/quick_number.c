#include "gwas/quick_number.h"
#include "base/decimal.h"
#include "gwas/words.h"
#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

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

void quick_number_portable(const char *text, const struct scan_cell *cells, size_t count,
                           double *values, size_t step, bool *marks)
{
    for (size_t i = 0; i < count; i++) {
        marks[i] |= !quick_number_value(text + cells[i].start, cells[i].stop - cells[i].start,
                                        &values[i * step]);
    }
}

#if defined(__x86_64__)

#define QUICK_TARGET __attribute__((target("avx2,bmi,lzcnt")))
#define QUICK_BODY QUICK_TARGET static inline __attribute__((always_inline))

/* A cell whose bytes are not looked at yet: its end, its length without the sign. */
struct unsigned_cell {
    const char *stop;
    size_t length;
    bool is_negative;
};

QUICK_BODY struct unsigned_cell unsigned_cell(const char *text, const struct scan_cell *cell)
{
    bool is_negative = text[cell->start] == '-';

    return (struct unsigned_cell){text + cell->stop, cell->stop - cell->start - is_negative,
                                  is_negative};
}

/* Two times sixteen bytes. */
QUICK_BODY __m256i load_two(const void *one, const void *other)
{
    return _mm256_loadu2_m128i(other, one);
}

/* The last so many bytes of sixteen, two times. */
QUICK_BODY __m256i last_of_two(size_t one, size_t other)
{
    static const unsigned char bytes[32] = {[16] = 255, 255, 255, 255, 255, 255, 255, 255,
                                            255,        255, 255, 255, 255, 255, 255, 255};

    return load_two(bytes + one, bytes + other);
}

/* The numbers that two times sixteen digits are: pairs, fours, eights, all. */
QUICK_BODY __m128d values_of_two(__m256i digits)
{
    __m256i sums = _mm256_maddubs_epi16(digits, _mm256_set1_epi16(1 << 8 | 10));
    __m128i eights;

    sums = _mm256_madd_epi16(sums, _mm256_set1_epi32(1 << 16 | 100));
    sums = _mm256_packus_epi32(sums, sums);
    sums = _mm256_madd_epi16(sums, _mm256_set1_epi32(1 << 16 | 10000));
    eights =
        _mm_unpacklo_epi32(_mm256_castsi256_si128(sums), _mm256_extracti128_si256(sums, 1));
    return _mm_add_pd(_mm_mul_pd(_mm_cvtepi32_pd(eights), _mm_set1_pd(1e8)),
                      _mm_cvtepi32_pd(_mm_unpackhi_epi64(eights, eights)));
}

/* 10^behind for -16 < -behind <= 0, below 0 for negative numbers; 16 means no point. */
QUICK_BODY const double *divisor(bool is_negative, size_t behind)
{
    static const double powers[2][17] = {{1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9,
                                          1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1},
                                         {-1e0, -1e1, -1e2, -1e3, -1e4, -1e5, -1e6, -1e7, -1e8,
                                          -1e9, -1e10, -1e11, -1e12, -1e13, -1e14, -1e15, -1}};

    return &powers[is_negative][behind];
}

/* More than one bit, or nothing but that one in a cell of one byte. */
QUICK_BODY bool are_bad_points(unsigned points, size_t length)
{
    return ((points & (points - 1)) != 0) | ((points != 0) & (length < 2));
}

/*
 * The numbers of two cells at once; false when one of them is more than digits with one point
 * at most, sixteen bytes in all, or more than doubles hold exactly. Lengths and places of
 * points differ from cell to cell, which a processor cannot guess: nothing branches on them.
 */
QUICK_BODY bool take_two(struct unsigned_cell one, struct unsigned_cell other, __m128d *values)
{
    __m256i bytes, within, digits, are_digits, are_points, behind;
    unsigned points, first, second;

    if (one.length - 1 >= 16 || other.length - 1 >= 16) {
        return false;
    }
    bytes = load_two(one.stop - 16, other.stop - 16);
    within = last_of_two(one.length, other.length);
    digits = _mm256_sub_epi8(bytes, _mm256_set1_epi8('0'));
    are_digits = _mm256_cmpeq_epi8(digits, _mm256_min_epu8(digits, _mm256_set1_epi8(9)));
    are_points = _mm256_and_si256(within, _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('.')));
    points = (unsigned)_mm256_movemask_epi8(are_points);
    first = _lzcnt_u32(points & 0xffff) - 16;
    second = _lzcnt_u32(points >> 16) - 16;
    /* what stands before the point moves over it */
    behind = last_of_two(first, second);
    digits = _mm256_and_si256(digits, within);
    digits = _mm256_blendv_epi8(_mm256_bslli_epi128(digits, 1), digits, behind);
    *values = values_of_two(digits);
    if (!_mm256_testc_si256(_mm256_or_si256(are_digits, are_points), within) ||
        are_bad_points(points & 0xffff, one.length) ||
        are_bad_points(points >> 16, other.length) ||
        _mm_movemask_pd(_mm_cmplt_pd(*values, _mm_set1_pd(9007199254740992.0))) != 3) {
        return false;
    }
    *values = _mm_div_pd(*values, _mm_loadh_pd(_mm_load_sd(divisor(one.is_negative, first)),
                                               divisor(other.is_negative, second)));
    return true;
}

/* What is no pair of plain numbers is looked at one by one. */
QUICK_TARGET static bool take_one(const char *text, const struct scan_cell *cell, double *value)
{
    struct unsigned_cell taken = unsigned_cell(text, cell);
    __m128d values;

    if (cell->stop >= 16 && take_two(taken, taken, &values)) {
        _mm_storel_pd(value, values);
        return true;
    }
    return quick_number_value(text + cell->start, cell->stop - cell->start, value);
}

QUICK_TARGET static void column_in_vectors(const char *text, const struct scan_cell *cells,
                                           size_t count, double *values, size_t step,
                                           bool *marks)
{
    __m128d two;

    for (size_t i = 0; i < count; i += 2) {
        const struct scan_cell *one = cells + i, *other = one + (i + 1 < count);
        double *value = &values[i * step], *next = value + (i + 1 < count ? step : 0);

        /* sixteen bytes before the ends must be the text's */
        if (one->stop >= 16 &&
            take_two(unsigned_cell(text, one), unsigned_cell(text, other), &two)) {
            _mm_storeh_pd(next, two);
            _mm_storel_pd(value, two);
        } else {
            marks[i] |= !take_one(text, one, value);
            marks[other - cells] |= !take_one(text, other, next);
        }
    }
}

quick_number_column *quick_number_fastest(void)
{
    bool is_there = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
                    __builtin_cpu_supports("lzcnt");

    return is_there ? column_in_vectors : quick_number_portable;
}

#else

quick_number_column *quick_number_fastest(void)
{
    return quick_number_portable;
}

#endif
