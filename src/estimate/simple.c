#include "base/i18n.h"
#include "estimate/ivw.h"
#include "estimate/methods.h"
#include "estimate/points.h"
#include "numeric/regression.h"
#include "numeric/tail.h"
#include <math.h>

/* Below this number of variants with both effects the signs say nothing. */
#define LEAST_SIGNS 6

static size_t count_signs(const struct pair *pair, size_t *same)
{
    size_t signs = 0;

    *same = 0;
    for (size_t j = 0; j < pair->count; j++) {
        if (pair->bx[j] != 0 && pair->by[j] != 0) {
            signs++;
            *same += (pair->bx[j] > 0) == (pair->by[j] > 0);
        }
    }
    return signs;
}

/* log P(X >= least) of a fair coin thrown `count` times; least >= count / 2. */
static double log_upper_tail(size_t least, size_t count)
{
    double first = -(double)count * log(2), term = 1, sum = 1;

    for (size_t i = 1; i <= count - least; i++) {
        first += log((double)(least + i) / (double)i);
    }
    for (size_t k = least; k < count; k++) {
        term *= (double)(count - k) / (double)(k + 1);
        sum += term;
    }
    return first + log(sum);
}

static void sign(const struct pair *pair, const struct estimate_settings *settings,
                 struct arena *scratch, struct random_stream *stream, struct estimate *estimate)
{
    size_t same, signs = count_signs(pair, &same),
                 more = same > signs - same ? same : signs - same;
    double log_p;

    (void)scratch;
    (void)stream;
    estimate->variants = signs;
    if (signs < LEAST_SIGNS) {
        estimate_fail(estimate, ESTIMATE_TOO_FEW,
                      _("fewer than 6 variants have effects on both exposure and outcome"));
        return;
    }
    log_p = fmin(log(2) + log_upper_tail(more, signs), 0);
    estimate->b = 2 * ((double)same / (double)signs - 0.5);
    estimate->p = exp(log_p);
    estimate->neglog10_p = -log_p / log(10);
    /* There is no interval; the test alone says whether no effect is excluded. */
    estimate->contains_null = estimate->p > 1 - settings->level;
    estimate->note = _("a share of signs, not an effect: no standard error");
}

static void uwr(const struct pair *pair, const struct estimate_settings *settings,
                struct arena *scratch, struct random_stream *stream, struct estimate *estimate)
{
    struct points points = points_coded(pair, scratch);
    double df = (double)pair->count - 1, sigma;
    struct line_fit line;

    (void)stream;
    for (size_t j = 0; j < pair->count; j++) {
        points.w[j] = 1;
    }
    line = regression_through_origin(points.x, points.y, points.w, pair->count);
    if (!isfinite(line.slope) || !isfinite(line.rss)) {
        estimate_fail(estimate, ESTIMATE_UNDEFINED, ivw_no_line(&line));
        return;
    }
    sigma = sqrt(line.rss / df);
    estimate->b = line.slope;
    estimate->se = line.slope_se * (sigma > 1 ? sigma : 1);
    estimate->q = line.rss;
    estimate->q_df = df;
    estimate->q_p = tail_chi_square(line.rss, df);
    estimate_fill_normal(estimate, settings);
}

const struct method method_sign = {
    .key = "sign",
    .name = "Sign concordance test",
    .group = GROUP_OTHER,
    .is_share = true,
    .least = LEAST_SIGNS,
    .assumes = N_("without an effect, signs on exposure and outcome agree half the time"),
    .citation = "Hemani et al. 2018, eLife 7:e34408",
    .function = sign,
};

const struct method method_uwr = {
    .key = "uwr",
    .name = "Unweighted regression",
    .group = GROUP_OTHER,
    .least = 2,
    .assumes =
        N_("every variant is valid, and all are equally precise; the standard error takes "
           "residuals of the outcome's unit for variance 1 and is too wide for small "
           "effects"),
    .citation = "Hemani et al. 2018, eLife 7:e34408",
    .function = uwr,
};
