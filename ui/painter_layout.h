/*
 * A chart of rows on its page: which columns of text there is room for, where each stands, and
 * where the plot between them is. In: a chart and an area. Out: a layout.
 */
#ifndef UI_PAINTER_LAYOUT_H
#define UI_PAINTER_LAYOUT_H

#include "ui/painter_parts.h"

enum {
    LAYOUT_GUTTER = 2,      /* the mark of the selected row, and a space */
    LAYOUT_LABEL_LEAST = 6, /* the first column is cut down to this */
    LAYOUT_BAR = 4,
};

/* Where columns stand; a width of 0 means dropped. */
struct layout {
    size_t *width, *at; /* canvas columns */
    size_t *text;       /* widest text right of a bar */
    double *full;       /* the share that a full bar stands for */
    size_t gap;
    size_t plot_at, plot;
};

/* Columns without any text are left out, those of high priority number where room is short. */
struct layout layout_of(const struct canvas *canvas, const struct chart *chart,
                        struct rectangle area, struct arena *arena);

/* Whether a cell of a column of bars has a bar. */
bool layout_has_bar(const struct chart *chart, size_t row, size_t column);

#endif
