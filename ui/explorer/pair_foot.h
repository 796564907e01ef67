/*
 * What stands below the chart of a pair: figures of the variant under the cursor, or what the
 * method there assumes; beside it the estimate with every variant while some are left out.
 * In: a chart and what is selected. Out: lines of text, more than one where the chart leaves
 * rows free.
 */
#ifndef UI_EXPLORER_PAIR_FOOT_H
#define UI_EXPLORER_PAIR_FOOT_H

#include "ui/explorer/draw.h"

struct pair_foot {
    size_t rows;        /* with the rule above */
    const char *name;   /* of the variant, before the text; NULL none */
    const char *text;   /* NULL none */
    enum role role;     /* of the text */
    size_t lines;       /* for name and text */
    const char *beside; /* NULL: no variant is left out by hand */
};

/* Its texts are in the drawing's memory. */
struct pair_foot pair_foot_of(const struct drawing *drawing, size_t pair,
                              struct identity selected, const struct chart *chart);

void pair_foot_draw(const struct pair_foot *foot, const struct drawing *drawing, size_t row);

#endif
