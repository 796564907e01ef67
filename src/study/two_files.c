#include "study/build.h"
#include "study/listed.h"
#include "study/plan_path.h"
#include <math.h>
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

/* Whether the rows of a file belong to traits that it names. */
static bool has_traits(const struct study_side *side)
{
    struct rows *rows;
    struct columns columns;
    struct error ignored = {0};
    bool is_found = false;
    if (rows_open(side->path, &rows, &ignored)) {
        is_found = columns_find(rows, FORM_ASSOCIATIONS, side->options.overrides,
                                side->options.override_count, &columns, &ignored) &&
                   columns.of[COLUMN_TRAIT] != COLUMN_NONE;
        rows_close(rows);
    }
    error_clear(&ignored);
    return is_found;
}

/* Beyond so many variants of exposures a list of them saves nothing. */
#define MOST_LISTED ((size_t)1000000)

static size_t count_all_of(const struct trait_list *exposures)
{
    size_t count = 0;
    for (size_t i = 0; i < exposures->traits.count; i++) {
        count += trait_list_at(exposures, i)->count;
    }
    return count;
}

static void list_all_of(const struct trait_list *exposures, struct listed *listed)
{
    for (size_t i = 0; i < exposures->traits.count; i++) {
        const struct trait *trait = trait_list_at(exposures, i);
        for (size_t j = 0; j < trait->count; j++) {
            listed_add(listed, &trait->associations[j]);
        }
    }
}

/*
 * Of an outcome of one trait only the exposures' variants are kept, so that a whole GWAS takes
 * no more memory than they. A stream cannot be asked first whether it names traits.
 */
static bool read_outcome(struct trait_list *outcomes, struct study *study,
                         const struct study_side *side, const struct trait_list *exposures,
                         struct error *error)
{
    struct study_side asked = *side;
    struct listed listed;
    bool is_read;
    if (strcmp(side->path, "-") == 0 || count_all_of(exposures) > MOST_LISTED ||
        has_traits(side)) {
        return read_side(outcomes, study, side, error);
    }
    listed = listed_begin();
    list_all_of(exposures, &listed);
    asked.options.wanted = listed_wanted(&listed);
    trait_list_get(outcomes, plan_path_stem(side->path, study->arena), study->arena);
    is_read = read_side(outcomes, study, &asked, error);
    listed_end(&listed);
    return is_read;
}

static bool fill(struct study *study, const struct study_side *exposure,
                 const struct study_side *outcome, struct trait_list *exposures,
                 struct trait_list *outcomes, struct error *error)
{
    if (!read_side(exposures, study, exposure, error) ||
        !read_outcome(outcomes, study, outcome, exposures, error)) {
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
