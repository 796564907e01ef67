/*
 * A cursor on rows that may be more than the screen holds.
 * In: how many rows there are, how many are seen, orders to move. Out: the row under the
 * cursor, and the first that is seen. Views turn rows into identities themselves.
 */
#ifndef UI_EXPLORER_LIST_H
#define UI_EXPLORER_LIST_H

#include "ui/explorer/action.h"

struct list {
    size_t count;
    size_t cursor; /* below count, unless count is 0 */
    size_t first;  /* the first row that is seen */
    size_t height; /* rows seen at the last drawing */
};

/* Moves by an order; false when it is not one to move by. */
bool list_move(struct list *list, const struct order *order);

/* Sets how many rows there are and are seen, and keeps the cursor among them. */
void list_fit(struct list *list, size_t count, size_t height);

/* The row of a place seen at `line`, or (size_t)-1. */
size_t list_row_at(const struct list *list, size_t line);

#endif
