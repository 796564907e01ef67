#include "gwas/cells.h"
#include "base/memory.h"
#include <csv.h>
#include <string.h>

/* The first of tab, comma and semicolon that stands outside quotes; else white space. */
static char find_delimiter(const char *header)
{
    static const char candidates[] = "\t,;";

    for (const char *candidate = candidates; *candidate != '\0'; candidate++) {
        bool is_quoted = false;

        for (const char *at = header; *at != '\0'; at++) {
            is_quoted ^= *at == '"';
            if (*at == *candidate && !is_quoted) {
                return *candidate;
            }
        }
    }
    return ' ';
}

static void *csv_resize(void *old, size_t size)
{
    return memory_resize(old, size, 1);
}

struct cells *cells_create(const char *header)
{
    struct cells *cells = memory_get(1, sizeof *cells);

    cells->delimiter = find_delimiter(header);
    cells->cells = ARRAY_OF(const char *);
    cells->starts = ARRAY_OF(size_t);
    cells->parser = memory_get(1, sizeof *cells->parser);
    csv_init(cells->parser, 0);
    csv_set_realloc_func(cells->parser, csv_resize);
    csv_set_free_func(cells->parser, memory_free);
    csv_set_delim(cells->parser, (unsigned char)cells->delimiter);
    return cells;
}

void cells_destroy(struct cells *cells)
{
    if (cells != NULL) {
        csv_free(cells->parser);
        memory_free(cells->parser);
        array_destroy(&cells->cells);
        array_destroy(&cells->starts);
        text_drop(&cells->quoted);
        memory_free(cells);
    }
}

static void add_cell(struct cells *cells, const char *cell)
{
    *(const char **)array_add(&cells->cells) = cell;
}

/* Takes the quotes off a whole cell, and one of each doubled quote within. */
static char *unquote(char *cell, size_t length)
{
    char *out = cell;

    if (length < 2 || cell[0] != '"' || cell[length - 1] != '"') {
        return cell;
    }
    for (const char *at = cell + 1; at < cell + length - 1; at++) {
        *out++ = *at;
        at += at[0] == '"' && at[1] == '"' && at + 1 < cell + length - 1;
    }
    *out = '\0';
    return cell;
}

static void add_trimmed(struct cells *cells, char *start, char *stop)
{
    while (*start == ' ') {
        start++;
    }
    while (stop > start && stop[-1] == ' ') {
        stop--;
    }
    *stop = '\0';
    add_cell(cells, *start == '"' ? unquote(start, (size_t)(stop - start)) : start);
}

static void cut_plain(struct cells *cells, char *line, size_t length)
{
    char *end = line + length;
    char *start = line;
    char *stop;

    while ((stop = memchr(start, cells->delimiter, (size_t)(end - start))) != NULL) {
        add_trimmed(cells, start, stop);
        start = stop + 1;
    }
    add_trimmed(cells, start, end);
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\v' || c == '\f' || c == '\r';
}

/* Where a cell of white-space separated text ends; a quoted one may hold blanks. */
static char *cell_end(char *at)
{
    char *closing = *at == '"' ? strchr(at + 1, '"') : NULL;

    if (closing != NULL && (closing[1] == '\0' || is_space(closing[1]))) {
        return closing + 1;
    }
    while (*at != '\0' && !is_space(*at)) {
        at++;
    }
    return at;
}

static void cut_white(struct cells *cells, char *line)
{
    char *at = line;

    for (;;) {
        char *stop;
        bool is_last;

        while (is_space(*at)) {
            at++;
        }
        if (*at == '\0') {
            return;
        }
        stop = cell_end(at);
        is_last = *stop == '\0';
        add_trimmed(cells, at, stop);
        if (is_last) {
            return;
        }
        at = stop + 1;
    }
}

static void on_cell(void *bytes, size_t length, void *context)
{
    struct cells *cells = context;

    *(size_t *)array_add(&cells->starts) = cells->quoted.length;
    text_add_bytes(&cells->quoted, bytes == NULL ? "" : bytes, length);
    text_add_bytes(&cells->quoted, "", 1);
}

static void on_row(int character, void *context)
{
    struct cells *cells = context;

    (void)character;
    cells->is_new = true;
}

/* Lets libcsv cut the line; it knows whether a quoted cell is still open at its end. */
static bool cut_quoted(struct cells *cells, const char *line, size_t length)
{
    cells->is_new = false;
    csv_parse(cells->parser, line, length, on_cell, on_row, cells);
    csv_parse(cells->parser, "\n", 1, on_cell, on_row, cells);
    cells->is_open = !cells->is_new;
    if (cells->is_open) {
        return false;
    }
    for (size_t i = 0; i < cells->starts.count; i++) {
        add_cell(cells, cells->quoted.bytes + *(size_t *)array_at(&cells->starts, i));
    }
    return true;
}

bool cells_cut(struct cells *cells, char *line, size_t length)
{
    bool is_csv = cells->delimiter == ',' || cells->delimiter == ';';

    array_clear(&cells->cells);
    if (is_csv && (cells->is_open || memchr(line, '"', length) != NULL)) {
        if (!cells->is_open) {
            array_clear(&cells->starts);
            cells->quoted.length = 0;
        }
        return cut_quoted(cells, line, length);
    }
    array_clear(&cells->starts);
    if (cells->delimiter == ' ') {
        cut_white(cells, line);
    } else {
        cut_plain(cells, line, length);
    }
    return true;
}
