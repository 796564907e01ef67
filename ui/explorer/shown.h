/*
 * What screens show, as text for files.
 * In: a state and cells. Out: text appended: cells that keep to their row and column, and what
 * must not be missing from a file: that effects are made up, that variants were left out.
 */
#ifndef UI_EXPLORER_SHOWN_H
#define UI_EXPLORER_SHOWN_H

#include "base/text.h"
#include "ui/explorer/state.h"

/* A cell without what ends a cell or a row; `missing` where it is NULL. */
void shown_cell(struct text *text, const char *cell, const char *missing);

/* A table of the study's results from its header on, that begins at `start` of the text: its
 * rows get the columns `simulated_outcome` and `excluded_by_hand` where they are called for. */
void shown_end_columns(const struct state *state, size_t start, struct text *text);

/* How many variants the results were made without. */
size_t shown_left_out(const struct state *state);

/* The same behind a title, in brackets. */
void shown_end_title(const struct state *state, struct text *text);

#endif
