/*
 * MR-Egger on several exposures: an intercept for directional pleiotropy, the variants oriented
 * by one exposure.
 */
#include "base/i18n.h"
#include "multivariable/methods.h"
#include "numeric/tail.h"
#include <math.h>

/* A column of ones and the oriented effects; y and w beside it. */
struct oriented {
    double *x, *y, *w;
};

static struct oriented orient(const struct design *design, size_t exposure,
                              struct arena *scratch)
{
    size_t columns = design->exposure_count;
    double *signs = mv_orient(design, exposure, scratch);
    struct oriented to = {arena_get(scratch, design->count * (columns + 1), sizeof(double)),
                          arena_get(scratch, design->count, sizeof(double)),
                          arena_get(scratch, design->count, sizeof(double))};

    for (size_t j = 0; j < design->count; j++) {
        to.x[j * (columns + 1)] = 1;
        for (size_t k = 0; k < columns; k++) {
            to.x[j * (columns + 1) + 1 + k] = signs[j] * design->x[j * columns + k];
        }
        to.y[j] = signs[j] * design->y[j];
        to.w[j] = 1 / (design->sy[j] * design->sy[j]);
    }
    return to;
}

static void mv_egger(const struct mv_work *work, struct mv_estimate *estimate)
{
    const struct design *design = work->design;
    size_t columns = design->exposure_count, exposure = mv_orientation(work);
    struct oriented to = orient(design, exposure, work->scratch);
    double df = (double)design->count - (double)columns - 1, scale;
    struct linear_fit fit;

    if (!linear_fit(to.x, to.y, to.w, design->count, columns + 1, work->scratch, &fit)) {
        mv_fail(work, estimate, ESTIMATE_UNDEFINED,
                _("an exposure has the same effect at every variant"));
        return;
    }
    scale = fmax(1, sqrt(fit.rss / df));
    mv_fill_normal(work, estimate, fit.coefficients + 1,
                   mv_errors(&fit, 1, columns, columns + 1, scale, work->scratch));
    if (estimate->status != ESTIMATE_DONE) {
        return;
    }
    estimate->intercept = fit.coefficients[0];
    estimate->intercept_se = *mv_errors(&fit, 0, 1, columns + 1, scale, work->scratch);
    estimate->intercept_p = tail_normal_two_sided(estimate->intercept / estimate->intercept_se);
    estimate->q = fit.rss;
    estimate->q_df = df;
    estimate->q_p = tail_chi_square(fit.rss, df);
    estimate->note =
        arena_format(work->scratch, _("oriented by %s; intercept %.6g (SE %.3g, p %.3g)"),
                     design->exposures[exposure], estimate->intercept, estimate->intercept_se,
                     estimate->intercept_p);
}

const struct mv_method mv_method_egger = {
    .key = "mv_egger",
    .name = "Multivariable MR-Egger",
    .is_default = true,
    .beyond = 2,
    .assumes = N_("direct effects on the outcome do not depend on the strength of the "
                  "exposure by which variants are oriented"),
    .citation = "Rees, Wood and Burgess 2017, Statistics in Medicine 36:4705",
    .function = mv_egger,
};
