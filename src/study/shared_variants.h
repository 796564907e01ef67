/*
 * Which variants several pairs of one outcome have in common, whatever their order and
 * whichever allele is the effect's. In: pairs. Out: the variants, each once, and for every
 * variant of a pair its number and whether its effects are by the same allele as where it was
 * met first. Private to this room.
 */
#ifndef STUDY_SHARED_VARIANTS_H
#define STUDY_SHARED_VARIANTS_H

#include "base/arena.h"
#include "pair/pair.h"

struct shared_pair {
    const struct pair *pair;
    size_t *of;   /* the number of each of its variants */
    double *sign; /* 1 or -1: makes effects those of the allele that raises the exposure in
                   * the first pair that has the variant */
};

struct shared_variants {
    struct shared_pair *pairs; /* as given */
    size_t pair_count;
    size_t count; /* different variants */
};

/* In `arena`. */
struct shared_variants shared_variants_of(const struct pair *const *pairs, size_t count,
                                          struct arena *arena);

/* Two pairs' |A and B| / |A or B|; NaN where both are empty. `mark` has place for every
 * variant, zeroed, and is so afterwards. */
double shared_jaccard(const struct shared_pair *one, const struct shared_pair *other,
                      bool *mark);

#endif
