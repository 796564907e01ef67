#include "study/across.h"
#include "base/map.h"
#include "base/memory.h"
#include "base/text.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The level of the checks that R and F stand for. */
#define LEVEL .05

static double main_p(const struct pair_result *result)
{
    const struct analysis *analysis = result->analysis;
    if (analysis == NULL || analysis->main.status != ESTIMATE_DONE) {
        return NAN;
    }
    return analysis->main.p;
}

/* Whether two pairs are tested together: same direction, same disease. */
static bool is_same_family(const struct pair *one, const struct pair *other)
{
    return one->direction == other->direction &&
           strcmp(study_disease(one)->key, study_disease(other)->key) == 0;
}

/* Pairs of a family stand together in a study, forward and reverse; still, any order works. */
static void fill_family(struct results *results, size_t first, bool *is_done)
{
    const struct study *study = results->study;
    size_t *member = memory_get(study->pair_count, sizeof *member);
    double *p = memory_get(study->pair_count, sizeof *p);
    double *q = memory_get(study->pair_count, sizeof *q);
    size_t count = 0;
    for (size_t i = first; i < study->pair_count; i++) {
        if (!is_done[i] && is_same_family(study->pairs[first], study->pairs[i])) {
            is_done[i] = true;
            member[count] = i;
            p[count++] = main_p(&results->pairs[i]);
        }
    }
    results_adjust(p, count, q);
    for (size_t i = 0; i < count; i++) {
        struct pair_result *result = &results->pairs[member[i]];
        result->q = q[i];
        result->fdr = isnan(q[i]) ? JUDGE_CANNOT : q[i] < LEVEL ? JUDGE_PASSED : JUDGE_FAILED;
    }
    memory_free(member);
    memory_free(p);
    memory_free(q);
}

static void fill_q(struct results *results)
{
    bool *is_done = memory_get(results->study->pair_count, sizeof *is_done);
    for (size_t i = 0; i < results->study->pair_count; i++) {
        if (!is_done[i]) {
            fill_family(results, i, is_done);
        }
    }
    memory_free(is_done);
}

/* Names a pair by direction, taxon and disease; the caller frees it. */
static char *name_of(const struct pair *pair, enum direction direction)
{
    struct text name = {0};
    text_addf(&name, "%d\x1f%s\x1f%s", (int)direction, study_taxon(pair)->key,
              study_disease(pair)->key);
    return text_take(&name);
}

static enum judgement judge_reverse(const struct results *results, const struct map *places,
                                    const struct pair *pair)
{
    size_t other;
    char *name = name_of(pair, pair->direction == FORWARD ? REVERSE : FORWARD);
    bool is_there = map_get(places, name, &other);
    memory_free(name);
    if (!is_there) {
        return JUDGE_CANNOT;
    }
    double p = main_p(&results->pairs[other]);
    if (isnan(p)) {
        return JUDGE_CANNOT;
    }
    return p < LEVEL ? JUDGE_FAILED : JUDGE_PASSED;
}

static void fill_reverse(struct results *results)
{
    const struct study *study = results->study;
    struct map *places = map_create();
    for (size_t i = 0; i < study->pair_count; i++) {
        char *name = name_of(study->pairs[i], study->pairs[i]->direction);
        map_set(places, name, i);
        memory_free(name);
    }
    for (size_t i = 0; i < study->pair_count; i++) {
        results->pairs[i].reverse = judge_reverse(results, places, study->pairs[i]);
    }
    map_destroy(places);
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

/* The direction and the outcome are part of it: only exposures are compared. */
static struct set set_of(const struct results *results, size_t index)
{
    const struct pair *pair = results->pairs[index].analysis->pair;
    struct set set = {.count = pair->count, .pair = index};
    set.hash = spread(map_hash(MAP_HASH_START, pair->outcome->key) + (uint64_t)pair->direction);
    for (size_t j = 0; j < pair->count; j++) {
        set.hash += spread(map_hash(MAP_HASH_START, pair_variant(pair, j)));
    }
    return set;
}

static int compare_sets(const void *one, const void *other)
{
    const struct set *a = one, *b = other;
    if (a->hash != b->hash) {
        return a->hash < b->hash ? -1 : 1;
    }
    return a->count < b->count ? -1 : a->count > b->count;
}

static void fill_same_set(struct results *results)
{
    size_t count = results->study->pair_count;
    struct set *sets = memory_get(count, sizeof *sets);
    for (size_t i = 0; i < count; i++) {
        sets[i] = set_of(results, i);
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

void across_fill(struct results *results)
{
    fill_q(results);
    fill_reverse(results);
    fill_same_set(results);
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
        double p = main_p(&results->pairs[i]);
        if (pair->direction != direction || isnan(p) ||
            (disease != NULL && strcmp(study_disease(pair)->key, disease) != 0)) {
            continue;
        }
        count.tested++;
        count.nominal += p < LEVEL;
        count.significant += results->pairs[i].q < LEVEL;
    }
    count.expected = LEVEL * (double)count.tested;
    return count;
}
