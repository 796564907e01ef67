/*
 * Other instruments near a variant: they may stand for the same locus.
 * In: a row of a pair and the study. Out: the nearest within 10 million bases, with whom they
 * stand for, and their correlation where the pair has LD.
 */
#ifndef UI_EXPLORER_VARIANT_NEAR_H
#define UI_EXPLORER_VARIANT_NEAR_H

#include "ui/explorer/state.h"

/* Those within 10 Mb in one text, in `arena`: the nearest `named` by name. */
const char *variant_near_words(const struct state *state, size_t pair,
                               const struct harmonised *row, size_t named, struct arena *arena);

#endif
