#include "chart/family.h"

#include "base/i18n.h"
#include "chart/words.h"
#include "numeric/sort.h"
#include <math.h>
#include <string.h>

bool family_has(const struct pair *pair, enum direction direction, const char *disease)
{
    if (pair->direction != direction) {
        return false;
    }
    const char *key = study_disease(pair)->key;
    return disease == NULL || disease == key || strcmp(key, disease) == 0;
}

struct family family_of(const struct results *results, enum direction direction,
                        const char *disease, const struct chart_options *options,
                        struct arena *arena)
{
    const struct study *study = results->study;
    struct family family = {results,
                            direction,
                            disease,
                            arena_get(arena, study->pair_count, sizeof(size_t)),
                            0,
                            0,
                            options->odds_ratio};
    const char *last = NULL;
    for (size_t i = 0; i < study->pair_count; i++) {
        const struct pair *pair = study->pairs[i];
        if (!family_has(pair, direction, disease)) {
            continue;
        }
        const char *key = study_disease(pair)->key;
        family.diseases += last == NULL || strcmp(key, last) != 0;
        last = key;
        family.is_exponential &= pair->outcome->unit == UNIT_LOG_ODDS;
        family.pairs[family.count++] = i;
    }
    family.is_exponential &= family.count > 0;
    return family;
}

const struct estimate *family_main(const struct results *results, size_t pair)
{
    const struct analysis *analysis = results->pairs[pair].analysis;
    bool is_done = analysis != NULL && analysis->main.status == ESTIMATE_DONE &&
                   isfinite(analysis->main.b) && isfinite(analysis->main.neglog10_p);
    return is_done ? &analysis->main : NULL;
}

const struct estimate *family_estimate(const struct family *family, size_t i)
{
    return family_main(family->results, family->pairs[i]);
}

struct identity family_identity(const struct results *results, size_t pair)
{
    return (struct identity){OF_PAIR, study_taxon(results->study->pairs[pair])->name, pair};
}

size_t *family_by_p(const struct family *family, size_t *count, struct arena *arena)
{
    struct ranked *ranked = arena_get(arena, family->count, sizeof *ranked);
    size_t *pairs = arena_get(arena, family->count, sizeof *pairs);
    *count = 0;
    for (size_t i = 0; i < family->count; i++) {
        const struct estimate *estimate = family_estimate(family, i);
        if (estimate != NULL) {
            ranked[(*count)++] = (struct ranked){estimate->neglog10_p, family->pairs[i]};
        }
    }
    sort_ranked(ranked, *count);
    for (size_t i = 0; i < *count; i++) {
        pairs[i] = ranked[i].index;
    }
    return pairs;
}

size_t family_sets(const struct family *family)
{
    double sets = 0;
    for (size_t i = 0; i < family->count; i++) {
        const struct pair_result *result = &family->results->pairs[family->pairs[i]];
        if (result->analysis != NULL && result->analysis->pair->count > 0) {
            sets += 1 / (double)(result->same_set + 1);
        }
    }
    return (size_t)lround(sets);
}

const char *family_taxa(const struct study *study)
{
    for (size_t i = 0; i < study->exposure_count; i++) {
        if (trait_is_taxon(study->exposures[i])) {
            return _("taxa");
        }
    }
    return study->exposure_count == 1 ? study->exposures[0]->name : _("exposures");
}

static const char *diseases_of(const struct family *family, struct arena *arena)
{
    if (family->diseases == 1) {
        return study_disease(family->results->study->pairs[family->pairs[0]])->name;
    }
    return family->diseases == 0 ? _("no outcome")
                                 : arena_format(arena, _("%zu outcomes"), family->diseases);
}

const char *family_words(const struct family *family, struct arena *arena)
{
    const char *taxa = family_taxa(family->results->study);
    const char *disease = diseases_of(family, arena);
    bool forward = family->direction == FORWARD;
    return arena_format(arena, "%s → %s", forward ? taxa : disease, forward ? disease : taxa);
}

const char *family_scale(const struct family *family, struct arena *arena)
{
    if (family->count > 0 && family->direction == FORWARD && family->diseases == 1) {
        return words_scale(family->results->study->pairs[family->pairs[0]],
                           family->is_exponential, arena);
    }
    return family->is_exponential ? _("odds ratio per unit of the exposure")
                                  : _("effect per unit of the exposure");
}

const char *family_tests(struct results_count count, struct arena *arena)
{
    return arena_format(
        arena,
        ngettext("%zu test: %zu with p < .05, %.1f expected by chance; %zu with "
                 "q < .05.",
                 "%zu tests: %zu with p < .05, %.1f expected by chance; %zu with "
                 "q < .05.",
                 count.tested),
        count.tested, count.nominal, count.expected, count.significant);
}
