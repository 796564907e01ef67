#include "base/i18n.h"
#include "pair/alleles.h"
#include "study/build.h"
#include "study/cohorts.h"
#include "study/lineage.h"
#include "study/plan_path.h"
#include <stdlib.h>
#include <string.h>

/* One group of rows of a harmonised table: a pair in the making. */
struct group {
    struct trait *exposure, *outcome;
    enum direction direction;
    size_t outcome_order; /* among the outcomes of its direction */
    size_t count;
    struct harmonised *rows;
};

struct grouping {
    struct study *study;
    const struct plan *plan;
    const char *path;
    struct trait_list roles[2][2]; /* [direction][0: exposures, 1: outcomes] */
    struct array groups;           /* struct group */
    struct map *keys;
    struct cohorts cohorts;
    struct error *error;
};

/* What a table without the column calls its one trait: as the study file does, or plainly. */
static const char *default_key(const struct array *sections, const char *otherwise)
{
    return sections != NULL && sections->count == 1
               ? ((const struct plan_section *)array_at(sections, 0))->key
               : otherwise;
}

static bool direction_of(const struct grouping *grouping, const struct gwas_harmonised_row *row,
                         enum direction *direction)
{
    bool is_reverse = row->direction != NULL && strcmp(row->direction, "reverse") == 0;
    *direction = is_reverse ? REVERSE : FORWARD;
    if (row->direction == NULL || is_reverse || strcmp(row->direction, "forward") == 0) {
        return true;
    }
    return error_set(grouping->error, ERROR_DATA, grouping->path, row->x.line, "direction",
                     _("found \"%s\"; write forward or reverse"), row->direction);
}

/* What a row calls its exposure and its outcome. */
struct called {
    const char *exposure, *outcome;
};

static struct called names_of(const struct grouping *grouping,
                              const struct gwas_harmonised_row *row, enum direction direction)
{
    const struct plan *plan = grouping->plan;
    const struct array *taxa = plan == NULL ? NULL : &plan->exposures;
    const struct array *diseases = plan == NULL ? NULL : &plan->outcomes;
    bool is_forward = direction == FORWARD;
    struct called called = {row->exposure, row->outcome};
    if (called.exposure == NULL) {
        called.exposure = default_key(is_forward ? taxa : diseases, "exposure");
    }
    if (called.outcome == NULL) {
        called.outcome = default_key(is_forward ? diseases : taxa, "outcome");
    }
    return called;
}

/* Every row says which cohorts its traits are of before any trait gets its key. */
static bool note_cohorts(struct grouping *grouping, const struct array *rows)
{
    for (size_t i = 0; i < rows->count; i++) {
        const struct gwas_harmonised_row *row = array_at(rows, i);
        enum direction direction;
        if (row->exposure_cohort == NULL && row->outcome_cohort == NULL) {
            continue;
        }
        if (!direction_of(grouping, row, &direction)) {
            return false;
        }
        struct called called = names_of(grouping, row, direction);
        cohorts_note(&grouping->cohorts, called.exposure, row->exposure_cohort);
        cohorts_note(&grouping->cohorts, called.outcome, row->outcome_cohort);
    }
    return true;
}

/* The trait of a key, which has its name in all cohorts and its own cohort when it is new. */
static struct trait *trait_of(struct trait_list *list, const char *key, const char *name,
                              const char *cohort, struct arena *arena)
{
    struct trait *trait = trait_list_get(list, key, arena);
    if (trait->shared_name == NULL && strcmp(key, name) != 0) {
        trait->shared_name = arena_text(arena, name);
    }
    if (trait->cohort == NULL) {
        trait->cohort = arena_text(arena, cohort);
    }
    return trait;
}

static bool group_of(struct grouping *grouping, const struct gwas_harmonised_row *row,
                     size_t *index)
{
    enum direction direction;
    if (!direction_of(grouping, row, &direction)) {
        return false;
    }
    struct called called = names_of(grouping, row, direction);
    struct arena *arena = grouping->study->arena;
    struct arena_mark mark = arena_mark(arena);
    const char *exposure =
        cohorts_key(&grouping->cohorts, called.exposure, row->exposure_cohort, arena);
    const char *outcome =
        cohorts_key(&grouping->cohorts, called.outcome, row->outcome_cohort, arena);
    const char *key = arena_format(arena, "%d\x1f%s\x1f%s", (int)direction, exposure, outcome);
    bool is_known = map_get(grouping->keys, key, index);
    if (!is_known) {
        *index = grouping->groups.count;
        map_set(grouping->keys, key, *index);
    }
    if (is_known) {
        arena_reset(arena, mark);
        return true;
    }
    struct trait_list *roles = grouping->roles[direction];
    struct group *group = array_add(&grouping->groups);
    group->exposure =
        trait_of(&roles[0], exposure, called.exposure, row->exposure_cohort, arena);
    group->outcome = trait_of(&roles[1], outcome, called.outcome, row->outcome_cohort, arena);
    group->direction = direction;
    map_get(roles[1].keys, outcome, &group->outcome_order);
    return true;
}

/* The table's rows are harmonised already: they are taken as they stand. */
static struct harmonised as_read(const struct gwas_harmonised_row *row, struct arena *arena)
{
    struct association *read = arena_get(arena, 2, sizeof *read);
    read[0] = row->x;
    read[1] = row->y;
    struct harmonised harmonised = {.x = row->x,
                                    .y = row->y,
                                    .x_read = &read[0],
                                    .y_read = &read[1],
                                    .keep = row->mr_keep,
                                    .reason = row->mr_keep ? REASON_KEPT : REASON_NOT_KEPT};
    if (row->mr_keep && !pair_is_usable(&harmonised)) {
        harmonised.keep = false;
        harmonised.reason = REASON_MISSING_NUMBER;
    }
    harmonised.is_palindromic =
        alleles_are_palindromic(row->x.effect_allele, row->x.other_allele);
    return harmonised;
}

static bool group_rows(struct grouping *grouping, const struct array *rows)
{
    struct arena *arena = grouping->study->arena;
    size_t *member = arena_get(arena, rows->count, sizeof *member);
    for (size_t i = 0; i < rows->count; i++) {
        if (!group_of(grouping, array_at(rows, i), &member[i])) {
            return false;
        }
        ((struct group *)array_at(&grouping->groups, member[i]))->count++;
    }
    for (size_t i = 0; i < grouping->groups.count; i++) {
        struct group *group = array_at(&grouping->groups, i);
        group->rows = arena_get(arena, group->count, sizeof *group->rows);
        group->count = 0;
    }
    for (size_t i = 0; i < rows->count; i++) {
        struct group *group = array_at(&grouping->groups, member[i]);
        group->rows[group->count++] = as_read(array_at(rows, i), arena);
    }
    return true;
}

/* The section called like the trait, else like it is in all cohorts, else the only one. */
static const struct plan_section *section_of(const struct array *sections,
                                             const struct trait *trait)
{
    const char *names[] = {trait->key, trait->shared_name};
    for (size_t n = 0; n < 2 && names[n] != NULL; n++) {
        for (size_t i = 0; i < sections->count; i++) {
            const struct plan_section *section = array_at(sections, i);
            if (strcmp(section->key, names[n]) == 0) {
                return section;
            }
        }
    }
    return sections->count == 1 ? array_at(sections, 0) : NULL;
}

/* Sections describe the traits of their titles; a single one describes all of its side. */
static void describe(struct trait_list *list, const struct array *sections)
{
    for (size_t i = 0; i < list->traits.count; i++) {
        struct trait *trait = trait_list_at(list, i);
        const struct plan_section *section = section_of(sections, trait);
        const char *cohort = trait->cohort; /* the table's, unless this cohort has a section */
        if (section == NULL) {
            continue;
        }
        trait_describe(trait, section);
        bool is_own = section->cohort != NULL && strcmp(section->key, trait->key) == 0;
        trait->cohort = is_own || cohort == NULL ? section->cohort : cohort;
        trait->is_simulated = section->is_simulated;
        if (strcmp(section->key, trait->key) == 0) {
            trait->name = section->name;
        }
    }
}

static bool describe_sides(struct grouping *grouping)
{
    const struct plan *plan = grouping->plan;
    if (plan == NULL) {
        return true;
    }
    for (enum direction d = FORWARD; d <= REVERSE; d++) {
        describe(&grouping->roles[d][0], d == FORWARD ? &plan->exposures : &plan->outcomes);
        describe(&grouping->roles[d][1], d == FORWARD ? &plan->outcomes : &plan->exposures);
    }
    return lineage_take(&grouping->roles[FORWARD][0], &grouping->roles[REVERSE][1],
                        grouping->study, &plan->exposures, grouping->error);
}

/* The taxa (or the diseases) of both directions, each key once. */
static struct trait **gather(const struct trait_list *forward, const struct trait_list *reverse,
                             struct arena *arena, size_t *count)
{
    struct trait_list all = trait_list_create();
    const struct trait_list *lists[2] = {forward, reverse};
    for (size_t i = 0; i < 2; i++) {
        for (size_t j = 0; j < lists[i]->traits.count; j++) {
            struct trait *trait = trait_list_at(lists[i], j);
            if (map_set(all.keys, trait->key, all.traits.count)) {
                *(struct trait **)array_add(&all.traits) = trait;
            }
        }
    }
    struct trait **traits = trait_list_take(&all, arena);
    *count = all.traits.count;
    trait_list_destroy(&all);
    return traits;
}

/* Forward first, outcomes together, otherwise the table's order. */
static int compare_groups(const void *one, const void *other)
{
    const struct group *a = *(const struct group *const *)one;
    const struct group *b = *(const struct group *const *)other;
    if (a->direction != b->direction) {
        return a->direction < b->direction ? -1 : 1;
    }
    if (a->outcome_order != b->outcome_order) {
        return a->outcome_order < b->outcome_order ? -1 : 1;
    }
    return a < b ? -1 : a > b;
}

static void make_pairs(struct grouping *grouping)
{
    struct study *study = grouping->study;
    size_t count = grouping->groups.count;
    const struct group **order = arena_get(study->arena, count, sizeof *order);
    for (size_t i = 0; i < count; i++) {
        order[i] = array_at(&grouping->groups, i);
    }
    qsort(order, count, sizeof *order, compare_groups);
    struct array pairs = ARRAY_OF(struct pair *);
    for (size_t i = 0; i < count; i++) {
        const struct group *group = order[i];
        study->has_direction[group->direction] = true;
        *(struct pair **)array_add(&pairs) =
            pair_create(study->arena, group->exposure, group->outcome, group->direction,
                        group->rows, group->count);
    }
    study_take_pairs(study, &pairs);
    array_destroy(&pairs);
}

static struct grouping grouping_create(struct study *study, const struct plan *plan,
                                       const char *path, struct error *error)
{
    struct grouping grouping = {.study = study,
                                .plan = plan,
                                .path = path,
                                .groups = ARRAY_OF(struct group),
                                .keys = map_create(),
                                .cohorts = cohorts_create(),
                                .error = error};
    for (size_t i = 0; i < 4; i++) {
        grouping.roles[i / 2][i % 2] = trait_list_create();
    }
    return grouping;
}

static void grouping_destroy(struct grouping *grouping)
{
    for (size_t i = 0; i < 4; i++) {
        trait_list_destroy(&grouping->roles[i / 2][i % 2]);
    }
    array_destroy(&grouping->groups);
    map_destroy(grouping->keys);
    cohorts_destroy(&grouping->cohorts);
}

static bool fill(struct grouping *grouping, const struct gwas_table *table)
{
    struct study *study = grouping->study;
    struct trait_list(*roles)[2] = grouping->roles;
    if (!note_cohorts(grouping, &table->rows) || !group_rows(grouping, &table->rows) ||
        !describe_sides(grouping)) {
        return false;
    }
    study->exposures =
        gather(&roles[FORWARD][0], &roles[REVERSE][1], study->arena, &study->exposure_count);
    study->outcomes =
        gather(&roles[FORWARD][1], &roles[REVERSE][0], study->arena, &study->outcome_count);
    study->has_direction[FORWARD] = study->has_direction[REVERSE] = false;
    make_pairs(grouping);
    return true;
}

bool study_fill_harmonised(struct study *study, const char *path, const struct plan *plan,
                           const struct gwas_options *options, struct error *error)
{
    struct gwas_table table;
    if (!gwas_read_harmonised(path, options, study->arena, &table, error)) {
        return false;
    }
    study_note_table(study, path, &table, NULL);
    struct grouping grouping = grouping_create(study, plan, path, error);
    bool is_filled = fill(&grouping, &table);
    grouping_destroy(&grouping);
    gwas_table_destroy(&table);
    return is_filled;
}

bool study_load_harmonised(const char *path, const struct gwas_options *options,
                           struct study **study, struct error *error)
{
    struct study *made = study_create();
    made->folder = plan_path_folder(path, made->arena);
    made->title = plan_path_stem(path, made->arena);
    if (!study_fill_harmonised(made, path, NULL, options, error)) {
        study_destroy(made);
        return false;
    }
    *study = made;
    return true;
}
