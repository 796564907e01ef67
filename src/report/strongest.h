/*
 * What is shown where not all can be: the pairs whose main estimate has the smallest P.
 * In: results; a table as the program prints it. Out: the order of pairs; the table with its
 * rows in this order. Private to this room.
 */
#ifndef REPORT_STRONGEST_H
#define REPORT_STRONGEST_H

#include "base/arena.h"
#include "base/text.h"
#include "study/results.h"

/* All pairs of the study, the smallest P first, those without one last. In `arena`. */
size_t *strongest_pairs(const struct results *results, struct arena *arena);

/* Puts the rows of a tab-separated table in that order, those of one pair as they were, those
 * of none last. False, and nothing done, where it has no exposure, outcome and direction. */
bool strongest_first(const struct study *study, const size_t *order, struct text *tsv);

#endif
