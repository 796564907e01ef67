#include "base/i18n.h"
#include "diagnose/checks.h"
#include "numeric/tail.h"
#include <math.h>

/* Where the weights but one add up to less than this share, that one has all of it. */
#define ROUNDING 1e-12

/* The standard error of log H from the test (Higgins and Thompson 2002, table I). */
static double log_h_se(double q, double df)
{
    double k = df + 1;

    if (q > k) {
        return 0.5 * (log(q) - log(df)) / (sqrt(2 * q) - sqrt(2 * k - 3));
    }
    return sqrt(1 / (2 * (k - 2)) * (1 - 1 / (3 * (k - 2) * (k - 2))));
}

/* I2 of an H, which never counts as less than 1. */
static double i2_of_h(double h)
{
    return isnan(h) ? NAN : h > 1 ? (h * h - 1) / (h * h) : 0;
}

static void fill_i2(struct heterogeneity *heterogeneity, double level)
{
    double q = heterogeneity->q, df = heterogeneity->df;
    double h = sqrt(q / df), se = log_h_se(q, df);
    double spread = exp(quantile_normal(0.5 + 0.5 * level) * se);

    heterogeneity->i2 = i2_of_h(h);
    if (isfinite(se)) {
        heterogeneity->i2_lower = i2_of_h(h / spread);
        heterogeneity->i2_upper = i2_of_h(h * spread);
    }
}

/* DerSimonian and Laird's variance between variants, from Q and the weights of IVW; NaN where
 * one variant has all the weight. */
static double tau2_of(const struct pair *pair, double q, double df)
{
    double sum = 0, squares = 0, spare;

    for (size_t j = 0; j < pair->count; j++) {
        double root = pair->bx[j] / pair->sy[j], weight = root * root;

        sum += weight;
        squares += weight * weight;
    }
    spare = sum - squares / sum;
    if (!(spare > ROUNDING * sum)) {
        return NAN;
    }
    return q > df ? (q - df) / spare : 0;
}

struct heterogeneity heterogeneity_of(const struct pair *pair, const struct method *method,
                                      const struct estimate *estimate, double level)
{
    struct heterogeneity heterogeneity = {method, NAN, NAN, NAN, NAN, NAN, NAN, NAN};

    if (estimate->status != ESTIMATE_DONE || !(estimate->q_df >= 1) || isnan(estimate->q)) {
        return heterogeneity;
    }
    heterogeneity.q = estimate->q;
    heterogeneity.df = estimate->q_df;
    heterogeneity.p = estimate->q_p;
    fill_i2(&heterogeneity, level);
    if (method->group == GROUP_IVW && pair->ld == NULL) {
        heterogeneity.tau2 = tau2_of(pair, heterogeneity.q, heterogeneity.df);
    }
    return heterogeneity;
}

static enum judgement judge(const struct analysis *analysis)
{
    return checks_judge_p(analysis->heterogeneity.p);
}

static const char *says(const struct analysis *analysis, struct arena *arena)
{
    const struct heterogeneity *found = &analysis->heterogeneity;

    if (isnan(found->p)) {
        return analysis->main.note == NULL ? _("needs two variants") : analysis->main.note;
    }
    return arena_format(arena, _("Q %.3g on %.0f df, p %s, I2 %.0f%%"), found->q, found->df,
                        checks_p_text(found->p, arena), 100 * found->i2);
}

const struct diagnostic diagnostic_heterogeneity = {
    .key = "heterogeneity",
    .letter = 'Q',
    .name = N_("Heterogeneity"),
    .explains = N_("Passed where the variants' ratios differ no more than chance allows "
                   "(Cochran's Q, p at least .05)."),
    .judge = judge,
    .says = says,
};
