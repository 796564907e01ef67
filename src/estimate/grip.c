#include "base/i18n.h"
#include "estimate/methods.h"
#include "estimate/points.h"
#include "numeric/regression.h"
#include "numeric/tail.h"
#include <math.h>

/* Products with the effect on the exposure: no choice of allele changes them. */
static void multiply_by_exposure(struct points *points, size_t count)
{
    for (size_t j = 0; j < count; j++) {
        double x = points->x[j];

        points->y[j] *= x;
        points->w[j] /= x * x;
        points->x[j] = x * x;
    }
}

/* The regression, unadjusted; false where there is none, and the estimate is failed. */
static bool fit(const struct pair *pair, struct arena *scratch, struct estimate *estimate,
                struct line_fit *line)
{
    struct points points = points_coded(pair, scratch);

    if (!points_have_exposure(pair, estimate)) {
        return false;
    }
    multiply_by_exposure(&points, pair->count);
    *line = regression_with_intercept(points.x, points.y, points.w, pair->count);
    if (!isfinite(line->intercept) || !isfinite(line->rss) || !isfinite(line->intercept_se)) {
        estimate_fail(estimate, ESTIMATE_UNDEFINED,
                      _("all variants have the same effect on the exposure"));
        return false;
    }
    return true;
}

static void grip(const struct pair *pair, const struct estimate_settings *settings,
                 struct arena *scratch, struct random_stream *stream, struct estimate *estimate)
{
    double df = (double)pair->count - 2, sigma;
    struct line_fit line;

    (void)stream;
    if (!fit(pair, scratch, estimate, &line)) {
        return;
    }
    sigma = sqrt(line.rss / df);
    estimate->b = line.slope;
    estimate->se = line.slope_se * sigma;
    estimate->intercept = line.intercept;
    estimate->intercept_se = line.intercept_se * sigma;
    estimate->intercept_p = tail_t_two_sided(line.intercept / estimate->intercept_se, df);
    estimate_fill_t(estimate, df, settings);
}

/* Sums of the slope without the noise of the exposure: moments of x^2 and of their noise. */
struct moments {
    double w, wx, wy; /* sum w, sum w (x^2 - sx^2), sum w x y */
    double wxx, wxy;  /* sum w (x^4 - 6 x^2 sx^2 + 3 sx^4), sum w x y (x^2 - 3 sx^2) */
    double denominator;
};

static struct moments moments_of(const struct pair *pair)
{
    struct moments to = {0};

    for (size_t j = 0; j < pair->count; j++) {
        double w = 1 / (pair->sy[j] * pair->sy[j]);
        double x2 = pair->bx[j] * pair->bx[j], s2 = pair->sx[j] * pair->sx[j];
        double xy = pair->bx[j] * pair->by[j];

        to.w += w;
        to.wx += w * (x2 - s2);
        to.wy += w * xy;
        to.wxx += w * (x2 * x2 - 6 * x2 * s2 + 3 * s2 * s2);
        to.wxy += w * xy * (x2 - 3 * s2);
    }
    to.denominator = to.w * to.wxx - to.wx * to.wx;
    return to;
}

/* The mean square of (x y - intercept - slope x^2) / x. */
static double mean_square(const struct pair *pair, const struct line_fit *line)
{
    double sum = 0, whole = 0;

    for (size_t j = 0; j < pair->count; j++) {
        double x = pair->bx[j];
        double rest = pair->by[j] - line->intercept / x - line->slope * x;

        sum += rest * rest;
        whole += pair->by[j] * pair->by[j];
    }
    return regression_scatter(sum, whole) / (double)pair->count;
}

/* Of the numerator: sum w^2 v (W (x^2 - 3 sx^2) - Wx)^2, with the package's noise in place of
 * one Wx of each product; below 0 where noise is most of the exposure. */
static double adjusted_variance(const struct pair *pair, const struct moments *moments,
                                double spread)
{
    double whole = 0, cross = 0, rest = 0;

    for (size_t j = 0; j < pair->count; j++) {
        double w = 1 / (pair->sy[j] * pair->sy[j]);
        double x2 = pair->bx[j] * pair->bx[j], s2 = pair->sx[j] * pair->sx[j];
        double v = w * w * x2 * spread, lower = x2 - 3 * s2;

        whole += v * lower * lower;
        cross += v * (x2 - s2);
        rest += v;
    }
    return moments->w * moments->w * whole + rest * moments->wx * moments->wx -
           2 * moments->w * moments->wx * cross;
}

static void grip_adjusted(const struct pair *pair, const struct estimate_settings *settings,
                          struct arena *scratch, struct random_stream *stream,
                          struct estimate *estimate)
{
    struct moments moments = moments_of(pair);
    struct line_fit line;
    double spread, variance;

    (void)stream;
    if (!fit(pair, scratch, estimate, &line)) {
        return;
    }
    spread = mean_square(pair, &line);
    variance = adjusted_variance(pair, &moments, spread);
    if (spread > 0 && !(variance > 0)) {
        estimate_fail(estimate, ESTIMATE_UNDEFINED,
                      _("the variants are too weak: the adjusted slope has no positive "
                        "variance"));
        return;
    }
    estimate->b = (moments.w * moments.wxy - moments.wy * moments.wx) / moments.denominator;
    estimate->se = sqrt(variance) / fabs(moments.denominator);
    estimate_fill_t(estimate, (double)pair->count - 2, settings);
}

const struct method method_grip = {
    .key = "grip",
    .name = "MR GRIP",
    .group = GROUP_EGGER,
    .least = 3,
    .assumes = N_("pleiotropy times strength does not go with strength squared (VICE)"),
    .citation = "Dudbridge et al. 2025, PLoS Genet 21:e1011967",
    .function = grip,
};

const struct method method_grip_adjusted = {
    .key = "grip_adjusted",
    .name = "MR GRIP (adjusted)",
    .group = GROUP_OTHER,
    .least = 3,
    .assumes = N_("as MR GRIP; the slope is freed of the noise of the effects on the exposure"),
    .citation = "Dudbridge et al. 2025, PLoS Genet 21:e1011967",
    .function = grip_adjusted,
};
