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

static bool fill(struct study *study, const char *exposure_path, const char *outcome_path,
                 const struct gwas_options *options, struct trait_list *exposures,
                 struct trait_list *outcomes, struct error *error)
{
    const char *x = plan_path_stem(exposure_path, study->arena);
    const char *y = plan_path_stem(outcome_path, study->arena);
    if (!trait_list_read(exposures, study, exposure_path, x, options, error) ||
        !trait_list_read(outcomes, study, outcome_path, y, options, error)) {
        return false;
    }
    study->exposures = trait_list_take(exposures, study->arena);
    study->exposure_count = exposures->traits.count;
    study->outcomes = trait_list_take(outcomes, study->arena);
    study->outcome_count = outcomes->traits.count;
    pair_all(study, exposures, outcomes);
    return true;
}

bool study_load_two_files(const char *exposure_path, const char *outcome_path,
                          enum harmonise_action action, const struct gwas_options *options,
                          struct study **study, struct error *error)
{
    struct study *made = study_create();
    made->folder = plan_path_folder(exposure_path, made->arena);
    made->title = plan_path_stem(exposure_path, made->arena);
    made->action = action;
    made->instruments.all = true;
    made->has_direction[FORWARD] = true;
    struct trait_list exposures = trait_list_create(), outcomes = trait_list_create();
    bool is_filled =
        fill(made, exposure_path, outcome_path, options, &exposures, &outcomes, error);
    trait_list_destroy(&exposures);
    trait_list_destroy(&outcomes);
    if (!is_filled) {
        study_destroy(made);
        return false;
    }
    *study = made;
    return true;
}
