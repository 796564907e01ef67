#include "study/build.h"
#include <math.h>

struct trait_list trait_list_create(void)
{
    return (struct trait_list){.traits = ARRAY_OF(struct trait *), .keys = map_create()};
}

void trait_list_destroy(struct trait_list *list)
{
    array_destroy(&list->traits);
    map_destroy(list->keys);
}

struct trait *trait_list_at(const struct trait_list *list, size_t index)
{
    return *(struct trait **)array_at(&list->traits, index);
}

struct trait *trait_list_get(struct trait_list *list, const char *key, struct arena *arena)
{
    size_t index;
    if (map_get(list->keys, key, &index)) {
        return trait_list_at(list, index);
    }
    struct trait *trait = arena_get(arena, 1, sizeof *trait);
    trait->key = arena_text(arena, key);
    trait->name = trait->key;
    trait->n = trait->cases = NAN;
    map_set(list->keys, key, list->traits.count);
    *(struct trait **)array_add(&list->traits) = trait;
    return trait;
}

struct trait **trait_list_take(const struct trait_list *list, struct arena *arena)
{
    struct trait **traits = arena_get(arena, list->traits.count, sizeof *traits);
    for (size_t i = 0; i < list->traits.count; i++) {
        traits[i] = trait_list_at(list, i);
    }
    return traits;
}

void trait_describe(struct trait *trait, const struct plan_section *section)
{
    trait->cohort = section->cohort;
    trait->unit = section->unit;
    trait->prevalence = section->prevalence;
    if (!isnan(section->n)) {
        trait->n = section->n;
    }
    if (!isnan(section->cases)) {
        trait->cases = section->cases;
    }
}

/* The trait of a row. Rows of a trait usually stand together: *last is asked first. */
static struct trait *trait_of_row(struct trait_list *list, struct study *study,
                                  const struct gwas_row *row, const char *only,
                                  const char **last_name, struct trait *last)
{
    const char *name = row->trait == NULL ? only : row->trait;
    if (name == *last_name) {
        return last;
    }
    *last_name = name;
    return trait_list_get(list, name, study->arena);
}

/* Counts first, so that every trait's associations are one block in the arena. */
static void hand_out(struct trait_list *list, struct study *study, const char *path,
                     const struct gwas_table *table, const char *only)
{
    const char *name = NULL;
    struct trait *trait = NULL;
    for (size_t i = 0; i < table->rows.count; i++) {
        trait = trait_of_row(list, study, array_at(&table->rows, i), only, &name, trait);
        trait->count++;
    }
    for (size_t i = 0; i < list->traits.count; i++) {
        trait = trait_list_at(list, i);
        if (trait->count > 0) {
            trait->file = arena_text(study->arena, path);
            trait->associations =
                arena_get(study->arena, trait->count, sizeof(struct association));
            trait->count = 0;
        }
    }
    name = NULL;
    for (size_t i = 0; i < table->rows.count; i++) {
        const struct gwas_row *row = array_at(&table->rows, i);
        trait = trait_of_row(list, study, row, only, &name, trait);
        trait->associations[trait->count++] = row->association;
    }
}

bool trait_list_read(struct trait_list *list, struct study *study, const char *path,
                     const char *only, const struct gwas_options *options, struct error *error)
{
    struct gwas_table table;
    if (!gwas_read(path, options, study->arena, &table, error)) {
        return false;
    }
    study_note_table(study, path, &table, only);
    hand_out(list, study, path, &table, only);
    gwas_table_destroy(&table);
    return true;
}
