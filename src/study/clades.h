/*
 * The taxonomy as a tree of tests. In: the pairs of a family. Out: for each the pair of the
 * nearest taxon above it that was tested. Private to this room.
 */
#ifndef STUDY_CLADES_H
#define STUDY_CLADES_H

#include "study/family.h"

/* Indices into the family, family->count for none; of the same cohort only. In `arena`. Taxa
 * without a lineage have none above them. */
size_t *clades_parents(const struct results *results, const struct test_family *family,
                       struct arena *arena);

#endif
