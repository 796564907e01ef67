#include "base/i18n.h"
#include "estimate/methods.h"
#include "numeric/summary.h"
#include "numeric/wide.h"
#include <math.h>
#include <string.h>

/* Room for the draws of one bootstrap. */
struct draws {
    double *w;                   /* of the variants */
    double *x, *y;               /* of the variants, in one repetition */
    double *slopes, *intercepts; /* of the repetitions */
};

/* Places for variants up to a whole number of lanes; those behind the last stay 0. */
static double *places(size_t count, struct arena *scratch)
{
    return arena_get(scratch, count + LANES, sizeof(double));
}

static struct draws draws_of(const struct pair *pair, size_t boot, struct arena *scratch)
{
    struct draws draws = {.w = places(pair->count, scratch),
                          .x = places(pair->count, scratch),
                          .y = places(pair->count, scratch),
                          .slopes = arena_get(scratch, boot, sizeof(double)),
                          .intercepts = arena_get(scratch, boot, sizeof(double))};

    for (size_t j = 0; j < pair->count; j++) {
        draws.w[j] = 1 / (pair->sy[j] * pair->sy[j]);
    }
    return draws;
}

/* Means of x, y, w x and w y. */
struct means {
    double x, y, wx, wy;
};

WIDE_BODY double sum_of(const wide_doubles *lanes)
{
    return ((*lanes)[0] + (*lanes)[1]) + ((*lanes)[2] + (*lanes)[3]);
}

/* Turns the draws so that no x is negative, and leaves w x and w y in their places. */
WIDE_BODY void orient(struct draws *draws, size_t count, struct means *means)
{
    wide_doubles sum_x = {0}, sum_y = {0}, sum_wx = {0}, sum_wy = {0};

    for (size_t j = 0; j < count; j += LANES) {
        wide_doubles x, y, w;
        wide_words sign;

        memcpy(&x, draws->x + j, sizeof x);
        memcpy(&y, draws->y + j, sizeof y);
        memcpy(&w, draws->w + j, sizeof w);
        sign = (wide_words)x & (UINT64_C(1) << 63);
        x = (wide_doubles)((wide_words)x ^ sign);
        y = (wide_doubles)((wide_words)y ^ sign);
        sum_x += x;
        sum_y += y;
        x *= w;
        y *= w;
        sum_wx += x;
        sum_wy += y;
        memcpy(draws->x + j, &x, sizeof x);
        memcpy(draws->y + j, &y, sizeof y);
    }
    *means = (struct means){sum_of(&sum_x) / (double)count, sum_of(&sum_y) / (double)count,
                            sum_of(&sum_wx) / (double)count, sum_of(&sum_wy) / (double)count};
}

/* The covariance of w x and w y over the variance of w x. */
WIDE_BODY double slope_of(const struct draws *draws, size_t count, const struct means *means)
{
    wide_doubles along = {0}, across = {0}, x, y;
    size_t whole = count - count % LANES;
    double end_along = 0, end_across = 0;

    for (size_t j = 0; j < whole; j += LANES) {
        memcpy(&x, draws->x + j, sizeof x);
        memcpy(&y, draws->y + j, sizeof y);
        x -= means->wx;
        along += x * x;
        across += x * (y - means->wy);
    }
    for (size_t j = whole; j < count; j++) {
        double from = draws->x[j] - means->wx;

        end_along += from * from;
        end_across += from * (draws->y[j] - means->wy);
    }
    return (end_across + sum_of(&across)) / (end_along + sum_of(&along));
}

/*
 * TwoSampleMR's regression inside its bootstrap: the slope of w y on w x by their covariance,
 * which is not weighted least squares, and the intercept through the plain means.
 */
WIDE_BODY void fit(struct draws *draws, size_t count, size_t repetition)
{
    struct means means;

    orient(draws, count, &means);
    draws->slopes[repetition] = slope_of(draws, count, &means);
    draws->intercepts[repetition] = means.y - draws->slopes[repetition] * means.x;
}

WIDE_TARGET static void fit_wide(struct draws *draws, size_t count, size_t repetition)
{
    fit(draws, count, repetition);
}

static void fit_plain(struct draws *draws, size_t count, size_t repetition)
{
    fit(draws, count, repetition);
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
    struct draws draws = draws_of(pair, settings->boot, scratch);

    for (size_t i = 0; i < settings->boot; i++) {
        random_normals(stream, pair->bx, pair->sx, draws.x, pair->count);
        random_normals(stream, pair->by, pair->sy, draws.y, pair->count);
        (WIDE_IS_THERE() ? fit_wide : fit_plain)(&draws, pair->count, i);
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
