/*
 * Both directions side by side: the table of taxa's own state, shared by its files. The cursor
 * is a taxon's key.
 */
#ifndef UI_EXPLORER_BOTH_VIEW_H
#define UI_EXPLORER_BOTH_VIEW_H

#include "ui/explorer/both_rows.h"
#include "ui/explorer/draw.h"
#include "ui/explorer/list.h"
#include "ui/explorer/views.h"

struct both_view {
    struct view base;
    struct array rows; /* struct both_row */
    struct list list;
    const char *taxon; /* key at the cursor, of the study; NULL the first */
    char *filter;      /* NULL: all */
    enum both_sort sort;
};

/* Makes rows for the state as it is now, with the cursor where it was. */
void both_view_follow(struct both_view *view, const struct state *state);
const struct both_row *both_view_row(const struct both_view *view, size_t row);

void both_view_draw(struct view *view, const struct drawing *drawing);

#endif
