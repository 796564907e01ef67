/*
 * Pairs with the correlations between their variants, wherever these come from.
 * In: pairs, and correlations by variant and alleles (instrument/ld.h). Out: pairs that have
 * them, without the variants that the correlations lack. Private to this room.
 */
#ifndef STUDY_LD_TAKE_H
#define STUDY_LD_TAKE_H

#include "base/map.h"
#include "instrument/ld.h"
#include "study/build.h"

/* Correlations on their way into pairs. */
struct ld_taking {
    struct study *study;
    struct ld *ld;
    const char *path; /* of the file or reference, for messages */
    struct error *error;
    bool is_bare;      /* without names */
    bool is_reference; /* not a file of correlations */
    size_t found;
    struct map *absent;    /* ids not in it, or on other alleles */
    struct map *unchecked; /* ids whose alleles it does not name */
    size_t unlisted;       /* correlations that a list does not have */
    size_t positive, negative;
};

/* Nothing taken yet, of a taking whose first members are set; frees what was gathered. */
void ld_taking_begin(struct ld_taking *taking);
void ld_taking_end(struct ld_taking *taking);

/* The pair with its correlations, or NULL where they are refused, with an error set. */
struct pair *ld_take_pair(struct ld_taking *taking, const struct pair *pair);

#endif
