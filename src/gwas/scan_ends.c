#include "gwas/scan_ends.h"
#include "gwas/words.h"
#include <endian.h>
#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#define VECTOR_TARGET __attribute__((target("avx2,bmi,popcnt")))
#define VECTOR_BODY VECTOR_TARGET static inline __attribute__((always_inline))
#endif

/* One bit a byte of 64: what it is. */
struct masks {
    uint64_t cells; /* delimiters; white space of any kind and line ends */
    uint64_t lines;
    uint64_t doubts; /* not 0: a NUL byte, or a quote that may hold delimiters */
};

typedef struct masks mask_function(const char *at, char delimiter);

/* A 1 in the lowest bit of each byte that is `byte` (Mycroft's test, the exact form). */
WIDE_BODY uint64_t bytes_equal(uint64_t word, unsigned char byte)
{
    uint64_t other = word ^ WORDS_EACH(byte);
    uint64_t low = (other & WORDS_EACH(0x7f)) + WORDS_EACH(0x7f);

    return (~(low | other | WORDS_EACH(0x7f)) >> 7) & WORDS_EACH(1);
}

/* The lowest bits of eight bytes side by side, the first byte's first. */
WIDE_BODY uint64_t gather(uint64_t word)
{
    return word * UINT64_C(0x0102040810204080) >> 56;
}

WIDE_BODY struct masks masks_of_words(const char *at, char delimiter)
{
    struct masks masks = {0, 0, 0};

    for (int i = 0; i < 8; i++) {
        uint64_t word = words_load(at + (ptrdiff_t)8 * i);
        uint64_t line = bytes_equal(word, '\n');
        uint64_t cell = bytes_equal(word, (unsigned char)delimiter);

        if (delimiter == ' ') {
            cell |= bytes_equal(word, '\t') | bytes_equal(word, '\v') |
                    bytes_equal(word, '\f') | bytes_equal(word, '\r');
        }
        masks.cells |= gather(cell | line) << (8 * i);
        masks.lines |= gather(line) << (8 * i);
        masks.doubts |= bytes_equal(word, 0);
        masks.doubts |= delimiter == '\t' ? 0 : bytes_equal(word, '"');
    }
    return masks;
}

/* Of white space, the first blank behind a cell, and every line end. */
WIDE_BODY uint64_t ends_of_cells(bool *is_blank, uint64_t blanks, uint64_t lines)
{
    uint64_t behind_blank = blanks << 1 | *is_blank;

    *is_blank = blanks >> 63;
    return (blanks & ~behind_blank) | lines;
}

/* Tells the lines that end in 64 bytes. Two are always written, which spares the processor a
 * guess; what is too many is overwritten later. */
WIDE_BODY struct scan_line *tell_lines(uint64_t mask, size_t place, struct scan_line *out)
{
    struct scan_line *end = out + __builtin_popcountll(mask);

    out[0].stop = (uint32_t)place + (uint32_t)__builtin_ctzll(mask | UINT64_C(1) << 63);
    mask &= mask - 1;
    out[1].stop = (uint32_t)place + (uint32_t)__builtin_ctzll(mask | UINT64_C(1) << 63);
    for (out += 2; out < end; out++) {
        mask &= mask - 1;
        out->stop = (uint32_t)place + (uint32_t)__builtin_ctzll(mask);
    }
    return end;
}

/* First pass: the ends of cells as bits, and the ends of lines. */
WIDE_BODY void find(struct scan *scan, const char *text, size_t from, size_t to,
                    mask_function *masks_of, char delimiter)
{
    struct scan_line *lines = scan->lines, *const most = lines + SCAN_LINES - 64;
    uint64_t *ends = scan->ends, doubts = 0;
    uint32_t *before = scan->before, count = 0;
    bool is_blank = true;

    for (size_t at = from; at < to && lines <= most; at += 64) {
        char last[64];
        bool is_last = to - at < 64;
        struct masks masks;

        if (is_last) {
            memset(last, '0', sizeof last);
            memcpy(last, text + at, to - at);
        }
        masks = masks_of(is_last ? last : text + at, delimiter);
        doubts |= masks.doubts;
        lines = tell_lines(masks.lines, at, lines);
        *ends =
            delimiter == ' ' ? ends_of_cells(&is_blank, masks.cells, masks.lines) : masks.cells;
        *before++ = count;
        count += (uint32_t)__builtin_popcountll(*ends);
        *ends = htole64(*ends);
        ends++;
    }
    memset(ends, 0, 3 * sizeof *ends);
    scan->line_count = (size_t)(lines - scan->lines);
    scan->is_doubtful = doubts != 0;
}

/* Once a kind of delimiter, each with what it needs only. */
WIDE_BODY void find_any(struct scan *scan, const char *text, size_t from, size_t to,
                        mask_function *masks_of, char delimiter)
{
    if (delimiter == ' ') {
        find(scan, text, from, to, masks_of, ' ');
    } else if (delimiter == '\t') {
        find(scan, text, from, to, masks_of, '\t');
    } else {
        find(scan, text, from, to, masks_of, delimiter);
    }
}

void scan_ends_portable(struct scan *scan, const char *text, size_t from, size_t to,
                        char delimiter)
{
    find_any(scan, text, from, to, masks_of_words, delimiter);
}

#if defined(__x86_64__)

VECTOR_BODY uint64_t bits(__m256i low, __m256i high)
{
    return (uint32_t)_mm256_movemask_epi8(low) | (uint64_t)(uint32_t)_mm256_movemask_epi8(high)
                                                     << 32;
}

VECTOR_BODY uint64_t bits_equal(__m256i low, __m256i high, char byte)
{
    __m256i wanted = _mm256_set1_epi8(byte);

    return bits(_mm256_cmpeq_epi8(low, wanted), _mm256_cmpeq_epi8(high, wanted));
}

/* Tab to carriage return, the line feed among them, which are 9 to 13. */
VECTOR_BODY __m256i controls(__m256i bytes)
{
    __m256i from_tab = _mm256_sub_epi8(bytes, _mm256_set1_epi8('\t'));

    return _mm256_cmpeq_epi8(from_tab, _mm256_min_epu8(from_tab, _mm256_set1_epi8(4)));
}

VECTOR_BODY struct masks masks_of_vectors(const char *at, char delimiter)
{
    __m256i low = _mm256_loadu_si256((const __m256i *)at);
    __m256i high = _mm256_loadu_si256((const __m256i *)(at + 32));
    __m256i doubts;
    struct masks masks;

    masks.lines = bits_equal(low, high, '\n');
    masks.cells = bits_equal(low, high, delimiter) | masks.lines;
    if (delimiter == ' ') {
        masks.cells |= bits(controls(low), controls(high));
    }
    doubts = _mm256_cmpeq_epi8(_mm256_min_epu8(low, high), _mm256_setzero_si256());
    if (delimiter != '\t') {
        doubts = _mm256_or_si256(doubts, _mm256_cmpeq_epi8(low, _mm256_set1_epi8('"')));
        doubts = _mm256_or_si256(doubts, _mm256_cmpeq_epi8(high, _mm256_set1_epi8('"')));
    }
    masks.doubts = (uint32_t)_mm256_movemask_epi8(doubts);
    return masks;
}

VECTOR_TARGET static void find_by_vectors(struct scan *scan, const char *text, size_t from,
                                          size_t to, char delimiter)
{
    find_any(scan, text, from, to, masks_of_vectors, delimiter);
}

scan_ends_function *scan_ends_fastest(void)
{
    bool is_there = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
                    __builtin_cpu_supports("popcnt");

    return is_there ? find_by_vectors : scan_ends_portable;
}

#else

scan_ends_function *scan_ends_fastest(void)
{
    return scan_ends_portable;
}

#endif
