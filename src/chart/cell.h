/*
 * The cells of charts that are grids: an estimate as a sign and a shade.
 * In: an estimate, its q. Out: a mark of kind MARK_CELL whose label is the sign of the effect,
 * once, twice where the interval excludes no effect, three times for p < .001, with a star for
 * q < .05; its weight is -log10 p as a share of 4.
 */
#ifndef CHART_CELL_H
#define CHART_CELL_H

#include "chart/chart.h"

/* -log10 p from which on a cell is as dark as can be. */
#define CELL_SUREST 4.0

/* So many cells, each as one that stands for nothing. */
struct mark *cells_empty(size_t count, struct arena *arena);

/* Gives a cell its estimate (NULL: it has none, which shows) and q (NaN: not known). */
void cell_set(struct mark *mark, const struct estimate *estimate, double q);

/* What the signs mean, in one line. */
const char *cell_legend(double level, struct arena *arena);

#endif
