/*
 * Studies of any size without files: every taxon with every outcome, forward and reverse.
 * In: numbers of taxa and outcomes, and the effect that each pair shall have. Out: a study and
 * results whose main estimates are those effects.
 */
#ifndef TESTS_MADE_STUDY_H
#define TESTS_MADE_STUDY_H

#include "study/results.h"

struct made {
    struct study study;
    struct results results;
    struct arena *arena;
};

/* A z for a pair of taxon and outcome; its estimate is z / 10 with se 1 / 10. NaN: none. */
typedef double made_z(size_t taxon, size_t outcome, enum direction direction);

/* Ended by made_end. `per_pair` variants a pair, on chromosomes 1, 2, ... of which the first
 * of every pair has no position. */
void made_begin(struct made *made, size_t taxa, size_t outcomes, size_t per_pair, made_z *z);
void made_end(struct made *made);

#endif
