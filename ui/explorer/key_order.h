/*
 * Which keys the key line shows first: what is done most, and of that what can be done now.
 * In: a view. Out: the actions of its key line, what matters most first.
 */
#ifndef UI_EXPLORER_KEY_ORDER_H
#define UI_EXPLORER_KEY_ORDER_H

#include "ui/explorer/view.h"

/* Into `ordered`, which has room for ACTION_COUNT; returns how many. Help is not among them: it
 * always has its place. */
size_t key_order(const struct state *state, const struct view *view,
                 const struct action **ordered);

#endif
