/*
 * Taxa with their pairs in both directions, as rows.
 * In: a state, an order, a filter. Out: rows from top to bottom. Where a study has one
 * direction only, the other side of every row is empty.
 */
#ifndef UI_EXPLORER_BOTH_ROWS_H
#define UI_EXPLORER_BOTH_ROWS_H

#include "ui/explorer/state.h"

#define BOTH_NONE ((size_t)-1)

struct both_row {
    const struct trait *taxon;
    size_t pair[2]; /* in the study, [FORWARD], [REVERSE]; BOTH_NONE none */
};

enum both_sort { BOTH_FILE, BOTH_NAME, BOTH_FORWARD, BOTH_REVERSE, BOTH_SORTS };

const char *both_sort_key(enum both_sort sort);
const char *both_sort_name(enum both_sort sort);
bool both_sort_of(const char *key, enum both_sort *sort);

/* Fills rows (struct both_row); filter NULL: all. */
void both_rows(const struct state *state, enum both_sort sort, const char *filter,
               struct array *rows);

/* The main estimate of one side of a row, or NULL where it has none. */
const struct estimate *both_estimate(const struct state *state, const struct both_row *row,
                                     enum direction direction);

/* What the two p say together, in one sentence; `arena`. */
const char *both_verdict(const struct state *state, const struct both_row *row,
                         struct arena *arena);

#endif
