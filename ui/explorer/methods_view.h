/*
 * The screen of methods: a list by group beside the page of the one at the cursor. The cursor
 * is a method; a pair, where one is open, gives the page its answer.
 */
#ifndef UI_EXPLORER_METHODS_VIEW_H
#define UI_EXPLORER_METHODS_VIEW_H

#include "ui/explorer/draw.h"
#include "ui/explorer/list.h"
#include "ui/explorer/views.h"

/* A row: a method, or the heading of its group. */
struct methods_row {
    const struct method *method; /* NULL: a heading */
    enum method_group group;
};

struct methods_view {
    struct view base;
    const struct trait *taxon; /* of the pair; NULL none */
    struct array rows;         /* struct methods_row */
    struct list list;
    bool is_page;  /* the page takes the whole width */
    size_t skip;   /* of its paragraphs, scrolled away */
    bool has_more; /* the page did not fit when drawn last */
};

const struct method *methods_view_method(const struct methods_view *view);

/* Whether the results are with it, or will be. */
bool methods_view_is_run(const struct state *state, const struct method *method);

/* The page of a method; true when not all of it fits, which it says. */
bool methods_page_draw(const struct methods_view *view, const struct drawing *drawing);

/* This pair's answer in words, or why there is none; NULL without a pair. In `scratch`. */
const char *methods_page_answer(const struct methods_view *view, const struct state *state,
                                struct arena *scratch);

#endif
