/*
 * Lines that outliers cannot pull: MM-regression (Yohai 1987, Ann Stat 15:642) with Tukey's
 * bisquare. In: arrays of length count, positive weights, through the origin or not. Out:
 * coefficients, their standard errors and the scale. An S-estimate that half the points cannot
 * break (fast-S, Salibian-Barrera and Yohai 2006, J Comput Graph Stat 15:414) gives start and
 * scale, an M-step of 95% efficiency the line, the asymptotic covariance of Croux, Dhaene and
 * Hoorelbeke 2003 the errors, as R's robustbase lmrob by default; but the starts are not drawn
 * at random, so that the same points give the same line in any order.
 */
#ifndef NUMERIC_ROBUST_LINE_H
#define NUMERIC_ROBUST_LINE_H

#include "base/arena.h"
#include <stdbool.h>
#include <stddef.h>

enum robust_outcome {
    ROBUST_DONE,
    ROBUST_EXACT,         /* so many points lie on one line that the scale is 0 */
    ROBUST_NO_LINE,       /* x is 0 or constant in all points with weight */
    ROBUST_NOT_CONVERGED, /* the iterations did not settle */
};

struct robust_line {
    double intercept, intercept_se; /* 0 and NaN through the origin */
    double slope, slope_se;         /* NaN where the covariance has no positive variance */
    double scale;                   /* of residuals times the root of their weight */
};

/*
 * Points of weight 0 do not count. Needs more points than coefficients. `scratch` is given back
 * as it was. *line holds values only when the answer is ROBUST_DONE.
 */
enum robust_outcome robust_line_fit(const double *x, const double *y, const double *w,
                                    size_t count, bool has_intercept, struct arena *scratch,
                                    struct robust_line *line);

#endif
