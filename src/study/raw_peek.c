#include "study/raw_peek.h"
#include "base/memory.h"
#include "gwas/place.h"
#include <sys/stat.h>

static const char *cell_of(const struct columns *columns, const char *const *cells,
                           enum column_role role)
{
    size_t column = columns->of[role];
    return column == COLUMN_NONE || rows_is_missing(cells[column], true) ? NULL : cells[column];
}

static void take(const struct columns *columns, const char *const *cells, struct raw_peek *peek)
{
    struct place place;
    const char *id = cell_of(columns, cells, COLUMN_VARIANT);
    bool has_columns = columns->of[COLUMN_CHROMOSOME] != COLUMN_NONE &&
                       columns->of[COLUMN_POSITION] != COLUMN_NONE;
    peek->trait = memory_copy_text(cell_of(columns, cells, COLUMN_TRAIT));
    peek->tells_places = has_columns || (id != NULL && place_of_id(id, &place));
}

struct raw_peek raw_peek_at(const char *path, const struct gwas_options *options)
{
    struct raw_peek peek = {NULL, true};
    struct stat status;
    struct rows *rows;
    struct columns columns;
    const char *const *cells;
    struct error ignored = {0};
    if (stat(path, &status) == 0 && S_ISREG(status.st_mode) &&
        rows_open(path, &rows, &ignored)) {
        if (columns_find(rows, FORM_ASSOCIATIONS, options->overrides, options->override_count,
                         &columns, &ignored) &&
            rows_next(rows, &cells, &ignored) == READ_ROW) {
            take(&columns, cells, &peek);
        }
        rows_close(rows);
    }
    error_clear(&ignored);
    return peek;
}

void raw_peek_drop(struct raw_peek *peek)
{
    memory_free(peek->trait);
}
