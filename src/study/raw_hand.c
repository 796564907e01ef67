#include "study/raw_hand.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "study/raw_table.h"
#include <math.h>
#include <string.h>

#define NOBODY ((size_t)-1)

/* Whether a row of a reading is for a role: the reader gives what either of them wants. */
static bool is_for(const struct raw_reading *reading, const struct raw_ids *ids, enum role role,
                   const struct association *association)
{
    const struct instrument_settings *choice = &reading->side->section->choice;
    if (reading->is_table || (role == ROLE_EXPOSURE && choice->all)) {
        return true;
    }
    return role == ROLE_EXPOSURE ? association->neglog10_p > -log10(choice->p_threshold)
                                 : raw_ids_have(ids, association);
}

/* The traits of a role, and the rows of a table that are theirs. */
struct handing {
    const struct raw_reading *reading;
    struct trait_list *list;
    size_t *owners; /* one a row; NOBODY: not for this role */
};

static bool check_single(const struct handing *handing, const char **seen, const char *name,
                         struct error *error)
{
    const struct raw_reading *reading = handing->reading;
    if (!reading->is_disease || name == NULL || *seen == NULL || strcmp(*seen, name) == 0) {
        *seen = *seen == NULL ? name : *seen;
        return true;
    }
    return error_set(error, ERROR_DATA, reading->path, 0, NULL,
                     _("found several traits in the file of the outcome \"%s\"; give each "
                       "outcome a file and a section of its own"),
                     reading->side->section->key);
}

/* The trait that the first row of a file names, or `only`; for files of which no row is kept.
 */
static char *first_trait(const struct raw_reading *reading)
{
    struct rows *rows;
    struct columns columns;
    struct error ignored = {0};
    const char *const *cells;
    char *name = memory_copy_text(reading->only);
    if (rows_open(reading->path, &rows, &ignored)) {
        if (columns_find(rows, FORM_ASSOCIATIONS, reading->options.overrides,
                         reading->options.override_count, &columns, &ignored) &&
            columns.of[COLUMN_TRAIT] != COLUMN_NONE &&
            rows_next(rows, &cells, &ignored) == READ_ROW &&
            !rows_is_missing(cells[columns.of[COLUMN_TRAIT]], true)) {
            memory_free(name);
            name = memory_copy_text(cells[columns.of[COLUMN_TRAIT]]);
        }
        rows_close(rows);
    }
    error_clear(&ignored);
    return name;
}

/* A file is a trait even where none of its rows is wanted. */
static void add_without_rows(const struct handing *handing, struct arena *arena)
{
    const struct raw_reading *reading = handing->reading;
    bool is_named =
        reading->table.columns.of[COLUMN_TRAIT] != COLUMN_NONE && !reading->is_disease;
    char *name = is_named ? first_trait(reading) : memory_copy_text(reading->only);
    trait_list_get(handing->list, name, arena);
    memory_free(name);
}

static bool find_owners(struct loader *loader, struct handing *handing,
                        const struct raw_ids *ids, enum role role)
{
    const struct raw_reading *reading = handing->reading;
    const char *seen = NULL;
    bool is_found = false;
    for (size_t i = 0; i < reading->table.rows.count; i++) {
        const struct gwas_row *row = array_at(&reading->table.rows, i);
        const char *key =
            row->trait == NULL || reading->is_disease ? reading->only : row->trait;
        handing->owners[i] = NOBODY;
        if (!check_single(handing, &seen, row->trait, loader->error)) {
            return false;
        }
        if (is_for(reading, ids, role, &row->association)) {
            trait_list_get(handing->list, key, loader->study->arena);
            is_found = map_get(handing->list->keys, key, &handing->owners[i]);
        }
    }
    if (!is_found) {
        add_without_rows(handing, loader->study->arena);
    }
    return true;
}

/* Makes room for so many rows; a trait has its rows from one file. */
static bool make_room(struct loader *loader, const struct handing *handing,
                      const size_t *counts)
{
    struct arena *arena = loader->study->arena;
    for (size_t i = 0; i < handing->list->traits.count; i++) {
        struct trait *trait = trait_list_at(handing->list, i);
        if (counts[i] > 0 && trait->associations != NULL) {
            return error_set(loader->error, ERROR_DATA, handing->reading->path, 0, NULL,
                             _("found the trait \"%s\", which %s has as well; leave one out"),
                             trait->key, trait->file);
        }
        if (counts[i] > 0) {
            trait->file = arena_text(arena, handing->reading->path);
            trait->associations = arena_get(arena, counts[i], sizeof(struct association));
        }
    }
    return true;
}

static void copy_rows(struct loader *loader, const struct handing *handing)
{
    const struct association *last = NULL;
    for (size_t i = 0; i < handing->reading->table.rows.count; i++) {
        const struct gwas_row *row = array_at(&handing->reading->table.rows, i);
        if (handing->owners[i] != NOBODY) {
            struct trait *trait = trait_list_at(handing->list, handing->owners[i]);
            struct association *copy = &trait->associations[trait->count++];
            *copy = raw_table_copy(&row->association, last, loader->study->arena);
            last = copy;
        }
    }
}

/* How many rows each trait gets; the caller frees it. */
static size_t *count_rows(const struct handing *handing)
{
    size_t *counts = memory_get(handing->list->traits.count, sizeof *counts);
    for (size_t i = 0; i < handing->reading->table.rows.count; i++) {
        if (handing->owners[i] != NOBODY) {
            counts[handing->owners[i]]++;
        }
    }
    return counts;
}

bool raw_hand_out(struct loader *loader, const struct raw_reading *reading,
                  const struct raw_ids *ids, enum role role)
{
    struct side *side = reading->side;
    struct handing handing = {
        .reading = reading,
        .list = role == ROLE_EXPOSURE ? &side->as_exposure : &side->as_outcome,
        .owners = memory_get(reading->table.rows.count, sizeof *handing.owners)};
    bool is_good = find_owners(loader, &handing, ids, role);
    if (is_good) {
        size_t *counts = count_rows(&handing);
        is_good = make_room(loader, &handing, counts);
        memory_free(counts);
    }
    if (is_good) {
        copy_rows(loader, &handing);
    }
    memory_free(handing.owners);
    return is_good;
}
