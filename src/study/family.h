/*
 * The pairs that are tested together: same direction, same disease; and within them those with
 * the same outcome, whose estimates can share variants.
 * In: results. Out: lists of pairs, and the corrections that rest on them.
 */
#ifndef STUDY_FAMILY_H
#define STUDY_FAMILY_H

#include "study/across.h"
#include "study/findings.h"

/* Indices of pairs in the study, in its order, whose analyses are there. */
struct family_group {
    const char *outcome; /* key */
    size_t *member;
    size_t count;
    struct shared_variants shared; /* of their analyses' pairs, in the order of `member` */
};

struct test_family {
    enum direction direction;
    const struct trait *disease;
    size_t *member;
    size_t count;
    double *p; /* of the main estimates; NaN: no test */
    struct family_group *groups;
    size_t group_count;
};

struct test_families {
    struct test_family *families;
    size_t count;
};

/* All of them, in the order of the study's pairs. In `arena`. */
struct test_families families_of(const struct results *results, struct arena *arena);

/* The P of a pair's main estimate; NaN without one. */
double family_p(const struct results *results, size_t pair);

#endif
