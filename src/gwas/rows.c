#include "gwas/rows.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "gwas/cells.h"
#include "gwas/column_search.h"
#include <string.h>

struct rows {
    struct lines *lines;
    struct cells *cells;
    char **names;
    size_t columns;
    long line; /* where the row last given began */
    bool can_go_on;
    struct sieve sieve;
};

static bool is_blank_line(const char *line)
{
    return line[strspn(line, " \r")] == '\0';
}

/* Lines above the header that begin with ## are remarks, as in the files of the PGC and
 * REGENIE; so are those of SNPTEST, of a # and words between blanks, which stand below the
 * rows, too. With a CR within them they are more than that, and words above that name columns
 * are the header. */
static bool is_remark(const struct rows *rows, const char *line)
{
    bool is_above = rows->cells == NULL;
    bool is_of_words =
        (line[1] == ' ' || line[1] == '\0') && (is_above || rows->cells->delimiter == ' ') &&
        strpbrk(line, "\t,;") == NULL && !(is_above && column_search_is_header(line + 1));

    return ((is_above && line[1] == '#') || is_of_words) && strchr(line, '\r') == NULL;
}

/* "# chr pos": a mark before the names of a header between blanks is no column. */
static void skip_mark(char **line, size_t *length)
{
    if (strncmp(*line, "# ", 2) == 0 && strpbrk(*line, "\t,;") == NULL) {
        *line += 2;
        *length -= 2;
    }
}

/* The next line that is not blank or a remark; its number goes to rows->line. */
static enum read_result next_line(struct rows *rows, char **line, size_t *length,
                                  struct error *error)
{
    for (;;) {
        enum read_result result = lines_next_left(rows->lines, line, length, error);

        if (result != READ_ROW ||
            !(is_blank_line(*line) || (**line == '#' && is_remark(rows, *line)))) {
            rows->line = lines_number(rows->lines);
            if (result == READ_ROW && rows->cells == NULL) {
                skip_mark(line, length);
            }
            return result;
        }
    }
}

static enum read_result fail_open_quote(const struct rows *rows, struct error *error)
{
    error_set(error, ERROR_DATA, rows_name(rows), rows->line, NULL,
              _("found a quote that is not closed; close it or take it out"));
    return READ_ERROR;
}

/* Cuts a line, and the lines behind it as long as a quoted cell goes on. */
static enum read_result cut(struct rows *rows, char *line, size_t length, struct error *error)
{
    size_t taken = length;

    rows->can_go_on = false;
    while (!cells_cut(rows->cells, line, length)) {
        enum read_result result = lines_next(rows->lines, &line, &length, error);

        if (result == READ_ERROR) {
            return result;
        }
        taken += length;
        if (result == READ_END || taken > LINES_LONGEST) {
            return fail_open_quote(rows, error);
        }
    }
    rows->can_go_on = true;
    return READ_ROW;
}

/* A cell over the limit refuses its line, with the name of its column where there is one. */
static enum read_result check_lengths(const struct rows *rows, size_t length,
                                      struct error *error)
{
    if (length <= LINES_LONGEST_CELL && rows->cells->starts.count == 0) {
        return READ_ROW;
    }
    for (size_t i = 0; i < rows->cells->cells.count; i++) {
        const char *cell = *(const char **)array_at(&rows->cells->cells, i);
        size_t cell_length = strlen(cell);

        if (cell_length > LINES_LONGEST_CELL) {
            error_set(error, ERROR_DATA, rows_name(rows), rows->line,
                      i < rows->columns ? rows->names[i] : NULL,
                      _("found a cell of %zu bytes; keep cells below %zu"), cell_length,
                      LINES_LONGEST_CELL);
            return READ_ERROR;
        }
    }
    return READ_ROW;
}

/* The header tells how its cells are parted; a CR within it ends what were lines. */
static enum read_result begin(struct rows *rows, const char *header, struct error *error)
{
    rows->cells = cells_create(header);
    if (strchr(header, '\r') == NULL) {
        return READ_ROW;
    }
    error_set(error, ERROR_DATA, rows_name(rows), rows->line, NULL,
              _("found a CR within a line, as where lines end in CR alone; save it with line "
                "ends of Unix"));
    return READ_ERROR;
}

static enum read_result next_cells(struct rows *rows, struct error *error)
{
    char *line;
    size_t length;
    enum read_result result;

    rows->can_go_on = false;
    result = next_line(rows, &line, &length, error);
    if (result == READ_ROW && rows->cells == NULL) {
        result = begin(rows, line, error);
    }
    if (result == READ_ROW) {
        result = cut(rows, line, length, error);
    }
    return result == READ_ROW ? check_lengths(rows, length, error) : result;
}

static bool read_header(struct rows *rows, struct error *error)
{
    enum read_result result = next_cells(rows, error);

    if (result == READ_END) {
        return error_set(error, ERROR_DATA, rows_name(rows), 0, NULL,
                         _("found an empty file; give a table with a header line"));
    }
    if (result == READ_ERROR) {
        return false;
    }
    if (rows->cells->cells.count > ROWS_MOST_COLUMNS) {
        return error_set(error, ERROR_DATA, rows_name(rows), rows->line, NULL,
                         _("found %zu columns; give at most %zu"), rows->cells->cells.count,
                         ROWS_MOST_COLUMNS);
    }
    rows->columns = rows->cells->cells.count;
    rows->names = memory_get(rows->columns, sizeof *rows->names);
    for (size_t i = 0; i < rows->columns; i++) {
        rows->names[i] = memory_copy_text(*(char **)array_at(&rows->cells->cells, i));
    }
    return true;
}

static bool check_kind(const struct rows *rows, struct error *error)
{
    return lines_kind(rows->lines) == LINES_TEXT ||
           error_set(error, ERROR_DATA, rows_name(rows), 1, NULL,
                     _("found a VCF file; write its associations as a table"));
}

bool rows_open_lines(struct lines *lines, struct rows **rows, struct error *error)
{
    struct rows *opened = memory_get(1, sizeof *opened);

    opened->lines = lines;
    if (!check_kind(opened, error) || !read_header(opened, error)) {
        rows_close(opened);
        return false;
    }
    *rows = opened;
    return true;
}

bool rows_open(const char *path, struct rows **rows, struct error *error)
{
    struct lines *lines;

    return lines_open(path, &lines, error) && rows_open_lines(lines, rows, error);
}

void rows_close(struct rows *rows)
{
    if (rows == NULL) {
        return;
    }
    for (size_t i = 0; i < rows->columns; i++) {
        memory_free(rows->names[i]);
    }
    memory_free(rows->names);
    cells_destroy(rows->cells);
    lines_close(rows->lines);
    memory_free(rows);
}

void rows_threads(struct rows *rows, size_t threads)
{
    lines_threads(rows->lines, threads);
}

void rows_sieve(struct rows *rows, const struct sieve *sieve)
{
    rows->sieve = *sieve;
    rows->sieve.delimiter = rows->cells->delimiter;
    rows->sieve.columns = rows->columns;
    lines_sieve(rows->lines, &rows->sieve);
}

bool rows_may_have_commas(const struct rows *rows)
{
    return rows->cells->delimiter == ';' || rows->cells->delimiter == '\t';
}

size_t rows_skipped(const struct rows *rows)
{
    return lines_skipped(rows->lines);
}

size_t rows_columns(const struct rows *rows)
{
    return rows->columns;
}

const char *rows_column(const struct rows *rows, size_t column)
{
    return rows->names[column];
}

bool rows_find_columns(const struct rows *rows, const char *const *names, size_t count,
                       size_t *columns, const char *words, struct error *error)
{
    for (size_t i = 0; i < count; i++) {
        columns[i] = 0;
        while (columns[i] < rows->columns && strcmp(rows->names[columns[i]], names[i]) != 0) {
            columns[i]++;
        }
        if (columns[i] == rows->columns) {
            return error_set(error, ERROR_DATA, rows_name(rows), 1, names[i], "%s", words);
        }
    }
    return true;
}

enum read_result rows_next(struct rows *rows, const char *const **cells, struct error *error)
{
    enum read_result result = next_cells(rows, error);

    if (result == READ_ROW && rows->cells->cells.count != rows->columns) {
        error_set(error, ERROR_DATA, rows_name(rows), rows->line, NULL,
                  _("found %zu cells where the header has %zu; mend the row, or pass "
                    "--skip-bad-rows"),
                  rows->cells->cells.count, rows->columns);
        return READ_ERROR;
    }
    *cells = rows->cells->cells.items;
    return result;
}

bool rows_can_go_on(const struct rows *rows)
{
    return rows->can_go_on;
}

long rows_line(const struct rows *rows)
{
    return rows->line;
}

const char *rows_name(const struct rows *rows)
{
    return lines_name(rows->lines);
}

void rows_count_bytes(struct rows *rows, _Atomic uint64_t *consumed)
{
    lines_count_bytes(rows->lines, consumed);
}
