#include "base/i18n.h"
#include "estimate/methods.h"
#include "estimate/ratio.h"
#include "numeric/minimise.h"
#include "numeric/tail.h"
#include <math.h>

/* Random effects meta-analysis of the ratios at one additive variance tau2. */
struct meta {
    double mean, weight, weight_squared; /* sums of w and w^2, w = 1 / (variance + tau2) */
    double scatter;                      /* sum of w^2 (ratio - mean)^2 */
    double q;                            /* sum of w (ratio - mean)^2 */
};

struct meta_context {
    const struct ratios *ratios;
    size_t count;
};

static struct meta meta_at(const struct ratios *ratios, size_t count, double tau2)
{
    struct meta meta = {0};
    double sum = 0;

    for (size_t j = 0; j < count; j++) {
        double w = 1 / (ratios->variance[j] + tau2);

        meta.weight += w;
        meta.weight_squared += w * w;
        sum += w * ratios->ratio[j];
    }
    meta.mean = sum / meta.weight;
    for (size_t j = 0; j < count; j++) {
        double w = 1 / (ratios->variance[j] + tau2), rest = ratios->ratio[j] - meta.mean;

        meta.scatter += w * w * rest * rest;
        meta.q += w * rest * rest;
    }
    return meta;
}

/* The slope of the restricted log-likelihood in tau2, times 2. */
static double slope_at(double tau2, void *context)
{
    const struct meta_context *data = context;
    struct meta meta = meta_at(data->ratios, data->count, tau2);

    return meta.scatter - meta.weight + meta.weight_squared / meta.weight;
}

/* The variance between variants by restricted maximum likelihood (Viechtbauer 2005, J Educ
 * Behav Stat 30:261): where the slope comes down to 0, or 0. False when it is not found. */
static bool tau2_reml(const struct ratios *ratios, size_t count, double *tau2)
{
    struct meta_context context = {.ratios = ratios, .count = count};
    double upper = 1 / meta_at(ratios, count, 0).weight;

    *tau2 = 0;
    if (slope_at(0, &context) <= 0) {
        return true;
    }
    while (slope_at(upper, &context) > 0) {
        upper *= 2;
    }
    return minimise_root(slope_at, &context, 0, upper, tau2);
}

static void ivw_are(const struct pair *pair, const struct estimate_settings *settings,
                    struct arena *scratch, struct random_stream *stream,
                    struct estimate *estimate)
{
    struct ratios ratios;
    struct meta meta;
    double tau2;

    (void)stream;
    if (!ratios_of(pair, scratch, estimate, &ratios)) {
        return;
    }
    if (!tau2_reml(&ratios, pair->count, &tau2)) {
        estimate_fail(estimate, ESTIMATE_NOT_CONVERGED,
                      _("the variance between variants was not found"));
        return;
    }
    meta = meta_at(&ratios, pair->count, tau2);
    estimate->b = meta.mean;
    estimate->se = 1 / sqrt(meta.weight);
    estimate->q = meta_at(&ratios, pair->count, 0).q;
    estimate->q_df = (double)pair->count - 1;
    estimate->q_p = tail_chi_square(estimate->q, estimate->q_df);
    estimate_fill_normal(estimate, settings);
}

const struct method method_ivw_are = {
    .key = "ivw_are",
    .name = "Inverse variance weighted (additive random effects)",
    .group = GROUP_IVW,
    .least = 2,
    .assumes = N_("effects of the variants scatter around the causal effect by a normal "
                  "distribution"),
    .citation = "Bowden et al. 2017, Stat Med 36:1783",
    .function = ivw_are,
};
