#include "study/across.h"
#include "base/map.h"
#include "base/memory.h"
#include "base/text.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static double main_p(const struct pair_result *result)
{
    const struct analysis *analysis = result->analysis;
    if (analysis == NULL || analysis->main.status != ESTIMATE_DONE) {
        return NAN;
    }
    return analysis->main.p;
}

/* The number of a name, given in order of appearance. */
static size_t number_of(struct map *names, struct text *name)
{
    size_t number = map_count(names);
    if (!map_get(names, name->bytes, &number)) {
        map_set(names, name->bytes, number);
    }
    text_drop(name);
    return number;
}

/* Pairs in the order of their groups' numbers; within a group in the study's order. */
static struct across_groups groups_of(const size_t *number, size_t pairs, size_t groups,
                                      struct arena *arena)
{
    struct across_groups made = {groups, arena_get(arena, groups + 1, sizeof(size_t)),
                                 arena_get(arena, pairs, sizeof(size_t))};
    size_t *next = memory_get(groups + 1, sizeof *next);
    for (size_t i = 0; i < pairs; i++) {
        made.first[number[i] + 1]++;
    }
    for (size_t g = 0; g < groups; g++) {
        made.first[g + 1] += made.first[g];
        next[g] = made.first[g];
    }
    for (size_t i = 0; i < pairs; i++) {
        made.member[next[number[i]]++] = i;
    }
    memory_free(next);
    return made;
}

/* Groups by direction and by the key of the disease, or of the outcome. */
static struct across_groups group(const struct study *study, bool by_disease,
                                  struct arena *arena)
{
    struct map *names = map_create();
    size_t *number = memory_get(study->pair_count, sizeof *number);
    for (size_t i = 0; i < study->pair_count; i++) {
        const struct pair *pair = study->pairs[i];
        const struct trait *trait = by_disease ? study_disease(pair) : pair->outcome;
        struct text name = {0};
        text_addf(&name, "%d\x1f%s", (int)pair->direction, trait->key);
        number[i] = number_of(names, &name);
    }
    struct across_groups made = groups_of(number, study->pair_count, map_count(names), arena);
    map_destroy(names);
    memory_free(number);
    return made;
}

/* Names a pair by direction, taxon and disease; the caller frees it. */
static char *name_of(const struct pair *pair, enum direction direction)
{
    struct text name = {0};
    text_addf(&name, "%d\x1f%s\x1f%s", (int)direction, study_taxon(pair)->key,
              study_disease(pair)->key);
    return text_take(&name);
}

static size_t *opposites(const struct study *study, struct arena *arena)
{
    size_t *opposite = arena_get(arena, study->pair_count, sizeof *opposite);
    struct map *places = map_create();
    for (size_t i = 0; i < study->pair_count; i++) {
        char *name = name_of(study->pairs[i], study->pairs[i]->direction);
        map_set(places, name, i);
        memory_free(name);
    }
    for (size_t i = 0; i < study->pair_count; i++) {
        const struct pair *pair = study->pairs[i];
        char *name = name_of(pair, pair->direction == FORWARD ? REVERSE : FORWARD);
        opposite[i] = ACROSS_NONE;
        (void)map_get(places, name, &opposite[i]);
        memory_free(name);
    }
    map_destroy(places);
    return opposite;
}

struct across across_of(const struct study *study, struct arena *arena)
{
    return (struct across){group(study, true, arena), group(study, false, arena),
                           opposites(study, arena)};
}

/* Whether every pair of a group is analysed. */
static bool is_whole(const struct results *results, const struct across_groups *groups,
                     size_t g)
{
    for (size_t i = groups->first[g]; i < groups->first[g + 1]; i++) {
        if (results->pairs[groups->member[i]].analysis == NULL) {
            return false;
        }
    }
    return true;
}

/* q rests on the P of the whole family: while one is missing there is none. */
static void fill_family(struct results *results, const size_t *member, size_t count,
                        bool is_complete)
{
    double *p = memory_get(count, sizeof *p);
    double *q = memory_get(count, sizeof *q);
    for (size_t i = 0; i < count; i++) {
        p[i] = is_complete ? main_p(&results->pairs[member[i]]) : NAN;
    }
    results_adjust(p, count, q);
    for (size_t i = 0; i < count; i++) {
        struct pair_result *result = &results->pairs[member[i]];
        result->q = q[i];
        result->fdr = !is_complete           ? JUDGE_NOT_RUN
                      : isnan(q[i])          ? JUDGE_CANNOT
                      : q[i] < RESULTS_LEVEL ? JUDGE_PASSED
                                             : JUDGE_FAILED;
    }
    memory_free(p);
    memory_free(q);
}

static enum judgement judge_reverse(const struct results *results, size_t opposite)
{
    if (opposite == ACROSS_NONE) {
        return JUDGE_CANNOT;
    }
    if (results->pairs[opposite].analysis == NULL) {
        return JUDGE_NOT_RUN;
    }
    double p = main_p(&results->pairs[opposite]);
    if (isnan(p)) {
        return JUDGE_CANNOT;
    }
    return p < RESULTS_LEVEL ? JUDGE_FAILED : JUDGE_PASSED;
}

/* A pair's set of variants, as a sum that does not depend on their order. */
struct set {
    uint64_t hash;
    size_t count, pair;
};

static uint64_t spread(uint64_t hash)
{
    hash ^= hash >> 33;
    hash *= UINT64_C(0xff51afd7ed558ccd);
    hash ^= hash >> 33;
    return hash;
}

uint64_t across_set(const struct pair *pair)
{
    uint64_t hash = 0;
    for (size_t j = 0; j < pair->count; j++) {
        hash += spread(map_hash(MAP_HASH_START, pair_variant(pair, j)));
    }
    return hash;
}

static int compare_sets(const void *one, const void *other)
{
    const struct set *a = one, *b = other;
    if (a->hash != b->hash) {
        return a->hash < b->hash ? -1 : 1;
    }
    return a->count < b->count ? -1 : a->count > b->count;
}

/* Only exposures of the same outcome and direction are compared. */
static void fill_rivals(struct results *results, const size_t *member, size_t count)
{
    struct set *sets = memory_get(count, sizeof *sets);
    for (size_t i = 0; i < count; i++) {
        const struct pair_result *result = &results->pairs[member[i]];
        sets[i] = (struct set){result->set, result->analysis->pair->count, member[i]};
    }
    qsort(sets, count, sizeof *sets, compare_sets);
    for (size_t first = 0, end; first < count; first = end) {
        for (end = first + 1; end < count && compare_sets(&sets[first], &sets[end]) == 0;) {
            end++;
        }
        for (size_t i = first; i < end; i++) {
            results->pairs[sets[i].pair].same_set = sets[i].count == 0 ? 0 : end - first - 1;
        }
    }
    memory_free(sets);
}

void across_fill(struct results *results, const struct across *across)
{
    const struct across_groups *families = &across->families, *rivals = &across->rivals;
    for (size_t g = 0; g < families->count; g++) {
        fill_family(results, families->member + families->first[g],
                    families->first[g + 1] - families->first[g],
                    is_whole(results, families, g));
    }
    for (size_t i = 0; i < results->study->pair_count; i++) {
        results->pairs[i].reverse = judge_reverse(results, across->opposite[i]);
        results->pairs[i].same_set = 0;
    }
    for (size_t g = 0; g < rivals->count; g++) {
        if (is_whole(results, rivals, g)) {
            fill_rivals(results, rivals->member + rivals->first[g],
                        rivals->first[g + 1] - rivals->first[g]);
        }
    }
}

enum judgement results_judge(const struct results *results, size_t pair,
                             const struct diagnostic *diagnostic)
{
    const struct pair_result *result = &results->pairs[pair];
    if (diagnostic->letter == 'R') {
        return result->reverse;
    }
    if (diagnostic->letter == 'F') {
        return result->fdr;
    }
    return result->analysis == NULL ? JUDGE_NOT_RUN : diagnostic->judge(result->analysis);
}

struct results_count results_count_of(const struct results *results, const char *disease,
                                      enum direction direction)
{
    struct results_count count = {0};
    for (size_t i = 0; i < results->study->pair_count; i++) {
        const struct pair *pair = results->study->pairs[i];
        if (pair->direction != direction ||
            (disease != NULL && strcmp(study_disease(pair)->key, disease) != 0)) {
            continue;
        }
        count.pairs++;
        count.analysed += results->pairs[i].analysis != NULL;
        double p = main_p(&results->pairs[i]);
        if (isnan(p)) {
            continue;
        }
        count.tested++;
        count.nominal += p < RESULTS_LEVEL;
        count.significant += results->pairs[i].q < RESULTS_LEVEL;
    }
    count.expected = RESULTS_LEVEL * (double)count.tested;
    return count;
}

void results_count_more(struct results_count *count, const struct results *results,
                        enum direction direction)
{
    struct results_count more = results_count_of(results, NULL, direction);
    count->pairs += more.pairs;
    count->analysed += more.analysed;
    count->tested += more.tested;
    count->nominal += more.nominal;
    count->significant += more.significant;
    count->expected = RESULTS_LEVEL * (double)count->tested;
}
