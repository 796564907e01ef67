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

static void grip(const struct pair *pair, const struct estimate_settings *settings,
                 struct arena *scratch, struct random_stream *stream, struct estimate *estimate)
{
    struct points points = points_coded(pair, scratch);
    double df = (double)pair->count - 2, sigma;
    struct line_fit line;

    (void)stream;
    if (!points_have_exposure(pair, estimate)) {
        return;
    }
    multiply_by_exposure(&points, pair->count);
    line = regression_with_intercept(points.x, points.y, points.w, pair->count);
    if (!isfinite(line.intercept) || !isfinite(line.rss) || !isfinite(line.intercept_se)) {
        estimate_fail(estimate, ESTIMATE_UNDEFINED,
                      _("all variants have the same effect on the exposure"));
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

const struct method method_grip = {
    .key = "grip",
    .name = "MR GRIP",
    .group = GROUP_EGGER,
    .least = 3,
    .assumes = N_("pleiotropy times strength does not go with strength squared (VICE)"),
    .citation = "Dudbridge et al. 2025, PLoS Genet 21:e1011967",
    .function = grip,
};
