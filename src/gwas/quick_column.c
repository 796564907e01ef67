#include "gwas/quick_number.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

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

QUICK_TARGET static void column_by_twos(const char *text, const struct scan_cell *cells,
                                        size_t count, double *values, size_t step, bool *marks)
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

/* Eight bytes from each of four places. */
QUICK_BODY __m256i load_four(const char *first, const char *second, const char *third,
                             const char *fourth)
{
    __m128i low = _mm_unpacklo_epi64(_mm_loadl_epi64((const __m128i *)first),
                                     _mm_loadl_epi64((const __m128i *)second));
    __m128i high = _mm_unpacklo_epi64(_mm_loadl_epi64((const __m128i *)third),
                                      _mm_loadl_epi64((const __m128i *)fourth));

    return _mm256_inserti128_si256(_mm256_castsi128_si256(low), high, 1);
}

/* Four cells of at most eight bytes without their signs; all of it once a cell, in 64 bits. */
struct four_cells {
    __m256i bytes;       /* the last eight up to the cell's end, the first of them lowest */
    __m256i within;      /* those that are the cell's */
    __m256i is_negative; /* all bits, or none */
};

/* False where one is longer, or nothing. */
QUICK_BODY bool load_cells(const char *text, const struct scan_cell *cells,
                           struct four_cells *four)
{
    __m256i ends = _mm256_loadu_si256((const __m256i *)cells), starts, length, missing;

    starts = load_four(text + cells[0].start, text + cells[1].start, text + cells[2].start,
                       text + cells[3].start);
    four->is_negative = _mm256_cmpeq_epi64(_mm256_and_si256(starts, _mm256_set1_epi64x(0xff)),
                                           _mm256_set1_epi64x('-'));
    length = _mm256_sub_epi64(_mm256_srli_epi64(ends, 32),
                              _mm256_and_si256(ends, _mm256_set1_epi64x(0xffffffff)));
    length = _mm256_add_epi64(length, four->is_negative);
    missing = _mm256_sub_epi64(_mm256_set1_epi64x(8), length);
    four->within = _mm256_sllv_epi64(_mm256_set1_epi64x(-1), _mm256_slli_epi64(missing, 3));
    four->bytes = load_four(text + cells[0].stop - 8, text + cells[1].stop - 8,
                            text + cells[2].stop - 8, text + cells[3].stop - 8);
    return _mm256_testz_si256(missing, _mm256_set1_epi64x(~INT64_C(7))) != 0;
}

/* The whole numbers that four times eight digits are: pairs, fours, all. */
QUICK_BODY __m256d values_of_four(__m256i digits)
{
    const __m256d whole = _mm256_set1_pd(0x1p52); /* whole numbers below are its last bits */
    __m256i sums = _mm256_maddubs_epi16(digits, _mm256_set1_epi16(1 << 8 | 10));

    sums = _mm256_madd_epi16(sums, _mm256_set1_epi32(1 << 16 | 100));
    sums = _mm256_add_epi64(_mm256_mul_epu32(sums, _mm256_set1_epi64x(10000)),
                            _mm256_srli_epi64(sums, 32));
    return _mm256_sub_pd(_mm256_castsi256_pd(_mm256_or_si256(sums, _mm256_castpd_si256(whole))),
                         whole);
}

/* 10 to the number of bytes that are set, of which 8 counts as 0: upper halves of doubles
 * whose lower ones are 0. */
QUICK_BODY __m256d powers_of_four(__m256i set)
{
    const __m256i powers = _mm256_setr_epi32(0x3ff00000, 0x40240000, 0x40590000, 0x408f4000,
                                             0x40c38800, 0x40f86a00, 0x412e8480, 0x416312d0);
    __m256i counts =
        _mm256_sad_epu8(_mm256_and_si256(set, _mm256_set1_epi8(1)), _mm256_setzero_si256());

    return _mm256_castsi256_pd(
        _mm256_slli_epi64(_mm256_permutevar8x32_epi32(powers, counts), 32));
}

/* As take_two of four shorter cells, whose numbers doubles always hold. */
QUICK_BODY bool take_four(const char *text, const struct scan_cell *cells, __m256d *values)
{
    const __m256i none = _mm256_setzero_si256();
    __m256i digits, points, first, point, behind, are_right;
    struct four_cells four;

    if (!load_cells(text, cells, &four)) {
        return false;
    }
    digits = _mm256_and_si256(_mm256_sub_epi8(four.bytes, _mm256_set1_epi8('0')), four.within);
    points =
        _mm256_and_si256(_mm256_cmpeq_epi8(four.bytes, _mm256_set1_epi8('.')), four.within);
    first = _mm256_and_si256(points, _mm256_sub_epi64(none, points)); /* its lowest bit */
    point = _mm256_sub_epi64(_mm256_slli_epi64(first, 8), first);
    are_right = _mm256_cmpeq_epi8(digits, _mm256_min_epu8(digits, _mm256_set1_epi8(9)));
    are_right = _mm256_andnot_si256(_mm256_cmpeq_epi64(point, four.within),
                                    _mm256_or_si256(are_right, point));
    /* all bytes where there is no point; what stands before one moves over it */
    behind = _mm256_or_si256(_mm256_sub_epi64(none, _mm256_slli_epi64(first, 8)),
                             _mm256_cmpeq_epi64(first, none));
    digits = _mm256_blendv_epi8(_mm256_slli_epi64(digits, 8), digits, behind);
    *values = _mm256_div_pd(values_of_four(digits), powers_of_four(behind));
    *values = _mm256_xor_pd(
        *values, _mm256_and_pd(_mm256_castsi256_pd(four.is_negative), _mm256_set1_pd(-0.0)));
    return _mm256_movemask_epi8(are_right) == -1;
}

QUICK_TARGET static void column_in_vectors(const char *text, const struct scan_cell *cells,
                                           size_t count, double *values, size_t step,
                                           bool *marks)
{
    __m256d four;
    size_t i = 0;

    for (; i + 4 <= count; i += 4) {
        double *value = &values[i * step];

        /* eight bytes before the ends must be the text's */
        if (cells[i].stop >= 8 && take_four(text, cells + i, &four)) {
            _mm_storel_pd(value, _mm256_castpd256_pd128(four));
            _mm_storeh_pd(value + step, _mm256_castpd256_pd128(four));
            _mm_storel_pd(value + 2 * step, _mm256_extractf128_pd(four, 1));
            _mm_storeh_pd(value + 3 * step, _mm256_extractf128_pd(four, 1));
        } else {
            column_by_twos(text, cells + i, 4, value, step, marks + i);
        }
    }
    column_by_twos(text, cells + i, count - i, values + i * step, step, marks + i);
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
