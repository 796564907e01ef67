/*
 * Every count of the taxa screen, and what each counts: as conditions, so that a count and the
 * rows behind it cannot differ.
 * In: the screen and a state. Out: a menu, and what a choice from it does.
 */
#ifndef UI_EXPLORER_TAXA_COUNTS_H
#define UI_EXPLORER_TAXA_COUNTS_H

#include "ui/explorer/taxa_view.h"

/* The menu; or, with the name of a count as argument, the rows that it counts. */
struct effect taxa_counts_act(struct taxa_view *view, const struct state *state,
                              const struct order *order);

/* How many taxa a condition holds for, of all in the direction and outcome shown. */
size_t taxa_counts_of(const struct taxa_tree *tree, const struct state *state,
                      const char *condition);

#endif
