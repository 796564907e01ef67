#include "base/i18n.h"
#include "estimate/methods.h"
#include "estimate/raps.h"
#include <math.h>

/* Places of tau2 at which the likelihood is looked at: the first in usual variances, how they
 * grow, how many. */
#define FIRST_TAU2 0.01
#define TAU2_GROWTH 4
#define TAU2_PLACES 9

/* How often a lower point elsewhere is followed, and how much lower it has to be. */
#define RESTARTS 5
#define LOWER 1e-9

/* Twice the negative likelihood of tau2, each variant weighted by sx^2. */
static double minus_likelihood(const struct raps_data *data, double b, double tau2)
{
    double sum = 0;

    for (size_t j = 0; j < data->count; j++) {
        double e = data->y[j] - b * data->x[j];
        double v = data->sy2[j] + tau2 + b * b * data->sx2[j];

        sum += data->sx2[j] * (log(v / data->variance) + e * e / v);
    }
    return sum;
}

static double likeliest_tau2(const struct raps_data *data, double b)
{
    double best = 0, lowest = minus_likelihood(data, b, 0);
    double tau2 = FIRST_TAU2 * data->variance;

    for (int i = 0; i < TAU2_PLACES; i++, tau2 *= TAU2_GROWTH) {
        double here = minus_likelihood(data, b, tau2);

        if (here < lowest) {
            lowest = here;
            best = tau2;
        }
    }
    return best;
}

/* Whether the loss at place->tau2 is lower elsewhere; *b then is there. */
static bool is_lower_elsewhere(const struct raps_equations *in, struct raps_place place,
                               double *b)
{
    double here = raps_equations_loss(in, place);

    return raps_equations_lowest(in, place.tau2, b) &&
           raps_equations_loss(in, (struct raps_place){*b, place.tau2}) < here * (1 - LOWER);
}

/* Where the effect is infinite without pleiotropy, it may be finite with more of it. */
static bool find_first(const struct raps_equations *in, double *b)
{
    double tau2 = in->data->variance;

    if (raps_equations_lowest(in, 0, b)) {
        return true;
    }
    for (int i = 0; i < TAU2_PLACES; i++, tau2 *= TAU2_GROWTH) {
        if (raps_equations_lowest(in, tau2, b)) {
            return true;
        }
    }
    return false;
}

bool raps_mle_squared(const struct raps_data *data, struct raps_place *squared)
{
    struct raps_equations in = {data, raps_loss_of(LOSS_L2), true, false};
    double b;

    if (!find_first(&in, &b)) {
        return false;
    }
    for (int i = 0; i < RESTARTS; i++) {
        struct raps_place from = {b, likeliest_tau2(data, b)};

        if (!raps_equations_nearest(&in, from, true, squared)) {
            return false;
        }
        if (!is_lower_elsewhere(&in, *squared, &b)) {
            return true;
        }
    }
    return true;
}

/* Sums of expected information (Zhao et al. 2020). */
struct information {
    double effect, noise; /* of the effect, and what its score varies by beyond */
    double mixed, excess, excess_variance; /* of tau2 */
};

static struct information information_at(const struct raps_data *data, struct raps_place at)
{
    struct information sums = {0, 0, 0, 0, 0};

    for (size_t j = 0; j < data->count; j++) {
        double sx2 = data->sx2[j], s2 = data->sy2[j] + at.tau2;
        double share = 1 / (s2 + at.b * at.b * sx2), share2 = share * share;
        double x2 = data->x[j] * data->x[j], y2 = data->y[j] * data->y[j];

        sums.effect += ((x2 - sx2) * s2 + (y2 - s2) * sx2) * share2;
        sums.noise += sx2 * s2 * share2;
        sums.mixed += sx2 * at.b * share2;
        sums.excess += sx2 * share2;
        sums.excess_variance += sx2 * sx2 * share2;
    }
    return sums;
}

static void fill_errors(struct raps_fit *fit, const struct raps_data *data,
                        const struct raps_loss *loss, bool is_overdispersed)
{
    struct information sums = information_at(data, (struct raps_place){fit->b, fit->tau2});
    double score = loss->c1 * (sums.effect + sums.noise), slope = loss->delta * sums.effect;
    double variance = score / (slope * slope);

    if (is_overdispersed) {
        double excess = 0.5 * (loss->delta + loss->c3) * sums.excess;
        double mixed = loss->delta * sums.mixed;
        double tau2_variance = loss->c2 * sums.excess_variance / (excess * excess);

        variance += mixed * mixed / (slope * slope) * tau2_variance;
        fit->tau2_se = sqrt(tau2_variance);
    }
    fit->se = sqrt(variance);
}

bool raps_mle_robust(const struct raps_data *data, const struct raps_loss *loss,
                     struct raps_place squared, struct raps_place *place)
{
    struct raps_equations in = {data, *loss, true, true};

    return raps_equations_nearest(&in, squared, true, place);
}

static bool find_place(const struct raps_data *data, const struct raps_loss *loss,
                       bool is_overdispersed, struct raps_place *place)
{
    struct raps_equations in = {data, *loss, false, false};

    if (!is_overdispersed) {
        return raps_equations_lowest(&in, 0, &place->b);
    }
    return raps_mle_squared(data, place) &&
           (loss->kind == LOSS_L2 || raps_mle_robust(data, loss, *place, place));
}

struct raps_fit raps_no_fit(const char *why)
{
    return (struct raps_fit){ESTIMATE_NOT_CONVERGED, why, 0, NAN, NAN, NAN, NAN};
}

struct raps_fit raps_mle_fit(const struct pair *pair, enum loss kind, bool is_overdispersed,
                             struct arena *scratch)
{
    struct raps_data data = raps_data_of(pair, is_overdispersed, scratch);
    struct raps_loss loss = raps_loss_of(kind);
    struct raps_place place = {NAN, 0};
    struct raps_fit fit = {ESTIMATE_DONE, NULL, data.count, NAN, NAN, NAN, 0};

    if (!find_place(&data, &loss, is_overdispersed, &place)) {
        return raps_no_fit(_("no finite effect fits better than an infinite one"));
    }
    if (is_overdispersed && kind != LOSS_L2) {
        fit.note = _("as mr.raps.mle, every residual is measured by the largest standard "
                     "deviation; raps measures each by its own");
    }
    fit.b = place.b;
    fit.tau2 = place.tau2;
    fill_errors(&fit, &data, &loss, is_overdispersed);
    return fit;
}

/* Below what no effect on the exposure at all would give. */
static bool is_hardly_associated(const struct pair *pair)
{
    double sum = 0, count = (double)pair->count;

    for (size_t j = 0; j < pair->count; j++) {
        double z = pair->bx[j] / pair->sx[j];

        sum += z * z;
    }
    return sum < count - sqrt(count);
}

void raps_fill(struct estimate *estimate, const struct raps_fit *fit, const struct pair *pair,
               const struct estimate_settings *settings)
{
    if (fit->status != ESTIMATE_DONE) {
        estimate_fail(estimate, fit->status, fit->note);
        return;
    }
    estimate->variants = fit->variants;
    estimate->b = fit->b;
    estimate->se = fit->se;
    estimate->note = fit->note;
    if (is_hardly_associated(pair)) {
        estimate->note = _("the variants are too weak to tell the effect");
    }
    estimate_fill_normal(estimate, settings);
}

static void raps_mle(const struct pair *pair, const struct estimate_settings *settings,
                     struct arena *scratch, struct random_stream *stream,
                     struct estimate *estimate)
{
    enum loss loss = (enum loss)settings->parameters[PARAMETER_LOSS];
    bool is_overdispersed = settings->parameters[PARAMETER_OVERDISPERSION] != 0;
    struct raps_fit fit = raps_mle_fit(pair, loss, is_overdispersed, scratch);

    (void)stream;
    raps_fill(estimate, &fit, pair, settings);
}

const struct method method_raps_mle = {
    .key = "raps_mle",
    .name = "RAPS, maximum profile likelihood",
    .group = GROUP_OTHER,
    .least = 2,
    .assumes = N_("pleiotropy is small, balanced and does not go with strength, but for a few "
                  "outliers; variants may be weak"),
    .citation = "Zhao, Wang, Hemani, Bowden and Small 2020, Ann Stat 48:1742",
    .function = raps_mle,
};
