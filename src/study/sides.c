#include "study/sides.h"
#include "study/choose_sides.h"

struct gwas_options sides_reading(const struct loader *loader,
                                  const struct plan_section *section)
{
    struct gwas_options reading = loader->loading->reading;
    size_t own = section->columns.count, given = reading.override_count;
    const char **all = arena_get(loader->study->arena, own + given, sizeof *all);
    for (size_t i = 0; i < own + given; i++) {
        all[i] = i < own ? section->columns.items[i] : reading.overrides[i - own];
    }
    reading.overrides = all;
    reading.override_count = own + given;
    return reading;
}

bool sides_read_table(struct loader *loader, const struct plan_section *section,
                      const char *path, struct trait_list *list)
{
    struct gwas_options reading = sides_reading(loader, section);
    return trait_list_read(list, loader->study, path, section->key, &reading, loader->error);
}

void sides_copy_traits(const struct trait_list *from, struct trait_list *to,
                       struct arena *arena)
{
    for (size_t i = 0; i < from->traits.count; i++) {
        const struct trait *trait = trait_list_at(from, i);
        struct trait *copy = trait_list_get(to, trait->key, arena);
        if (copy->count == 0) {
            *copy = *trait;
            copy->associations = NULL;
            copy->count = 0;
        }
    }
}

void sides_describe_all(struct trait_list *list, const struct plan_section *section,
                        bool is_simulated)
{
    for (size_t i = 0; i < list->traits.count; i++) {
        struct trait *trait = trait_list_at(list, i);
        trait_describe(trait, section);
        trait->is_simulated = is_simulated;
    }
}

void sides_name_single(struct trait_list *list, const struct plan_section *section)
{
    if (list->traits.count == 1) {
        struct trait *trait = trait_list_at(list, 0);
        trait->key = section->key;
        trait->name = section->name;
    }
}

void sides_describe(struct loader *loader, struct side *side)
{
    const struct plan_section *section = side->section;
    sides_copy_traits(&side->as_exposure, &side->as_outcome, loader->study->arena);
    sides_copy_traits(&side->as_outcome, &side->as_exposure, loader->study->arena);
    sides_describe_all(&side->as_exposure, section, false);
    sides_describe_all(&side->as_outcome, section, section->is_simulated);
}

bool sides_choose(struct loader *loader, struct array *sides, enum direction direction)
{
    bool is_new = false;
    for (size_t i = 0; i < sides->count; i++) {
        struct side *side = array_at(sides, i);
        size_t count = side->as_exposure.traits.count;
        if (side->chosen != NULL) {
            continue;
        }
        side->chosen = arena_get(loader->study->arena, count, sizeof *side->chosen);
        for (size_t j = 0; j < count; j++) {
            study_choose(loader->study, trait_list_at(&side->as_exposure, j),
                         &side->section->choice, direction, &side->chosen[j].instruments,
                         &side->chosen[j].count);
        }
        is_new = true;
    }
    return !is_new || sides_refine(loader, sides, direction);
}

void sides_end(struct array *sides)
{
    for (size_t i = 0; i < sides->count; i++) {
        struct side *side = array_at(sides, i);
        trait_list_destroy(&side->as_exposure);
        trait_list_destroy(&side->as_outcome);
    }
    array_destroy(sides);
}
