/*
 * How the rows of the taxa screen are arranged: branches folded, columns sorted by.
 * In: the view, an order. Out: the view with its rows made anew, and what to say of it.
 */
#ifndef UI_EXPLORER_TAXA_ARRANGE_H
#define UI_EXPLORER_TAXA_ARRANGE_H

#include "ui/explorer/taxa_view.h"

/* Folds or sorts as an order says; EFFECT_UNHANDLED when it is about neither. */
struct effect taxa_arrange_act(struct taxa_view *view, const struct state *state,
                               const struct order *order);

#endif
