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

/* How far an order goes where rows are not counted: lines, negative upwards, of a page of so
 * many; beyond any row for the first and the last; 0: it is not one to move by. */
long list_lines(const struct order *order, size_t page);

/* The row that a search looks at in its turn `i`, from 0: with step 0 first `from` itself, with
 * 1 the one after it, with -1 the one before it and on backwards; round the end. */
size_t list_turn(size_t from, size_t i, int step, size_t count);

/* Moves the cursor to the next row, likewise, in which `has` finds the text; false: there is
 * none. */
typedef bool list_has(const void *view, size_t row, const char *text);
bool list_search(struct list *list, size_t count, int step, const char *text, list_has *has,
                 const void *view);

/* Sets how many rows there are and are seen, and keeps the cursor among them. */
void list_fit(struct list *list, size_t count, size_t height);

/* The row of a place seen at `line`, or (size_t)-1. */
size_t list_row_at(const struct list *list, size_t line);

#endif
