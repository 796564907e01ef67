/*
 * What a number of the study's flow counts, as a list.
 * In: results and the number's identity. Out: a chart of rows, each a pair on a shared axis, an
 * association or an exposure, as many as the number says.
 */
#ifndef CHART_COUNTED_H
#define CHART_COUNTED_H

#include "chart/chart.h"

/* NULL for numbers that count entries of the ledger: its screen lists them. */
struct chart *counted_chart(const struct results *results, enum direction direction,
                            const char *disease, struct identity number,
                            const struct chart_options *options, struct arena *arena);

#endif
