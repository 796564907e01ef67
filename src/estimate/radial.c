#include "estimate/radial.h"
#include "base/i18n.h"
#include "estimate/methods.h"
#include "estimate/points.h"
#include "numeric/tail.h"
#include <math.h>

#define MOST_ROUNDS 1000
#define PRECISION 1e-13

static enum radial_weights weights_of(const struct estimate_settings *settings)
{
    return (enum radial_weights)settings->parameters[PARAMETER_RADIAL_WEIGHTS];
}

static enum radial_fit fit_of(const struct estimate_settings *settings)
{
    return (enum radial_fit)settings->parameters[PARAMETER_RADIAL_FIT];
}

/* What a variant's effects on exposure and outcome are divided by: the outcome's error, with
 * the exposure's at no slope, at the variant's own or at that of a line. */
static double spread_of(const struct pair *pair, size_t j, enum radial_weights weights,
                        double slope)
{
    switch (weights) {
    case RADIAL_FIRST:
        return pair->sy[j];
    case RADIAL_SECOND:
        return hypot(pair->sy[j], pair->by[j] / pair->bx[j] * pair->sx[j]);
    case RADIAL_MODIFIED:
        break;
    }
    return hypot(pair->sy[j], slope * pair->sx[j]);
}

static void place(const struct pair *pair, enum radial_weights weights, double slope,
                  struct radial_plot *plot)
{
    for (size_t j = 0; j < pair->count; j++) {
        double spread = spread_of(pair, j, weights, slope);

        plot->root_weight[j] = fabs(pair->bx[j]) / spread;
        plot->value[j] = (pair->bx[j] < 0 ? -pair->by[j] : pair->by[j]) / spread;
        plot->q[j] = 1; /* the regression's weights, until there is a line */
    }
}

static struct line_fit line_of(const struct radial_plot *plot, enum radial_kind kind,
                               size_t count)
{
    return (kind == RADIAL_IVW ? regression_through_origin : regression_with_intercept)(
        plot->root_weight, plot->value, plot->q, count);
}

/* First or second order; the modified weights take their slope from a fit to the first. */
static void fit_plain(const struct pair *pair, enum radial_kind kind,
                      enum radial_weights weights, struct radial_plot *plot)
{
    place(pair, weights, 0, plot);
    plot->line = line_of(plot, kind, pair->count);
    if (weights == RADIAL_MODIFIED) {
        place(pair, weights, plot->line.slope, plot);
        plot->line = line_of(plot, kind, pair->count);
    }
}

/* Modified weights at the slope that they lead to. */
static bool fit_iterated(const struct pair *pair, struct radial_plot *plot)
{
    double slope = 0;

    for (int i = 0; i < MOST_ROUNDS; i++) {
        double before = slope;

        place(pair, RADIAL_MODIFIED, slope, plot);
        plot->line = line_of(plot, RADIAL_IVW, pair->count);
        slope = plot->line.slope;
        if (!(fabs(slope - before) > PRECISION * (fabs(slope) + plot->line.slope_se))) {
            return true;
        }
    }
    return false;
}

/* Modified weights at the slope that makes Q lowest, which no line fitted to them has. */
static bool fit_exact(const struct pair *pair, bool is_random, struct arena *scratch,
                      struct radial_plot *plot)
{
    double slope;

    if (!radial_exact(pair, is_random, scratch, &slope)) {
        return false;
    }
    place(pair, RADIAL_MODIFIED, slope, plot);
    plot->line = line_of(plot, RADIAL_IVW, pair->count);
    plot->line.slope = slope;
    return true;
}

static bool fit(const struct pair *pair, enum radial_kind kind,
                const struct estimate_settings *settings, struct arena *scratch,
                struct radial_plot *plot)
{
    switch (kind == RADIAL_IVW ? fit_of(settings) : RADIAL_PLAIN) {
    case RADIAL_PLAIN:
        break;
    case RADIAL_ITERATED:
        return fit_iterated(pair, plot);
    case RADIAL_EXACT:
        return fit_exact(pair, false, scratch, plot);
    case RADIAL_EXACT_RANDOM:
        return fit_exact(pair, true, scratch, plot);
    }
    fit_plain(pair, kind, weights_of(settings), plot);
    return true;
}

static void take_q(struct radial_plot *plot, size_t count)
{
    double rss = 0, whole = 0;

    for (size_t j = 0; j < count; j++) {
        double rest =
            plot->value[j] - plot->line.intercept - plot->line.slope * plot->root_weight[j];

        plot->q[j] = rest * rest;
        rss += plot->q[j];
        whole += plot->value[j] * plot->value[j];
    }
    plot->line.rss = regression_scatter(rss, whole);
}

static void begin(struct radial_plot *plot, size_t count, struct arena *scratch)
{
    plot->root_weight = arena_get(scratch, count, sizeof *plot->root_weight);
    plot->value = arena_get(scratch, count, sizeof *plot->value);
    plot->q = arena_get(scratch, count, sizeof *plot->q);
}

static bool is_finite(const struct radial_plot *plot)
{
    return isfinite(plot->line.slope) && isfinite(plot->line.intercept) &&
           isfinite(plot->line.rss);
}

bool radial_usual(const struct pair *pair, struct arena *scratch, struct radial_plot *plot)
{
    begin(plot, pair->count, scratch);
    if (pair->count < 2) {
        return false;
    }
    fit_plain(pair, RADIAL_IVW, RADIAL_MODIFIED, plot);
    take_q(plot, pair->count);
    return is_finite(plot);
}

bool radial_plot(const struct pair *pair, enum radial_kind kind,
                 const struct estimate_settings *settings, struct arena *scratch,
                 struct estimate *estimate, struct radial_plot *plot)
{
    begin(plot, pair->count, scratch);
    if (!points_have_exposure(pair, estimate)) {
        return false;
    }
    if (!fit(pair, kind, settings, scratch, plot)) {
        estimate_fail(estimate, ESTIMATE_NOT_CONVERGED,
                      _("no finite effect fits the radial plot best"));
        return false;
    }
    take_q(plot, pair->count);
    if (!is_finite(plot)) {
        estimate_fail(estimate, ESTIMATE_UNDEFINED,
                      _("no line can be fitted to the radial plot"));
        return false;
    }
    return true;
}

static void fill_drawn(const struct pair *pair, const struct estimate_settings *settings,
                       struct arena *scratch, struct random_stream *stream,
                       struct estimate *estimate)
{
    estimate->se = radial_exact_se(pair, settings->boot, scratch, stream);
    if (isnan(estimate->se)) {
        estimate_fail(estimate, ESTIMATE_UNDEFINED,
                      _("some samples of the variants have no finite effect, so there is no "
                        "standard error"));
        return;
    }
    estimate_fill_t(estimate, (double)pair->count - 1, settings);
}

static void ivw_radial(const struct pair *pair, const struct estimate_settings *settings,
                       struct arena *scratch, struct random_stream *stream,
                       struct estimate *estimate)
{
    double df = (double)pair->count - 1;
    struct radial_plot plot;

    if (!radial_plot(pair, RADIAL_IVW, settings, scratch, estimate, &plot)) {
        return;
    }
    estimate->b = plot.line.slope;
    estimate_fill_q(estimate, plot.line.rss, df);
    if (fit_of(settings) == RADIAL_EXACT_RANDOM) {
        fill_drawn(pair, settings, scratch, stream, estimate);
        return;
    }
    estimate->se =
        plot.line.slope_se * (fit_of(settings) == RADIAL_EXACT ? 1 : sqrt(plot.line.rss / df));
    estimate_fill_normal(estimate, settings);
}

/* The intercept is in standard errors of the outcome, not in its unit. */
static void egger_radial(const struct pair *pair, const struct estimate_settings *settings,
                         struct arena *scratch, struct random_stream *stream,
                         struct estimate *estimate)
{
    double df = (double)pair->count - 2, sigma;
    struct radial_plot plot;

    (void)stream;
    if (!radial_plot(pair, RADIAL_EGGER, settings, scratch, estimate, &plot)) {
        return;
    }
    sigma = sqrt(plot.line.rss / df);
    estimate->b = plot.line.slope;
    estimate->se = plot.line.slope_se * sigma;
    estimate->intercept = plot.line.intercept;
    estimate->intercept_se = plot.line.intercept_se * sigma;
    estimate->intercept_p = tail_t_two_sided(plot.line.intercept / estimate->intercept_se, df);
    estimate_fill_q(estimate, plot.line.rss, df);
    estimate_fill_t(estimate, df, settings);
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
