#include "base/i18n.h"
#include "diagnose/checks.h"
#include "diagnose/sides.h"
#include "instrument/instrument.h"
#include "numeric/tail.h"
#include <math.h>

/* Fisher's z needs more people than this. */
#define FEWEST_PEOPLE 3

/* What the test compares: variances explained and the mean sample sizes. */
struct explained {
    double exposure, outcome;
    double n_exposure, n_outcome;
};

static const char *why_unknown(const struct explained *explained)
{
    if (isnan(explained->n_exposure) || isnan(explained->n_outcome)) {
        return _("sample sizes are missing");
    }
    if (!(explained->n_exposure > FEWEST_PEOPLE && explained->n_outcome > FEWEST_PEOPLE)) {
        return _("no variants, or too few people");
    }
    if (isnan(explained->exposure) || isnan(explained->outcome)) {
        return _("the variance explained is unknown for a variant");
    }
    if (!(explained->exposure < 1 && explained->outcome < 1)) {
        return _("the variance explained adds up to more than 1");
    }
    return NULL;
}

/*
 * Over all measurement errors of both traits, the share of parameter space where the direction
 * would be the other (Hemani, Tilling and Davey Smith 2017, eq. 11 to 13); a > b correlations.
 */
static void fill_sensitivity(struct steiger *steiger, double r_exposure, double r_outcome)
{
    double a = fmax(r_exposure, r_outcome), b = fmin(r_exposure, r_outcome);
    double volume;

    if (a == 0) {
        steiger->note = _("neither trait's variance is explained, so there is no direction");
        return;
    }
    if (b == 0) { /* the limit */
        steiger->vz0 = 0;
        steiger->vz1 = -a * log(a);
        steiger->note = _("no measurement error turns the direction: the sensitivity ratio has "
                          "no bound");
        return;
    }
    volume = a * log(a) - b * log(b) + a * b * (log(b) - log(a));
    steiger->vz0 = -2 * b - b * log(a) - a * b * log(a) + 2 * a * b;
    steiger->vz1 = fabs(volume - steiger->vz0);
    steiger->sensitivity_ratio = steiger->vz1 / steiger->vz0;
}

static struct steiger compare(const struct explained *explained)
{
    struct steiger steiger = {.r2_exposure = explained->exposure,
                              .r2_outcome = explained->outcome,
                              .p = NAN,
                              .neglog10_p = NAN,
                              .vz0 = NAN,
                              .vz1 = NAN,
                              .sensitivity_ratio = NAN,
                              .note = why_unknown(explained)};
    double difference, se;

    if (steiger.note != NULL) {
        return steiger;
    }
    difference = atanh(sqrt(explained->exposure)) - atanh(sqrt(explained->outcome));
    se = sqrt(1 / (explained->n_exposure - 3) + 1 / (explained->n_outcome - 3));
    steiger.is_known = true;
    steiger.is_correct = explained->exposure > explained->outcome;
    steiger.p = tail_normal_two_sided(difference / se);
    steiger.neglog10_p = tail_normal_two_sided_neglog10(difference / se);
    fill_sensitivity(&steiger, sqrt(explained->exposure), sqrt(explained->outcome));
    return steiger;
}

/* On which scale a trait's R2 is: that of liability where everything for it is known. */
struct scale {
    double prevalence, case_share; /* NaN on the observed scale */
    bool is_risk;                  /* effects are differences in risk, not log odds */
    const char *note;
};

static struct scale scale_of(const struct trait *trait, double prevalence)
{
    struct scale scale = {NAN, NAN, false, NULL};
    bool is_counted = trait != NULL && trait->cases > 0 && trait->cases < trait->n;
    bool is_binary = is_counted || (trait != NULL && trait->unit == UNIT_LOG_ODDS);

    if (is_binary && isnan(prevalence)) {
        scale.note = _("binary trait without a prevalence: R2 is on the observed scale, from P "
                       "and N");
    } else if (!isnan(prevalence) && !is_counted) {
        scale.note = _("prevalence unused, as the number of cases is unknown: R2 is on the "
                       "observed scale, from P and N");
    } else if (!isnan(prevalence)) {
        scale.prevalence = prevalence;
        scale.case_share = trait->cases / trait->n;
        scale.is_risk = trait->unit == UNIT_LINEAR;
        scale.note = _("R2 is on the liability scale");
    }
    return scale;
}

static bool is_liability(const struct scale *scale)
{
    return !isnan(scale->prevalence);
}

static double r2_liability(const struct association *association, const struct scale *scale)
{
    double share = scale->case_share;
    double log_odds =
        scale->is_risk ? association->beta / (share * (1 - share)) : association->beta;

    return instrument_r2_log_odds(log_odds, association->eaf, share, scale->prevalence);
}

/* As TwoSampleMR's directionality test: r from P and N, where it can be had. */
static double r2_of(const struct association *association, const struct scale *scale)
{
    double r2;

    if (is_liability(scale)) {
        return r2_liability(association, scale);
    }
    r2 = instrument_r2_pn(association->p, association->neglog10_p, association->n);
    return isnan(r2) ? instrument_r2_bsen(association->beta, association->se, association->n)
                     : r2;
}

/* As TwoSampleMR's filtering: r from effect, SE and N. */
static double r2_of_one(const struct association *association, const struct scale *scale)
{
    return is_liability(scale)
               ? r2_liability(association, scale)
               : instrument_r2_bsen(association->beta, association->se, association->n);
}

/* A study of cases and controls tells as much of liability as so many people in equal parts. */
static double people(double n, const struct scale *scale)
{
    double share = scale->case_share;

    return is_liability(scale) ? 4 * share * (1 - share) * n : n;
}

struct scales {
    struct scale exposure, outcome;
};

static struct scales scales_of(const struct pair *pair,
                               const struct estimate_settings *settings)
{
    const double *parameters = settings->parameters;

    return (struct scales){scale_of(pair->exposure, parameters[PARAMETER_PREVALENCE_EXPOSURE]),
                           scale_of(pair->outcome, parameters[PARAMETER_PREVALENCE_OUTCOME])};
}

struct steiger steiger_of(const struct pair *pair, const struct estimate_settings *settings)
{
    struct explained explained = {0};
    struct scales scales = scales_of(pair, settings);
    struct steiger steiger;
    double count = (double)pair->count;

    for (size_t j = 0; j < pair->count; j++) {
        const struct association *x = sides_exposure(pair, j), *y = sides_outcome(pair, j);

        explained.exposure += r2_of(x, &scales.exposure);
        explained.outcome += r2_of(y, &scales.outcome);
        explained.n_exposure += people(x->n, &scales.exposure) / count;
        explained.n_outcome += people(y->n, &scales.outcome) / count;
    }
    steiger = compare(&explained);
    steiger.exposure_note = scales.exposure.note;
    steiger.outcome_note = scales.outcome.note;
    return steiger;
}

struct steiger steiger_of_variant(const struct pair *pair, size_t j,
                                  const struct estimate_settings *settings)
{
    const struct association *x = sides_exposure(pair, j), *y = sides_outcome(pair, j);
    struct scales scales = scales_of(pair, settings);
    struct explained explained = {.exposure = r2_of_one(x, &scales.exposure),
                                  .outcome = r2_of_one(y, &scales.outcome),
                                  .n_exposure = people(x->n, &scales.exposure),
                                  .n_outcome = people(y->n, &scales.outcome)};

    return compare(&explained);
}

static enum judgement judge(const struct analysis *analysis)
{
    if (!analysis->steiger.is_known) {
        return JUDGE_CANNOT;
    }
    return analysis->steiger.is_correct ? JUDGE_PASSED : JUDGE_FAILED;
}

static const char *says(const struct analysis *analysis, struct arena *arena)
{
    const struct steiger *steiger = &analysis->steiger;

    if (!steiger->is_known) {
        return steiger->note;
    }
    return arena_format(arena, _("R2 %.2g%% of exposure, %.2g%% of outcome, p %s"),
                        100 * steiger->r2_exposure, 100 * steiger->r2_outcome,
                        checks_p_text(steiger->p, arena));
}

const struct diagnostic diagnostic_steiger = {
    .key = "steiger",
    .letter = 'S',
    .name = N_("Steiger direction"),
    .explains =
        N_("Passed where the variants explain more of the exposure than of the outcome; "
           "weak evidence when the outcome's sample is much larger."),
    .judge = judge,
    .says = says,
};
