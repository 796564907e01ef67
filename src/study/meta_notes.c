#include "study/meta_notes.h"
#include "base/i18n.h"
#include "study/effective.h"
#include "study/findings.h"
#include <math.h>

static const struct pair *pair_of(const struct results *results, size_t pair)
{
    return results->pairs[pair].analysis->pair;
}

static void compare(const struct shared_variants *all, const struct meta_item *items,
                    const struct results *results, struct meta_shared *found, bool *mark,
                    double *room)
{
    for (size_t i = 0; i < all->pair_count; i++) {
        for (size_t k = 0; k < i; k++) {
            if (!meta_group_is_cohort(pair_of(results, items[i].pair)->outcome,
                                      pair_of(results, items[k].pair)->outcome)) {
                continue;
            }
            double jaccard = shared_jaccard(&all->pairs[k], &all->pairs[i], mark);
            double correlation = effective_correlation(&all->pairs[k], &all->pairs[i], room);
            if (jaccard > found->jaccard) {
                found->one = items[k].pair;
                found->other = items[i].pair;
                found->jaccard = jaccard;
            }
            if (fabs(correlation) > fabs(found->correlation)) {
                found->correlation = correlation;
            }
        }
    }
}

struct meta_shared meta_shared_of(const struct results *results, const struct meta_item *items,
                                  size_t count, struct arena *arena)
{
    struct meta_shared found = {0};
    const struct pair **pairs = arena_get(arena, count, sizeof(struct pair *));
    for (size_t i = 0; i < count; i++) {
        pairs[i] = pair_of(results, items[i].pair);
    }
    struct shared_variants all = shared_variants_of(pairs, count, arena);
    compare(&all, items, results, &found, arena_get(arena, all.count, sizeof(bool)),
            arena_get(arena, all.count, sizeof(double)));
    return found;
}

const char *meta_shared_refusal(const struct results *results, const struct meta_shared *shared,
                                struct arena *arena)
{
    if (shared->jaccard < FINDINGS_JACCARD) {
        return NULL;
    }
    return arena_format(arena,
                        _("%1$s and %2$s have the same variants, or nearly, in the same "
                          "outcome data: one finding, with nothing to put together"),
                        pair_of(results, shared->one)->exposure->key,
                        pair_of(results, shared->other)->exposure->key);
}

static const char *join(struct arena *arena, const char *notes, const char *note)
{
    return notes == NULL || note == NULL ? (notes == NULL ? note : notes)
                                         : arena_format(arena, "%s; %s", notes, note);
}

const char *meta_note(const struct meta_group *group, const struct meta_shared *shared,
                      const char *scale, struct arena *arena)
{
    const char *people =
        group->across == META_OUTCOME_COHORTS
            ? _("the estimates share the variants' effects on the exposure, and their errors")
            : _("estimates of one cohort share its people, and count as if they did not");
    const char *variants =
        shared->correlation == 0
            ? NULL
            : arena_format(arena,
                           shared->correlation > 0
                               ? _("they share variants in the same outcome data, correlate "
                                   "up to %.2f and count as if they did not: P is too small")
                               : _("they share variants in the same outcome data, correlate "
                                   "down to %.2f and count as if they did not: P is not right"),
                           shared->correlation);
    return join(arena, join(arena, scale, people), variants);
}

const char *meta_fit_note(enum meta_model model, double se, double se_normal)
{
    return model == META_REML_HK && se < se_normal
               ? _("the estimates are more alike than their errors let expect, so that this "
                   "error is smaller than that of reml: take the larger")
               : NULL;
}
