#include "base/i18n.h"
#include "estimate/fieller.h"
#include "estimate/methods.h"
#include <math.h>

/* What the condition, (mean F - 1) sqrt(J), should reach for the normal interval to hold. */
#define DEBIASED_CONDITION 20
#define PENALIZED_CONDITION 5

/* One variant's effects in their own standard errors, and r = sx / sy. */
struct standardised {
    double x, y, r;
};

static struct standardised standardised_of(const struct pair *pair, size_t j)
{
    return (struct standardised){pair->bx[j] / pair->sx[j], pair->by[j] / pair->sy[j],
                                 pair->sx[j] / pair->sy[j]};
}

/* Numerator and denominator of the effect without the noise of the exposure, the latter's
 * variance and their covariance. */
struct parts {
    double numerator, denominator;
    double variance, covariance;
    double condition;
};

static struct parts parts_of(const struct pair *pair)
{
    struct parts parts = {0, 0, 0, 0, 0};

    for (size_t j = 0; j < pair->count; j++) {
        struct standardised at = standardised_of(pair, j);
        double r2 = at.r * at.r, signal = at.x * at.x - 1;

        parts.numerator += at.r * at.x * at.y;
        parts.denominator += r2 * signal;
        parts.variance += r2 * r2 * (4 * signal + 2);
        parts.covariance += 2 * r2 * at.r * at.x * at.y;
        parts.condition += signal;
    }
    parts.condition /= sqrt((double)pair->count);
    return parts;
}

/* Variance of balanced pleiotropy around the effect b. */
static double overdispersion(const struct pair *pair, double b)
{
    double excess = 0, precision = 0, tau2;

    for (size_t j = 0; j < pair->count; j++) {
        struct standardised at = standardised_of(pair, j);
        double e = at.y - b * at.r * at.x;

        excess += e * e - 1 - b * b * at.r * at.r;
        precision += 1 / (pair->sy[j] * pair->sy[j]);
    }
    tau2 = excess / precision;
    return tau2 < 0 ? 0 : tau2;
}

static double numerator_variance(const struct pair *pair, double b, double tau2)
{
    double variance = 0;

    for (size_t j = 0; j < pair->count; j++) {
        struct standardised at = standardised_of(pair, j);
        double r2 = at.r * at.r, x2 = at.x * at.x;

        variance += r2 * x2 * (1 + tau2 / (pair->sy[j] * pair->sy[j]));
        variance += b * b * r2 * r2 * (x2 + 1);
    }
    return variance;
}

static void fill(struct estimate *estimate, const struct pair *pair, double numerator,
                 double denominator, const struct estimate_settings *settings)
{
    double b = numerator / denominator;
    double variance = numerator_variance(pair, b, overdispersion(pair, b));

    if (!isfinite(b) || !isfinite(variance)) {
        estimate_fail(estimate, ESTIMATE_UNDEFINED,
                      _("the variants' effects on the exposure give no finite value"));
        return;
    }
    estimate->b = b;
    estimate->se = sqrt(variance) / fabs(denominator);
    estimate_fill_normal(estimate, settings);
}

/* A value stays a value; whoever reads it is told. */
static void warn(struct estimate *estimate, double condition, double least)
{
    if (estimate->status == ESTIMATE_DONE && !(condition > least)) {
        estimate->note = _("the variants are too weak for this interval to be relied on");
    }
}

static void divw(const struct pair *pair, const struct estimate_settings *settings,
                 struct arena *scratch, struct random_stream *stream, struct estimate *estimate)
{
    struct parts parts = parts_of(pair);

    (void)scratch;
    (void)stream;
    fill(estimate, pair, parts.numerator, parts.denominator, settings);
    warn(estimate, parts.condition, DEBIASED_CONDITION);
}

/* The penalty keeps the denominator away from 0, and the numerator follows it. */
static void pivw(const struct pair *pair, const struct estimate_settings *settings,
                 struct arena *scratch, struct random_stream *stream, struct estimate *estimate)
{
    struct parts parts = parts_of(pair);
    double half = parts.denominator / 2;
    double away = sqrt(half * half + FIELLER_PENALTY * parts.variance);
    double denominator = parts.denominator == 0 ? 0 : half + copysign(away, half);
    double moved = denominator - parts.denominator;

    fill(estimate, pair, parts.numerator + parts.covariance / parts.variance * moved,
         denominator, settings);
    if (settings->convention != CONVENTION_MENDELIANRANDOMIZATION) {
        warn(estimate, parts.condition, PENALIZED_CONDITION);
    } else if (estimate->status == ESTIMATE_DONE) {
        fieller_fill(pair, overdispersion(pair, estimate->b), settings, scratch, stream,
                     estimate);
    }
}

const struct method method_divw = {
    .key = "divw",
    .name = "Debiased inverse variance weighted",
    .group = GROUP_IVW,
    .least = 2,
    .assumes = N_("pleiotropy averages to zero and does not go with strength; variants may be "
                  "weak, if many"),
    .citation = "Ye, Shao and Kang 2021, Ann Stat 49:2079",
    .function = divw,
};

const struct method method_pivw = {
    .key = "pivw",
    .name = "Penalized inverse variance weighted",
    .group = GROUP_IVW,
    .least = 2,
    .assumes = N_("as debiased IVW; the penalty steadies it where variants are very weak"),
    .citation = "Xu, Wang, Fung and Liu 2023, Biometrics 79:2184",
    .function = pivw,
};
