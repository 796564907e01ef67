/*
 * What only the whole study can say of a pair: its q-value, what the other direction shows,
 * which other traits have the same variants.
 * In: results of which any number of analyses are done. Out: the rest of each pair_result,
 * where all that it rests on is done; until then it says that it is not known.
 */
#ifndef STUDY_ACROSS_H
#define STUDY_ACROSS_H

#include "study/results.h"

/* Pairs in groups: those of group g are member[first[g]] up to member[first[g + 1] - 1]. */
struct across_groups {
    size_t count;
    size_t *first, *member;
};

/* How the pairs of a study stand to each other. */
struct across {
    struct across_groups families; /* tested together: same direction, same disease */
    struct across_groups rivals;   /* same direction, same outcome: their variants compare */
    size_t *opposite;              /* the pair of the other direction; ACROSS_NONE: none */
};
#define ACROSS_NONE ((size_t)-1)

/* In `arena`. */
struct across across_of(const struct study *study, struct arena *arena);

/* What stands for a pair's set of variants, whatever their order. */
uint64_t across_set(const struct pair *pair);

/* Fills q, fdr, reverse and same_set of every pair; `set` is there where an analysis is. */
void across_fill(struct results *results, const struct across *across);

#endif
