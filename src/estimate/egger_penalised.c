#include "base/i18n.h"
#include "estimate/methods.h"
#include "estimate/points.h"
#include "numeric/regression.h"
#include "numeric/tail.h"
#include <math.h>

static bool is_line(const struct line_fit *line, struct estimate *estimate)
{
    if (isfinite(line->slope) && isfinite(line->rss) && isfinite(line->intercept_se)) {
        return true;
    }
    estimate_fail(estimate, ESTIMATE_UNDEFINED,
                  _("all variants with weight have the same effect on the exposure"));
    return false;
}

static void fill(struct estimate *estimate, const struct line_fit *line, double df,
                 const struct estimate_settings *settings)
{
    double sigma = sqrt(line->rss / df), factor = sigma > 1 ? sigma : 1;

    estimate->b = line->slope;
    estimate->se = line->slope_se * factor;
    estimate->intercept = line->intercept;
    estimate->intercept_se = line->intercept_se * factor;
    estimate->intercept_p = tail_normal_two_sided(line->intercept / estimate->intercept_se);
    estimate_fill_normal(estimate, settings);
}

/* Weights lose by the distance from the line of plain MR Egger, which is then fitted again. */
static void egger_penalised(const struct pair *pair, const struct estimate_settings *settings,
                            struct arena *scratch, struct random_stream *stream,
                            struct estimate *estimate)
{
    struct points points = points_oriented(pair, scratch);
    struct line_fit line = regression_with_intercept(points.x, points.y, points.w, pair->count);

    (void)stream;
    if (!is_line(&line, estimate)) {
        return;
    }
    points_penalise(&points, pair->count, line.intercept, line.slope);
    line = regression_with_intercept(points.x, points.y, points.w, pair->count);
    if (is_line(&line, estimate)) {
        fill(estimate, &line, (double)pair->count - 2, settings);
    }
}

const struct method method_egger_penalised = {
    .key = "egger_penalised",
    .name = "Penalised MR Egger",
    .group = GROUP_EGGER,
    .least = 3,
    .assumes = N_("as MR Egger once variants far from its line have lost their weight"),
    .citation = "Burgess, Bowden et al. 2016, arXiv:1606.03729",
    .function = egger_penalised,
};
