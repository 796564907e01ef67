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

static struct steiger compare(const struct explained *explained)
{
    struct steiger steiger = {.r2_exposure = explained->exposure,
                              .r2_outcome = explained->outcome,
                              .p = NAN,
                              .neglog10_p = NAN,
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
    return steiger;
}

/* As TwoSampleMR's directionality test: r from P and N, where it can be had. */
static double r2_of(const struct association *association)
{
    double r2 = instrument_r2_pn(association->p, association->neglog10_p, association->n);

    return isnan(r2) ? instrument_r2_bsen(association->beta, association->se, association->n)
                     : r2;
}

struct steiger steiger_of(const struct pair *pair)
{
    struct explained explained = {0};
    double count = (double)pair->count;

    for (size_t j = 0; j < pair->count; j++) {
        const struct association *x = sides_exposure(pair, j), *y = sides_outcome(pair, j);

        explained.exposure += r2_of(x);
        explained.outcome += r2_of(y);
        explained.n_exposure += x->n / count;
        explained.n_outcome += y->n / count;
    }
    return compare(&explained);
}

/* As TwoSampleMR's filtering: r from effect, SE and N. */
struct steiger steiger_of_variant(const struct pair *pair, size_t j)
{
    const struct association *x = sides_exposure(pair, j), *y = sides_outcome(pair, j);
    struct explained explained = {.exposure = instrument_r2_bsen(x->beta, x->se, x->n),
                                  .outcome = instrument_r2_bsen(y->beta, y->se, y->n),
                                  .n_exposure = x->n,
                                  .n_outcome = y->n};

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
    return arena_format(arena, _("R2 %.2g%% of the exposure, %.2g%% of the outcome, p %s"),
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
