/*
 * What IVW makes of a regression through the origin, for the method itself and for whoever has
 * the regression's sums already.
 * In: the line of some variants. Out: the estimate of method ivw.
 */
#ifndef ESTIMATE_IVW_H
#define ESTIMATE_IVW_H

#include "estimate/estimate.h"
#include "numeric/regression.h"

/* Fills effect, error, P, interval and Q from the line through `count` variants. */
void ivw_fill(const struct line_fit *line, size_t count,
              const struct estimate_settings *settings, struct estimate *estimate);

/* Why a line through the origin has no finite slope or scatter. */
const char *ivw_no_line(const struct line_fit *line);

#endif
