/*
 * The table of taxa: columns that fit, the inline forest on a shared axis, check letters.
 * In: a state, a row, where to draw. Out: cells. Narrow screens drop F first, then the check
 * letters, then the text of the effect.
 */
#ifndef UI_EXPLORER_TAXA_TABLE_H
#define UI_EXPLORER_TAXA_TABLE_H

#include "chart/chart.h"
#include "ui/explorer/draw.h"
#include "ui/explorer/taxa_tree.h"

/* Where columns begin, and how wide they are; a width of 0: dropped. */
struct taxa_columns {
    size_t name, variants_at, strength_at, forest_at, effect_at, p_at, q_at, checks_at;
    size_t strength, forest, effect, checks;
    struct axis axis; /* of the forest; without width while nothing was computed */
    bool has_axis;
    double level; /* of the intervals */
};

struct taxa_columns taxa_columns_of(const struct state *state, size_t width,
                                    struct arena *arena);

/* TAXON, or TRAIT in a study whose exposures are no taxa. */
const char *taxa_table_name(const struct state *state);

/* The heads of the columns; `sort` is marked. */
void taxa_table_head(const struct drawing *drawing, const struct taxa_columns *columns,
                     size_t row, enum taxa_sort sort, bool is_descending);

/* One taxon in one row. */
void taxa_table_row(const struct drawing *drawing, const struct taxa_columns *columns,
                    const struct taxa_tree *tree, const struct taxa_row *taxon, size_t row);

/* What the letters mean, in one line. */
void taxa_table_legend(const struct drawing *drawing, size_t row);

#endif
