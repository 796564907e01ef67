#include "estimate/ivw.h"
#include "base/i18n.h"
#include "estimate/correlated.h"
#include "estimate/methods.h"
#include "numeric/tail.h"
#include <math.h>

/* MendelianRandomization takes fixed effects below this number of variants. */
#define FEW_VARIANTS 4

static double *outcome_weights(const struct pair *pair, struct arena *scratch)
{
    double *weights = arena_get(scratch, pair->count, sizeof *weights);

    for (size_t j = 0; j < pair->count; j++) {
        weights[j] = 1 / (pair->sy[j] * pair->sy[j]);
    }
    return weights;
}

static void fill_q(struct estimate *estimate, double q, double df)
{
    estimate->q = q;
    estimate->q_df = df;
    estimate->q_p = tail_chi_square(q, df);
}

/* How much of the scatter around the line goes into the standard error. */
typedef double scatter_factor(double sigma);

static double as_fixed(double sigma)
{
    (void)sigma;
    return 1;
}

static double as_seen(double sigma)
{
    return sigma;
}

static double as_seen_but_not_below_1(double sigma)
{
    return sigma > 1 ? sigma : 1;
}

const char *ivw_no_line(const struct line_fit *line)
{
    return isnan(line->slope_se) ? _("no variant has an effect on the exposure")
                                 : _("the effects are too large to be summed");
}

static void fill(const struct line_fit *line, size_t count, scatter_factor *factor,
                 const struct estimate_settings *settings, struct estimate *estimate)
{
    double df = (double)count - 1;

    if (!isfinite(line->slope) || !isfinite(line->rss)) {
        estimate_fail(estimate, ESTIMATE_UNDEFINED, ivw_no_line(line));
        return;
    }
    estimate->b = line->slope;
    estimate->se = line->slope_se * factor(sqrt(line->rss / df));
    fill_q(estimate, line->rss, df);
    estimate_fill_normal(estimate, settings);
}

/* Weighted least squares, or generalised ones where the variants' correlations are known. False
 * where those forbid it, which the estimate then says. */
static bool fit_line(const struct pair *pair, struct arena *scratch, struct line_fit *line,
                     struct estimate *estimate)
{
    struct whitened white;

    if (pair->ld == NULL) {
        *line = regression_through_origin(pair->bx, pair->by, outcome_weights(pair, scratch),
                                          pair->count);
        return true;
    }
    if (!correlated_whiten(pair, scratch, &white, estimate)) {
        return false;
    }
    *line = regression_through_origin(white.x, white.y, white.weights, pair->count);
    return true;
}

void ivw_fill(const struct line_fit *line, size_t count,
              const struct estimate_settings *settings, struct estimate *estimate)
{
    bool is_fixed =
        settings->convention == CONVENTION_MENDELIANRANDOMIZATION && count < FEW_VARIANTS;

    fill(line, count, is_fixed ? as_fixed : as_seen_but_not_below_1, settings, estimate);
}

static void ivw(const struct pair *pair, const struct estimate_settings *settings,
                struct arena *scratch, struct random_stream *stream, struct estimate *estimate)
{
    struct line_fit line;

    (void)stream;
    if (fit_line(pair, scratch, &line, estimate)) {
        ivw_fill(&line, pair->count, settings, estimate);
    }
}

static void ivw_fe(const struct pair *pair, const struct estimate_settings *settings,
                   struct arena *scratch, struct random_stream *stream,
                   struct estimate *estimate)
{
    struct line_fit line;

    (void)stream;
    if (fit_line(pair, scratch, &line, estimate)) {
        fill(&line, pair->count, as_fixed, settings, estimate);
    }
}

static void ivw_mre(const struct pair *pair, const struct estimate_settings *settings,
                    struct arena *scratch, struct random_stream *stream,
                    struct estimate *estimate)
{
    struct line_fit line;

    (void)stream;
    if (fit_line(pair, scratch, &line, estimate)) {
        fill(&line, pair->count, as_seen, settings, estimate);
    }
}

const struct method method_ivw = {
    .key = "ivw",
    .name = "Inverse variance weighted",
    .group = GROUP_IVW,
    .is_default = true,
    .least = 2,
    .uses_ld = true,
    .assumes = N_("every variant is valid, or pleiotropy averages to zero and does not go with "
                  "strength"),
    .citation = "Burgess, Butterworth and Thompson 2013, Genet Epidemiol 37:658",
    .function = ivw,
};

const struct method method_ivw_fe = {
    .key = "ivw_fe",
    .name = "Inverse variance weighted (fixed effects)",
    .group = GROUP_IVW,
    .least = 2,
    .uses_ld = true,
    .assumes = N_("every variant is valid and shows the same effect"),
    .citation = "Burgess, Butterworth and Thompson 2013, Genet Epidemiol 37:658",
    .function = ivw_fe,
};

const struct method method_ivw_mre = {
    .key = "ivw_mre",
    .name = "Inverse variance weighted (multiplicative random effects)",
    .group = GROUP_IVW,
    .least = 2,
    .uses_ld = true,
    .assumes = N_("as IVW; the standard error may fall below that of fixed effects"),
    .citation = "Bowden et al. 2017, Stat Med 36:1783",
    .function = ivw_mre,
};
