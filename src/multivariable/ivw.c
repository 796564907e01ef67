/*
 * Inverse-variance weighted regression on several exposures, and its kin by their standard
 * errors: fixed, never below fixed, as the residuals have it.
 */
#include "base/i18n.h"
#include "multivariable/methods.h"
#include "numeric/cholesky.h"
#include "numeric/tail.h"
#include <math.h>

/* Fewer variants than this leave the fixed model, as MendelianRandomization's default has it.
 */
#define LEAST_RANDOM 4

double *mv_errors(const struct linear_fit *fit, size_t first, size_t count, size_t columns,
                  double scale, struct arena *scratch)
{
    double *errors = arena_get(scratch, count, sizeof *errors);

    for (size_t k = 0; k < count; k++) {
        size_t at = first + k;

        errors[k] = scale * sqrt(fit->covariance[at * columns + at]);
    }
    return errors;
}

double *mv_orient(const struct design *design, size_t exposure, struct arena *scratch)
{
    double *signs = arena_get(scratch, design->count, sizeof *signs);

    for (size_t j = 0; j < design->count; j++) {
        signs[j] = design->x[j * design->exposure_count + exposure] < 0 ? -1 : 1;
    }
    return signs;
}

size_t mv_orientation(const struct mv_work *work)
{
    double asked = work->settings->parameters[PARAMETER_MV_ORIENTATION];

    return asked <= (double)work->design->exposure_count ? (size_t)asked - 1 : 0;
}

/* The lower root of the outcome's covariance, sy sy' times the correlations. */
static double *root_of_covariance(const struct design *design, struct arena *scratch)
{
    size_t count = design->count;
    double *root = arena_get(scratch, count * count, sizeof *root);

    for (size_t i = 0; i < count * count; i++) {
        root[i] = design->ld[i] * design->sy[i / count] * design->sy[i % count];
    }
    return cholesky_factor(root, count) == count ? root : NULL;
}

/* One column of rows x columns made independent, in place. */
static void whiten_column(const double *root, double *values, size_t rows, size_t columns,
                          size_t column, double *room)
{
    for (size_t j = 0; j < rows; j++) {
        room[j] = values[j * columns + column];
    }
    cholesky_whiten(root, rows, room);
    for (size_t j = 0; j < rows; j++) {
        values[j * columns + column] = room[j];
    }
}

static bool fit_correlated(const struct design *design, struct arena *scratch,
                           struct linear_fit *fit)
{
    size_t rows = design->count, columns = design->exposure_count;
    double *root = root_of_covariance(design, scratch);
    double *x = arena_get(scratch, rows * columns, sizeof *x);
    double *y = arena_get(scratch, rows, sizeof *y);
    double *room = arena_get(scratch, rows, sizeof *room);

    if (root == NULL) {
        return false;
    }
    for (size_t i = 0; i < rows * columns; i++) {
        x[i] = design->x[i];
    }
    for (size_t j = 0; j < rows; j++) {
        y[j] = design->y[j];
    }
    for (size_t k = 0; k < columns; k++) {
        whiten_column(root, x, rows, columns, k, room);
    }
    whiten_column(root, y, rows, 1, 0, room);
    return linear_fit(x, y, NULL, rows, columns, scratch, fit);
}

bool mv_fit_ivw(const struct design *design, struct arena *scratch, struct linear_fit *fit)
{
    return design->ld != NULL
               ? fit_correlated(design, scratch, fit)
               : linear_fit(design->x, design->y, design_weights(design, scratch),
                            design->count, design->exposure_count, scratch, fit);
}

enum error_model { MODEL_FIXED, MODEL_FLOORED, MODEL_RAW };

static void ivw(const struct mv_work *work, struct mv_estimate *estimate,
                enum error_model model, bool is_t)
{
    const struct design *design = work->design;
    size_t columns = design->exposure_count;
    double df = (double)design->count - (double)columns, scale = 1;
    struct linear_fit fit;
    double *errors;

    if (!mv_fit_ivw(design, work->scratch, &fit)) {
        mv_fail(work, estimate, ESTIMATE_UNDEFINED, _("the exposures determine each other"));
        return;
    }
    if (model != MODEL_FIXED) {
        scale = sqrt(fit.rss / df);
        scale = model == MODEL_FLOORED ? fmax(1, scale) : scale;
    }
    errors = mv_errors(&fit, 0, columns, columns, scale, work->scratch);
    if (is_t) {
        mv_fill_t(work, estimate, fit.coefficients, errors, df);
    } else {
        mv_fill_normal(work, estimate, fit.coefficients, errors);
    }
    if (df > 0 && estimate->status == ESTIMATE_DONE) {
        estimate->q = fit.rss;
        estimate->q_df = df;
        estimate->q_p = tail_chi_square(fit.rss, df);
    }
}

static void mv_ivw(const struct mv_work *work, struct mv_estimate *estimate)
{
    size_t count = work->design->count;

    if (count >= LEAST_RANDOM && count <= work->design->exposure_count) {
        mv_fail(work, estimate, ESTIMATE_TOO_FEW,
                _("as many variants as exposures leave no residual to scale errors by"));
        return;
    }
    ivw(work, estimate, count < LEAST_RANDOM ? MODEL_FIXED : MODEL_FLOORED, false);
    if (count < LEAST_RANDOM && estimate->status == ESTIMATE_DONE) {
        estimate->note = _("fixed effects, with fewer than four variants");
    }
}

static void mv_ivw_fe(const struct mv_work *work, struct mv_estimate *estimate)
{
    ivw(work, estimate, MODEL_FIXED, false);
}

static void mv_ivw_t(const struct mv_work *work, struct mv_estimate *estimate)
{
    ivw(work, estimate, MODEL_FLOORED, true);
}

static void mv_multiple(const struct mv_work *work, struct mv_estimate *estimate)
{
    ivw(work, estimate, MODEL_RAW, false);
}

#define CITATION "Burgess and Thompson 2015, American Journal of Epidemiology 181:251"
#define ASSUMES N_("variants act on the outcome through the exposures alone, or balance out")

const struct mv_method mv_method_ivw = {
    .key = "mv_ivw",
    .name = "Multivariable IVW",
    .is_default = true,
    .uses_ld = true,
    .assumes = ASSUMES,
    .citation = CITATION,
    .function = mv_ivw,
};
const struct mv_method mv_method_ivw_fe = {
    .key = "mv_ivw_fe",
    .name = "Multivariable IVW (fixed effects)",
    .uses_ld = true,
    .assumes = N_("variants act on the outcome through the exposures alone"),
    .citation = CITATION,
    .function = mv_ivw_fe,
};
const struct mv_method mv_method_ivw_t = {
    .key = "mv_ivw_t",
    .name = "Multivariable IVW (t distribution)",
    .uses_ld = true,
    .beyond = 1,
    .assumes = ASSUMES,
    .citation = CITATION,
    .function = mv_ivw_t,
};
const struct mv_method mv_method_multiple = {
    .key = "mv_multiple",
    .name = "Multivariable IVW (errors not floored)",
    .beyond = 1,
    .uses_ld = true,
    .assumes = ASSUMES,
    .citation = "Sanderson, Davey Smith, Windmeijer and Bowden 2019, International Journal of "
                "Epidemiology 48:713",
    .function = mv_multiple,
};
