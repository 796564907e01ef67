/*
 * The same question asked of several cohorts: pairs of one taxon and one disease, matched by
 * rank and by the name that they share in all cohorts.
 * In: a study. Out: lists of its pairs. Private to what puts them together or compares them.
 */
#ifndef STUDY_META_GROUP_H
#define STUDY_META_GROUP_H

#include "study/study.h"

/* What differs between the pairs of a group. */
enum meta_across {
    META_EXPOSURE_COHORTS, /* one cohort of the outcome */
    META_OUTCOME_COHORTS,  /* one cohort of the exposure */
    META_ALL_COHORTS,      /* both: pairs of one cohort share people, and count as if not */
};

struct meta_group {
    enum meta_across across;
    const struct pair *first;
    size_t question; /* groups with the same ask the same, and stand together */
    size_t *member;  /* indices of pairs, in the study's order; two or more */
    size_t count;
};

struct meta_groups {
    struct meta_group *groups;
    size_t count;
};

/*
 * All of them, in the order of the study's pairs, in `arena`. Names that stand for several
 * traits of one cohort, or for what is unknown, do not match.
 */
struct meta_groups meta_groups_of(const struct study *study, struct arena *arena);

/* All pairs that ask what one does, itself among them: *count indices, in `arena`. None where
 * the names do not match. */
size_t *meta_group_with(const struct study *study, size_t pair, struct arena *arena,
                        size_t *count);

/* Whether two traits are of one cohort; those without one are of the same. */
bool meta_group_is_cohort(const struct trait *one, const struct trait *other);

/* "exposures", "outcomes", "all": as tables print it. */
const char *meta_across_key(enum meta_across across);

#endif
