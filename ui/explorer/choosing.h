/*
 * The actions that choose what the next computation does. In: an order with its argument. Out:
 * the state's choice changed, and what is said about it.
 */
#ifndef UI_EXPLORER_CHOOSING_H
#define UI_EXPLORER_CHOOSING_H

#include "ui/explorer/view.h"

/* "set boot 5000", "methods ivw,egger"; without an argument the form opens. */
struct effect choosing_set(struct state *state, const struct order *order);
struct effect choosing_methods(struct state *state, const struct order *order);

/* What is computed now, where it is not what the explorer was started with: said. */
void choosing_say_run(struct state *state);

#endif
