/*
 * Each exposure alone on what the others leave of the outcome: TwoSampleMR's mv_residual. Its
 * effects are drawn towards 0, since the exposure itself is not adjusted; it is here to
 * compare.
 */
#include "base/i18n.h"
#include "multivariable/methods.h"
#include "numeric/regression.h"
#include <math.h>

/* The outcome less what the other exposures predict, without weights. */
static bool leave_rest(const struct design *design, size_t exposure, double *rest,
                       struct arena *scratch)
{
    struct design others = design_without(design, exposure, scratch);
    struct linear_fit fit = {0};

    if (others.exposure_count > 0 && !linear_fit(others.x, others.y, NULL, others.count,
                                                 others.exposure_count, scratch, &fit)) {
        return false;
    }
    for (size_t j = 0; j < design->count; j++) {
        rest[j] = design->y[j];
        for (size_t k = 0; k < others.exposure_count; k++) {
            rest[j] -= others.x[j * others.exposure_count + k] * fit.coefficients[k];
        }
    }
    return true;
}

static void mv_residual(const struct mv_work *work, struct mv_estimate *estimate)
{
    const struct design *design = work->design;
    size_t columns = design->exposure_count;
    double *rest = arena_get(work->scratch, design->count, sizeof *rest);
    double *ones = arena_get(work->scratch, design->count, sizeof *ones);
    double *effects = arena_get(work->scratch, columns, sizeof *effects);
    double *errors = arena_get(work->scratch, columns, sizeof *errors);

    for (size_t j = 0; j < design->count; j++) {
        ones[j] = 1;
    }
    for (size_t k = 0; k < columns; k++) {
        struct design one = design_of_one(design, k, work->scratch);
        struct line_fit line;

        if (!leave_rest(design, k, rest, work->scratch)) {
            mv_fail(work, estimate, ESTIMATE_UNDEFINED,
                    _("the exposures determine each other"));
            return;
        }
        line = regression_through_origin(one.x, rest, ones, design->count);
        effects[k] = line.slope;
        errors[k] = line.slope_se * sqrt(line.rss / ((double)design->count - 1));
    }
    mv_fill_normal(work, estimate, effects, errors);
    if (estimate->status == ESTIMATE_DONE) {
        estimate->note = _("drawn towards 0: for comparison alone");
    }
}

const struct mv_method mv_method_residual = {
    .key = "mv_residual",
    .name = "Multivariable residuals",
    .beyond = 1,
    .assumes = N_("the exposures' effects are not correlated between variants"),
    .citation = "TwoSampleMR, mv_residual",
    .function = mv_residual,
};
