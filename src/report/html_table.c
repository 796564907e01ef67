/*
 * Tables as the program prints them, made into tables of a page: what stands in a file of `run`
 * stands in the report too, to four digits.
 */
#include "base/i18n.h"
#include "base/memory.h"
#include "report/html.h"
#include <stdlib.h>
#include <string.h>

enum { MOST_COLUMNS = 64 };

/* Where the cells of a line begin and how long they are. */
struct line {
    const char *cell[MOST_COLUMNS];
    size_t length[MOST_COLUMNS];
    size_t count;
};

/* Reads a line, and returns the next; NULL behind the last. */
static const char *read_line(const char *at, struct line *line)
{
    line->count = 0;
    if (at == NULL || *at == '\0') {
        return NULL;
    }
    for (;;) {
        size_t length = strcspn(at, "\t\n");
        if (line->count < MOST_COLUMNS) {
            line->cell[line->count] = at;
            line->length[line->count++] = length;
        }
        at += length;
        if (*at != '\t') {
            return *at == '\n' ? at + 1 : at;
        }
        at++;
    }
}

static bool is_cell(const struct line *line, size_t column, const char *text)
{
    return line->length[column] == strlen(text) &&
           strncmp(line->cell[column], text, line->length[column]) == 0;
}

/* The number that all of a cell is. "NA" and infinities, which begin with a letter, are none:
 * nor are ids. */
static bool is_number(const struct line *line, size_t column, double *value)
{
    char *end;
    const char *cell = line->cell[column];
    if (line->length[column] == 0 || strchr("+-.0123456789", cell[0]) == NULL) {
        return false;
    }
    *value = strtod(cell, &end);
    return end == cell + line->length[column];
}

/* Columns that are shown, in their order. */
static size_t choose(const struct line *header, const char *const *columns, size_t *chosen)
{
    size_t count = 0;
    if (columns == NULL) {
        for (size_t i = 0; i < header->count; i++) {
            chosen[count++] = i;
        }
        return count;
    }
    for (; *columns != NULL; columns++) {
        for (size_t i = 0; i < header->count; i++) {
            if (is_cell(header, i, *columns)) {
                chosen[count++] = i;
            }
        }
    }
    return count;
}

/* Below the smallest double a number keeps its exponent. */
static void add_cell(struct text *page, const struct line *line, size_t column)
{
    double value;
    text_add(page, "<td>");
    if (column < line->count && is_number(line, column, &value) && value != 0) {
        html_number(page, value);
    } else if (column < line->count) {
        char *cell = memory_copy_bytes(line->cell[column], line->length[column]);
        html_text(page, cell);
        memory_free(cell);
    }
    text_add(page, "</td>");
}

/* Bit i: the i-th of the columns chosen has a number, and nothing but numbers and NA. */
static uint64_t numeric(const char *at, const size_t *chosen, size_t count, size_t *rows)
{
    uint64_t all = ~UINT64_C(0), any = 0;
    struct line line;
    for (*rows = 0; (at = read_line(at, &line)) != NULL; ++*rows) {
        for (size_t i = 0; i < count; i++) {
            double value;
            bool is_one = chosen[i] < line.count && is_number(&line, chosen[i], &value);
            bool is_none = chosen[i] < line.count && is_cell(&line, chosen[i], "NA");
            any |= is_one ? UINT64_C(1) << i : 0;
            all &= is_one || is_none ? ~UINT64_C(0) : ~(UINT64_C(1) << i);
        }
    }
    return all & any;
}

static void begin(struct text *page, const struct html_table *how, const struct line *header,
                  const size_t *chosen, size_t count, size_t rows, uint64_t numbers)
{
    char *headings[MOST_COLUMNS + 1] = {0};
    struct text caption = {0};
    for (size_t i = 0; i < count; i++) {
        headings[i] = memory_copy_bytes(header->cell[chosen[i]], header->length[chosen[i]]);
    }
    text_addf(&caption, ngettext("%s: %zu row", "%s: %zu rows", rows), how->caption, rows);
    if (rows > how->most) {
        text_addf(&caption,
                  how->is_by_strength
                      ? _("; %zu of them, of the pairs with the smallest P, taxamr run writes "
                          "all")
                      : _("; the first %zu of them, taxamr run writes all"),
                  how->most);
    }
    html_table_begin(page, how->id, caption.bytes, (const char *const *)headings, numbers);
    text_drop(&caption);
    for (size_t i = 0; i < count; i++) {
        memory_free(headings[i]);
    }
}

void html_table_of(struct text *page, const struct html_table *how, const char *tsv)
{
    struct line header, line;
    size_t chosen[MOST_COLUMNS], rows;
    const char *body = read_line(tsv, &header), *at = body;
    size_t count = choose(&header, how->columns, chosen);
    uint64_t numbers = numeric(body, chosen, count, &rows);
    begin(page, how, &header, chosen, count, rows, numbers);
    for (size_t row = 0; row < how->most && (at = read_line(at, &line)) != NULL; row++) {
        html_row(page);
        for (size_t i = 0; i < count; i++) {
            add_cell(page, &line, chosen[i]);
        }
        html_row_end(page);
    }
    html_table_end(page);
}
