#include "gwas/sieve.h"
#include "base/memory.h"
#include "gwas/lines.h"
#include "gwas/quick_number.h"
#include "gwas/sieve_number.h"
#include <string.h>

/* Bytes that are scanned at a time, few enough for the first cache; of files with longer lines
 * more. Lines that are left at most by a run. */
#define PIECE ((size_t)8192)
#define MOST_LEFT ((size_t)2048)

_Static_assert(SCAN_MOST <= LINES_LONGEST_CELL, "longer lines are left");

/* Rows whose numbers are kept at most by a run. */
#define MOST_PARSED ((size_t)4096)

/* A run under way. */
struct run {
    const struct sieve *sieve;
    struct sieve_number number;
    quick_number_column *parse;
    const char *text;
    struct sieved *sieved;
    size_t line; /* where the line begins that is looked at */
    bool is_full;
};

/* The columns that are looked at; where in the list the one is goes to *place. */
static void want(struct sieved *sieved, size_t column, size_t *place)
{
    if (column != SIEVE_NONE) {
        *place = sieved->wanted.count;
        sieved->columns[sieved->wanted.count++] = column;
    }
}

static void choose_columns(const struct sieve *sieve, struct sieved *sieved)
{
    bool is_own = sieve->places != SIEVE_NONE;

    if (sieve->parsed != NULL) {
        sieved->wanted.wanted = sieve->parsed;
        sieved->wanted.count = sieve->parsed_count;
        return;
    }
    sieved->wanted.wanted = sieved->columns;
    want(sieved, sieve->numbers, &sieved->number);
    if (sieve->ids != NULL) {
        want(sieved, sieve->names, &sieved->name);
    }
    if (sieve->positions != NULL) {
        want(sieved, is_own ? sieve->places : sieve->names, &sieved->place);
    }
}

struct sieved *sieved_create(const struct sieve *sieve)
{
    struct sieved *sieved = memory_get(1, sizeof *sieved);

    sieved->left = memory_get(MOST_LEFT, sizeof *sieved->left);
    sieved->wanted.delimiter = sieve->delimiter;
    sieved->wanted.columns = sieve->columns;
    choose_columns(sieve, sieved);
    sieved->scan = scan_create(&sieved->wanted);
    sieved->marks = memory_get(sieved->scan->most, sizeof *sieved->marks);
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
        scan_destroy(sieved->scan);
        memory_free(sieved->marks);
        memory_free(sieved->values);
        memory_free(sieved);
    }
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

/* Whether a row may stand at one of the positions. What is not written as these are, as 1e+06,
 * 1077.0 or 01077, is for whoever reads numbers. */
static bool may_stand_there(const struct sieve *sieve, const char *cell, size_t length)
{
    if (sieve->places == SIEVE_NONE) {
        if (id_set_is_odd(cell, length)) {
            return true;
        }
        cell = position_in(cell, length, &length);
        return length > 0 && (*cell == '0' || id_set_has(sieve->positions, cell, length));
    }
    for (size_t i = 0; i < length; i++) {
        if (cell[i] < '0' || cell[i] > '9') {
            return true;
        }
    }
    return length == 0 || *cell == '0' || id_set_has(sieve->positions, cell, length);
}

static void mark_places(const struct run *run, const struct scan_cell *cells)
{
    struct sieved *sieved = run->sieved;

    for (size_t i = 0; i < sieved->scan->whole_count; i++) {
        const char *cell = run->text + cells[i].start;

        sieved->marks[i] |= may_stand_there(run->sieve, cell, cells[i].stop - cells[i].start);
    }
}

/* Takes the numbers of the whole lines; marks those where one is not plain. */
static void parse(const struct run *run)
{
    struct sieved *sieved = run->sieved;
    size_t columns = run->sieve->parsed_count;
    double *values = sieved->values + sieved->skipped * columns;

    for (size_t i = 0; i < columns; i++) {
        run->parse(run->text, scan_cells(sieved->scan, i), sieved->scan->whole_count,
                   values + i, columns, sieved->marks);
    }
}

/* Marks the whole lines that are to be left. A column of all of them is looked at before the
 * next one is, which keeps the loops short. */
static void mark(const struct run *run)
{
    const struct sieve *sieve = run->sieve;
    const struct sieved *sieved = run->sieved;
    const struct scan *scan = sieved->scan;

    memset(sieved->marks, scan->is_doubtful, scan->whole_count);
    if (sieve->parsed != NULL) {
        parse(run);
        return;
    }
    if (sieve->numbers != SIEVE_NONE) {
        sieve_number_mark(&run->number, run->text, scan_cells(scan, sieved->number),
                          scan->whole_count, sieved->marks);
    }
    if (sieve->names != SIEVE_NONE && sieve->ids != NULL) {
        id_set_mark(sieve->ids, run->text, scan_cells(scan, sieved->name), scan->whole_count,
                    sieved->marks);
    }
    if (sieve->positions != NULL) {
        mark_places(run, scan_cells(scan, sieved->place));
    }
}

/* A line of blanks is no row. */
static bool is_blank_line(const char *at, const char *stop)
{
    while (at < stop && (*at == ' ' || *at == '\r')) {
        at++;
    }
    return at == stop;
}

/* Leaves the line that ends at `stop`, if it is a row and there is room. */
static void leave(struct run *run, size_t stop)
{
    struct sieved *sieved = run->sieved;
    struct sieve_line *line = &sieved->left[sieved->count];

    if (is_blank_line(run->text + run->line, run->text + stop)) {
        return;
    }
    if (sieved->count == MOST_LEFT) {
        run->is_full = true;
        return;
    }
    line->start = (uint32_t)run->line;
    line->length = (uint32_t)(stop - run->line);
    line->lines = sieved->lines;
    line->skipped = sieved->skipped;
    sieved->count++;
}

/* Passes over a row; its numbers go behind those of the last, if there are lines between. */
static void pass_over(struct run *run, const double *values)
{
    struct sieved *sieved = run->sieved;
    size_t columns = run->sieve->parsed_count;

    if (values != NULL && values != sieved->values + sieved->skipped * columns) {
        memcpy(sieved->values + sieved->skipped * columns, values, columns * sizeof *values);
    }
    sieved->skipped++;
}

/* The line that ends at `stop` was looked at. */
static void go_behind(struct run *run, size_t stop)
{
    if (!run->is_full) {
        run->sieved->lines++;
        run->line = run->sieved->end = stop + 1;
    }
}

/* Where all lines are whole and none is marked, as most often, they need no look each. */
static bool pass_over_all(struct run *run)
{
    struct sieved *sieved = run->sieved;
    const struct scan *scan = sieved->scan;

    if (scan->whole_count < scan->line_count ||
        memchr(sieved->marks, true, scan->whole_count) != NULL) {
        return false;
    }
    sieved->skipped += (uint32_t)scan->line_count;
    sieved->lines += (uint32_t)scan->line_count;
    run->line = sieved->end = scan->lines[scan->line_count - 1].stop + 1;
    return true;
}

/* Looks at the lines that the scan found. */
static void take_lines(struct run *run)
{
    struct sieved *sieved = run->sieved;
    const struct scan *scan = sieved->scan;
    size_t row = 0, columns = run->sieve->parsed_count;
    const double *values = sieved->values;

    if (values != NULL && sieved->skipped + scan->whole_count > MOST_PARSED) {
        run->is_full = true;
        return;
    }
    values += values == NULL ? 0 : sieved->skipped * columns;
    mark(run);
    if (pass_over_all(run)) {
        return;
    }
    for (size_t i = 0; i < scan->line_count && !run->is_full; i++) {
        bool is_whole = scan->lines[i].is_whole;

        if (is_whole && !sieved->marks[row]) {
            pass_over(run, values == NULL ? NULL : values + row * columns);
        } else {
            leave(run, scan->lines[i].stop);
        }
        go_behind(run, scan->lines[i].stop);
        row += is_whole;
    }
}

/* A line that is longer than what is scanned at once. */
static void take_long_line(struct run *run, size_t end)
{
    const char *start = run->text + run->line;
    const char *feed = memchr(start, '\n', end - run->line);
    size_t stop = feed == NULL ? end : (size_t)(feed - run->text);

    leave(run, stop);
    go_behind(run, stop);
}

void sieve_run(const struct sieve *sieve, scan_function *scan, const char *text, size_t start,
               size_t end, struct sieved *sieved)
{
    struct run run = {.sieve = sieve, .text = text, .sieved = sieved, .line = start};
    size_t piece = PIECE;

    scan = scan == NULL ? scan_fastest() : scan;
    run.parse = quick_number_fastest();
    run.number = sieve_number_for(sieve->bound, sieve->is_neglog10);
    sieved->count = sieved->lines = sieved->skipped = 0;
    sieved->start = sieved->end = start;
    while (run.line < end && !run.is_full) {
        size_t left = end - run.line;

        scan(sieved->scan, &sieved->wanted, text, run.line,
             left < piece ? end : run.line + piece);
        if (sieved->scan->line_count > 0) {
            take_lines(&run);
        } else if (piece < SCAN_MOST) {
            piece *= 2;
        } else {
            take_long_line(&run, end);
        }
    }
}

size_t sieve_whole(const char *text, size_t length)
{
    while (length > 0 && text[length - 1] != '\n') {
        length--;
    }
    return length;
}
