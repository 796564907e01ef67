#include "base/i18n.h"
#include "estimate/methods.h"
#include "estimate/points.h"
#include "numeric/robust_line.h"
#include "numeric/tail.h"
#include <math.h>

static bool has_errors(const struct robust_line *line, bool has_intercept)
{
    return line->slope_se > 0 && (!has_intercept || line->intercept_se > 0);
}

/* Fits the line; false where it cannot be reported, and the estimate is failed. */
static bool fit(const struct points *points, size_t count, bool has_intercept,
                struct arena *scratch, struct estimate *estimate, struct robust_line *line)
{
    switch (
        robust_line_fit(points->x, points->y, points->w, count, has_intercept, scratch, line)) {
    case ROBUST_DONE:
        if (has_errors(line, has_intercept)) {
            return true;
        }
        estimate_fail(estimate, ESTIMATE_UNDEFINED,
                      _("the robust covariance has no positive variance"));
        return false;
    case ROBUST_EXACT:
        estimate_fail(estimate, ESTIMATE_UNDEFINED,
                      _("half of the variants or more lie exactly on one line, which has no "
                        "robust standard error"));
        return false;
    case ROBUST_NO_LINE:
        estimate_fail(estimate, ESTIMATE_UNDEFINED,
                      _("the effects on the exposure are 0 or all the same"));
        return false;
    case ROBUST_NOT_CONVERGED:
        break;
    }
    estimate_fail(estimate, ESTIMATE_NOT_CONVERGED, _("the robust regression did not settle"));
    return false;
}

/* Errors never below those of scale 1; with few variants MendelianRandomization has scale 1. */
static double divisor_of(double scale, bool is_fixed)
{
    return is_fixed || scale < 1 ? scale : 1;
}

static void ivw_robust(const struct pair *pair, const struct estimate_settings *settings,
                       struct arena *scratch, struct random_stream *stream,
                       struct estimate *estimate)
{
    struct points points = points_coded(pair, scratch);
    bool is_fixed = estimate_is_fixed(settings, pair->count);
    struct robust_line line;

    (void)stream;
    if (fit(&points, pair->count, false, scratch, estimate, &line)) {
        estimate->b = line.slope;
        estimate->se = line.slope_se / divisor_of(line.scale, is_fixed);
        estimate_fill_normal(estimate, settings);
    }
}

static void egger_robust(const struct pair *pair, const struct estimate_settings *settings,
                         struct arena *scratch, struct random_stream *stream,
                         struct estimate *estimate)
{
    struct points points = points_oriented(pair, scratch);
    struct robust_line line;
    double divisor;

    (void)stream;
    if (fit(&points, pair->count, true, scratch, estimate, &line)) {
        divisor = divisor_of(line.scale, false);
        estimate->b = line.slope;
        estimate->se = line.slope_se / divisor;
        estimate->intercept = line.intercept;
        estimate->intercept_se = line.intercept_se / divisor;
        estimate->intercept_p = tail_normal_two_sided(line.intercept / estimate->intercept_se);
        estimate_fill_normal(estimate, settings);
    }
}

const struct method method_ivw_robust = {
    .key = "ivw_robust",
    .name = "Robust inverse variance weighted",
    .group = GROUP_IVW,
    .least = 3,
    .assumes =
        N_("as IVW for most of the variants; those far from their line lose their weight"),
    .citation = "Burgess, Bowden et al. 2016, arXiv:1606.03729",
    .function = ivw_robust,
};

const struct method method_egger_robust = {
    .key = "egger_robust",
    .name = "Robust MR Egger",
    .group = GROUP_EGGER,
    .least = 4,
    .assumes =
        N_("as MR Egger for most of the variants; those far from their line lose their weight"),
    .citation = "Burgess, Bowden et al. 2016, arXiv:1606.03729",
    .function = egger_robust,
};
