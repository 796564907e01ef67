#include "base/i18n.h"
#include "estimate/methods.h"
#include "estimate/points.h"
#include "estimate/ratio.h"
#include "numeric/regression.h"
#include "numeric/summary.h"
#include "numeric/tail.h"
#include <math.h>

/* The line through the origin; its sum of squares, or NaN where it is failed. */
static double fit(const struct points *points, size_t count,
                  const struct estimate_settings *settings, struct estimate *estimate)
{
    bool is_fixed = estimate_is_fixed(settings, count);
    struct line_fit line = regression_through_origin(points->x, points->y, points->w, count);
    double sigma = sqrt(line.rss / ((double)count - 1));

    if (!isfinite(line.slope) || !isfinite(line.rss)) {
        estimate_fail(estimate, ESTIMATE_UNDEFINED,
                      _("no variant has both weight and an effect on the exposure"));
        return NAN;
    }
    estimate->b = line.slope;
    estimate->se = line.slope_se * (is_fixed || !(sigma > 1) ? 1 : sigma);
    return line.rss;
}

/* The variance of the outcome's effect around the line, by the delta method; psi is the
 * correlation of the errors of both effects (Burgess and Bowden 2015, arXiv:1512.04486). */
static double delta_variance(const struct pair *pair, size_t j, double psi)
{
    double from_exposure = pair->by[j] * pair->sx[j] / pair->bx[j];

    return pair->sy[j] * pair->sy[j] + from_exposure * from_exposure -
           2 * psi * pair->sy[j] * from_exposure;
}

static void ivw_delta(const struct pair *pair, const struct estimate_settings *settings,
                      struct arena *scratch, struct random_stream *stream,
                      struct estimate *estimate)
{
    struct points points = points_coded(pair, scratch);
    double q, df = (double)pair->count - 1;

    (void)stream;
    if (!points_have_exposure(pair, estimate)) {
        return;
    }
    for (size_t j = 0; j < pair->count; j++) {
        points.w[j] = 1 / delta_variance(pair, j, settings->parameters[PARAMETER_PSI]);
    }
    q = fit(&points, pair->count, settings, estimate);
    if (estimate->status == ESTIMATE_DONE) {
        estimate_fill_q(estimate, q, df);
        estimate_fill_normal(estimate, settings);
    }
}

/* Q has no chi-square distribution under penalties, so there is none. */
static void ivw_penalised(const struct pair *pair, const struct estimate_settings *settings,
                          struct arena *scratch, struct random_stream *stream,
                          struct estimate *estimate)
{
    struct points points = points_coded(pair, scratch);
    struct ratios ratios;
    double *sorted = arena_get(scratch, pair->count, sizeof *sorted);

    (void)stream;
    if (!ratios_of(pair, scratch, estimate, &ratios)) {
        return;
    }
    points_penalise(&points, pair->count, 0, summary_median(ratios.ratio, pair->count, sorted));
    fit(&points, pair->count, settings, estimate);
    if (estimate->status == ESTIMATE_DONE) {
        estimate_fill_normal(estimate, settings);
    }
}

const struct method method_ivw_delta = {
    .key = "ivw_delta",
    .name = "Inverse variance weighted (delta weights)",
    .group = GROUP_IVW,
    .least = 2,
    .assumes = N_("as IVW; the weights count the uncertainty of the effects on the exposure"),
    .citation = "Burgess and Bowden 2015, arXiv:1512.04486",
    .function = ivw_delta,
};

const struct method method_ivw_penalised = {
    .key = "ivw_penalised",
    .name = "Penalised inverse variance weighted",
    .group = GROUP_IVW,
    .least = 2,
    .assumes = N_("as IVW once variants far from the median ratio have lost their weight"),
    .citation = "Burgess, Bowden et al. 2016, arXiv:1606.03729",
    .function = ivw_penalised,
};
