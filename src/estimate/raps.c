#include "estimate/raps.h"
#include "base/i18n.h"
#include "estimate/methods.h"
#include <math.h>

/*
 * The equation of the effect is the same as that of the likelihood: its weight for a variant is
 * the best estimate of the variant's true effect on the exposure, given the effect. The
 * equation of tau2 weighs all variants alike.
 */

/* The sandwich: slopes of the two equations (that of tau2 does not change with the effect) and
 * their variances. */
struct sandwich {
    double slope, mixed, tau2_slope;
    double variance, tau2_variance;
};

static struct sandwich sandwich_at(const struct raps_data *data, const struct raps_loss *loss,
                                   struct raps_place at)
{
    struct sandwich sums = {0, 0, 0, 0, 0};

    for (size_t j = 0; j < data->count; j++) {
        double x = data->x[j], y = data->y[j], s2 = data->sy2[j] + at.tau2;
        double share = 1 / (s2 + at.b * at.b * data->sx2[j]), e = y - at.b * x;
        double exposure = (x * s2 + at.b * y * data->sx2[j]) * share;
        double pull = raps_loss_weight(loss, e * e * share) * e * share;
        double change = y * data->sx2[j] * share; /* of the numerator of `exposure` alone */

        sums.slope += change * pull - loss->delta * exposure * x * share;
        sums.mixed -= at.b * change / s2 * pull;
        sums.tau2_slope += share * share;
        sums.variance += exposure * exposure * share;
    }
    sums.tau2_variance = loss->c2 * sums.tau2_slope;
    sums.tau2_slope *= 0.5 * (loss->delta + loss->c3);
    sums.variance *= loss->c1;
    return sums;
}

static void fill_errors(struct raps_fit *fit, const struct raps_data *data,
                        const struct raps_loss *loss, bool is_overdispersed)
{
    struct sandwich at = sandwich_at(data, loss, (struct raps_place){fit->b, fit->tau2});
    double variance = at.variance;

    if (is_overdispersed) {
        double tau2_variance = at.tau2_variance / (at.tau2_slope * at.tau2_slope);

        variance += at.mixed * at.mixed * tau2_variance;
        fit->tau2_se = sqrt(tau2_variance);
    }
    fit->se = sqrt(variance) / fabs(at.slope);
}

/* Two tau2 that differ by less, in shares, are the same. */
#define SAME 1e-8

static bool is_nearer(const struct raps_place *place, const struct raps_place *than, double b)
{
    return fabs(place->b - b) < fabs(than->b - b);
}

/* The solution nearest to `near`; tau2 is followed from there and, if that leads elsewhere,
 * from the squared loss's. */
static bool find_nearest(const struct raps_equations *in, struct raps_place near,
                         double other_tau2, struct raps_place *found)
{
    struct raps_place other = {near.b, other_tau2};
    bool is_found, is_other;

    near.tau2 = raps_equations_tau2(in, near);
    other.tau2 = raps_equations_tau2(in, other);
    is_found = raps_equations_nearest(in, near, false, found);
    if (is_found && fabs(other.tau2 - near.tau2) <= SAME * near.tau2) {
        return true;
    }
    is_other = raps_equations_nearest(in, other, false, &other);
    if (is_other && (!is_found || is_nearer(&other, found, near.b))) {
        *found = other;
    }
    return is_found || is_other;
}

/* Without tau2 the nearest solution is the lowest loss itself. */
static struct raps_fit fit_without_tau2(const struct pair *pair, enum loss kind,
                                        struct arena *scratch)
{
    struct raps_data data = raps_data_of(pair, false, scratch);
    struct raps_fit fit = raps_mle_fit(pair, kind, false, scratch);
    struct raps_loss loss = raps_loss_of(kind);

    if (fit.status == ESTIMATE_DONE) {
        fill_errors(&fit, &data, &loss, false);
    }
    return fit;
}

static struct raps_fit fit_with_tau2(const struct pair *pair, enum loss kind,
                                     struct arena *scratch)
{
    struct raps_data pruned = raps_data_of(pair, true, scratch), data = pruned;
    struct raps_equations in = {&data, raps_loss_of(kind), false, false};
    struct raps_place squared, near, found;
    struct raps_fit fit;

    if (pruned.count < pair->count) {
        data = raps_data_of(pair, false, scratch);
    }
    if (!raps_mle_squared(&pruned, &squared)) {
        return raps_no_fit(_("no finite effect fits better than an infinite one"));
    }
    if (kind == LOSS_L2 || !raps_mle_robust(&pruned, &in.loss, squared, &near)) {
        near = squared;
    }
    if (!find_nearest(&in, near, squared.tau2, &found)) {
        return raps_no_fit(_("no solution of the estimating equations was found"));
    }
    if (found.tau2 == 0) {
        return fit_without_tau2(pair, kind, scratch);
    }
    fit = (struct raps_fit){ESTIMATE_DONE, NULL, data.count, found.b, NAN, found.tau2, NAN};
    fill_errors(&fit, &data, &in.loss, true);
    return fit;
}

struct raps_fit raps_fit(const struct pair *pair, enum loss loss, bool is_overdispersed,
                         struct arena *scratch)
{
    return is_overdispersed ? fit_with_tau2(pair, loss, scratch)
                            : fit_without_tau2(pair, loss, scratch);
}

static void raps(const struct pair *pair, const struct estimate_settings *settings,
                 struct arena *scratch, struct random_stream *stream, struct estimate *estimate)
{
    enum loss loss = (enum loss)settings->parameters[PARAMETER_LOSS];
    bool is_overdispersed = settings->parameters[PARAMETER_OVERDISPERSION] != 0;
    struct raps_fit fit = raps_fit(pair, loss, is_overdispersed, scratch);

    (void)stream;
    raps_fill(estimate, &fit, pair, settings);
}

const struct method method_raps = {
    .key = "raps",
    .name = "Robust adjusted profile score (RAPS)",
    .group = GROUP_OTHER,
    .least = 2,
    .assumes = N_("pleiotropy is small, balanced and does not go with strength, but for a few "
                  "outliers; variants may be weak"),
    .citation = "Zhao, Wang, Hemani, Bowden and Small 2020, Ann Stat 48:1742",
    .function = raps,
};
