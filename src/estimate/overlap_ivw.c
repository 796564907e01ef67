/*
 * IVW corrected for winner's curse, weak instruments and people in both samples.
 */
#include "base/i18n.h"
#include "estimate/methods.h"
#include "estimate/overlap_spread.h"
#include "estimate/points.h"
#include "numeric/regression.h"
#include "numeric/summary.h"
#include "numeric/tail.h"
#include <math.h>

#define LEAST_CHOSEN 2
/* Fewer draws than this are none. */
#define LEAST_DRAWS 2

static bool begin(const struct pair *pair, const struct estimate_settings *settings,
                  struct arena *scratch, struct estimate *estimate, struct overlap *overlap)
{
    const double *set = settings->parameters;

    *overlap = (struct overlap){.exposure_n = points_sample_size(pair, true, scratch),
                                .outcome_n = points_sample_size(pair, false, scratch),
                                .intercept = set[PARAMETER_OVERLAP_INTERCEPT],
                                .heritability = set[PARAMETER_OVERLAP_H2],
                                .markers = set[PARAMETER_OVERLAP_MARKERS],
                                .cut = tail_z_of_neglog10(-log10(set[PARAMETER_OVERLAP_P]))};
    if (isnan(overlap->heritability)) {
        estimate_fail(estimate, ESTIMATE_MISSING_INPUT,
                      _("needs the heritability of the exposure: --set overlap_h2"));
        return false;
    }
    if (!(overlap->heritability > 0)) {
        estimate_fail(estimate, ESTIMATE_UNDEFINED,
                      arena_format(scratch,
                                   _("the heritability of the exposure is %.3g, not above 0: "
                                     "there is nothing to correct by"),
                                   overlap->heritability));
        return false;
    }
    if (!(overlap->exposure_n > 1) || !(overlap->outcome_n > 1)) {
        estimate_fail(estimate, ESTIMATE_MISSING_INPUT, _("needs sample sizes"));
        return false;
    }
    return true;
}

/* The sample size of one side of a row, or else the side's. */
static double size_of(const struct association *one, double usual)
{
    return one->n > 1 ? one->n : usual;
}

/* The variants that pass the cut and are in the outcome, their effects in standard deviations;
 * and how many units of the outcome over the exposure one of these is. The sizes of the samples
 * become the means over them. */
struct chosen {
    size_t count;
    double *x, *y, *w, *units;
    double unit;
};

static struct chosen choose(const struct pair *pair, struct overlap *overlap,
                            struct arena *scratch)
{
    size_t size = pair->count;
    struct chosen chosen = {0,
                            arena_get(scratch, size, sizeof(double)),
                            arena_get(scratch, size, sizeof(double)),
                            arena_get(scratch, size, sizeof(double)),
                            arena_get(scratch, size, sizeof(double)),
                            NAN};
    double x_sum = 0, y_sum = 0;

    for (size_t j = 0; j < size; j++) {
        const struct harmonised *row = &pair->rows[pair->row[j]];
        double x_n = size_of(&row->x, overlap->exposure_n);
        double y_n = size_of(&row->y, overlap->outcome_n);

        if (fabs(pair->bx[j] / pair->sx[j]) >= overlap->cut) {
            size_t at = chosen.count++;

            chosen.x[at] = pair->bx[j] / pair->sx[j] / sqrt(x_n);
            chosen.y[at] = pair->by[j] / pair->sy[j] / sqrt(y_n);
            chosen.w[at] = y_n;
            x_sum += x_n;
            y_sum += y_n;
            chosen.units[at] = pair->sy[j] / pair->sx[j] * sqrt(y_n / x_n);
        }
    }
    if (chosen.count > 0) {
        double *spare = arena_get(scratch, size, sizeof *spare);

        chosen.unit = summary_median(chosen.units, chosen.count, spare);
        overlap->exposure_n = x_sum / (double)chosen.count;
        overlap->outcome_n = y_sum / (double)chosen.count;
    }
    return chosen;
}

/* All that pass the cut in the exposure: the share of markers that act is told by them, whether
 * or not the outcome has them on alleles that can be matched; but not by those that mr_keep
 * takes out. */
static struct overlap_strong find_strong(const struct pair *pair, const struct overlap *overlap,
                                         struct arena *scratch)
{
    struct overlap_strong strong = {0, arena_get(scratch, pair->row_count, sizeof(double)),
                                    arena_get(scratch, pair->row_count, sizeof(double))};

    for (size_t i = 0; i < pair->row_count; i++) {
        const struct association *one = &pair->rows[i].x;
        double z = one->beta / one->se;

        if (pair->rows[i].reason != REASON_NOT_KEPT && one->se > 0 && isfinite(z) &&
            fabs(z) >= overlap->cut) {
            strong.n[strong.count] = size_of(one, overlap->exposure_n);
            strong.x[strong.count] = z / sqrt(strong.n[strong.count]);
            strong.count++;
        }
    }
    return strong;
}

/* IVW, its error never below fixed; and the squares. */
static struct overlap_observed observe(const struct chosen *chosen,
                                       const struct overlap_strong *strong,
                                       const double *parameters, struct overlap *overlap)
{
    struct line_fit line =
        regression_through_origin(chosen->x, chosen->y, chosen->w, chosen->count);
    double scale = sqrt(line.rss / ((double)chosen->count - 1));

    overlap->squares = 0;
    for (size_t j = 0; j < strong->count; j++) {
        overlap->squares += strong->x[j] * strong->x[j];
    }
    return (struct overlap_observed){line.slope, line.slope_se * fmax(1, scale),
                                     parameters[PARAMETER_OVERLAP_H2_SE],
                                     parameters[PARAMETER_OVERLAP_INTERCEPT_SE]};
}

/* What is uncorrected, whether the two differ, and what both rest on. */
static void explain(const struct overlap_observed *observed, double corrected,
                    const struct overlap_spread *spread, double share,
                    const struct chosen *chosen, size_t strong, struct arena *scratch,
                    struct estimate *estimate)
{
    double p = tail_normal_two_sided((observed->b - corrected) / sqrt(spread->apart));
    const char *rest = "";

    if (strong > chosen->count) {
        rest =
            arena_format(scratch, _("; told by %zu variants of that P, of which %zu are used"),
                         strong, chosen->count);
    }
    estimate->note = arena_format(
        scratch,
        _("uncorrected %.6g (SE %.3g), difference p %.3g; a share %.3g of markers acts%s"),
        chosen->unit * observed->b, chosen->unit * observed->se, p, share, rest);
}

/* By draws where they are asked for. */
static bool find_spread(const struct overlap *overlap, double share,
                        const struct overlap_observed *observed,
                        const struct overlap_strong *strong, double draws,
                        struct random_stream *stream, struct arena *scratch,
                        struct overlap_spread *spread)
{
    if (draws >= LEAST_DRAWS) {
        return overlap_spread_by_draws(overlap, observed, strong, (size_t)draws, stream,
                                       scratch, spread);
    }
    *spread = overlap_spread_by_slopes(overlap, share, observed);
    return true;
}

/* What was observed, corrected; false where that cannot be. */
static bool correct(const struct pair *pair, const struct estimate_settings *settings,
                    struct overlap *overlap, const struct chosen *chosen, struct arena *scratch,
                    struct random_stream *stream, struct estimate *estimate)
{
    struct overlap_strong strong = find_strong(pair, overlap, scratch);
    struct overlap_observed observed = observe(chosen, &strong, settings->parameters, overlap);
    struct overlap_spread spread;
    double share, corrected;

    if (!overlap_share(overlap, &share)) {
        estimate_fail(estimate, ESTIMATE_UNDEFINED,
                      _("the variants' effects do not fit this heritability at any share of "
                        "markers that act: check overlap_h2 and overlap_p"));
        return false;
    }
    if (!find_spread(overlap, share, &observed, &strong,
                     settings->parameters[PARAMETER_OVERLAP_DRAWS], stream, scratch, &spread)) {
        estimate_fail(estimate, ESTIMATE_UNDEFINED,
                      _("the heritability is too unsure: many of its draws are not above 0, or "
                        "fit the variants' effects at no share of markers that act"));
        return false;
    }
    corrected = overlap_corrected(overlap, observed.b);
    estimate->b = chosen->unit * corrected;
    estimate->se = chosen->unit * sqrt(spread.variance);
    explain(&observed, corrected, &spread, share, chosen, strong.count, scratch, estimate);
    return true;
}

static void overlap(const struct pair *pair, const struct estimate_settings *settings,
                    struct arena *scratch, struct random_stream *stream,
                    struct estimate *estimate)
{
    struct overlap overlap;
    struct chosen chosen;

    if (!begin(pair, settings, scratch, estimate, &overlap)) {
        return;
    }
    chosen = choose(pair, &overlap, scratch);
    estimate->variants = chosen.count;
    if (chosen.count < LEAST_CHOSEN) {
        estimate_fail(estimate, ESTIMATE_TOO_FEW,
                      _("fewer than 2 variants have a P below overlap_p"));
        return;
    }
    if (correct(pair, settings, &overlap, &chosen, scratch, stream, estimate)) {
        estimate_fill_normal(estimate, settings);
    }
}

const struct method method_overlap = {
    .key = "overlap",
    .name = "IVW corrected for sample overlap",
    .group = GROUP_IVW,
    .least = LEAST_CHOSEN,
    .needs = NEEDS_SAMPLE_SIZE | NEEDS_HERITABILITY,
    .assumes =
        N_("as IVW, the variants chosen by their P in the exposure's own sample; effects of "
           "all markers are normal or 0"),
    .citation = "Mounier and Kutalik 2023, Genetic Epidemiology 47:314",
    .function = overlap,
};
