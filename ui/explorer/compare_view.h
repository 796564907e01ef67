/*
 * The marked taxa side by side: estimates and checks in one table, a small forest for each
 * method, which variants they share. The cursor is a taxon's key; Enter opens its pair.
 */
#ifndef UI_EXPLORER_COMPARE_VIEW_H
#define UI_EXPLORER_COMPARE_VIEW_H

#include "ui/explorer/draw.h"
#include "ui/explorer/list.h"
#include "ui/explorer/taxa_tree.h"
#include "ui/explorer/views.h"

/* How many taxa can be compared. */
enum { COMPARE_LEAST = 2, COMPARE_MOST = 20 };

enum compare_tab { COMPARE_FOREST, COMPARE_METHODS, COMPARE_SHARED, COMPARE_TABS };

struct compare_view {
    struct view base;
    struct taxa_tree tree;
    struct array nodes; /* size_t, of the tree, in the order of marking */
    struct list list;
    const char *taxon; /* at the cursor; NULL none */
    enum compare_tab tab;
    size_t first; /* method or taxon in the first column seen */
    size_t seen;  /* columns seen when it was drawn last */
    size_t columns;
};

/* The taxa marked now that have a pair in the direction shown, the first COMPARE_MOST of them,
 * the cursor where it was. */
void compare_view_follow(struct compare_view *view, const struct state *state);

/* The taxon of a row; how many rows. */
const struct taxon_node *compare_view_node(const struct compare_view *view, size_t row);
/* Its analysis' pair, or the study's while nothing was computed. */
const struct pair *compare_view_pair(const struct compare_view *view, const struct state *state,
                                     size_t row);

/* The name of a tab for people. */
const char *compare_tab_name(enum compare_tab tab);

/* The rows of a table, `draw_row` each, with the cursor; from `top` on, `height` lines. */
typedef void compare_row_function(const struct compare_view *view,
                                  const struct drawing *drawing, size_t taxon, size_t row,
                                  void *more);
void compare_draw_rows(struct compare_view *view, const struct drawing *drawing, size_t top,
                       size_t height, compare_row_function *draw_row, void *more);

/* The name of a row's taxon behind its number, in `columns`. */
void compare_draw_name(const struct compare_view *view, const struct drawing *drawing,
                       size_t taxon, size_t row, size_t columns);

void compare_view_draw(struct view *view, const struct drawing *drawing);
/* One table each: its lines, headings among them. */
void compare_draw_forest(struct compare_view *view, const struct drawing *drawing,
                         size_t height);
void compare_draw_methods(struct compare_view *view, const struct drawing *drawing,
                          size_t height);
void compare_draw_shared(struct compare_view *view, const struct drawing *drawing,
                         size_t height);
/* Under the table of shared variants: what the cursor's taxon shares with which. */
void compare_draw_partners(const struct compare_view *view, const struct drawing *drawing);

#endif
