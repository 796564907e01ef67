/*
 * The lower part of the taxa screen: the taxon under the cursor, its methods and its checks.
 * In: a pair. Out: cells; fewer lines show less.
 */
#ifndef UI_EXPLORER_TAXA_PREVIEW_H
#define UI_EXPLORER_TAXA_PREVIEW_H

#include "ui/explorer/draw.h"

/* Rows that the preview wants of a screen with so many. */
size_t taxa_preview_rows(size_t rows);

/* The same where a person chose, as far as the table keeps its rows; never 1, which would be
 * the line above it alone. */
size_t taxa_preview_wanted(const struct state *state, size_t rows);
/* Rows of what the table leaves below itself for the legend. */
size_t taxa_preview_legend(size_t rows);

void taxa_preview_draw(const struct drawing *drawing, const struct trait *taxon, size_t pair);

#endif
