/*
 * What the estimates of a group have in common, which pooling takes for independent.
 * In: a group's items. Out: why they are no more than one finding, or what to know of them.
 * Private to what puts them together.
 */
#ifndef STUDY_META_NOTES_H
#define STUDY_META_NOTES_H

#include "study/meta.h"

/* The nearest two that rest on the same outcome data. */
struct meta_shared {
    size_t one, other;  /* pairs of the study */
    double jaccard;     /* of their variants; 0: none have such data, or a variant, in common */
    double correlation; /* the greatest in size of two estimates where nothing has an effect */
};
struct meta_shared meta_shared_of(const struct results *results, const struct meta_item *items,
                                  size_t count, struct arena *arena);

/* In words why two of them are one finding; NULL: they are not. */
const char *meta_shared_refusal(const struct results *results, const struct meta_shared *shared,
                                struct arena *arena);

/* What to know of pooled estimates; NULL. `scale`: of their units, or NULL. */
const char *meta_note(const struct meta_group *group, const struct meta_shared *shared,
                      const char *scale, struct arena *arena);

/* Of a fit; NULL. */
const char *meta_fit_note(enum meta_model model, double se, double se_normal);

#endif
