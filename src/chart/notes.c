#include "chart/notes.h"

#include "base/i18n.h"
#include "chart/words.h"
#include "numeric/tail.h"
#include <math.h>

/* Below this many variants heterogeneity is easily missed. */
static const size_t FEW = 10;
/* A variant is an outlier when its P, times the number of variants, is below this. */
static const double OUTLIER = 0.05;

const char *notes_nothing(const struct analysis *analysis, struct arena *arena)
{
    const struct pair *pair = analysis->pair;
    if (pair->count > 0) {
        return NULL;
    }
    if (pair->row_count == 0) {
        return _("No variants: this trait has no instrument, so nothing can be estimated.");
    }
    return arena_format(arena,
                        _("No variants: of %zu looked at none can be used; the ledger says "
                          "why."),
                        pair->row_count);
}

/* "0 to 71", in percent. */
static const char *percent_range(double lower, double upper, struct arena *arena)
{
    return arena_format(arena, _("%s to %s"), chart_number(100 * lower, 0, arena),
                        chart_number(100 * upper, 0, arena));
}

const char *notes_q(const struct analysis *analysis, struct arena *arena)
{
    const struct heterogeneity *h = &analysis->heterogeneity;
    if (isnan(h->q) || !(h->df >= 1)) {
        return NULL;
    }
    return arena_format(arena, _("Q %s on %.0f df, p %s · I² %s (%s)"),
                        chart_number(h->q, 2, arena), h->df, chart_p(h->p, NAN, arena),
                        words_percent(h->i2, arena),
                        percent_range(h->i2_lower, h->i2_upper, arena));
}

const char *notes_heterogeneity(const struct analysis *analysis, struct arena *arena)
{
    const char *q = notes_q(analysis, arena);
    if (q == NULL) {
        return _("Heterogeneity: cannot be judged with fewer than two variants");
    }
    double tau2 = analysis->heterogeneity.tau2;
    return arena_format(arena, _("Heterogeneity: %s · tau %s%s"), q,
                        tau2 == 0 ? "0" : chart_number(sqrt(tau2), 3, arena),
                        analysis->pair->count < FEW ? _(" · few variants: spread can hide")
                                                    : "");
}

const char *notes_heterogeneity_egger(const struct analysis *analysis, struct arena *arena)
{
    const struct heterogeneity *h = &analysis->heterogeneity_egger;
    if (isnan(h->q) || !(h->df >= 1)) {
        return _("Around MR Egger: cannot be judged with fewer than three variants");
    }
    return arena_format(arena, _("Around MR Egger: Q' %s on %.0f df, p %s"),
                        chart_number(h->q, 2, arena), h->df, chart_p(h->p, NAN, arena));
}

const char *notes_intercept(const struct analysis *analysis, struct arena *arena)
{
    const struct estimate *egger = &analysis->egger;
    if (egger->status != ESTIMATE_DONE || isnan(egger->intercept)) {
        return arena_format(arena, _("Egger intercept: %s"),
                            egger->status == ESTIMATE_DONE ? words_status(ESTIMATE_UNDEFINED)
                                                           : words_status(egger->status));
    }
    return arena_format(
        arena, _("Egger intercept: %s (se %s), p %s"), chart_number(egger->intercept, 3, arena),
        chart_number(egger->intercept_se, 3, arena), chart_p(egger->intercept_p, NAN, arena));
}

size_t notes_largest_variant(const struct analysis *analysis)
{
    size_t largest = CHART_NO_MARK;
    for (size_t j = 0; j < analysis->pair->count && analysis->pair->count > 1; j++) {
        double share = analysis->singles[j].q_share;
        if (!isnan(share) &&
            (largest == CHART_NO_MARK || share > analysis->singles[largest].q_share)) {
            largest = j;
        }
    }
    return largest;
}

double notes_shift(const struct analysis *analysis, size_t j)
{
    if (j + 1 >= analysis->leave_one_out_count) {
        return NAN;
    }
    return (analysis->leave_one_out[j].b - analysis->main.b) / analysis->main.se;
}

size_t notes_largest_shift(const struct analysis *analysis, double *shift)
{
    size_t largest = CHART_NO_MARK;
    *shift = NAN;
    for (size_t j = 0; j + 1 < analysis->leave_one_out_count; j++) {
        double here = notes_shift(analysis, j);
        if (!isnan(here) && (largest == CHART_NO_MARK || fabs(here) > fabs(*shift))) {
            largest = j;
            *shift = here;
        }
    }
    return largest;
}

static const char *without_it(const struct analysis *analysis, size_t j, struct arena *arena)
{
    if (j + 1 >= analysis->leave_one_out_count) {
        return "";
    }
    const struct estimate *without = &analysis->leave_one_out[j];
    return arena_format(arena, _("; without it p %s → %s"),
                        chart_p(analysis->main.p, analysis->main.neglog10_p, arena),
                        chart_p(without->p, without->neglog10_p, arena));
}

/* An externally studentised residual is t on two degrees of freedom fewer than variants, and
 * the one with most of Q was chosen after looking: Bonferroni. */
static const char *whether_outlier(const struct single_variant *single, size_t count,
                                   struct arena *arena)
{
    double df = (double)count - 2;
    double p = fmin(1, (double)count * tail_t_two_sided(single->studentised, df));

    if (isnan(single->studentised) || df < 1) {
        return "";
    }
    return arena_format(
        arena,
        p < OUTLIER ? _(", studentised %s: an outlier (t on %.0f df, Bonferroni p %s)")
                    : _(", studentised %s: no outlier (t on %.0f df, Bonferroni p %s)"),
        chart_number(single->studentised, 1, arena), df, chart_p(p, NAN, arena));
}

const char *notes_influence(const struct analysis *analysis, struct arena *arena)
{
    size_t j = notes_largest_variant(analysis);
    if (j == CHART_NO_MARK) {
        return NULL;
    }
    const struct single_variant *single = &analysis->singles[j];
    return arena_format(
        arena, _("%s: %s of weight, %s of Q%s%s"), pair_variant(analysis->pair, j),
        words_percent(single->weight_share, arena), words_percent(single->q_share, arena),
        whether_outlier(single, analysis->pair->count, arena), without_it(analysis, j, arena));
}

const char *notes_main(const struct analysis *analysis, bool exponential, struct arena *arena)
{
    const struct estimate *estimate = &analysis->main;
    const char *count = words_variants(analysis->pair->count, arena);
    if (analysis->pair->count == 0) {
        return notes_nothing(analysis, arena);
    }
    if (estimate->status != ESTIMATE_DONE) {
        return arena_format(arena, _("%s; %s: %s"), count, words_method(estimate->method),
                            words_status(estimate->status));
    }
    return arena_format(arena,
                        estimate->contains_null ? _("%s; %s %s %s is compatible with no effect")
                                                : _("%s; %s %s %s excludes no effect"),
                        count, words_method(estimate->method),
                        words_effect(analysis->pair, exponential),
                        words_interval(estimate, exponential, _(" to "), arena));
}

const char *notes_largest(const struct analysis *analysis, struct arena *arena)
{
    size_t j = notes_largest_variant(analysis);
    return j == CHART_NO_MARK
               ? NULL
               : arena_format(arena, _("largest share of Q: %s, %s"),
                              pair_variant(analysis->pair, j),
                              words_percent(analysis->singles[j].q_share, arena));
}

const char *notes_join(const char *one, const char *between, const char *other,
                       struct arena *arena)
{
    if (one == NULL || other == NULL) {
        return one == NULL ? other : one;
    }
    return arena_format(arena, "%s%s%s", one, between, other);
}
