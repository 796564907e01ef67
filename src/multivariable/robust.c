/*
 * Regression on several exposures that outlying variants cannot pull (MM-estimation), as
 * MendelianRandomization's mr_mvivw(robust=TRUE), but from starts that do not change from run
 * to run.
 */
#include "base/i18n.h"
#include "multivariable/methods.h"
#include "numeric/robust_plane.h"
#include <math.h>

/* Fewer variants than this leave the fixed model: errors at scale 1. */
#define LEAST_RANDOM 4

static void explain(const struct mv_work *work, struct mv_estimate *estimate,
                    enum robust_outcome outcome)
{
    switch (outcome) {
    case ROBUST_EXACT:
        mv_fail(work, estimate, ESTIMATE_UNDEFINED,
                _("half of the variants or more are fitted exactly, which has no robust "
                  "standard error"));
        break;
    case ROBUST_NO_LINE:
        mv_fail(work, estimate, ESTIMATE_UNDEFINED, _("the exposures determine each other"));
        break;
    default:
        mv_fail(work, estimate, ESTIMATE_NOT_CONVERGED,
                _("the robust regression did not settle"));
        break;
    }
}

static void mv_robust(const struct mv_work *work, struct mv_estimate *estimate)
{
    const struct design *design = work->design;
    size_t columns = design->exposure_count;
    double *effects = arena_get(work->scratch, columns, sizeof *effects);
    double *errors = arena_get(work->scratch, columns, sizeof *errors), scale;
    enum robust_outcome outcome =
        robust_plane_fit(design->x, design->y, design_weights(design, work->scratch),
                         design->count, columns, work->scratch, effects, errors, &scale);

    if (outcome != ROBUST_DONE) {
        explain(work, estimate, outcome);
        return;
    }
    for (size_t k = 0; k < columns; k++) {
        errors[k] /= design->count < LEAST_RANDOM ? scale : fmin(1, scale);
    }
    mv_fill_normal(work, estimate, effects, errors);
}

const struct mv_method mv_method_robust = {
    .key = "mv_robust",
    .name = "Multivariable IVW (robust)",
    .beyond = 2,
    .assumes =
        N_("as IVW for most of the variants; those far from what is fitted lose their weight"),
    .citation = "Burgess, Bowden et al. 2016, arXiv:1606.03729; Yohai 1987, Annals of "
                "Statistics 15:642",
    .function = mv_robust,
};
