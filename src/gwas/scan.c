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

/* How many cells end before byte number `stop`. */
WIDE_BODY uint32_t ends_before(const struct scan *scan, size_t stop)
{
    uint64_t before = words_load(scan->ends + stop / 64) & ((UINT64_C(1) << stop % 64) - 1);

    return scan->before[stop / 64] + (uint32_t)__builtin_popcountll(before);
}

/* Second step: whether each line is whole. `text` begins where the scan does. */
WIDE_BODY void find_whole(struct scan *scan, const struct scan_wanted *wanted, const char *text,
                          uint32_t from)
{
    bool is_blank = wanted->delimiter == ' ';
    uint32_t line = 0, before = (uint32_t)-1; /* as if a line ended before the first */
    size_t whole = 0;

    for (size_t i = 0; i < scan->line_count; i++) {
        uint32_t stop = scan->lines[i].stop - from, ends = ends_before(scan, stop);
        uint32_t cells = ends - before;

        if (is_blank && stop > line && is_space(text[stop - 1])) {
            cells--;
        }
        scan->starts[whole] = line;
        scan->lines[i].is_whole = cells == wanted->columns;
        whole += scan->lines[i].is_whole;
        line = stop + 1;
        before = ends;
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
    const char *bytes = (const char *)bits + at / 8;
    uint64_t near = words_load(bytes) >> at % 8, next = words_load(bytes + 8);
    size_t found = (size_t)__builtin_popcountll(near);
    bool is_next = count >= found;

    near = is_next ? next : near;
    at = is_next ? at / 8 * 8 + 64 : at;
    count -= is_next ? found : 0;
    while (count >= (found = (size_t)__builtin_popcountll(near))) {
        count -= found;
        at += 64;
        near = bits_from(bits, at);
    }
    return at + select(near, count);
}

/* Third step, once a wanted column and those that follow it without a gap: where their cells
 * stand in each whole line. The ends of a few of them are bits of one word. */
WIDE_BODY void find_cells(const struct scan *scan, size_t column, size_t count,
                          struct scan_cell *cells, uint32_t from, select_function *select)
{
    for (size_t i = 0, lines = scan->whole_count; i < lines; i++) {
        size_t line = scan->starts[i];
        size_t start = column == 0 ? line : place_of(scan->ends, line, column - 1, select) + 1;
        size_t place = start;
        uint64_t near = bits_from(scan->ends, place);

        for (struct scan_cell *cell = cells + i, *end = cell + count * scan->most; cell < end;
             cell += scan->most) {
            if (near == 0) {
                place = next_bit(scan->ends, start);
                near = bits_from(scan->ends, place);
            }
            cell->start = from + (uint32_t)start;
            start = place + (size_t)__builtin_ctzll(near) + 1;
            cell->stop = from + (uint32_t)start - 1;
            near &= near - 1;
        }
    }
}

/* How many wanted columns from number `index` on follow each other. */
static size_t count_neighbours(const struct scan_wanted *wanted, size_t index)
{
    size_t count = 1;

    while (index + count < wanted->count &&
           wanted->wanted[index + count] == wanted->wanted[index] + count) {
        count++;
    }
    return count;
}

WIDE_BODY void find_wanted(struct scan *scan, const struct scan_wanted *wanted,
                           const char *text, size_t start, select_function *select)
{
    uint32_t from = (uint32_t)start;

    find_whole(scan, wanted, text + start, from);
    for (size_t i = 0, count; i < wanted->count; i += count) {
        count = count_neighbours(wanted, i);
        find_cells(scan, wanted->wanted[i], count, scan->cells + i * scan->most, from, select);
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
