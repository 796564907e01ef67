#include "base/i18n.h"
#include "estimate/methods.h"
#include "estimate/points.h"
#include "numeric/regression.h"
#include "numeric/tail.h"
#include <math.h>

/*
 * The radial plot's points, sqrt(W) and ratio times sqrt(W), all of weight 1, where
 * W = bx^2 / (sy^2 + slope^2 sx^2). Slope 0 gives the weights of first order, the slope of a
 * fit to those gives the modified weights of second order.
 */
static struct points radial_points(const struct pair *pair, double slope, struct arena *scratch)
{
    struct points points = points_oriented(pair, scratch);

    for (size_t j = 0; j < pair->count; j++) {
        double spread = hypot(pair->sy[j], slope * pair->sx[j]);

        points.x[j] /= spread;
        points.y[j] /= spread;
        points.w[j] = 1;
    }
    return points;
}

typedef struct line_fit regression(const double *x, const double *y, const double *w,
                                   size_t count);

/* The fit to modified weights; false where there is none, and the estimate is failed. */
static bool radial_fit(const struct pair *pair, regression *fit, struct arena *scratch,
                       struct estimate *estimate, struct line_fit *line)
{
    double slope = 0;

    if (!points_have_exposure(pair, estimate)) {
        return false;
    }
    for (int round = 0; round < 2; round++) {
        struct points points = radial_points(pair, slope, scratch);

        *line = fit(points.x, points.y, points.w, pair->count);
        slope = line->slope;
    }
    if (!isfinite(line->slope) || !isfinite(line->intercept) || !isfinite(line->rss)) {
        estimate_fail(estimate, ESTIMATE_UNDEFINED,
                      _("no line can be fitted to the radial plot"));
        return false;
    }
    return true;
}

static void fill_q(struct estimate *estimate, double q, double df)
{
    estimate->q = q;
    estimate->q_df = df;
    estimate->q_p = tail_chi_square(q, df);
}

static void ivw_radial(const struct pair *pair, const struct estimate_settings *settings,
                       struct arena *scratch, struct random_stream *stream,
                       struct estimate *estimate)
{
    double df = (double)pair->count - 1;
    struct line_fit line;

    (void)stream;
    if (radial_fit(pair, regression_through_origin, scratch, estimate, &line)) {
        estimate->b = line.slope;
        estimate->se = line.slope_se * sqrt(line.rss / df);
        fill_q(estimate, line.rss, df);
        estimate_fill_normal(estimate, settings);
    }
}

/* The intercept is in standard errors of the outcome, not in its unit. */
static void egger_radial(const struct pair *pair, const struct estimate_settings *settings,
                         struct arena *scratch, struct random_stream *stream,
                         struct estimate *estimate)
{
    double df = (double)pair->count - 2, sigma;
    struct line_fit line;

    (void)stream;
    if (radial_fit(pair, regression_with_intercept, scratch, estimate, &line)) {
        sigma = sqrt(line.rss / df);
        estimate->b = line.slope;
        estimate->se = line.slope_se * sigma;
        estimate->intercept = line.intercept;
        estimate->intercept_se = line.intercept_se * sigma;
        estimate->intercept_p = tail_t_two_sided(line.intercept / estimate->intercept_se, df);
        fill_q(estimate, line.rss, df);
        estimate_fill_t(estimate, df, settings);
    }
}

const struct method method_ivw_radial = {
    .key = "ivw_radial",
    .name = "IVW radial",
    .group = GROUP_IVW,
    .least = 2,
    .assumes = N_("as IVW; the weights count the uncertainty of the effects on the exposure at "
                  "the slope found"),
    .citation = "Bowden et al. 2018, Int J Epidemiol 47:1264",
    .function = ivw_radial,
};

const struct method method_egger_radial = {
    .key = "egger_radial",
    .name = "MR Egger radial",
    .group = GROUP_EGGER,
    .least = 3,
    .assumes = N_("as MR Egger, on the radial plot: pleiotropy in standard errors does not go "
                  "with the square root of the weight"),
    .citation = "Bowden et al. 2018, Int J Epidemiol 47:1264",
    .function = egger_radial,
};
