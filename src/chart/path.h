/*
 * What goes through a mediator, as nodes and arrows.
 * In: a triple of a batch. Out: a chart whose path a painter draws, and whose rows say the same
 * where there is no room for that.
 */
#ifndef CHART_PATH_H
#define CHART_PATH_H

#include "chart/chart.h"
#include "study/mediations.h"

/* Lives in `arena` and borrows from the batch. `level` is that of its intervals. */
struct chart *path_chart(const struct mediated_triple *of, double level, struct arena *arena);

#endif
