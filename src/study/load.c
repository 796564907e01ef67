#include "base/i18n.h"
#include "study/asked.h"
#include "study/choose_sides.h"
#include "study/sides.h"
#include "study/through.h"
#include "study/through_sides.h"
#include <math.h>
#include <string.h>

static bool require(const struct loader *loader, const struct plan_section *section,
                    const char *path, const char *key, const char *direction)
{
    if (path != NULL || section->files.count > 0) {
        return true;
    }
    return error_set(loader->error, ERROR_DATA, loader->plan->path, 0, NULL,
                     _("found no %s of \"%s\", which the direction %s needs; name the file or "
                       "leave the direction out"),
                     key, section->key, direction);
}

/* A table of instruments needs its rule, too, which plan.c asks for. */
static bool require_choice(const struct loader *loader, const struct plan_section *section)
{
    if (section->has_choice || section->files.count == 0) {
        return true;
    }
    return error_set(loader->error, ERROR_DATA, loader->plan->path, 0, NULL,
                     _("found no rule for the instruments of \"%s\"; write p_threshold = "
                       "5e-8 or all_instruments = true"),
                     section->key);
}

/* Every direction needs instruments on its exposure's side and associations on the other's. */
static bool check_section_files(const struct loader *loader, const struct plan_section *section,
                                enum direction as_exposure)
{
    const bool *has = loader->plan->has_direction;
    enum direction as_outcome = as_exposure == FORWARD ? REVERSE : FORWARD;
    return (!has[as_exposure] || (require(loader, section, section->instruments, "instruments",
                                          direction_key(as_exposure)) &&
                                  require_choice(loader, section))) &&
           (!has[as_outcome] || require(loader, section, section->associations, "associations",
                                        direction_key(as_outcome)));
}

static bool check_files(const struct loader *loader, bool *is_raw)
{
    const struct array *between[] = {&loader->plan->mediators, &loader->plan->covariates};
    const struct array *both[] = {&loader->plan->exposures, &loader->plan->outcomes};
    *is_raw = false;
    for (int i = 0; i < 2; i++) {
        for (size_t j = 0; j < between[i]->count; j++) {
            *is_raw = *is_raw ||
                      ((const struct plan_section *)array_at(between[i], j))->files.count > 0;
        }
    }
    for (int i = 0; i < 2; i++) {
        for (size_t j = 0; j < both[i]->count; j++) {
            const struct plan_section *section = array_at(both[i], j);
            *is_raw = *is_raw || section->files.count > 0;
            if (!check_section_files(loader, section, i == 0 ? FORWARD : REVERSE)) {
                return false;
            }
        }
    }
    return true;
}

/* Keys name pairs in every table, so the same key in two sections is refused. */
static bool gather(struct loader *loader, const struct array *sides, struct trait ***traits,
                   size_t *count, bool are_taxa)
{
    struct trait_list all = trait_list_create();
    bool is_unique = true;
    for (size_t i = 0; i < sides->count && is_unique; i++) {
        const struct side *side = array_at(sides, i);
        const struct trait_list *list = are_taxa ? &side->as_exposure : &side->as_outcome;
        for (size_t j = 0; j < list->traits.count && is_unique; j++) {
            struct trait *trait = trait_list_at(list, j);
            is_unique = map_set(all.keys, trait->key, all.traits.count);
            *(struct trait **)array_add(&all.traits) = trait;
            if (!is_unique) {
                error_set(loader->error, ERROR_DATA, loader->plan->path, 0, NULL,
                          _("found the trait \"%s\" in two sections; rename one"), trait->key);
            }
        }
    }
    *traits = trait_list_take(&all, loader->study->arena);
    *count = all.traits.count;
    trait_list_destroy(&all);
    return is_unique;
}

/* Every exposure of a section that has instruments, with one outcome. */
static void pair_up(struct loader *loader, const struct side *exposures,
                    const struct trait *outcome, enum direction direction, struct array *pairs)
{
    struct choose_settings settings = sides_settings(loader, exposures->section);
    for (size_t i = 0; i < exposures->as_exposure.traits.count; i++) {
        const struct chosen *chosen = &exposures->chosen[i];
        if (chosen->count > 0) {
            struct harmonised *rows;
            harmonise_join(chosen->instruments, chosen->count, outcome->associations,
                           outcome->count, loader->study->action, loader->study->arena, &rows);
            sides_use_proxies(loader, &settings, outcome, rows, chosen->count);
            *(struct pair **)array_add(pairs) =
                pair_create(loader->study->arena, trait_list_at(&exposures->as_exposure, i),
                            outcome, direction, rows, chosen->count);
        }
    }
}

/* The taxa's instruments are the same in every slice; the first one has said what of them. */
static bool choose_taxa(struct loader *loader)
{
    struct study *study = loader->study;
    size_t entries = study->ledger.count, warnings = study->warnings.count;
    bool is_chosen = sides_choose(loader, &loader->taxa, FORWARD);
    if (loader->loading->slice > 0) {
        study->ledger.count = entries;
        study->warnings.count = warnings;
    }
    return is_chosen;
}

static bool pair_forward(struct loader *loader, struct array *pairs)
{
    if (!choose_taxa(loader)) {
        return false;
    }
    for (size_t i = 0; i < loader->diseases.count; i++) {
        const struct side *disease = array_at(&loader->diseases, i);
        for (size_t j = 0; j < loader->taxa.count; j++) {
            pair_up(loader, array_at(&loader->taxa, j), trait_list_at(&disease->as_outcome, 0),
                    FORWARD, pairs);
        }
    }
    return true;
}

static bool pair_reverse(struct loader *loader, struct array *pairs)
{
    if (!sides_choose(loader, &loader->diseases, REVERSE)) {
        return false;
    }
    for (size_t i = 0; i < loader->diseases.count; i++) {
        const struct side *disease = array_at(&loader->diseases, i);
        for (size_t j = 0; j < loader->taxa.count; j++) {
            const struct side *taxa = array_at(&loader->taxa, j);
            for (size_t k = 0; k < taxa->as_outcome.traits.count; k++) {
                const struct trait *taxon = trait_list_at(&taxa->as_outcome, k);
                if (taxon->count > 0) {
                    pair_up(loader, disease, taxon, REVERSE, pairs);
                }
            }
        }
    }
    return true;
}

static bool make_pairs(struct loader *loader)
{
    const bool *has = loader->plan->has_direction;
    struct array pairs = ARRAY_OF(struct pair *);
    bool is_good = (!has[FORWARD] || pair_forward(loader, &pairs)) &&
                   (!has[REVERSE] || pair_reverse(loader, &pairs)) &&
                   sides_correlate(loader, &pairs) &&
                   (!through_is_asked(loader->plan) || through_make(loader, &pairs));
    if (is_good) {
        study_take_pairs(loader->study, &pairs);
    }
    array_destroy(&pairs);
    return is_good;
}

static bool fill_from_sections(struct study *study, const struct plan *plan,
                               const struct study_loading *loading, struct error *error)
{
    struct loader loader = {.study = study,
                            .plan = plan,
                            .loading = loading,
                            .taxa = ARRAY_OF(struct side),
                            .diseases = ARRAY_OF(struct side),
                            .between = ARRAY_OF(struct side),
                            .references = references_create(),
                            .error = error};
    bool is_raw;
    asked_note_plan(&loader);
    bool is_filled =
        check_files(&loader, &is_raw) && through_check(&loader) &&
        (is_raw ? raw_read_sections(&loader) : tables_read_sections(&loader)) &&
        gather(&loader, &loader.taxa, &study->exposures, &study->exposure_count, true) &&
        gather(&loader, &loader.diseases, &study->outcomes, &study->outcome_count, false);
    is_filled = is_filled && make_pairs(&loader);
    sides_end(&loader.taxa);
    sides_end(&loader.diseases);
    sides_end(&loader.between);
    references_destroy(loader.references);
    return is_filled;
}

static bool any_simulated(const struct array *sections)
{
    for (size_t i = 0; i < sections->count; i++) {
        if (((const struct plan_section *)array_at(sections, i))->is_simulated) {
            return true;
        }
    }
    return false;
}

static void take_plan(struct study *study, const struct plan *plan)
{
    study->folder = plan->folder;
    study->title = plan->title;
    study->truth = plan->truth;
    study->seed = plan->seed;
    study->action = plan->action;
    study->build = isnan(plan->choosing.build) ? 0 : (int)plan->choosing.build;
    study->is_simulated = plan->is_simulated || any_simulated(&plan->exposures) ||
                          any_simulated(&plan->outcomes) || any_simulated(&plan->mediators) ||
                          any_simulated(&plan->covariates);
    memcpy(study->has_direction, plan->has_direction, sizeof study->has_direction);
    if (plan->exposures.count > 0) {
        study->instruments = ((struct plan_section *)array_at(&plan->exposures, 0))->choice;
    }
}

/* A harmonised table has its instruments chosen. */
static bool check_harmonised(const struct plan *plan, const struct study_loading *loading,
                             struct error *error)
{
    return (!choose_is_asked(&plan->choosing) &&
            (loading->choosing == NULL || !choose_is_asked(loading->choosing))) ||
           error_set(error, ERROR_DATA, plan->path, 0, NULL,
                     _("found that instruments shall be chosen (clumping, proxies, filters or "
                       "regions) in a study of pairs, which are harmonised already; give "
                       "instruments and associations, or leave that out"));
}

static bool fill_from_plan(struct study *study, const struct plan *plan,
                           const struct study_loading *loading, struct error *error)
{
    take_plan(study, plan);
    if (loading->regions != NULL &&
        !regions_read(loading->regions, study->arena, &study->regions, error)) {
        return false;
    }
    if (plan->exposures.count == 0 || plan->outcomes.count == 0) {
        return error_set(error, ERROR_DATA, plan->path, 0, NULL,
                         _("found no section %s; a study has at least one exposure and one "
                           "outcome"),
                         plan->exposures.count == 0 ? "exposure" : "outcome");
    }
    if (plan->pairs != NULL && through_is_asked(plan)) {
        return error_set(error, ERROR_DATA, plan->path, 0, NULL,
                         _("found mediators or covariates in a study of pairs; give "
                           "instruments and associations instead of pairs"));
    }
    if (!(plan->pairs != NULL
              ? check_harmonised(plan, loading, error) &&
                    study_fill_harmonised(study, plan->pairs, plan, &loading->reading, error)
              : fill_from_sections(study, plan, loading, error))) {
        return false;
    }
    const char *correlations = loading->error_correlation == NULL ? plan->error_correlation
                                                                  : loading->error_correlation;
    size_t warnings = study->warnings.count;
    bool is_taken = correlations == NULL || study_take_correlations(study, correlations, error);
    if (loading->slice > 0) {
        study->warnings.count = warnings; /* the first slice has said them */
    }
    return is_taken;
}

bool study_load(const char *path, const struct gwas_options *options, struct study **study,
                struct error *error)
{
    const struct study_loading loading = {.reading = *options};
    return study_load_with(path, &loading, study, error);
}

bool study_load_with(const char *path, const struct study_loading *loading,
                     struct study **study, struct error *error)
{
    struct plan plan;
    struct study *made = study_create();
    bool is_filled = false;
    if (plan_read(path, made->arena, &plan, error)) {
        is_filled = fill_from_plan(made, &plan, loading, error);
        plan_destroy(&plan);
    }
    if (!is_filled) {
        study_destroy(made);
        return false;
    }
    study_mark_regions(made);
    *study = made;
    return true;
}
