#include "base/array.h"
#include "base/i18n.h"
#include "base/text.h"
#include "instrument/ld_parts.h"
#include <math.h>

/* A listed correlation, by places; 0 <= one, other < count. */
struct entry {
    size_t one, other;
    double r;
    long line;
};

/* A list in the making. */
struct list {
    struct ld *ld;
    struct ld_rows *rows;
    const struct ld_header *header;
    size_t one, other, r; /* columns */
    struct array names;   /* const char * by place */
    struct map *places;
    struct array entries;
};

/* The first column of one of two or three names, NULL-terminated; LD_NONE without. */
static size_t column_of(const struct ld_header *header, const char *const *names)
{
    for (; *names != NULL; names++) {
        for (size_t i = 0; i < header->count; i++) {
            if (text_equal_fold(header->names[i], *names)) {
                return i;
            }
        }
    }
    return LD_NONE;
}

static const char *const first_names[] = {"SNP_A", "ID_A", NULL};
static const char *const second_names[] = {"SNP_B", "ID_B", NULL};
static const char *const r_names[] = {"R", "PHASED_R", "UNPHASED_R", NULL};

bool ld_is_list(const struct ld_header *header)
{
    return column_of(header, first_names) != LD_NONE &&
           column_of(header, second_names) != LD_NONE;
}

static size_t place_of(struct list *list, const char *name)
{
    size_t place;

    if (!map_get(list->places, name, &place)) {
        place = list->names.count;
        map_set(list->places, name, place);
        *(const char **)array_add(&list->names) = arena_text(list->ld->arena, name);
    }
    return place;
}

static bool take_row(struct list *list)
{
    const struct ld_rows *rows = list->rows;
    struct entry entry = {.line = rows->line};
    struct entry *kept;

    if (rows->count != list->header->count) {
        return error_set(rows->error, ERROR_DATA, rows->path, rows->line, NULL,
                         _("found %zu cells where the header has %zu; mend the row"),
                         rows->count, list->header->count);
    }
    if (!ld_number(rows, rows->cell[list->r], list->header->names[list->r], &entry.r)) {
        return false;
    }
    entry.one = place_of(list, rows->cell[list->one]);
    entry.other = place_of(list, rows->cell[list->other]);
    kept = array_add(&list->entries);
    *kept = entry;
    return true;
}

static bool take_rows(struct list *list)
{
    enum read_result result;

    while ((result = ld_rows_next(list->rows)) == READ_ROW) {
        if (!take_row(list)) {
            return false;
        }
    }
    if (result == READ_END && list->names.count > LD_MOST) {
        return error_set(list->rows->error, ERROR_DATA, list->rows->path, 0, NULL,
                         _("found %zu variants; list at most %zu"), list->names.count, LD_MOST);
    }
    return result == READ_END;
}

/* Sets a cell and its mirror; what is there already must agree. */
static bool set(const struct list *list, const struct entry *entry)
{
    double *r = &list->ld->r[entry->one * list->ld->count + entry->other];
    double *mirror = &list->ld->r[entry->other * list->ld->count + entry->one];

    if (!isnan(*r) && fabs(*r - entry->r) > LD_TOLERANCE) {
        return error_set(list->rows->error, ERROR_DATA, list->rows->path, entry->line,
                         list->header->names[list->r],
                         _("found %g between %s and %s, which is %g elsewhere; list each pair "
                           "once"),
                         entry->r, *(const char **)array_at(&list->names, entry->one),
                         *(const char **)array_at(&list->names, entry->other), *r);
    }
    if (isnan(*r)) {
        *r = *mirror = entry->r;
    }
    return true;
}

static bool fill(const struct list *list)
{
    struct ld *ld = list->ld;

    ld->count = list->names.count;
    ld->names = arena_get(ld->arena, ld->count, sizeof *ld->names);
    ld->r = arena_get(ld->arena, ld->count * ld->count, sizeof *ld->r);
    for (size_t i = 0; i < ld->count * ld->count; i++) {
        ld->r[i] = i % (ld->count + 1) == 0 ? 1 : NAN;
    }
    for (size_t i = 0; i < ld->count; i++) {
        const char *name = *(const char **)array_at(&list->names, i);

        if (!ld_add_name(ld, i, name)) {
            return error_set(list->rows->error, ERROR_DATA, list->rows->path, 0, NULL,
                             _("found \"%s\" in two spellings; write each id in one"), name);
        }
    }
    for (size_t i = 0; i < list->entries.count; i++) {
        if (!set(list, array_at(&list->entries, i))) {
            return false;
        }
    }
    return true;
}

bool ld_read_list(struct ld *ld, struct ld_rows *rows, const struct ld_header *header)
{
    struct list list = {.ld = ld,
                        .rows = rows,
                        .header = header,
                        .one = column_of(header, first_names),
                        .other = column_of(header, second_names),
                        .r = column_of(header, r_names)};
    bool is_read;

    if (list.r == LD_NONE) {
        return error_set(rows->error, ERROR_DATA, rows->path, rows->line, "R",
                         _("found no such column; the sign is needed, so give r, not r2 "
                           "(PLINK: --r)"));
    }
    list.names = ARRAY_OF(const char *);
    list.entries = ARRAY_OF(struct entry);
    list.places = map_create();
    is_read = take_rows(&list) && fill(&list);
    map_destroy(list.places);
    array_destroy(&list.names);
    array_destroy(&list.entries);
    return is_read;
}
