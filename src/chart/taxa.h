/*
 * All pairs of a direction on one axis: the inline forest of tables of taxa.
 * In: results. Out: the shared axis, and the mark of a pair on it. A few wide intervals are
 * clipped with arrows instead of squeezing the rest.
 */
#ifndef CHART_TAXA_H
#define CHART_TAXA_H

#include "chart/chart.h"

/* The axis of all pairs of a direction and disease (its key; NULL: all). Odds ratios on a log
 * axis where every outcome is log odds; otherwise effects. */
struct axis chart_taxa_axis(const struct results *results, enum direction direction,
                            const char *disease, struct arena *arena);

/* The mark of pair `pair`: its main estimate; x is NaN where it has none. */
struct mark chart_taxa_mark(const struct results *results, size_t pair);

#endif
