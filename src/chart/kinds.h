/*
 * The charts there are: each is a constant at the foot of its file, and its address in
 * charts.c.
 */
#ifndef CHART_KINDS_H
#define CHART_KINDS_H

#include "chart/chart.h"

extern const struct chart_kind chart_of_methods;
extern const struct chart_kind chart_of_forest;
extern const struct chart_kind chart_of_scatter;
extern const struct chart_kind chart_of_funnel;
extern const struct chart_kind chart_of_leave_one_out;
extern const struct chart_kind chart_of_radial;
extern const struct chart_kind chart_of_baujat;
extern const struct chart_kind chart_of_density;
extern const struct chart_kind chart_of_heterogeneity;
extern const struct chart_kind chart_of_influence;
extern const struct chart_kind chart_of_likelihood;

#endif
