#include "ui/explorer/source_columns.h"

#include "base/memory.h"
#include "base/text.h"

static const char *clean_in(struct arena *arena, const char *text)
{
    char *clean = text_clean(text);
    const char *kept = arena_text(arena, clean);
    memory_free(clean);
    return kept;
}

static void take_names(const struct rows *rows, struct arena *arena,
                       struct source_columns *columns)
{
    columns->count = rows_columns(rows);
    columns->names = arena_get(arena, columns->count, sizeof *columns->names);
    columns->written = arena_get(arena, columns->count, sizeof *columns->written);
    columns->samples =
        arena_get(arena, columns->count * SOURCE_SAMPLES, sizeof *columns->samples);
    for (size_t i = 0; i < columns->count; i++) {
        columns->written[i] = arena_text(arena, rows_column(rows, i));
        columns->names[i] = clean_in(arena, rows_column(rows, i));
    }
}

/* A table with both sides is a harmonised one; what is wrong with a file that is neither is
 * told as of an association table. */
static void find_roles(const struct rows *rows, const struct array *overrides,
                       struct arena *arena, struct source_columns *columns)
{
    const char *const *texts = (const char *const *)overrides->items;
    struct error ignored = {0}, error = {0};
    columns->is_harmonised = columns_find(rows, FORM_HARMONISED, texts, overrides->count,
                                          &columns->columns, &ignored);
    error_clear(&ignored);
    columns->is_understood =
        columns->is_harmonised || columns_find(rows, FORM_ASSOCIATIONS, texts, overrides->count,
                                               &columns->columns, &error);
    columns->problem = NULL;
    if (!columns->is_understood) {
        char *message = error_message(&error);
        columns->problem = arena_text(arena, message);
        memory_free(message);
    }
    error_clear(&error);
}

static void take_samples(struct rows *rows, struct arena *arena, struct source_columns *columns)
{
    const char *const *cells;
    struct error ignored = {0};
    columns->sample_count = 0;
    while (columns->sample_count < SOURCE_SAMPLES &&
           rows_next(rows, &cells, &ignored) == READ_ROW) {
        for (size_t i = 0; i < columns->count; i++) {
            columns->samples[i * SOURCE_SAMPLES + columns->sample_count] =
                clean_in(arena, cells[i]);
        }
        columns->sample_count++;
    }
    error_clear(&ignored);
}

bool source_columns_read(const char *path, const struct array *overrides, struct arena *arena,
                         struct source_columns *columns, struct error *error)
{
    struct rows *rows;
    if (!rows_open(path, &rows, error)) {
        return false;
    }
    take_names(rows, arena, columns);
    find_roles(rows, overrides, arena, columns);
    take_samples(rows, arena, columns);
    rows_close(rows);
    return true;
}

const char *source_columns_role(const struct source_columns *columns, size_t column)
{
    for (int role = 0; columns->is_understood && role < COLUMN_ROLES; role++) {
        if (columns->columns.of[role] == column) {
            return column_role_key((enum column_role)role);
        }
    }
    return NULL;
}
