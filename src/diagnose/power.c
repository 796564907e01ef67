#include "diagnose/power.h"
#include "base/i18n.h"
#include "diagnose/sides.h"
#include "numeric/minimise.h"
#include "numeric/tail.h"
#include <math.h>

#define POWER 0.8
#define EFFECT 0.1
#define ODDS_SMALL 1.1
#define ODDS_LARGE 1.2

/* The variance of the outcome: of a share, or 1. */
static double outcome_variance(double case_share)
{
    return isnan(case_share) ? 1 : case_share * (1 - case_share);
}

/* The effect in the outcome's unit: of log odds, the difference in risk that they make. */
static double linear_effect(double b, double case_share)
{
    double odds = exp(b);

    return isnan(case_share) ? b : case_share * (odds / (1 + case_share * (odds - 1)) - 1);
}

/* The other way; infinite where no odds make such a difference. */
static double effect_of_linear(double linear, double case_share)
{
    double room = 1 - case_share - linear;

    if (isnan(case_share)) {
        return linear;
    }
    return room > 0 ? log1p(linear / (case_share * room)) : INFINITY;
}

/* The chance that a normal of mean `shift` and variance 1 is outside what alpha allows. */
static double chance(double shift, double alpha)
{
    double bound = quantile_normal(1 - 0.5 * alpha);
    double above = 0.5 * erfc((bound - shift) / M_SQRT2);
    double below = 0.5 * erfc((bound + shift) / M_SQRT2);

    return above + below;
}

double power_at(double b, double r2, double n, double case_share, double alpha)
{
    double linear = linear_effect(b, case_share);
    double rest = outcome_variance(case_share) - linear * linear;

    return rest > 0 ? chance(fabs(linear) * sqrt(n * r2 / rest), alpha) : NAN;
}

static double missing_power(double shift, void *alpha)
{
    return chance(shift, *(const double *)alpha) - POWER;
}

/* The shift with a chance of 80%; 0 where alpha alone gives more. */
static double wanted_shift(double alpha)
{
    double shift = 0, most = quantile_normal(1 - 0.5 * alpha) + 2;

    return minimise_root(missing_power, &alpha, 0, most, &shift) ? shift : 0;
}

/* Why there is no power, or NULL. */
static const char *why_unknown(const struct power *power, const struct trait *outcome)
{
    if (isnan(power->r2)) {
        return _("the variance of the exposure explained is unknown");
    }
    if (!(power->r2 > 0 && power->r2 < 1)) {
        return _("the variance of the exposure explained is not between 0 and 1");
    }
    if (!(power->n > 0)) {
        return _("the sample size of the outcome is unknown");
    }
    if (outcome->unit == UNIT_SCORE) {
        return _("the outcome's effects are on a scale of the study's own");
    }
    return (outcome->unit == UNIT_LOG_ODDS || outcome->unit == UNIT_LINEAR) &&
                   isnan(power->case_share)
               ? _("the number of cases is unknown")
               : NULL;
}

static double mean_n(const struct pair *pair)
{
    double sum = 0;

    for (size_t j = 0; j < pair->count; j++) {
        sum += sides_outcome(pair, j)->n;
    }
    return isnan(sum) || pair->count == 0 ? pair->outcome->n : sum / (double)pair->count;
}

static double case_share_of(const struct trait *trait)
{
    return trait->cases > 0 && trait->cases < trait->n ? trait->cases / trait->n : NAN;
}

/* An estimate in the unit of effects; a difference in risk becomes log odds. */
static double effect_of(double b, const struct power *power, const struct trait *outcome)
{
    double share = power->case_share;

    return outcome->unit == UNIT_LINEAR ? log1p(b / (share * (1 - share - b))) : b;
}

static bool has_scale(const struct trait *trait)
{
    return trait->unit != UNIT_UNKNOWN && trait->unit != UNIT_SCORE;
}

/* Standard deviations in a unit of the exposure; of a disease by its share of cases, log odds
 * being small. NaN where it cannot be known. */
static double unit_of(const struct trait *exposure)
{
    double share = case_share_of(exposure), sd = sqrt(share * (1 - share));

    switch (exposure->unit) {
    case UNIT_SD:
        return 1;
    case UNIT_LINEAR:
        return 1 / sd;
    case UNIT_LOG_ODDS:
        return sd;
    case UNIT_UNKNOWN:
    case UNIT_SCORE:
    default:
        return NAN;
    }
}

/* What the numbers take for granted, or NULL. */
static const char *assumed(const struct pair *pair, bool is_binary)
{
    bool is_per_sd = !isnan(unit_of(pair->exposure));
    bool is_known =
        is_binary ? pair->outcome->unit != UNIT_UNKNOWN : pair->outcome->unit == UNIT_SD;

    if (is_per_sd) {
        return is_known    ? NULL
               : is_binary ? _("the outcome's effects are taken as log odds")
                           : _("the outcome's effects are taken as in its standard deviations");
    }
    return is_known ? _("the estimate is taken as per standard deviation of the exposure")
                    : _("the estimate is taken as per standard deviation of the exposure, and "
                        "in the outcome's");
}

/* Whether the interval holds no effect that is small or more. */
static bool excludes_small(const struct estimate *estimate, const struct power *power,
                           const struct trait *outcome)
{
    double lower = effect_of(estimate->lower, power, outcome);
    double upper = effect_of(estimate->upper, power, outcome);
    double small = isnan(power->case_share) ? EFFECT : log(ODDS_SMALL);

    return lower > -small && upper < small;
}

static double n_needed(double b, const struct power *power, double shift)
{
    double linear = linear_effect(b, power->case_share);
    double rest = outcome_variance(power->case_share) - linear * linear;

    return rest > 0 && linear != 0 ? shift * shift * rest / (linear * linear * power->r2) : NAN;
}

static void fill_powers(struct power *power, double b)
{
    bool is_binary = !isnan(power->case_share);
    double r2 = power->r2, n = power->n, share = power->case_share, alpha = power->alpha;
    double shift = wanted_shift(alpha);
    double least = shift * sqrt(outcome_variance(share) / (n * r2 + shift * shift));

    power->at_estimate = power_at(b, r2, n, share, alpha);
    power->n_at_estimate = n_needed(b, power, shift);
    if (is_binary) {
        power->or_small = power_at(log(ODDS_SMALL), r2, n, share, alpha);
        power->or_large = power_at(log(ODDS_LARGE), r2, n, share, alpha);
    } else {
        power->b_small = power_at(EFFECT, r2, n, share, alpha);
    }
    power->least_b = effect_of_linear(least, share);
    power->at_small =
        power_at((is_binary ? log(ODDS_SMALL) : EFFECT) / power->unit, r2, n, share, alpha);
}

/* 1 - 0.95 is 0.05, not what subtracting leaves. */
static double alpha_of(double level)
{
    return round((1 - level) * 1e12) / 1e12;
}

struct power power_of(const struct pair *pair, const struct strength *strength,
                      const struct estimate *estimate, const struct estimate_settings *settings)
{
    struct power power = {.r2 = strength->r2,
                          .n = mean_n(pair),
                          .case_share = case_share_of(pair->outcome),
                          .alpha = alpha_of(settings->level),
                          .at_estimate = NAN,
                          .n_at_estimate = NAN,
                          .or_small = NAN,
                          .or_large = NAN,
                          .b_small = NAN,
                          .at_small = NAN,
                          .unit = unit_of(pair->exposure),
                          .least_b = NAN};

    power.note = why_unknown(&power, pair->outcome);
    if (power.note == NULL) {
        bool is_done = estimate->status == ESTIMATE_DONE;

        power.note = assumed(pair, !isnan(power.case_share));
        power.has_scale = !isnan(power.unit) && has_scale(pair->outcome);
        power.unit = isnan(power.unit) ? 1 : power.unit;
        power.excludes_small = is_done && excludes_small(estimate, &power, pair->outcome);
        fill_powers(&power,
                    is_done ? effect_of(estimate->b, &power, pair->outcome) / power.unit : NAN);
        if (is_done && isnan(power.at_estimate)) {
            power.note =
                _("an effect as large as the estimate would be more than the outcome's "
                  "whole variance");
        }
    }
    return power;
}
