/*
 * The charts of a pair as tabs in one line. In: which is present, and how many columns there
 * are. Out: where each stands: all of them where there is room, in short where there is less,
 * and otherwise those around the present one, with ‹ and › where more are out of sight.
 */
#ifndef UI_EXPLORER_PAIR_TABS_H
#define UI_EXPLORER_PAIR_TABS_H

#include "ui/explorer/draw.h"

struct pair_tab {
    const char *name;
    size_t at, width; /* columns; of those in sight */
};

struct pair_tabs {
    struct pair_tab *tabs;
    size_t count, first, last; /* first to last are in sight */
};

/* In `scratch`; `here` is an index into charts_all. */
struct pair_tabs pair_tabs_of(size_t here, size_t columns, struct arena *scratch);

/* The tab at a column, for ‹ and › the next one out of sight; or PAIR_NO_TAB. */
#define PAIR_NO_TAB ((size_t)-1)
size_t pair_tabs_at(const struct pair_tabs *tabs, size_t column);

void pair_tabs_draw(const struct pair_tabs *tabs, size_t here, const struct drawing *drawing);

#endif
