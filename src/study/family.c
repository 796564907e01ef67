#include "study/family.h"
#include "base/map.h"
#include "base/memory.h"
#include <math.h>

double family_p(const struct results *results, size_t pair)
{
    const struct analysis *analysis = results->pairs[pair].analysis;
    return analysis == NULL || analysis->main.status != ESTIMATE_DONE ? NAN : analysis->main.p;
}

/* Counts the pairs of each outcome first; numbers outcomes in order of appearance. */
static size_t *number_outcomes(const struct results *results, struct test_family *family,
                               struct arena *arena)
{
    size_t *number = arena_get(arena, family->count, sizeof *number);
    struct map *numbers = map_create();
    family->groups = arena_get(arena, family->count, sizeof *family->groups);
    for (size_t i = 0; i < family->count; i++) {
        const char *key = results->study->pairs[family->member[i]]->outcome->key;
        number[i] = map_count(numbers);
        if (!map_get(numbers, key, &number[i])) {
            map_set(numbers, key, number[i]);
            family->groups[number[i]].outcome = key;
        }
        family->groups[number[i]].count++;
    }
    family->group_count = map_count(numbers);
    map_destroy(numbers);
    return number;
}

static void share(const struct results *results, struct family_group *group,
                  struct arena *arena)
{
    const struct pair **pairs = arena_get(arena, group->count, sizeof *pairs);
    for (size_t i = 0; i < group->count; i++) {
        pairs[i] = results->pairs[group->member[i]].analysis->pair;
    }
    group->shared = shared_variants_of(pairs, group->count, arena);
}

static void group_by_outcome(const struct results *results, struct test_family *family,
                             struct arena *arena)
{
    const size_t *number = number_outcomes(results, family, arena);
    for (size_t g = 0; g < family->group_count; g++) {
        struct family_group *group = &family->groups[g];
        group->member = arena_get(arena, group->count, sizeof(size_t));
        group->count = 0;
    }
    for (size_t i = 0; i < family->count; i++) {
        struct family_group *group = &family->groups[number[i]];
        group->member[group->count++] = family->member[i];
    }
    for (size_t g = 0; g < family->group_count; g++) {
        share(results, &family->groups[g], arena);
    }
}

/* The pairs of a group of `across` that are analysed. */
static struct test_family family_of_group(const struct results *results, const size_t *member,
                                          size_t count, struct arena *arena)
{
    const struct pair *first = results->study->pairs[member[0]];
    struct test_family family = {.direction = first->direction,
                                 .disease = study_disease(first),
                                 .member = arena_get(arena, count, sizeof(size_t)),
                                 .p = arena_get(arena, count, sizeof(double))};
    for (size_t i = 0; i < count; i++) {
        if (results->pairs[member[i]].analysis != NULL) {
            family.p[family.count] = family_p(results, member[i]);
            family.member[family.count++] = member[i];
        }
    }
    group_by_outcome(results, &family, arena);
    return family;
}

struct test_families families_of(const struct results *results, struct arena *arena)
{
    struct across across = across_of(results->study, arena);
    const struct across_groups *groups = &across.families;
    struct test_families families = {
        arena_get(arena, groups->count, sizeof(struct test_family)), groups->count};
    for (size_t g = 0; g < groups->count; g++) {
        families.families[g] = family_of_group(results, groups->member + groups->first[g],
                                               groups->first[g + 1] - groups->first[g], arena);
    }
    return families;
}
