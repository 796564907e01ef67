#include "gwas/scan.h"
#include "base/memory.h"
#include "gwas/scan_ends.h"
#include "gwas/words.h"

#if defined(__x86_64__)
#include <immintrin.h>
#define DEPOSIT_TARGET __attribute__((target("bmi,bmi2,popcnt")))
#endif

/* Words of bits, with three behind the last. */
#define WORDS (SCAN_MOST / 64 + 3)

/* Which bit of a word has `count` set ones before it. */
typedef size_t select_function(uint64_t word, size_t count);

struct scan *scan_create(const struct scan_wanted *wanted)
{
    struct scan *scan = memory_get(1, sizeof *scan);
    size_t most = SCAN_MOST / wanted->columns + 1;

    scan->most = most < SCAN_LINES ? most : SCAN_LINES;
    scan->lines = memory_get(SCAN_LINES + 2, sizeof *scan->lines);
    scan->cells =
        memory_get(memory_product(scan->most, wanted->count + 1), sizeof *scan->cells);
    scan->ends = memory_get(WORDS, sizeof *scan->ends);
    scan->before = memory_get(WORDS, sizeof *scan->before);
    scan->starts = memory_get(scan->most + 1, sizeof *scan->starts);
    return scan;
}

void scan_destroy(struct scan *scan)
{
    if (scan != NULL) {
        memory_free(scan->lines);
        memory_free(scan->cells);
        memory_free(scan->ends);
        memory_free(scan->before);
        memory_free(scan->starts);
        memory_free(scan);
    }
}

const struct scan_cell *scan_cells(const struct scan *scan, size_t index)
{
    return scan->cells + index * scan->most;
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* How many cells end up to byte number `stop`. */
WIDE_BODY uint32_t ends_until(const struct scan *scan, size_t stop)
{
    uint64_t until = words_load(scan->ends + stop / 64) & ~UINT64_C(0) >> (63 - stop % 64);

    return scan->before[stop / 64] + (uint32_t)__builtin_popcountll(until);
}

/* Second step: whether each line is whole. `text` begins where the scan does. */
WIDE_BODY void find_whole(struct scan *scan, const struct scan_wanted *wanted, const char *text,
                          uint32_t from)
{
    bool is_blank = wanted->delimiter == ' ';
    uint32_t line = 0, until = 0;
    size_t whole = 0;

    for (size_t i = 0; i < scan->line_count; i++) {
        uint32_t stop = scan->lines[i].stop - from, ends = ends_until(scan, stop);
        size_t cells = ends - until;

        if (is_blank && stop > line && is_space(text[stop - 1])) {
            cells--;
        }
        scan->starts[whole] = line;
        scan->lines[i].is_whole = cells == wanted->columns;
        whole += scan->lines[i].is_whole;
        line = stop + 1;
        until = ends;
    }
    scan->whole_count = whole;
}

/* Bits from number `at` on, up to the end of the eight bytes where the first of them stands. */
WIDE_BODY uint64_t bits_from(const uint64_t *bits, size_t at)
{
    return words_load((const char *)bits + at / 8) >> at % 8;
}

/* The place of the first bit that is set from number `at` on. */
WIDE_BODY size_t next_bit(const uint64_t *bits, size_t at)
{
    uint64_t near = bits_from(bits, at);

    while (near == 0) {
        at = at / 8 * 8 + 64;
        near = bits_from(bits, at);
    }
    return at + (size_t)__builtin_ctzll(near);
}

/* The place of the bit before which `count` others are set, from number `at` on. Whether it is
 * near or among the next 64 is nothing a processor could guess, so that is no branch. */
WIDE_BODY size_t place_of(const uint64_t *bits, size_t at, size_t count,
                          select_function *select)
{
    size_t next_at = at / 8 * 8 + 64;
    uint64_t near = bits_from(bits, at), next = bits_from(bits, next_at);
    size_t found = (size_t)__builtin_popcountll(near);
    uint64_t is_next = -(uint64_t)(count >= found);

    near ^= (near ^ next) & is_next;
    at ^= (at ^ next_at) & is_next;
    count -= found & is_next;
    while (count >= (found = (size_t)__builtin_popcountll(near))) {
        count -= found;
        at += 64;
        near = bits_from(bits, at);
    }
    return at + select(near, count);
}

/* Third step, once a wanted column: where its cell stands in each whole line. */
WIDE_BODY void find_cells(const struct scan *scan, size_t column, struct scan_cell *cells,
                          uint32_t from, select_function *select)
{
    const uint64_t *ends = scan->ends;
    const uint32_t *starts = scan->starts;

    for (size_t i = 0, count = scan->whole_count; i < count; i++) {
        size_t start = place_of(ends, starts[i], column - 1, select) + 1;

        cells[i].start = from + (uint32_t)start;
        cells[i].stop = from + (uint32_t)next_bit(ends, start);
    }
}

/* The same of the first column. */
WIDE_BODY void find_first_cells(const struct scan *scan, struct scan_cell *cells, uint32_t from)
{
    const uint64_t *ends = scan->ends;
    const uint32_t *starts = scan->starts;

    for (size_t i = 0, count = scan->whole_count; i < count; i++) {
        cells[i].start = from + starts[i];
        cells[i].stop = from + (uint32_t)next_bit(ends, starts[i]);
    }
}

/* The same of the column to the right of one that is found. */
WIDE_BODY void find_next_cells(const struct scan *scan, const struct scan_cell *left,
                               struct scan_cell *cells, uint32_t from)
{
    const uint64_t *ends = scan->ends;

    for (size_t i = 0, count = scan->whole_count; i < count; i++) {
        cells[i].start = left[i].stop + 1;
        cells[i].stop = from + (uint32_t)next_bit(ends, cells[i].start - from);
    }
}

WIDE_BODY void find_wanted(struct scan *scan, const struct scan_wanted *wanted,
                           const char *text, size_t start, select_function *select)
{
    uint32_t from = (uint32_t)start;

    find_whole(scan, wanted, text + start, from);
    for (size_t i = 0; i < wanted->count; i++) {
        struct scan_cell *cells = scan->cells + i * scan->most;
        size_t column = wanted->wanted[i];

        if (column == 0) {
            find_first_cells(scan, cells, from);
        } else if (i > 0 && column == wanted->wanted[i - 1] + 1) {
            find_next_cells(scan, cells - scan->most, cells, from);
        } else {
            find_cells(scan, column, cells, from, select);
        }
    }
}

/* Cells without what stands around them. */
static void trim(struct scan *scan, const struct scan_wanted *wanted, const char *text)
{
    for (size_t i = 0; i < wanted->count; i++) {
        struct scan_cell *cells = scan->cells + i * scan->most;
        bool is_last = wanted->wanted[i] + 1 == wanted->columns;

        for (size_t j = 0; wanted->delimiter == ' ' && j < scan->whole_count; j++) {
            while (is_space(text[cells[j].start]) && cells[j].start < cells[j].stop) {
                cells[j].start++;
            }
        }
        for (size_t j = 0; is_last && j < scan->whole_count; j++) {
            cells[j].stop -= cells[j].start < cells[j].stop && text[cells[j].stop - 1] == '\r';
        }
    }
}

WIDE_BODY size_t select_by_steps(uint64_t word, size_t count)
{
    for (; count > 0; count--) {
        word &= word - 1;
    }
    return (size_t)__builtin_ctzll(word);
}

static void find_by_steps(struct scan *scan, const struct scan_wanted *wanted, const char *text,
                          size_t from)
{
    find_wanted(scan, wanted, text, from, select_by_steps);
}

void scan_portable(struct scan *scan, const struct scan_wanted *wanted, const char *text,
                   size_t from, size_t to)
{
    scan_ends_portable(scan, text, from, to, wanted->delimiter);
    find_by_steps(scan, wanted, text, from);
    trim(scan, wanted, text);
}

#if defined(__x86_64__)

DEPOSIT_TARGET static inline __attribute__((always_inline)) size_t
select_by_deposit(uint64_t word, size_t count)
{
    return (size_t)__builtin_ctzll(_pdep_u64(UINT64_C(1) << count, word));
}

DEPOSIT_TARGET static void find_by_deposit(struct scan *scan, const struct scan_wanted *wanted,
                                           const char *text, size_t from)
{
    find_wanted(scan, wanted, text, from, select_by_deposit);
}

static void scan_vectors(struct scan *scan, const struct scan_wanted *wanted, const char *text,
                         size_t from, size_t to)
{
    scan_ends_fastest()(scan, text, from, to, wanted->delimiter);
    find_by_deposit(scan, wanted, text, from);
    trim(scan, wanted, text);
}

scan_function *scan_fastest(void)
{
    bool is_there = __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") &&
                    __builtin_cpu_supports("popcnt");

    return is_there ? scan_vectors : scan_portable;
}

#else

scan_function *scan_fastest(void)
{
    return scan_portable;
}

#endif
