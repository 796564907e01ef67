/*
 * The two associations behind a variant of a pair, and the variance they explain.
 * In: a pair and an index. Out: what harmonising made of the row it came from.
 */
#ifndef DIAGNOSE_SIDES_H
#define DIAGNOSE_SIDES_H

#include "pair/pair.h"

/* Borrowed, 0 <= j < count. */
const struct association *sides_exposure(const struct pair *pair, size_t j);
const struct association *sides_outcome(const struct pair *pair, size_t j);

/* The R2 of an association: from P and N, else from effect, SE and N, else, for effects per SD,
 * from the frequency; NaN when unknown. */
double sides_r2(const struct association *association, const struct trait *trait);

#endif
