/*
 * The lower part of the taxa screen: the taxon under the cursor, its methods and its checks.
 * In: a pair. Out: cells; fewer lines show less.
 */
#ifndef UI_EXPLORER_TAXA_PREVIEW_H
#define UI_EXPLORER_TAXA_PREVIEW_H

#include "ui/explorer/draw.h"

/* Rows that the preview wants of a screen with so many. */
size_t taxa_preview_rows(size_t rows);

void taxa_preview_draw(const struct drawing *drawing, const struct trait *taxon, size_t pair);

#endif
