/*
 * The parts of plain words, and how sentences follow each other.
 * In: one pair's analysis and verdict. Out: whole sentences. Private to plain words.
 */
#ifndef STUDY_PLAIN_PARTS_H
#define STUDY_PLAIN_PARTS_H

#include "study/plain_words.h"

/* A pair, what is known of it, and its two names. */
struct plain_pair {
    const struct results *results;
    size_t index;
    const struct pair *pair;
    const struct analysis *analysis; /* NULL: none yet */
    const struct verdict *verdict;
    const char *exposure, *outcome;
    struct arena *arena;
};

/* All that is known of a pair of the study, in `arena`. */
struct plain_pair plain_pair_of(const struct results *results, size_t pair,
                                const struct verdict *verdict, struct arena *arena);

/* One sentence after the other; NULL counts as none. */
const char *plain_join(struct arena *arena, const char *one, const char *other);

/* Whether there is an estimate to speak of. */
bool plain_has_estimate(const struct plain_pair *plain);

/* The parts of what is said of a pair, each whole sentences in plain->arena; NULL where there
 * is nothing to say. */
const char *plain_compared(const struct plain_pair *plain);
const char *plain_size(const struct plain_pair *plain);
const char *plain_headline(const struct plain_pair *plain);
const char *plain_sure(const struct plain_pair *plain);
const char *plain_fooled(const struct plain_pair *plain);
const char *plain_not(const struct plain_pair *plain);

/* What a made-up study has to say first; NULL of a real one. */
const char *plain_simulated(bool is_simulated);

#endif
