/*
 * What only the whole study can say of a pair: its q-value, what the other direction shows,
 * which other traits have the same variants.
 * In: results with every analysis done. Out: the rest of each pair_result.
 */
#ifndef STUDY_ACROSS_H
#define STUDY_ACROSS_H

#include "study/results.h"

/* Fills q, fdr, reverse and same_set of every pair. */
void across_fill(struct results *results);

#endif
