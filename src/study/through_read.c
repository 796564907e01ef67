#include "base/i18n.h"
#include "study/choose_sides.h"
#include "study/through_sides.h"
#include <math.h>
#include <string.h>

bool through_is_asked(const struct plan *plan)
{
    return plan->mediators.count + plan->covariates.count > 0;
}

static bool refuse(const struct loader *loader, const char *what, const char *section)
{
    return error_set(loader->error, ERROR_DATA, loader->plan->path, 0, NULL,
                     _("found no %s of \"%s\", which mediators need; name the file"), what,
                     section);
}

/* Mediators and covariates are looked at from both sides, and exposures from the other, too. */
static bool check_sections(const struct loader *loader, const struct array *sections,
                           bool needs_instruments)
{
    for (size_t i = 0; i < sections->count; i++) {
        const struct plan_section *section = array_at(sections, i);

        if (section->files.count > 0) {
            continue;
        }
        if (needs_instruments && section->instruments == NULL) {
            return refuse(loader, "instruments", section->key);
        }
        if (section->associations == NULL) {
            return refuse(loader, "associations", section->key);
        }
    }
    return true;
}

static bool check_choices(const struct loader *loader, const struct array *sections)
{
    for (size_t i = 0; i < sections->count; i++) {
        const struct plan_section *section = array_at(sections, i);

        if (!section->has_choice) {
            return error_set(loader->error, ERROR_DATA, loader->plan->path, 0, NULL,
                             _("found no rule for the instruments of \"%s\"; write p_threshold "
                               "= 5e-8 or all_instruments = true"),
                             section->key);
        }
    }
    return true;
}

bool through_check(const struct loader *loader)
{
    const struct plan *plan = loader->plan;

    if (!through_is_asked(plan)) {
        return true;
    }
    if (plan->mediators.count == 0) {
        return error_set(loader->error, ERROR_DATA, plan->path, 0, NULL,
                         _("found a covariate and no mediator; covariates are adjusted for "
                           "where there is a mediator"));
    }
    if (!plan->has_direction[FORWARD]) {
        return error_set(loader->error, ERROR_DATA, plan->path, 0, NULL,
                         _("found mediators in a study without the direction forward; add it"));
    }
    return check_sections(loader, &plan->mediators, true) &&
           check_sections(loader, &plan->covariates, true) &&
           check_choices(loader, &plan->mediators) &&
           check_choices(loader, &plan->covariates) &&
           check_sections(loader, &plan->exposures, false);
}

static bool name(struct loader *loader, const struct plan_section *section, const char *path,
                 struct trait_list *list)
{
    if (list->traits.count > 1) {
        return error_set(loader->error, ERROR_DATA, path, 0, NULL,
                         _("found %zu traits in the file of \"%s\"; give each mediator and "
                           "covariate a file and a section of its own"),
                         list->traits.count, section->key);
    }
    struct trait *trait = list->traits.count == 1
                              ? trait_list_at(list, 0)
                              : trait_list_get(list, section->key, loader->study->arena);
    trait_describe(trait, section);
    trait->is_simulated = section->is_simulated;
    trait->key = section->key;
    trait->name = section->name;
    return true;
}

static bool read_section(struct loader *loader, const struct plan_section *section)
{
    struct side *side = array_add(&loader->between);

    *side = (struct side){section, trait_list_create(), trait_list_create(), NULL};
    return sides_read_table(loader, section, section->instruments, &side->as_exposure) &&
           name(loader, section, section->instruments, &side->as_exposure) &&
           sides_read_table(loader, section, section->associations, &side->as_outcome) &&
           name(loader, section, section->associations, &side->as_outcome);
}

static bool read_sections(struct loader *loader, const struct array *sections)
{
    for (size_t i = 0; i < sections->count; i++) {
        if (!read_section(loader, array_at(sections, i))) {
            return false;
        }
    }
    return true;
}

bool through_read(struct loader *loader)
{
    return read_sections(loader, &loader->plan->mediators) &&
           read_sections(loader, &loader->plan->covariates);
}

bool through_clumping(const struct loader *loader, struct choose_settings *settings)
{
    const struct array *all[] = {&loader->taxa, &loader->between};

    for (size_t i = 0; i < 2; i++) {
        for (size_t j = 0; j < all[i]->count; j++) {
            const struct side *side = array_at(all[i], j);

            *settings = sides_settings(loader, side->section);
            if (choose_is_clumped(settings)) {
                return true;
            }
        }
    }
    *settings =
        sides_settings(loader, ((const struct side *)array_at(&loader->taxa, 0))->section);
    return false;
}

/* Where it is pruned by distance alone, it is clumped by the common r2 from now on. */
static bool share_with(struct loader *loader, const struct choose_settings *common,
                       struct side *side)
{
    struct choose_settings own = sides_settings(loader, side->section);
    struct plan_section *copy;

    if (own.reference != NULL) {
        return strcmp(own.reference, common->reference) == 0 ||
               error_set(loader->error, ERROR_DATA, loader->plan->path, 0, NULL,
                         _("found another reference in \"%s\" than the one by which the "
                           "instruments of exposures and mediators are clumped together; name "
                           "the same in both"),
                         side->section->key);
    }
    copy = arena_get(loader->study->arena, 1, sizeof *copy);
    *copy = *side->section;
    copy->choosing.reference = common->reference;
    if (!isnan(own.clump_kb) && isnan(own.clump_r2)) {
        copy->choosing.clump_r2 = common->clump_r2;
    }
    side->section = copy;
    return true;
}

bool through_share_reference(struct loader *loader)
{
    struct array *all[] = {&loader->taxa, &loader->between};
    struct choose_settings common;

    if (!through_is_asked(loader->plan) || !through_clumping(loader, &common) ||
        common.reference == NULL) {
        return true;
    }
    for (size_t i = 0; i < 2; i++) {
        for (size_t j = 0; j < all[i]->count; j++) {
            if (!share_with(loader, &common, array_at(all[i], j))) {
                return false;
            }
        }
    }
    return true;
}
