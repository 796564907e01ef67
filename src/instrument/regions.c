#include "instrument/regions.h"
#include "base/i18n.h"
#include "base/text.h"
#include "gwas/rows.h"
#include "instrument/plink.h"
#include <math.h>
#include <string.h>

enum {
    CELL_REGION,
    CELL_BUILD,
    CELL_CHROMOSOME,
    CELL_FROM,
    CELL_TO,
    CELL_WHY,
    CELL_SOURCE,
    CELLS
};

static const char *const names[CELLS] = {"region", "build", "chromosome", "from",
                                         "to",     "why",   "source"};

static bool take_row(const struct rows *rows, const char *const *cells, const size_t *columns,
                     struct arena *arena, struct region_bounds *bounds, struct error *error)
{
    double build;

    if (!rows_number(cells[columns[CELL_FROM]], &bounds->from) ||
        !rows_number(cells[columns[CELL_TO]], &bounds->to) || !(bounds->from <= bounds->to) ||
        !rows_number(cells[columns[CELL_BUILD]], &build) || (build != 37 && build != 38)) {
        return error_set(error, ERROR_DATA, rows_name(rows), rows_line(rows), NULL,
                         _("found no region; write 37 or 38 as its build, and its first and "
                           "last base pair"));
    }
    bounds->build = (int)build;
    bounds->name = arena_text(arena, cells[columns[CELL_REGION]]);
    bounds->marked = arena_format(arena, "%s !", bounds->name);
    bounds->chromosome = arena_text(arena, plink_chromosome(cells[columns[CELL_CHROMOSOME]]));
    bounds->why = arena_text(arena, cells[columns[CELL_WHY]]);
    bounds->source = arena_text(arena, cells[columns[CELL_SOURCE]]);
    return true;
}

static bool read_rows(struct rows *rows, struct arena *arena, struct array *found,
                      struct error *error)
{
    size_t columns[CELLS];
    const char *const *cells;
    enum read_result result;

    if (!rows_find_columns(rows, names, CELLS, columns,
                           _("found no such column; a table of regions has region, build, "
                             "chromosome, from, to, why and source"),
                           error)) {
        return false;
    }
    while ((result = rows_next(rows, &cells, error)) == READ_ROW) {
        if (!take_row(rows, cells, columns, arena, array_add(found), error)) {
            return false;
        }
    }
    return result == READ_END;
}

bool regions_read(const char *path, struct arena *arena, struct regions *regions,
                  struct error *error)
{
    struct array found = ARRAY_OF(struct region_bounds);
    struct rows *rows;
    bool is_read;

    if (!rows_open(path, &rows, error)) {
        return false;
    }
    is_read = read_rows(rows, arena, &found, error);
    rows_close(rows);
    if (is_read && found.count > 0) {
        struct region_bounds *bounds = arena_get(arena, found.count, sizeof *bounds);

        memcpy(bounds, found.items, found.count * sizeof *bounds);
        *regions = (struct regions){bounds, found.count};
    }
    array_destroy(&found);
    return is_read;
}

const struct region_bounds *regions_find(const struct regions *regions,
                                         const struct association *variant, int build)
{
    const char *code;

    if (variant->chromosome == NULL || isnan(variant->position)) {
        return NULL;
    }
    code = plink_chromosome(variant->chromosome);
    for (size_t i = 0; i < regions->count; i++) {
        const struct region_bounds *bounds = &regions->bounds[i];

        if ((build == 0 || build == bounds->build) && variant->position >= bounds->from &&
            variant->position <= bounds->to && strcmp(code, bounds->chromosome) == 0) {
            return bounds;
        }
    }
    return NULL;
}

const char *regions_why(const struct region_bounds *region)
{
    return region->why[0] == '\0' ? "" : gettext(region->why);
}

/* The length of the first name of a list, and where the next begins. */
static size_t first_name(const char **list)
{
    *list += strspn(*list, ", ");
    return strcspn(*list, ", ");
}

static bool is_name(const char *word, size_t length, const char *name)
{
    return strlen(name) == length && strncasecmp(word, name, length) == 0;
}

bool regions_has(const char *list, const char *name)
{
    for (size_t length; list != NULL && (length = first_name(&list)) > 0; list += length) {
        if (is_name(list, length, "all") || is_name(list, length, name)) {
            return true;
        }
    }
    return false;
}

static bool is_known(const struct regions *regions, const char *word, size_t length)
{
    for (size_t i = 0; i < regions->count; i++) {
        if (is_name(word, length, regions->bounds[i].name)) {
            return true;
        }
    }
    return is_name(word, length, "all");
}

static bool fail_name(const struct regions *regions, const char *word, size_t length,
                      struct error *error)
{
    struct text known = {0};

    for (size_t i = 0; i < regions->count; i++) {
        if (i == 0 || strcmp(regions->bounds[i].name, regions->bounds[i - 1].name) != 0) {
            text_addf(&known, "%s, ", regions->bounds[i].name);
        }
    }
    error_set(error, ERROR_DATA, NULL, 0, NULL,
              _("found the region '%.*s', which is not known; write some of %sor all"),
              (int)(length < 40 ? length : 40), word, known.length == 0 ? "" : known.bytes);
    text_drop(&known);
    return false;
}

bool regions_check(const struct regions *regions, const char *list, struct error *error)
{
    for (size_t length; list != NULL && (length = first_name(&list)) > 0; list += length) {
        if (!is_known(regions, list, length)) {
            return fail_name(regions, list, length, error);
        }
    }
    return true;
}
