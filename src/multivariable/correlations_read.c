#include "base/array.h"
#include "base/i18n.h"
#include "base/text.h"
#include "gwas/cells.h"
#include "gwas/rows.h"
#include "multivariable/correlations.h"
#include <math.h>
#include <string.h>

/* How far symmetry, the diagonal and the bounds may be missed. */
#define TOLERANCE 1e-6

/* The most exposures of a file. */
#define MOST ((size_t)2000)

/* A line that is not blank, cut into cells. */
struct line {
    long number;
    const char *const *cells;
    size_t count;
};

/* A file under way. */
struct reading {
    const char *path;
    struct arena *arena;
    struct array lines; /* struct line; the header first */
    const char **names;
    long *at; /* the line of each name */
    double *r;
    size_t count;
    struct error *error;
};

static const struct line *line_of(const struct reading *reading, size_t index)
{
    return array_at(&reading->lines, index);
}

static void keep(struct reading *reading, long number, const struct array *cells)
{
    const char **kept = arena_get(reading->arena, cells->count, sizeof *kept);

    for (size_t i = 0; i < cells->count; i++) {
        kept[i] = arena_text(reading->arena, *(const char *const *)array_at(cells, i));
    }
    *(struct line *)array_add(&reading->lines) = (struct line){number, kept, cells->count};
}

static bool refuse_line(const struct reading *reading, long number, const char *words)
{
    return error_set(reading->error, ERROR_DATA, reading->path, number, NULL, "%s", words);
}

static bool read_lines(struct reading *reading, struct lines *lines, struct cells **cells)
{
    enum read_result result;
    char *text;
    size_t length;

    while ((result = lines_next(lines, &text, &length, reading->error)) == READ_ROW) {
        if (text[strspn(text, " \t\r")] == '\0') {
            continue;
        }
        if (*cells == NULL) {
            *cells = cells_create(text);
        }
        if (!cells_cut(*cells, text, length)) {
            return refuse_line(reading, lines_number(lines),
                               _("found a quote that is not closed; close it or take it out"));
        }
        keep(reading, lines_number(lines), &(*cells)->cells);
    }
    return result == READ_END;
}

static bool read_file(struct reading *reading)
{
    struct lines *lines;
    struct cells *cells = NULL;
    bool is_read;

    if (!lines_open(reading->path, &lines, reading->error)) {
        return false;
    }
    reading->path = arena_text(reading->arena, lines_name(lines));
    is_read = read_lines(reading, lines, &cells);
    cells_destroy(cells);
    lines_close(lines);
    return is_read &&
           (reading->lines.count > 1 ||
            refuse_line(reading, 0,
                        _("found no correlation; give a square table with the exposures' names "
                          "in its header and before its rows, or a list of pairs with r")));
}

static bool read_number(const struct reading *reading, const struct line *line, size_t cell,
                        const char *column, double *r)
{
    if (!rows_number(line->cells[cell], r) || !(fabs(*r) <= 1 + TOLERANCE)) {
        return error_set(reading->error, ERROR_DATA, reading->path, line->number, column,
                         _("found \"%s\", which is no correlation; write a number from -1 to "
                           "1"),
                         line->cells[cell]);
    }
    *r = fmax(-1, fmin(1, *r));
    return true;
}

/* The place of a name; `count` where it is new. */
static size_t place_of(const struct reading *reading, const char *name)
{
    size_t at = 0;

    while (at < reading->count && strcmp(reading->names[at], name) != 0) {
        at++;
    }
    return at;
}

static void make_names(struct reading *reading, size_t most)
{
    reading->names = arena_get(reading->arena, most, sizeof *reading->names);
    reading->at = arena_get(reading->arena, most, sizeof *reading->at);
}

/* No correlation is known yet but that of each with itself. */
static bool make_matrix(struct reading *reading)
{
    size_t count = reading->count;

    if (count > MOST) {
        return error_set(reading->error, ERROR_DATA, reading->path, 0, NULL,
                         _("found more than %zu exposures; give those of the study alone"),
                         MOST);
    }
    reading->r = arena_get(reading->arena, count * count, sizeof *reading->r);
    for (size_t i = 0; i < count * count; i++) {
        reading->r[i] = i % (count + 1) == 0 ? 1 : NAN;
    }
    return true;
}

/* --- a square ---------------------------------------------------------------------------- */

/* R writes the names alone, or with a cell before them that belongs to the rows' names. */
static bool name_columns(struct reading *reading)
{
    const struct line *header = line_of(reading, 0);
    size_t first = line_of(reading, 1)->count == header->count ? 1 : 0;

    make_names(reading, header->count);
    for (size_t i = first; i < header->count && reading->count <= MOST; i++) {
        if (place_of(reading, header->cells[i]) < reading->count) {
            return error_set(reading->error, ERROR_DATA, reading->path, header->number,
                             header->cells[i], _("found this exposure twice; name each once"));
        }
        reading->names[reading->count++] = header->cells[i];
    }
    return make_matrix(reading);
}

static bool read_row(struct reading *reading, const struct line *line)
{
    size_t count = reading->count, row = place_of(reading, line->cells[0]);

    if (line->count != count + 1) {
        return error_set(reading->error, ERROR_DATA, reading->path, line->number, NULL,
                         _("found %zu cells; write a name and %zu correlations, one for each "
                           "name of the header"),
                         line->count, count);
    }
    if (row == count || reading->at[row] != 0) {
        return error_set(reading->error, ERROR_DATA, reading->path, line->number, NULL,
                         _("found a row \"%s\" that the header does not have, or a second one; "
                           "give each name of the header one row"),
                         line->cells[0]);
    }
    reading->at[row] = line->number;
    for (size_t i = 0; i < count; i++) {
        if (!read_number(reading, line, 1 + i, reading->names[i],
                         &reading->r[row * count + i])) {
            return false;
        }
    }
    return true;
}

static bool check_cell(const struct reading *reading, size_t row, size_t column)
{
    double r = reading->r[row * reading->count + column];
    double other = reading->r[column * reading->count + row];

    if (row == column && fabs(r - 1) > TOLERANCE) {
        return error_set(reading->error, ERROR_DATA, reading->path, reading->at[row],
                         reading->names[column],
                         _("found %g on the diagonal; a correlation with itself is 1: divide "
                           "covariances by both standard deviations"),
                         r);
    }
    return fabs(r - other) <= TOLERANCE ||
           error_set(reading->error, ERROR_DATA, reading->path, reading->at[row],
                     reading->names[column],
                     _("found %g here and %g across the diagonal; write the same in both"), r,
                     other);
}

static bool check_square(const struct reading *reading)
{
    for (size_t i = 0; i < reading->count; i++) {
        if (reading->at[i] == 0) {
            return error_set(reading->error, ERROR_DATA, reading->path, 0, NULL,
                             _("found no row \"%s\"; give each name of the header one row"),
                             reading->names[i]);
        }
    }
    for (size_t i = 0; i < reading->count * reading->count; i++) {
        if (!check_cell(reading, i / reading->count, i % reading->count)) {
            return false;
        }
    }
    return true;
}

static bool read_square(struct reading *reading)
{
    if (!name_columns(reading)) {
        return false;
    }
    for (size_t i = 1; i < reading->lines.count; i++) {
        if (!read_row(reading, line_of(reading, i))) {
            return false;
        }
    }
    return check_square(reading);
}

/* --- a list ------------------------------------------------------------------------------ */

/* Two names and their correlation, which the header calls so. */
static bool is_list(const struct reading *reading)
{
    static const char *const words[] = {"r", "rho", "cor", "correlation"};
    const struct line *header = line_of(reading, 0);
    bool is_named = false;

    for (size_t i = 0; header->count == 3 && i < sizeof words / sizeof *words; i++) {
        is_named = is_named || text_equal_fold(header->cells[2], words[i]);
    }
    return is_named;
}

static void add_name(struct reading *reading, const char *name, long number)
{
    size_t at = place_of(reading, name);

    if (at == reading->count) {
        reading->names[reading->count++] = name;
        reading->at[at] = number;
    }
}

static bool name_pairs(struct reading *reading)
{
    make_names(reading, 2 * reading->lines.count);
    for (size_t i = 1; i < reading->lines.count && reading->count <= MOST; i++) {
        const struct line *line = line_of(reading, i);

        if (line->count != 3) {
            return error_set(reading->error, ERROR_DATA, reading->path, line->number, NULL,
                             _("found %zu cells; write two exposures and their correlation"),
                             line->count);
        }
        add_name(reading, line->cells[0], line->number);
        add_name(reading, line->cells[1], line->number);
    }
    return make_matrix(reading);
}

static bool read_pair(struct reading *reading, const struct line *line)
{
    const char *column = line_of(reading, 0)->cells[2];
    size_t one = place_of(reading, line->cells[0]), other = place_of(reading, line->cells[1]);
    double r, *cell = &reading->r[one * reading->count + other];

    if (!read_number(reading, line, 2, column, &r)) {
        return false;
    }
    if (one == other && fabs(r - 1) > TOLERANCE) {
        return error_set(reading->error, ERROR_DATA, reading->path, line->number, column,
                         _("found %g for %s with itself, which is 1; leave this line out"), r,
                         line->cells[0]);
    }
    if (fabs(*cell - r) > TOLERANCE) { /* not where none is known */
        return error_set(reading->error, ERROR_DATA, reading->path, line->number, column,
                         _("found %g for %s and %s, which have %g already; write it once"), r,
                         line->cells[0], line->cells[1], *cell);
    }
    *cell = reading->r[other * reading->count + one] = r;
    return true;
}

static bool read_list(struct reading *reading)
{
    if (!name_pairs(reading)) {
        return false;
    }
    for (size_t i = 1; i < reading->lines.count; i++) {
        if (!read_pair(reading, line_of(reading, i))) {
            return false;
        }
    }
    return true;
}

bool correlations_read(const char *path, struct arena *arena, struct correlations *correlations,
                       struct error *error)
{
    struct reading reading = {
        .path = path, .arena = arena, .lines = ARRAY_OF(struct line), .error = error};
    bool is_read = read_file(&reading) &&
                   (is_list(&reading) ? read_list(&reading) : read_square(&reading));

    array_destroy(&reading.lines);
    *correlations = (struct correlations){reading.path, reading.count, reading.names,
                                          reading.at, reading.r};
    return is_read;
}
