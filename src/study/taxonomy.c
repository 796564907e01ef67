#include "base/i18n.h"
#include "base/text.h"
#include "gwas/rows.h"
#include "study/build.h"
#include <math.h>
#include <string.h>

/* Where each thing stands in a table of taxa; COLUMN_NONE: nowhere. */
struct taxonomy_columns {
    size_t key, name, rank, n;
    size_t lineage[RANK_COUNT];
};

static size_t find_column(const struct rows *rows, const char *name)
{
    for (size_t i = 0; i < rows_columns(rows); i++) {
        if (text_equal_fold(rows_column(rows, i), name)) {
            return i;
        }
    }
    return COLUMN_NONE;
}

static bool find_columns(const struct rows *rows, struct taxonomy_columns *columns,
                         struct error *error)
{
    columns->key = find_column(rows, "taxon");
    columns->name = find_column(rows, "name");
    columns->rank = find_column(rows, "rank");
    columns->n = find_column(rows, "n");
    for (enum trait_rank rank = RANK_NONE; rank < RANK_COUNT; rank++) {
        columns->lineage[rank] =
            rank == RANK_NONE ? COLUMN_NONE : find_column(rows, trait_rank_key(rank));
    }
    if (columns->key != COLUMN_NONE && columns->rank != COLUMN_NONE) {
        return true;
    }
    return error_set(error, ERROR_DATA, rows_name(rows), 1,
                     columns->key == COLUMN_NONE ? "taxon" : "rank",
                     _("found no such column; a table of taxa has taxon, name, rank, kingdom "
                       "to genus, n"));
}

/* A cell's text in the arena, or NULL when it is missing. */
static const char *text_of(const char *const *cells, size_t column, struct arena *arena)
{
    if (column == COLUMN_NONE || rows_is_missing(cells[column], true)) {
        return NULL;
    }
    return arena_text(arena, cells[column]);
}

static bool fill_trait(struct trait *trait, const char *const *cells,
                       const struct taxonomy_columns *columns, const struct rows *rows,
                       struct arena *arena, struct error *error)
{
    const char *name = text_of(cells, columns->name, arena);
    trait->name = name == NULL ? trait->key : name;
    trait->rank = trait_rank_of(cells[columns->rank]);
    if (trait->rank == RANK_NONE && !rows_is_missing(cells[columns->rank], true)) {
        return error_set(error, ERROR_DATA, rows_name(rows), rows_line(rows), "rank",
                         _("found \"%s\"; write kingdom, phylum, class, order, family, genus "
                           "or species"),
                         cells[columns->rank]);
    }
    for (enum trait_rank rank = RANK_KINGDOM; rank <= trait->rank; rank++) {
        trait->lineage[rank] = text_of(cells, columns->lineage[rank], arena);
    }
    if (columns->n != COLUMN_NONE && !rows_number(cells[columns->n], &trait->n)) {
        return error_set(error, ERROR_DATA, rows_name(rows), rows_line(rows), "n",
                         _("found \"%s\"; write a number or NA"), cells[columns->n]);
    }
    return true;
}

static bool add_taxon(struct trait_list *list, const char *const *cells,
                      const struct taxonomy_columns *columns, const struct rows *rows,
                      struct arena *arena, struct error *error)
{
    const char *key = cells[columns->key];
    size_t before = list->traits.count;
    if (rows_is_missing(key, true)) {
        return error_set(error, ERROR_DATA, rows_name(rows), rows_line(rows), "taxon",
                         _("found no key; give every taxon one"));
    }
    struct trait *trait = trait_list_get(list, key, arena);
    if (list->traits.count == before) {
        return error_set(error, ERROR_DATA, rows_name(rows), rows_line(rows), "taxon",
                         _("found \"%s\" a second time; a key must be unique"), key);
    }
    return fill_trait(trait, cells, columns, rows, arena, error);
}

static bool read_rows(struct trait_list *list, struct rows *rows, struct arena *arena,
                      size_t *count, struct error *error)
{
    struct taxonomy_columns columns;
    const char *const *cells;
    if (!find_columns(rows, &columns, error)) {
        return false;
    }
    enum read_result result;
    while ((result = rows_next(rows, &cells, error)) == READ_ROW) {
        if (!add_taxon(list, cells, &columns, rows, arena, error)) {
            return false;
        }
        (*count)++;
    }
    return result == READ_END;
}

bool taxonomy_read(struct trait_list *list, struct study *study, const char *path,
                   struct error *error)
{
    struct rows *rows;
    if (!rows_open(path, &rows, error)) {
        return false;
    }
    size_t count = 0;
    bool is_read = read_rows(list, rows, study->arena, &count, error);
    rows_close(rows);
    if (is_read) {
        struct study_file *file = array_add(&study->files);
        *file = (struct study_file){
            .path = arena_text(study->arena, path), .rows = count, .times = 1};
    }
    return is_read;
}
