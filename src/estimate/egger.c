#include "base/i18n.h"
#include "estimate/correlated.h"
#include "estimate/methods.h"
#include "estimate/points.h"
#include "numeric/regression.h"
#include "numeric/tail.h"
#include <math.h>

static void fill(struct estimate *estimate, const struct line_fit *line, double df,
                 const struct estimate_settings *settings)
{
    double sigma = sqrt(line->rss / df), factor = sigma > 1 ? sigma : 1;
    double ratio = line->intercept / (line->intercept_se * factor);
    bool is_normal = settings->convention == CONVENTION_MENDELIANRANDOMIZATION;

    estimate->b = line->slope;
    estimate->se = line->slope_se * factor;
    estimate->intercept = line->intercept;
    estimate->intercept_se = line->intercept_se * factor;
    estimate->intercept_p =
        is_normal ? tail_normal_two_sided(ratio) : tail_t_two_sided(ratio, df);
    estimate_fill_q(estimate, line->rss, df);
    if (is_normal) {
        estimate_fill_normal(estimate, settings);
    } else {
        estimate_fill_t(estimate, df, settings);
    }
}

/*
 * Weighted least squares, or generalised ones where the variants' correlations are known.
 * Turning a variant round turns its row and column of the correlations, too; it comes to the
 * same to leave all as it is and turn its place in the column of the intercept. False where the
 * correlations forbid it.
 */
static bool fit_line(const struct pair *pair, struct arena *scratch, struct line_fit *line,
                     struct estimate *estimate)
{
    struct whitened white;

    if (pair->ld == NULL) {
        struct points points = points_oriented(pair, scratch);

        *line = regression_with_intercept(points.x, points.y, points.w, pair->count);
        return true;
    }
    if (!correlated_whiten(pair, scratch, &white, estimate)) {
        return false;
    }
    *line = regression_on_columns(white.one, white.x, white.y, pair->count);
    return true;
}

static void egger(const struct pair *pair, const struct estimate_settings *settings,
                  struct arena *scratch, struct random_stream *stream,
                  struct estimate *estimate)
{
    struct line_fit line;

    (void)stream;
    if (!fit_line(pair, scratch, &line, estimate)) {
        return;
    }
    if (!isfinite(line.slope) || !isfinite(line.rss) || !isfinite(line.intercept_se)) {
        estimate_fail(estimate, ESTIMATE_UNDEFINED,
                      _("all variants have the same effect on the exposure"));
        return;
    }
    fill(estimate, &line, (double)pair->count - 2, settings);
}

const struct method method_egger = {
    .key = "egger",
    .name = "MR Egger",
    .group = GROUP_EGGER,
    .is_default = true,
    .least = 3,
    .uses_ld = true,
    .assumes = N_("pleiotropy does not go with the strength of the variants (InSIDE)"),
    .citation = "Bowden, Davey Smith and Burgess 2015, Int J Epidemiol 44:512",
    .function = egger,
};
