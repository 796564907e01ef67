/*
 * The pairs of a study that stand in one chart: those of a direction, with one disease or all.
 * In: results. Out: which pairs, and the words for them.
 */
#ifndef CHART_FAMILY_H
#define CHART_FAMILY_H

#include "chart/chart.h"

struct family {
    const struct results *results;
    enum direction direction;
    const char *disease; /* key; NULL: all */
    size_t *pairs;       /* indices into study->pairs, in its order */
    size_t count;        /* of them */
    size_t diseases;     /* how many different ones they have */
    bool is_exponential; /* effects are shown as odds ratios: asked for, all are log odds */
};

/* The pairs of a direction and a disease (NULL: all), in the study's order; lives in `arena`.
 */
struct family family_of(const struct results *results, enum direction direction,
                        const char *disease, const struct chart_options *options,
                        struct arena *arena);

/* Whether a pair belongs to a direction and a disease (NULL: any). */
bool family_has(const struct pair *pair, enum direction direction, const char *disease);

/* The main estimate of a pair, NULL when it has none; that of the i-th of a family. */
const struct estimate *family_main(const struct results *results, size_t pair);
const struct estimate *family_estimate(const struct family *family, size_t i);

/* What a pair's mark stands for: called by its taxon. */
struct identity family_identity(const struct results *results, size_t pair);

/* The pairs that have an estimate, the smallest P first: indices into study->pairs in `arena`,
 * *count of them. */
size_t *family_by_p(const struct family *family, size_t *count, struct arena *arena);

/* How many different sets of variants the pairs with variants stand on. */
size_t family_sets(const struct family *family);

/* "taxa", or "exposures" where they are none; "taxa → Insomnia", "3 outcomes → taxa". */
const char *family_taxa(const struct study *study);
const char *family_words(const struct family *family, struct arena *arena);

/* "186 tests: 12 with p < .05, 9.3 expected by chance; 0 with q < .05." */
const char *family_tests(struct results_count count, struct arena *arena);

/* "odds ratio of Insomnia per SD of abundance", as wide as the family allows. */
const char *family_scale(const struct family *family, struct arena *arena);

#endif
