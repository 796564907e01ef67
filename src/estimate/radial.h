/*
 * The radial plot (Bowden et al. 2018, Int J Epidemiol 47:1264): each variant's ratio times the
 * root of its weight, against that root, with a line. In: a pair; the settings' radial_weights
 * and radial_fit. Out: the points, the line of ivw_radial or egger_radial, and what each
 * variant contributes to that line's Q, by which outliers are told.
 */
#ifndef ESTIMATE_RADIAL_H
#define ESTIMATE_RADIAL_H

#include "estimate/estimate.h"
#include "numeric/regression.h"

/* Through the origin, or with an intercept. radial_fit is of the first alone. */
enum radial_kind { RADIAL_IVW, RADIAL_EGGER };

/* Arrays as long as the pair's count, in the arena that was given. */
struct radial_plot {
    double *root_weight; /* sqrt(W), as RadialMR's Wj */
    double *value;       /* ratio times sqrt(W), its BetaWj */
    double *q;           /* (value - intercept - slope sqrt(W))^2; chi-square, 1 degree */
    struct line_fit line;
};

/* False where there is no such line; then the estimate, which may be a blank one kept for this,
 * is failed and says why. */
bool radial_plot(const struct pair *pair, enum radial_kind kind,
                 const struct estimate_settings *settings, struct arena *scratch,
                 struct estimate *estimate, struct radial_plot *plot);

/*
 * The plot that outliers are told on, RadialMR's usual one: ivw_radial with modified weights
 * and the plain fit, whatever the settings say. A variant without an effect on the exposure
 * lies at 0. False for fewer than two variants and where there is no such line.
 */
bool radial_usual(const struct pair *pair, struct arena *scratch, struct radial_plot *plot);

/*
 * The effect that minimises Q(b) = sum (by - b bx)^2 / (phi sy^2 + b^2 sx^2) over all effects:
 * phi 1, or that of at least 1 at which the minimum is its degrees of freedom. RadialMR looks
 * in [-2, 2] alone. False where no finite effect does.
 */
bool radial_exact(const struct pair *pair, bool is_random, struct arena *scratch, double *b);

/* The spread of the latter over `boot` samples of variants with replacement; NaN where a sample
 * has no finite effect. */
double radial_exact_se(const struct pair *pair, size_t boot, struct arena *scratch,
                       struct random_stream *stream);

#endif
