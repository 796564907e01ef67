#include "study/build.h"
#include "study/plan_path.h"
#include <string.h>

/* Every trait of one file with every trait of the other: usually one of each. */
static void pair_all(struct study *study, const struct trait_list *exposures,
                     const struct trait_list *outcomes)
{
    struct array pairs = ARRAY_OF(struct pair *);
    for (size_t i = 0; i < outcomes->traits.count; i++) {
        for (size_t j = 0; j < exposures->traits.count; j++) {
            const struct trait *exposure = trait_list_at(exposures, j);
            const struct association **chosen;
            size_t count;
            study_choose(study, exposure, &study->instruments, FORWARD, &chosen, &count);
            study_add_pair(study, &pairs, exposure, chosen, count, trait_list_at(outcomes, i),
                           FORWARD);
        }
    }
    study_take_pairs(study, &pairs);
    array_destroy(&pairs);
}

/* Its traits with their associations, named and measured as the side says. */
static bool read_side(struct trait_list *list, struct study *study,
                      const struct study_side *side, struct error *error)
{
    const char *stem = plan_path_stem(side->path, study->arena);
    if (!trait_list_read(list, study, side->path, stem, &side->options, error)) {
        return false;
    }
    for (size_t i = 0; i < list->traits.count; i++) {
        trait_list_at(list, i)->unit = side->unit;
    }
    if (list->traits.count == 1 && side->name != NULL) {
        trait_list_at(list, 0)->name = arena_text(study->arena, side->name);
    }
    return true;
}

static bool fill(struct study *study, const struct study_side *exposure,
                 const struct study_side *outcome, struct trait_list *exposures,
                 struct trait_list *outcomes, struct error *error)
{
    if (!read_side(exposures, study, exposure, error) ||
        !read_side(outcomes, study, outcome, error)) {
        return false;
    }
    study->exposures = trait_list_take(exposures, study->arena);
    study->exposure_count = exposures->traits.count;
    study->outcomes = trait_list_take(outcomes, study->arena);
    study->outcome_count = outcomes->traits.count;
    pair_all(study, exposures, outcomes);
    return true;
}

bool study_load_sides(const struct study_side *exposure, const struct study_side *outcome,
                      enum harmonise_action action,
                      const struct instrument_settings *instruments, struct study **study,
                      struct error *error)
{
    struct study *made = study_create();
    made->folder = plan_path_folder(exposure->path, made->arena);
    made->title = plan_path_stem(exposure->path, made->arena);
    made->action = action;
    made->instruments = *instruments;
    made->has_direction[FORWARD] = true;
    struct trait_list exposures = trait_list_create(), outcomes = trait_list_create();
    bool is_filled = fill(made, exposure, outcome, &exposures, &outcomes, error);
    trait_list_destroy(&exposures);
    trait_list_destroy(&outcomes);
    if (!is_filled) {
        study_destroy(made);
        return false;
    }
    *study = made;
    return true;
}

bool study_load_two_files(const char *exposure_path, const char *outcome_path,
                          enum harmonise_action action, const struct gwas_options *options,
                          struct study **study, struct error *error)
{
    const struct instrument_settings all = {.all = true};
    const struct study_side exposure = {exposure_path, *options, NULL, UNIT_UNKNOWN};
    const struct study_side outcome = {outcome_path, *options, NULL, UNIT_UNKNOWN};
    return study_load_sides(&exposure, &outcome, action, &all, study, error);
}
