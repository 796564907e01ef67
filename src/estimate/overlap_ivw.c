/*
 * IVW corrected for winner's curse, weak instruments and people in both samples.
 */
#include "base/i18n.h"
#include "estimate/methods.h"
#include "estimate/overlap.h"
#include "estimate/points.h"
#include "numeric/regression.h"
#include "numeric/summary.h"
#include "numeric/tail.h"
#include <math.h>

#define LEAST_CHOSEN 2

/* Of heritability and squares, for slopes by differences. */
#define NUDGE 1e-4

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
    if (!(overlap->exposure_n > 1) || !(overlap->outcome_n > 1)) {
        estimate_fail(estimate, ESTIMATE_MISSING_INPUT, _("needs sample sizes"));
        return false;
    }
    return true;
}

/* The variants that pass the cut, their effects in standard deviations; and how many units of
 * the outcome over the exposure one of these is. */
struct chosen {
    size_t count;
    double *x, *y, *w, *units;
    double unit;
};

static struct chosen choose(const struct pair *pair, const struct overlap *overlap,
                            struct arena *scratch)
{
    size_t size = pair->count;
    struct chosen chosen = {0,
                            arena_get(scratch, size, sizeof(double)),
                            arena_get(scratch, size, sizeof(double)),
                            arena_get(scratch, size, sizeof(double)),
                            arena_get(scratch, size, sizeof(double)),
                            NAN};
    double root_x = sqrt(overlap->exposure_n), root_y = sqrt(overlap->outcome_n);

    for (size_t j = 0; j < size; j++) {
        if (fabs(pair->bx[j] / pair->sx[j]) >= overlap->cut) {
            size_t at = chosen.count++;

            chosen.x[at] = pair->bx[j] / pair->sx[j] / root_x;
            chosen.y[at] = pair->by[j] / pair->sy[j] / root_y;
            chosen.w[at] = overlap->outcome_n;
            chosen.units[at] = pair->sy[j] / pair->sx[j] * (root_y / root_x);
        }
    }
    if (chosen.count > 0) {
        double *spare = arena_get(scratch, size, sizeof *spare);

        chosen.unit = summary_median(chosen.units, chosen.count, spare);
    }
    return chosen;
}

/* IVW as it is observed: never below fixed. */
struct observed {
    double b, se;
};

static struct observed observe(const struct chosen *chosen, struct overlap *overlap)
{
    struct line_fit line =
        regression_through_origin(chosen->x, chosen->y, chosen->w, chosen->count);
    double scale = sqrt(line.rss / ((double)chosen->count - 1));

    overlap->squares = 0;
    for (size_t j = 0; j < chosen->count; j++) {
        overlap->squares += chosen->x[j] * chosen->x[j];
    }
    return (struct observed){line.slope, line.slope_se * fmax(1, scale)};
}

/* How the corrected effect changes with the heritability, or with the squares, in parts of
 * themselves. */
static double slope_by_heritability(const struct overlap *overlap, double observed)
{
    struct overlap lower = *overlap, upper = *overlap;

    lower.heritability *= 1 - NUDGE;
    upper.heritability *= 1 + NUDGE;
    return (overlap_corrected(&upper, observed) - overlap_corrected(&lower, observed)) /
           (2 * NUDGE);
}

static double slope_by_squares(const struct overlap *overlap, double observed)
{
    struct overlap lower = *overlap, upper = *overlap;

    lower.squares *= 1 - NUDGE;
    upper.squares *= 1 + NUDGE;
    return (overlap_corrected(&upper, observed) - overlap_corrected(&lower, observed)) /
           (2 * NUDGE);
}

/* The variance that intercept, heritability and the errors of the squares (4 squares / n) add
 * to that of the observed effect. */
static double added_variance(const struct estimate_settings *settings,
                             const struct overlap *overlap, double share, double observed)
{
    const double *set = settings->parameters;
    struct overlap whole = *overlap;
    struct overlap_bias bias;
    double by_intercept, by_heritability, by_squares;

    whole.intercept = 1;
    bias = overlap_bias_at(&whole, share);
    by_intercept = bias.shift * bias.stretch * set[PARAMETER_OVERLAP_INTERCEPT_SE];
    by_heritability = slope_by_heritability(overlap, observed) * set[PARAMETER_OVERLAP_H2_SE] /
                      overlap->heritability;
    by_squares =
        slope_by_squares(overlap, observed) * 2 / sqrt(overlap->squares * overlap->exposure_n);
    return by_intercept * by_intercept + by_heritability * by_heritability +
           by_squares * by_squares;
}

/* The test of the difference: what the observed effect's error moves in both cancels out. */
static void explain(const struct observed *observed, const struct overlap_bias *bias,
                    double added, double unit, double share, struct arena *scratch,
                    struct estimate *estimate)
{
    double difference = observed->b - (observed->b - bias->shift) * bias->stretch;
    double apart = (1 - bias->stretch) * observed->se;
    double p = tail_normal_two_sided(difference / sqrt(apart * apart + added));

    estimate->note = arena_format(
        scratch,
        _("uncorrected %.6g (SE %.3g), difference p %.3g; a share %.3g of markers acts"),
        unit * observed->b, unit * observed->se, p, share);
}

static void overlap(const struct pair *pair, const struct estimate_settings *settings,
                    struct arena *scratch, struct random_stream *stream,
                    struct estimate *estimate)
{
    struct overlap overlap;
    struct overlap_bias bias;
    struct observed observed;
    struct chosen chosen;
    double share, added;

    (void)stream;
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
    observed = observe(&chosen, &overlap);
    if (!overlap_share(&overlap, &share)) {
        estimate_fail(estimate, ESTIMATE_UNDEFINED,
                      _("the variants' effects do not fit this heritability at any share of "
                        "markers that act: check overlap_h2 and overlap_p"));
        return;
    }
    bias = overlap_bias_at(&overlap, share);
    added = added_variance(settings, &overlap, share, observed.b);
    estimate->b = chosen.unit * (observed.b - bias.shift) * bias.stretch;
    estimate->se = chosen.unit * sqrt(pow(bias.stretch * observed.se, 2) + added);
    estimate_fill_normal(estimate, settings);
    explain(&observed, &bias, added, chosen.unit, share, scratch, estimate);
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
