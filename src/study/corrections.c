#include "study/corrections.h"
#include "base/memory.h"
#include "study/clades.h"
#include "study/effective.h"
#include "study/multiplicity.h"
#include <math.h>
#include <stddef.h>

/* An adjusted P in struct correction. */
#define IN_CORRECTION(member) offsetof(struct correction, member)

static void put(struct correction *pairs, const struct test_family *family, size_t offset,
                const double *adjusted)
{
    for (size_t i = 0; i < family->count; i++) {
        *(double *)((char *)&pairs[family->member[i]] + offset) = adjusted[i];
    }
}

static enum trait_rank rank_of(const struct results *results, size_t pair)
{
    return study_taxon(results->study->pairs[pair])->rank;
}

/* Each rank is a family of its own. */
static void adjust_by_rank(const struct results *results, const struct test_family *family,
                           double *adjusted)
{
    double *p = memory_get(family->count, sizeof *p), *q = memory_get(family->count, sizeof *q);
    for (enum trait_rank rank = RANK_NONE; rank < RANK_COUNT; rank++) {
        for (size_t i = 0; i < family->count; i++) {
            p[i] = rank_of(results, family->member[i]) == rank ? family->p[i] : NAN;
        }
        results_adjust(p, family->count, q);
        for (size_t i = 0; i < family->count; i++) {
            adjusted[i] = rank_of(results, family->member[i]) == rank ? q[i] : adjusted[i];
        }
    }
    memory_free(p);
    memory_free(q);
}

static double effective_of(const struct test_family *family)
{
    double tests = 0;
    for (size_t g = 0; g < family->group_count; g++) {
        tests += effective_tests(&family->groups[g].shared);
    }
    return tests;
}

static void adjust_family(struct corrections *made, size_t f, bool counts_effective,
                          struct arena *arena)
{
    const struct test_family *family = &made->families.families[f];
    size_t count = family->count;
    double *adjusted = memory_get(count, sizeof *adjusted);
    made->effective[f] = counts_effective ? effective_of(family) : NAN;
    made->pi0[f] = multiplicity_pi0(family->p, count);
    multiplicity_bonferroni(family->p, count, adjusted);
    put(made->pairs, family, IN_CORRECTION(bonferroni), adjusted);
    results_adjust(family->p, count, adjusted);
    put(made->pairs, family, IN_CORRECTION(bh), adjusted);
    multiplicity_by(family->p, count, adjusted);
    put(made->pairs, family, IN_CORRECTION(by), adjusted);
    multiplicity_storey(family->p, count, adjusted);
    put(made->pairs, family, IN_CORRECTION(storey), adjusted);
    multiplicity_tree(family->p, clades_parents(made->results, family, arena), count, adjusted);
    put(made->pairs, family, IN_CORRECTION(tree), adjusted);
    adjust_by_rank(made->results, family, adjusted);
    put(made->pairs, family, IN_CORRECTION(rank), adjusted);
    for (size_t i = 0; i < count; i++) {
        adjusted[i] = multiplicity_sidak(family->p[i], made->effective[f]);
        made->pairs[family->member[i]].place = i;
    }
    put(made->pairs, family, IN_CORRECTION(effective), adjusted);
    memory_free(adjusted);
}

static void find(struct corrections *made, const struct family_group *group,
                 struct arena *arena)
{
    const struct finding *findings = findings_of(&group->shared, arena);
    for (size_t i = 0; i < group->count; i++) {
        struct correction *pair = &made->pairs[group->member[i]];
        pair->finding = group->member[findings[i].leader];
        pair->finding_count = findings[i].count;
        pair->nearest = findings[i].nearest;
        pair->least = findings[i].least;
    }
}

struct corrections corrections_of(const struct results *results, bool counts_effective,
                                  struct arena *arena)
{
    size_t pairs = results->study->pair_count;
    struct corrections made = {.results = results,
                               .families = families_of(results, arena),
                               .pairs = arena_get(arena, pairs, sizeof(struct correction))};
    made.effective = arena_get(arena, made.families.count, sizeof(double));
    made.pi0 = arena_get(arena, made.families.count, sizeof(double));
    for (size_t i = 0; i < pairs; i++) {
        made.pairs[i] =
            (struct correction){NAN, NAN, NAN, NAN, NAN, NAN, NAN, i, 1, 0, NAN, NAN};
    }
    for (size_t f = 0; f < made.families.count; f++) {
        const struct test_family *family = &made.families.families[f];
        adjust_family(&made, f, counts_effective, arena);
        for (size_t g = 0; g < family->group_count; g++) {
            find(&made, &family->groups[g], arena);
        }
    }
    return made;
}

/* Adds a finding unless it was counted; whether it was new. */
static bool is_new(bool *is_counted, size_t finding)
{
    bool was = is_counted[finding];
    is_counted[finding] = true;
    return !was;
}

struct correction_hits corrections_hits(const struct corrections *corrections, size_t family,
                                        enum trait_rank rank, double level)
{
    const struct test_family *of = &corrections->families.families[family];
    struct correction_hits hits = {0};
    bool *tested = memory_get(of->count, sizeof *tested);
    bool *found = memory_get(of->count, sizeof *found);
    for (size_t i = 0; i < of->count; i++) {
        const struct correction *pair = &corrections->pairs[of->member[i]];
        if (isnan(of->p[i]) ||
            (rank != RANK_COUNT && rank_of(corrections->results, of->member[i]) != rank)) {
            continue;
        }
        size_t finding = corrections->pairs[pair->finding].place;
        hits.tested++;
        hits.findings += is_new(tested, finding);
        hits.nominal += of->p[i] < level;
        hits.nominal_findings += of->p[i] < level && is_new(found, finding);
        hits.bonferroni += pair->bonferroni < level;
        hits.bh += pair->bh < level;
        hits.by += pair->by < level;
        hits.storey += pair->storey < level;
        hits.rank += pair->rank < level;
        hits.tree += pair->tree < level;
        hits.effective += pair->effective < level;
    }
    memory_free(tested);
    memory_free(found);
    return hits;
}
