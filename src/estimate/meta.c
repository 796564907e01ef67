#include "base/i18n.h"
#include "estimate/methods.h"
#include "estimate/ratio.h"
#include "numeric/pooling.h"
#include <math.h>

static void ivw_are(const struct pair *pair, const struct estimate_settings *settings,
                    struct arena *scratch, struct random_stream *stream,
                    struct estimate *estimate)
{
    struct ratios ratios;
    struct pooling meta;
    double tau2;

    (void)stream;
    if (!ratios_of(pair, scratch, estimate, &ratios)) {
        return;
    }
    if (!pooling_tau2_reml(ratios.ratio, ratios.variance, pair->count, &tau2)) {
        estimate_fail(estimate, ESTIMATE_NOT_CONVERGED,
                      _("the variance between variants was not found"));
        return;
    }
    meta = pooling_at(ratios.ratio, ratios.variance, pair->count, tau2);
    estimate->b = meta.mean;
    estimate->se = 1 / sqrt(meta.weight);
    estimate_fill_q(estimate, pooling_at(ratios.ratio, ratios.variance, pair->count, 0).q,
                    (double)pair->count - 1);
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
