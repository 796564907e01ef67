#include "gwas/scan.h"
#include "numeric/wide.h"
#include <endian.h>
#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#define SCAN_TARGET __attribute__((target("avx2,bmi,popcnt")))
#endif

/* One bit a byte of 64: what it is. */
struct masks {
    uint64_t cells; /* delimiters; white space of any kind and line ends */
    uint64_t lines;
    uint64_t nuls;
    uint64_t quotes;
};

typedef struct masks mask_function(const char *at, char delimiter);

#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

/* A 1 in the lowest bit of each byte that is `byte` (Mycroft's test, the exact form). */
WIDE_BODY uint64_t bytes_equal(uint64_t word, unsigned char byte)
{
    uint64_t other = word ^ EACH(byte);
    uint64_t low = (other & EACH(0x7f)) + EACH(0x7f);

    return (~(low | other | EACH(0x7f)) >> 7) & EACH(1);
}

/* The lowest bits of eight bytes side by side, the first byte's first. */
WIDE_BODY uint64_t gather(uint64_t word)
{
    return word * UINT64_C(0x0102040810204080) >> 56;
}

WIDE_BODY uint64_t load_word(const char *at)
{
    uint64_t word;

    memcpy(&word, at, sizeof word);
    return le64toh(word);
}

WIDE_BODY struct masks masks_of_words(const char *at, char delimiter)
{
    struct masks masks = {0, 0, 0, 0};

    for (int i = 0; i < 8; i++) {
        uint64_t word = load_word(at + (ptrdiff_t)8 * i);
        uint64_t line = bytes_equal(word, '\n');
        uint64_t cell = bytes_equal(word, (unsigned char)delimiter);

        if (delimiter == ' ') {
            cell |= bytes_equal(word, '\t') | bytes_equal(word, '\v') |
                    bytes_equal(word, '\f') | bytes_equal(word, '\r');
        }
        masks.cells |= gather(cell | line) << (8 * i);
        masks.lines |= gather(line) << (8 * i);
        masks.nuls |= gather(bytes_equal(word, 0)) << (8 * i);
        masks.quotes |= gather(bytes_equal(word, '"')) << (8 * i);
    }
    return masks;
}

/* The places of set bits go behind `count`, which grows by how many there are. Always `least`
 * are written, which spares the processor a guess; what is too many is overwritten later. */
WIDE_BODY size_t put(uint64_t mask, size_t place, int least, uint32_t *places, size_t count)
{
    uint32_t *out = places + count;
    size_t found = (size_t)__builtin_popcountll(mask);

#pragma GCC unroll 12
    for (int i = 0; i < least; i++) {
        *out++ = (uint32_t)(place + (size_t)__builtin_ctzll(mask | UINT64_C(1) << 63));
        mask &= mask - 1;
    }
    while (mask != 0) {
        *out++ = (uint32_t)(place + (size_t)__builtin_ctzll(mask));
        mask &= mask - 1;
    }
    return count + found;
}

/* Of white space, the first blank behind a cell, and every line end. */
WIDE_BODY uint64_t ends_of_cells(struct scan *scan, uint64_t blanks, uint64_t lines)
{
    uint64_t behind_blank = blanks << 1 | scan->is_blank;

    scan->is_blank = blanks >> 63;
    return (blanks & ~behind_blank) | lines;
}

WIDE_BODY void scan_body(struct scan *scan, const char *text, size_t from, size_t to,
                         uint32_t *cells, uint32_t *lines, mask_function *masks_of,
                         char delimiter)
{
    struct scan now = *scan;
    uint64_t nuls = 0, quotes = 0;

    for (size_t at = from; at < to; at += 64) {
        struct masks masks = masks_of(text + at, delimiter);
        uint64_t within = to - at < 64 ? (UINT64_C(1) << (to - at)) - 1 : ~UINT64_C(0);
        uint64_t ends = masks.cells & within;

        if (delimiter == ' ') {
            ends = ends_of_cells(&now, ends, masks.lines & within);
        }
        nuls |= masks.nuls & within;
        quotes |= masks.quotes & within;
        now.cell_count = put(ends, at, 12, cells, now.cell_count);
        now.line_count = put(masks.lines & within, at, 2, lines, now.line_count);
    }
    now.is_blank = to > from && delimiter == ' '
                       ? strchr(" \t\v\f\r\n", text[to - 1]) != NULL && text[to - 1] != '\0'
                       : scan->is_blank;
    now.has_nul |= nuls != 0;
    now.has_quote |= quotes != 0;
    *scan = now;
}

void scan_portable(struct scan *scan, const char *text, size_t from, size_t to, uint32_t *cells,
                   uint32_t *lines)
{
    if (scan->delimiter == ' ') {
        scan_body(scan, text, from, to, cells, lines, masks_of_words, ' ');
    } else {
        scan_body(scan, text, from, to, cells, lines, masks_of_words, scan->delimiter);
    }
}

#if defined(__x86_64__)

SCAN_TARGET static inline __attribute__((always_inline)) uint64_t bits(__m256i low,
                                                                       __m256i high)
{
    return (uint32_t)_mm256_movemask_epi8(low) | (uint64_t)(uint32_t)_mm256_movemask_epi8(high)
                                                     << 32;
}

SCAN_TARGET static inline __attribute__((always_inline)) uint64_t
bits_equal(__m256i low, __m256i high, char byte)
{
    __m256i wanted = _mm256_set1_epi8(byte);

    return bits(_mm256_cmpeq_epi8(low, wanted), _mm256_cmpeq_epi8(high, wanted));
}

/* Tab to carriage return, the line feed among them, which are 9 to 13. */
SCAN_TARGET static inline __attribute__((always_inline)) __m256i controls(__m256i bytes)
{
    __m256i from_tab = _mm256_sub_epi8(bytes, _mm256_set1_epi8('\t'));

    return _mm256_cmpeq_epi8(from_tab, _mm256_min_epu8(from_tab, _mm256_set1_epi8(4)));
}

SCAN_TARGET static inline __attribute__((always_inline)) struct masks
masks_of_vectors(const char *at, char delimiter)
{
    __m256i low = _mm256_loadu_si256((const __m256i *)at);
    __m256i high = _mm256_loadu_si256((const __m256i *)(at + 32));
    struct masks masks;

    masks.lines = bits_equal(low, high, '\n');
    masks.cells = bits_equal(low, high, delimiter) | masks.lines;
    if (delimiter == ' ') {
        masks.cells |= bits(controls(low), controls(high));
    }
    masks.nuls = bits_equal(low, high, 0);
    masks.quotes = bits_equal(low, high, '"');
    return masks;
}

SCAN_TARGET static void scan_vectors(struct scan *scan, const char *text, size_t from,
                                     size_t to, uint32_t *cells, uint32_t *lines)
{
    if (scan->delimiter == ' ') {
        scan_body(scan, text, from, to, cells, lines, masks_of_vectors, ' ');
    } else {
        scan_body(scan, text, from, to, cells, lines, masks_of_vectors, scan->delimiter);
    }
}

scan_function *scan_fastest(void)
{
    bool is_there = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
                    __builtin_cpu_supports("popcnt");

    return is_there ? scan_vectors : scan_portable;
}

#else

scan_function *scan_fastest(void)
{
    return scan_portable;
}

#endif
