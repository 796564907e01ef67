/*
 * What TwoSampleMR's mv_multiple does besides: an intercept without orienting the variants, and
 * each exposure's effect from its own instruments alone. Here to compare with it.
 */
#include "base/i18n.h"
#include "multivariable/methods.h"
#include "numeric/tail.h"
#include <math.h>
#include <string.h>

/* P of an instrument of its own. */
#define OWN_P 5e-8

/* Effects with a column of ones before them. */
static double *with_ones(const struct design *design, struct arena *scratch)
{
    size_t columns = design->exposure_count + 1;
    double *x = arena_get(scratch, design->count * columns, sizeof *x);

    for (size_t j = 0; j < design->count; j++) {
        x[j * columns] = 1;
        memcpy(&x[j * columns + 1], &design->x[j * (columns - 1)], (columns - 1) * sizeof *x);
    }
    return x;
}

static void mv_intercept(const struct mv_work *work, struct mv_estimate *estimate)
{
    const struct design *design = work->design;
    size_t columns = design->exposure_count;
    double df = (double)design->count - (double)columns - 1, scale;
    struct linear_fit fit;

    if (!linear_fit(with_ones(design, work->scratch), design->y,
                    design_weights(design, work->scratch), design->count, columns + 1,
                    work->scratch, &fit)) {
        mv_fail(work, estimate, ESTIMATE_UNDEFINED,
                _("an exposure has the same effect at every variant"));
        return;
    }
    scale = sqrt(fit.rss / df);
    mv_fill_normal(work, estimate, fit.coefficients + 1,
                   mv_errors(&fit, 1, columns, columns + 1, scale, work->scratch));
    if (estimate->status == ESTIMATE_DONE) {
        estimate->intercept = fit.coefficients[0];
        estimate->intercept_se = *mv_errors(&fit, 0, 1, columns + 1, scale, work->scratch);
        estimate->intercept_p =
            tail_normal_two_sided(estimate->intercept / estimate->intercept_se);
        estimate->note = _("not oriented: it depends on which alleles are counted");
    }
}

static bool is_own(const struct design *design, size_t variant, size_t exposure)
{
    size_t at = variant * design->exposure_count + exposure;
    double p = design->p[at];

    return (isnan(p) ? tail_normal_two_sided(design->x[at] / design->sx[at]) : p) < OWN_P;
}

/* The variants that stand for one exposure. */
static struct design own_design(const struct design *design, size_t exposure,
                                struct arena *scratch)
{
    size_t columns = design->exposure_count;
    struct design own = *design;
    double *x = arena_get(scratch, design->count * columns, sizeof *x);
    double *y = arena_get(scratch, design->count, sizeof *y);
    double *sy = arena_get(scratch, design->count, sizeof *sy);

    own.count = 0;
    own.ld = NULL;
    for (size_t j = 0; j < design->count; j++) {
        if (is_own(design, j, exposure)) {
            memcpy(&x[own.count * columns], &design->x[j * columns], columns * sizeof *x);
            y[own.count] = design->y[j];
            sy[own.count++] = design->sy[j];
        }
    }
    own.x = x;
    own.y = y;
    own.sy = sy;
    return own;
}

/* One exposure's effect; false where it has no more instruments than there are exposures. */
static bool fit_own(const struct mv_work *work, size_t exposure, struct estimate *effect)
{
    struct design own = own_design(work->design, exposure, work->scratch);
    size_t columns = own.exposure_count;
    struct linear_fit fit;

    if (own.count <= columns || !mv_fit_ivw(&own, work->scratch, &fit)) {
        return false;
    }
    effect->status = ESTIMATE_DONE;
    effect->b = fit.coefficients[exposure];
    effect->se = mv_errors(&fit, exposure, 1, columns,
                           sqrt(fit.rss / (double)(own.count - columns)), work->scratch)[0];
    estimate_fill_normal(effect, work->settings);
    return true;
}

static void mv_specific(const struct mv_work *work, struct mv_estimate *estimate)
{
    const char *missing = "";
    bool is_any = false;

    for (size_t k = 0; k < work->design->exposure_count; k++) {
        if (fit_own(work, k, &estimate->effects[k])) {
            is_any = true;
        } else {
            missing = arena_format(work->scratch, "%s%s%s", missing,
                                   *missing == '\0' ? "" : ", ", work->design->exposures[k]);
        }
    }
    if (*missing == '\0') {
        return;
    }
    missing = arena_format(work->scratch,
                           _("no more variants with p < 5e-8 than exposures: %s"), missing);
    if (is_any) {
        estimate->note = missing;
    } else {
        mv_fail(work, estimate, ESTIMATE_TOO_FEW, missing);
    }
}

#define ASSUMES N_("variants act on the outcome through the exposures alone, or balance out")

const struct mv_method mv_method_intercept = {
    .key = "mv_intercept",
    .name = "Multivariable IVW with an intercept",
    .beyond = 2,
    .assumes = N_("direct effects on the outcome do not depend on which alleles are counted"),
    .citation = "TwoSampleMR, mv_multiple with intercept = TRUE",
    .function = mv_intercept,
};
const struct mv_method mv_method_specific = {
    .key = "mv_specific",
    .name = "Multivariable IVW, own instruments",
    .beyond = 1,
    .assumes = ASSUMES,
    .citation = "TwoSampleMR, mv_multiple with instrument_specific = TRUE",
    .function = mv_specific,
};
