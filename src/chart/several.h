/*
 * Several exposures as a picture: each alone and with the others held, one under the other.
 * In: what was computed of a wide table. Out: a struct chart. Both marks of
 * an exposure stand for it (OF_TAXON, its name).
 */
#ifndef CHART_SEVERAL_H
#define CHART_SEVERAL_H

#include "chart/chart.h"
#include "multivariable/together.h"

struct chart *several_chart(const struct together *several, bool exponential,
                            struct arena *arena);

#endif
