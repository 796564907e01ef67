/*
 * The taxa screen's own state, shared by its files. The cursor is a taxon's key: rows may
 * fold, sort and filter under it.
 */
#ifndef UI_EXPLORER_TAXA_VIEW_H
#define UI_EXPLORER_TAXA_VIEW_H

#include "ui/explorer/list.h"
#include "ui/explorer/taxa_table.h"
#include "ui/explorer/views.h"

struct taxa_view {
    struct view base;
    struct taxa_tree tree;
    struct array rows; /* struct taxa_row */
    struct list list;
    const char *taxon; /* key at the cursor, of the study; NULL none */
    enum taxa_sort sort;
    bool is_descending;
    struct filters filters;
};

/* Makes rows for the state as it is now, with the cursor where it was. */
void taxa_view_follow(struct taxa_view *view, const struct state *state);

const struct taxa_row *taxa_view_row(const struct taxa_view *view, size_t row);
/* The node at the cursor, or NULL. */
const struct taxon_node *taxa_view_node(const struct taxa_view *view);
/* Narrows the list to a text or condition; NULL or empty: to nothing. */
struct effect taxa_view_filter(struct taxa_view *view, const struct state *state,
                               const char *text);
/* The node of a taxon's key, also within folded branches; TAXA_NONE when there is none. */
size_t taxa_view_find(const struct taxa_view *view, const char *key);
/* Puts the cursor on a row. */
void taxa_view_go(struct taxa_view *view, size_t row);

void taxa_view_draw(struct view *view, const struct drawing *drawing);
/* Title, counts and table without the lower part, every row: for a pipe. */
void taxa_view_draw_table(struct taxa_view *view, const struct drawing *drawing, size_t height);
const char *taxa_view_title(const struct view *view, const struct state *state,
                            struct arena *scratch);
const char *taxa_view_sentence(const struct view *view, const struct state *state,
                               struct arena *scratch);
const char *taxa_view_line(const struct view *view, const struct state *state,
                           struct arena *scratch);

/* The rows as they are shown, as TSV. */
bool taxa_view_table(const struct view *view, const struct state *state, struct text *text);

/* The forest of every taxon tested, for a figure. */
const struct chart *taxa_view_figure(const struct view *view, const struct state *state,
                                     struct arena *arena);

#endif
