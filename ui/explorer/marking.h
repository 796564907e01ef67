/*
 * Marking taxa by hand or by a condition, from any screen that stands on one.
 * In: the state's marks, a screen, an order. Out: what the loop shall say.
 */
#ifndef UI_EXPLORER_MARKING_H
#define UI_EXPLORER_MARKING_H

#include "ui/explorer/view.h"

/* Turns the mark of the taxon that the argument names, else of the one that the screen stands
 * on, as it saves its place; a condition marks every taxon for which it holds. */
struct effect marking_turn(struct state *state, const struct view *view,
                           const struct order *order);
struct effect marking_clear(struct state *state);

/* "3 taxa marked". */
struct effect marking_said(const struct state *state);

#endif
