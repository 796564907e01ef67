#include "gwas/sieve.h"
#include "base/memory.h"
#include "gwas/lines.h"
#include "gwas/quick_number.h"
#include "gwas/sieve_number.h"
#include "numeric/wide.h"
#include <string.h>

/* Bytes that are scanned at a time, and lines that are left at most by a run. */
#define PIECE ((size_t)4096)
#define MOST_LEFT ((size_t)2048)

/* Rows whose numbers are kept at most by a run. */
#define MOST_PARSED ((size_t)4096)

/* A run under way. */
struct run {
    const struct sieve *sieve;
    struct sieve_number number;
    quick_number_value *value_of;
    const char *text;
    struct sieved *sieved;
    struct scan scan;
    size_t line;      /* where the line begins that is looked at */
    bool is_doubtful; /* a NUL byte or a quote stands in these lines */
    bool is_full;
};

struct sieved *sieved_create(const struct sieve *sieve)
{
    struct sieved *sieved = memory_get(1, sizeof *sieved);

    sieved->left = memory_get(MOST_LEFT, sizeof *sieved->left);
    sieved->cells = memory_get(sieve->columns + 2 * PIECE, sizeof *sieved->cells);
    sieved->ends = memory_get(2 * PIECE, sizeof *sieved->ends);
    if (sieve->parsed != NULL) {
        sieved->values =
            memory_get(memory_product(MOST_PARSED, sieve->parsed_count), sizeof(double));
    }
    return sieved;
}

void sieved_destroy(struct sieved *sieved)
{
    if (sieved != NULL) {
        memory_free(sieved->left);
        memory_free(sieved->cells);
        memory_free(sieved->ends);
        memory_free(sieved->values);
        memory_free(sieved);
    }
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The cell of a column in a line whose cells end at `ends`. */
WIDE_BODY const char *cell_of(const struct run *run, const uint32_t *ends, size_t column,
                              size_t *length)
{
    const char *start = run->text + (column == 0 ? run->line : ends[column - 1] + (size_t)1);
    const char *stop = run->text + ends[column];

    if (run->sieve->delimiter == ' ') {
        while (start < stop && is_space(*start)) {
            start++;
        }
    } else if (stop > start && stop[-1] == '\r' && column + 1 == run->sieve->columns) {
        stop--;
    }
    *length = (size_t)(stop - start);
    return start;
}

/* A 1 in the highest bit of the bytes that are `byte` (and perhaps of bytes behind them). */
static uint64_t bytes_equal(uint64_t word, unsigned char byte)
{
    uint64_t other = word ^ UINT64_C(0x0101010101010101) * byte;

    return (other - UINT64_C(0x0101010101010101)) & ~other & UINT64_C(0x8080808080808080);
}

/* A comma or a semicolon among sixteen bytes, some of them behind the cell perhaps. */
static bool may_be_several(const char *cell)
{
    uint64_t words[2];

    memcpy(words, cell, sizeof words);
    return (bytes_equal(words[0], ',') | bytes_equal(words[1], ',') |
            bytes_equal(words[0], ';') | bytes_equal(words[1], ';')) != 0;
}

/* Whether a cell is more than its bytes: missing perhaps, quoted, with blanks around, or
 * several ids. */
static bool is_odd_name(const char *cell, size_t length)
{
    return length < 3 || *cell == ' ' || *cell == '"' || cell[length - 1] == ' ' ||
           ((*cell | 0x20) == 'n' && length == 3) ||
           ((length > 16 || may_be_several(cell)) &&
            (memchr(cell, ',', length) != NULL || memchr(cell, ';', length) != NULL));
}

/* The position in an id such as 7:12345:A:G: what is between its first two separators. */
static const char *position_in(const char *id, size_t length, size_t *digits)
{
    const char *stop = id + length, *at = id;

    while (at < stop && *at != ':' && *at != '_' && *at != '-') {
        at++;
    }
    at += at < stop;
    for (*digits = 0; at + *digits < stop && at[*digits] >= '0' && at[*digits] <= '9';) {
        (*digits)++;
    }
    return at;
}

/* Whether a row may stand at one of the positions. */
static bool may_stand_there(const struct run *run, const uint32_t *ends)
{
    const struct sieve *sieve = run->sieve;
    bool is_own = sieve->places != SIEVE_NONE;
    size_t length;
    const char *cell = cell_of(run, ends, is_own ? sieve->places : sieve->names, &length);

    if (!is_own) {
        if (is_odd_name(cell, length)) {
            return true;
        }
        cell = position_in(cell, length, &length);
        return length > 0 && id_set_has(sieve->positions, cell, length);
    }
    return length == 0 || *cell < '0' || *cell > '9' || cell[length - 1] == ' ' ||
           id_set_has(sieve->positions, cell, length);
}

/* Takes the numbers of a row; whether one of them is not plain. */
static bool is_hard(const struct run *run, const uint32_t *ends)
{
    const struct sieve *sieve = run->sieve;
    double *values = run->sieved->values + run->sieved->skipped * sieve->parsed_count;

    for (size_t i = 0; i < sieve->parsed_count; i++) {
        size_t length;
        const char *cell = cell_of(run, ends, sieve->parsed[i], &length);

        if (!run->value_of(cell, length, &values[i])) {
            return true;
        }
    }
    return false;
}

static bool is_left(const struct run *run, const uint32_t *ends)
{
    const struct sieve *sieve = run->sieve;
    const char *cell;
    size_t length;

    if (run->is_doubtful) {
        return true;
    }
    if (sieve->parsed != NULL) {
        return is_hard(run, ends);
    }
    if (sieve->numbers != SIEVE_NONE) {
        cell = cell_of(run, ends, sieve->numbers, &length);
        if (!sieve_number_fails(&run->number, cell, length)) {
            return true;
        }
    }
    if (sieve->names != SIEVE_NONE && sieve->ids != NULL) {
        cell = cell_of(run, ends, sieve->names, &length);
        if (is_odd_name(cell, length) || id_set_has(sieve->ids, cell, length)) {
            return true;
        }
    }
    return sieve->positions != NULL && may_stand_there(run, ends);
}

static void leave(struct run *run, size_t stop)
{
    struct sieved *sieved = run->sieved;
    struct sieve_line *line = &sieved->left[sieved->count++];

    line->start = (uint32_t)run->line;
    line->length = (uint32_t)(stop - run->line);
    line->lines = sieved->lines;
    line->skipped = sieved->skipped;
}

/* A line of blanks is no row. */
static bool is_blank_line(const char *at, const char *stop)
{
    while (at < stop && (*at == ' ' || *at == '\r')) {
        at++;
    }
    return at == stop;
}

/* Looks at the line that ends at `stop` and has `count` ends, its own among them. */
static void take_line(struct run *run, const uint32_t *ends, size_t count, size_t stop)
{
    const struct sieve *sieve = run->sieve;
    struct sieved *sieved = run->sieved;
    bool is_whole =
        count == sieve->columns || (sieve->delimiter == ' ' && count == sieve->columns + 1 &&
                                    is_space(run->text[stop - 1]));

    if (sieve->parsed != NULL && sieved->skipped == MOST_PARSED) {
        run->is_full = true;
        return;
    }
    if (is_whole && stop - run->line <= LINES_LONGEST_CELL && !is_left(run, ends)) {
        sieved->skipped++;
    } else if (!is_blank_line(run->text + run->line, run->text + stop)) {
        if (sieved->count == MOST_LEFT) {
            run->is_full = true;
            return;
        }
        leave(run, stop);
    }
    sieved->lines++;
    run->line = stop + 1;
    sieved->end = run->line;
}

/* Where in ends[from] .. the end of a line stands. */
static size_t find_end(const uint32_t *ends, size_t from, uint32_t stop)
{
    while (ends[from] != stop) {
        from++;
    }
    return from;
}

/* Looks at the whole lines that the scan found, and keeps the ends of cells behind the last. */
static void take_lines(struct run *run)
{
    uint32_t *cells = run->sieved->cells;
    size_t columns = run->sieve->columns;
    size_t from = 0;

    for (size_t i = 0; i < run->scan.line_count && !run->is_full; i++) {
        uint32_t stop = run->sieved->ends[i];
        size_t last = from + columns - 1 < run->scan.cell_count ? from + columns - 1 : from;

        if (cells[last] != stop) {
            last = find_end(cells, from, stop);
        }
        take_line(run, cells + from, last - from + 1, stop);
        from = last + 1;
    }
    run->scan.line_count = 0;
    run->scan.cell_count -= from;
    memmove(cells, cells + from, run->scan.cell_count * sizeof *cells);
}

/* A line that has too many cells by now is counted no further. */
static void forget_surplus(struct run *run)
{
    if (run->scan.cell_count > run->sieve->columns + 2) {
        run->scan.cell_count = run->sieve->columns + 2;
    }
}

void sieve_run(const struct sieve *sieve, scan_function *scan, const char *text, size_t start,
               size_t end, struct sieved *sieved)
{
    struct run run = {.sieve = sieve, .text = text, .sieved = sieved, .line = start};
    bool was_doubtful = false;

    scan = scan == NULL ? scan_fastest() : scan;
    run.scan.delimiter = sieve->delimiter;
    run.scan.is_blank = true;
    run.value_of = quick_number_fastest();
    run.number = sieve_number_for(sieve->bound, sieve->is_neglog10);
    sieved->count = sieved->lines = sieved->skipped = 0;
    sieved->start = sieved->end = start;
    for (size_t at = start; at < end && !run.is_full; at += PIECE) {
        bool is_doubtful;

        run.scan.has_nul = run.scan.has_quote = false;
        scan(&run.scan, text, at, end - at < PIECE ? end : at + PIECE, sieved->cells,
             sieved->ends);
        is_doubtful = run.scan.has_nul || (run.scan.has_quote && sieve->delimiter != '\t');
        run.is_doubtful = is_doubtful || was_doubtful;
        was_doubtful = is_doubtful;
        take_lines(&run);
        forget_surplus(&run);
    }
}

size_t sieve_whole(const char *text, size_t length)
{
    while (length > 0 && text[length - 1] != '\n') {
        length--;
    }
    return length;
}
