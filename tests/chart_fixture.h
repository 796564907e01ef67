/*
 * Analyses to draw, made from a formula, so that tests of charts and painters need no files and
 * no estimators.
 */
#ifndef TESTS_CHART_FIXTURE_H
#define TESTS_CHART_FIXTURE_H

#include "chart/chart.h"

/* An analysis of `count` variants rs1, rs2, ... of a taxon on insomnia, in `arena`. */
const struct analysis *fixture_analysis(size_t count, struct arena *arena);

/* The same without its variant `j`. */
const struct analysis *fixture_without(const struct analysis *analysis, size_t j,
                                       struct arena *arena);

#endif
