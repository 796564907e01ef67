#include "base/i18n.h"
#include "base/memory.h"
#include "gwas/cells.h"
#include "gwas/rows.h"
#include "instrument/ld_parts.h"
#include <math.h>
#include <string.h>

enum read_result ld_rows_next(struct ld_rows *rows)
{
    enum read_result result;
    char *line;
    size_t length;

    do {
        result = lines_next(rows->lines, &line, &length, rows->error);
    } while (result == READ_ROW && line[strspn(line, " \r")] == '\0');
    if (result != READ_ROW) {
        return result;
    }
    rows->line = lines_number(rows->lines);
    if (rows->cells == NULL) {
        rows->cells = cells_create(line);
    }
    if (!cells_cut(rows->cells, line, length)) {
        error_set(rows->error, ERROR_DATA, rows->path, rows->line, NULL,
                  _("found a quote that is not closed; close it or take it out"));
        return READ_ERROR;
    }
    rows->cell = rows->cells->cells.items;
    rows->count = rows->cells->cells.count;
    return READ_ROW;
}

bool ld_number(const struct ld_rows *rows, const char *cell, const char *column, double *r)
{
    if (!rows_number(cell, r) || isnan(*r)) {
        return error_set(rows->error, ERROR_DATA, rows->path, rows->line, column,
                         _("found \"%s\" where a correlation should be; write a number from "
                           "-1 to 1, or leave the variant out"),
                         cell);
    }
    if (fabs(*r) > 1 + LD_TOLERANCE) {
        return error_set(rows->error, ERROR_DATA, rows->path, rows->line, column,
                         _("found %s, which is no correlation; write a number from -1 to 1"),
                         cell);
    }
    *r = *r > 1 ? 1 : *r < -1 ? -1 : *r;
    return true;
}

/* Whether all cells are numbers or missing, and one of them at least a number. */
static bool are_numbers(const struct ld_rows *rows)
{
    bool any = false;

    for (size_t i = 0; i < rows->count; i++) {
        double number;

        if (!rows_number(rows->cell[i], &number)) {
            return false;
        }
        any |= !isnan(number);
    }
    return any;
}

static struct ld_header header_of(const struct ld_rows *rows, struct arena *arena)
{
    const char **names = arena_get(arena, rows->count, sizeof *names);

    for (size_t i = 0; i < rows->count; i++) {
        names[i] = arena_text(arena, rows->cell[i]);
    }
    return (struct ld_header){names, rows->count, are_numbers(rows)};
}

static bool fill(struct ld *ld, struct ld_rows *rows)
{
    enum read_result result = ld_rows_next(rows);
    struct ld_header header;

    if (result != READ_ROW) {
        return result == READ_END
                   ? error_set(rows->error, ERROR_DATA, rows->path, 0, NULL,
                               _("found an empty file; give correlations between variants"))
                   : false;
    }
    if (rows->count > ROWS_MOST_COLUMNS) {
        return error_set(rows->error, ERROR_DATA, rows->path, rows->line, NULL,
                         _("found %zu columns; give at most %zu"), rows->count,
                         ROWS_MOST_COLUMNS);
    }
    header = header_of(rows, ld->arena);
    return ld_is_list(&header) ? ld_read_list(ld, rows, &header)
                               : ld_read_square(ld, rows, &header);
}

static struct ld *ld_create(void)
{
    struct ld *ld = memory_get(1, sizeof *ld);

    ld->arena = arena_create();
    ld->by_name = map_create();
    ld->by_id = map_create();
    return ld;
}

void ld_destroy(struct ld *ld)
{
    if (ld == NULL) {
        return;
    }
    map_destroy(ld->by_name);
    map_destroy(ld->by_id);
    arena_destroy(ld->arena);
    memory_free(ld);
}

bool ld_read(const char *path, struct ld **ld, struct error *error)
{
    struct ld_rows rows = {.path = path, .error = error};
    struct ld *made;
    bool is_read;

    if (!lines_open(path, &rows.lines, error)) {
        return false;
    }
    rows.path = lines_name(rows.lines);
    made = ld_create();
    is_read = fill(made, &rows);
    cells_destroy(rows.cells);
    lines_close(rows.lines);
    if (!is_read) {
        ld_destroy(made);
        return false;
    }
    *ld = made;
    return true;
}
