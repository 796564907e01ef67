#include "base/i18n.h"
#include "estimate/methods.h"
#include "numeric/summary.h"
#include <math.h>

/* Room for the draws of one bootstrap. */
struct draws {
    double *x, *y;               /* of the variants, in one repetition */
    double *slopes, *intercepts; /* of the repetitions */
};

static struct draws draws_of(size_t count, size_t boot, struct arena *scratch)
{
    return (struct draws){.x = arena_get(scratch, count, sizeof(double)),
                          .y = arena_get(scratch, count, sizeof(double)),
                          .slopes = arena_get(scratch, boot, sizeof(double)),
                          .intercepts = arena_get(scratch, boot, sizeof(double))};
}

/*
 * TwoSampleMR's regression inside its bootstrap: the slope of w y on w x by their covariance,
 * which is not weighted least squares, and the intercept through the plain means.
 */
static void fit(const struct pair *pair, struct draws *draws, size_t repetition)
{
    double mean_x = 0, mean_y = 0, mean_wx = 0, mean_wy = 0, across = 0, along = 0;
    double count = (double)pair->count;

    for (size_t j = 0; j < pair->count; j++) {
        double w = 1 / (pair->sy[j] * pair->sy[j]);

        draws->y[j] = draws->x[j] < 0 ? -draws->y[j] : draws->y[j];
        draws->x[j] = fabs(draws->x[j]);
        mean_x += draws->x[j] / count;
        mean_y += draws->y[j] / count;
        mean_wx += w * draws->x[j] / count;
        mean_wy += w * draws->y[j] / count;
    }
    for (size_t j = 0; j < pair->count; j++) {
        double w = 1 / (pair->sy[j] * pair->sy[j]);
        double from_mean = w * draws->x[j] - mean_wx;

        across += from_mean * (w * draws->y[j] - mean_wy);
        along += from_mean * from_mean;
    }
    draws->slopes[repetition] = across / along;
    draws->intercepts[repetition] = mean_y - draws->slopes[repetition] * mean_x;
}

/* Share of the draws on the other side of zero than their mean. */
static double opposite_share(const double *values, size_t count, double mean)
{
    size_t opposite = 0;

    for (size_t i = 0; i < count; i++) {
        opposite += mean < 0 ? values[i] > 0 : values[i] < 0;
    }
    return (double)opposite / (double)count;
}

static void egger_boot(const struct pair *pair, const struct estimate_settings *settings,
                       struct arena *scratch, struct random_stream *stream,
                       struct estimate *estimate)
{
    struct draws draws = draws_of(pair->count, settings->boot, scratch);

    for (size_t i = 0; i < settings->boot; i++) {
        random_normals(stream, pair->bx, pair->sx, draws.x, pair->count);
        random_normals(stream, pair->by, pair->sy, draws.y, pair->count);
        fit(pair, &draws, i);
    }
    estimate->b = summary_mean(draws.slopes, settings->boot);
    estimate->se = summary_sd(draws.slopes, settings->boot);
    estimate_fill_normal(estimate, settings);
    if (estimate->status != ESTIMATE_DONE) {
        return;
    }
    estimate->p = opposite_share(draws.slopes, settings->boot, estimate->b);
    estimate->neglog10_p = -log10(estimate->p);
    estimate->intercept = summary_mean(draws.intercepts, settings->boot);
    estimate->intercept_se = summary_sd(draws.intercepts, settings->boot);
    estimate->intercept_p =
        opposite_share(draws.intercepts, settings->boot, estimate->intercept);
    estimate->note = estimate->p > 0 ? _("p is one-sided: the share of draws of opposite sign")
                                     : _("p is one-sided; no draw has the opposite sign, so it "
                                         "is below 1 over the number of draws");
}

const struct method method_egger_boot = {
    .key = "egger_boot",
    .name = "MR Egger (bootstrap)",
    .group = GROUP_EGGER,
    .is_random = true,
    .least = 3,
    .assumes = N_("as MR Egger; the error comes from drawing both effects again"),
    .citation = "Bowden, Davey Smith and Burgess 2015, Int J Epidemiol 44:512",
    .function = egger_boot,
};
