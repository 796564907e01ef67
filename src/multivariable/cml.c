/*
 * Constrained maximum likelihood on several exposures: so many variants may act on the outcome
 * directly, and a criterion says how many.
 */
#include "base/i18n.h"
#include "multivariable/draw.h"
#include "multivariable/measured.h"
#include "multivariable/methods.h"
#include "numeric/middle.h"
#include "numeric/summary.h"
#include <math.h>
#include <string.h>

/* As MendelianRandomization's mr_mvcML: it ends by the size of a step, not at the top. */
#define ROUNDS 100
#define STEP 1e-4

/*
 * One data set and the room to fit it. With S the covariance of a variant's errors, t the
 * effects and g the outcome's effect less a direct one, the exposures' true effects
 * (S^-1 + tt'/sy^2)^-1 (S^-1 x + t g/sy^2) are x + S t (g - x't) / (sy^2 + t'S t): no matrix is
 * inverted (Sherman and Morrison 1950).
 */
struct cml {
    const struct design *design;
    const double *x, *y;
    double *covariances; /* of each variant's exposures: count matrices */
    double *true_x, *direct, *effects;
    double *w;            /* 1 / sy^2 */
    double *off, *sorted; /* squared residuals over their errors */
    double *misfit;       /* of the exposures, by variant: (x - true x)'S^-1(same) */
    double *along, *matrix, *vector;
    struct arena *scratch;
};

/* What a number of invalid variants gives. */
struct cml_fit {
    double criterion;
    double *effects;
    bool *is_invalid;
};

static struct cml cml_of(const struct design *design, struct arena *scratch)
{
    size_t columns = design->exposure_count, count = design->count;

    return (struct cml){.design = design,
                        .x = design->x,
                        .y = design->y,
                        .covariances = measured_covariances(design, scratch),
                        .true_x = arena_get(scratch, count * columns, sizeof(double)),
                        .direct = arena_get(scratch, count, sizeof(double)),
                        .effects = arena_get(scratch, columns, sizeof(double)),
                        .w = design_weights(design, scratch),
                        .off = arena_get(scratch, count, sizeof(double)),
                        .sorted = arena_get(scratch, count, sizeof(double)),
                        .misfit = arena_get(scratch, count, sizeof(double)),
                        .along = arena_get(scratch, columns, sizeof(double)),
                        .matrix = arena_get(scratch, columns * columns, sizeof(double)),
                        .vector = arena_get(scratch, columns, sizeof(double)),
                        .scratch = scratch};
}

static double residual(const struct cml *cml, size_t j)
{
    double rest = cml->y[j];

    for (size_t k = 0; k < cml->design->exposure_count; k++) {
        rest -= cml->true_x[j * cml->design->exposure_count + k] * cml->effects[k];
    }
    return rest;
}

/* How many of the values are larger than `limit`. */
static size_t count_above(const double *values, size_t count, double limit)
{
    size_t above = 0;

    for (size_t j = 0; j < count; j++) {
        above += values[j] > limit;
    }
    return above;
}

/* The `invalid` variants that are farthest off have a direct effect: all of their residual. Of
 * equals the first ones. */
static void choose_invalid(struct cml *cml, size_t invalid)
{
    size_t count = cml->design->count, equals;
    double limit = INFINITY;

    for (size_t j = 0; j < count; j++) {
        double rest = residual(cml, j), z = rest / cml->design->sy[j];

        cml->direct[j] = rest;
        cml->off[j] = cml->sorted[j] = z * z;
    }
    if (invalid > 0) {
        limit = middle_select(cml->sorted, count, count - invalid);
    }
    equals = invalid - count_above(cml->off, count, limit);
    for (size_t j = 0; j < count; j++) {
        bool is_invalid = cml->off[j] > limit || (cml->off[j] == limit && equals > 0);

        equals -= cml->off[j] == limit && equals > 0;
        cml->direct[j] = is_invalid ? cml->direct[j] : 0;
    }
}

/* The exposures' true effects at one variant, given the effects on the outcome. */
static void fit_variant(struct cml *cml, size_t j)
{
    size_t columns = cml->design->exposure_count;
    const double *s = &cml->covariances[j * columns * columns];
    const double *x = &cml->x[j * columns];
    double *true_x = &cml->true_x[j * columns];
    double rest = cml->y[j] - cml->direct[j], reach = 0, share;

    for (size_t k = 0; k < columns; k++) {
        cml->along[k] = 0;
        for (size_t l = 0; l < columns; l++) {
            cml->along[k] += s[k * columns + l] * cml->effects[l];
        }
        reach += cml->effects[k] * cml->along[k];
        rest -= cml->effects[k] * x[k];
    }
    share = rest * cml->w[j] / (1 + reach * cml->w[j]);
    for (size_t k = 0; k < columns; k++) {
        true_x[k] = x[k] + cml->along[k] * share;
    }
    cml->misfit[j] = share * share * reach;
}

/* The effects on the outcome, given the true ones; false when they determine nothing. */
static bool fit_effects(struct cml *cml)
{
    size_t columns = cml->design->exposure_count;

    memset(cml->matrix, 0, columns * columns * sizeof *cml->matrix);
    memset(cml->vector, 0, columns * sizeof *cml->vector);
    for (size_t j = 0; j < cml->design->count; j++) {
        const double *true_x = &cml->true_x[j * columns];

        for (size_t k = 0; k < columns; k++) {
            double weighted = cml->w[j] * true_x[k];

            cml->vector[k] += weighted * (cml->y[j] - cml->direct[j]);
            for (size_t l = 0; l < columns; l++) {
                cml->matrix[k * columns + l] += weighted * true_x[l];
            }
        }
    }
    return linear_solve(cml->matrix, cml->vector, columns);
}

/* Twice the negative log likelihood, less a constant. */
static double deviance(const struct cml *cml)
{
    double sum = 0;

    for (size_t j = 0; j < cml->design->count; j++) {
        double z = (residual(cml, j) - cml->direct[j]) / cml->design->sy[j];

        sum += z * z + cml->misfit[j];
    }
    return sum;
}

static bool fit_number(struct cml *cml, size_t invalid)
{
    size_t columns = cml->design->exposure_count;
    double step = INFINITY;

    memset(cml->effects, 0, columns * sizeof *cml->effects);
    memcpy(cml->true_x, cml->x, cml->design->count * columns * sizeof *cml->true_x);
    for (int round = 0; round < ROUNDS && step > STEP; round++) {
        choose_invalid(cml, invalid);
        for (size_t j = 0; j < cml->design->count; j++) {
            fit_variant(cml, j);
        }
        if (!fit_effects(cml)) {
            return false;
        }
        step = 0;
        for (size_t k = 0; k < columns; k++) {
            step += fabs(cml->vector[k] - cml->effects[k]);
            cml->effects[k] = cml->vector[k];
        }
        if (!isfinite(step)) {
            return false;
        }
    }
    return isfinite(step);
}

static void keep(const struct cml *cml, double criterion, struct cml_fit *best)
{
    best->criterion = criterion;
    memcpy(best->effects, cml->effects, cml->design->exposure_count * sizeof(double));
    for (size_t j = 0; j < cml->design->count; j++) {
        best->is_invalid[j] = cml->direct[j] != 0;
    }
}

/* The number of invalid variants with the least criterion, from none to half of all. Ends where
 * the penalty alone, no deviance being below 0, is more than the least so far. */
static bool fit_all(struct cml *cml, double log_n, struct cml_fit *best)
{
    size_t most = (cml->design->count + 1) / 2;

    best->criterion = INFINITY;
    for (size_t invalid = 0; invalid <= most && (double)invalid * log_n < best->criterion;
         invalid++) {
        if (fit_number(cml, invalid)) {
            double criterion = deviance(cml) + (double)invalid * log_n;

            if (criterion < best->criterion) {
                keep(cml, criterion, best);
            }
        }
    }
    return isfinite(best->criterion);
}

/* The valid variants as a design of their own. */
static struct measured valid_of(const struct cml *cml, const struct cml_fit *fit)
{
    const struct design *design = cml->design;
    size_t columns = design->exposure_count, count = 0;
    const double *all = cml->covariances;
    double *x = arena_get(cml->scratch, design->count * columns, sizeof *x);
    double *y = arena_get(cml->scratch, design->count, sizeof *y);
    double *v = arena_get(cml->scratch, design->count, sizeof *v);
    double *s = arena_get(cml->scratch, design->count * columns * columns, sizeof *s);

    for (size_t j = 0; j < design->count; j++) {
        if (!fit->is_invalid[j]) {
            memcpy(&x[count * columns], &cml->x[j * columns], columns * sizeof *x);
            memcpy(&s[count * columns * columns], &all[j * columns * columns],
                   columns * columns * sizeof *s);
            y[count] = cml->y[j];
            v[count++] = design->sy[j] * design->sy[j];
        }
    }
    return (struct measured){count, columns, x, y, s, v, NULL};
}

/* From the curvature of the profile likelihood of the valid variants. */
static bool fill_errors(const struct cml *cml, const struct cml_fit *fit, double *errors)
{
    size_t columns = cml->design->exposure_count;
    struct measured valid = valid_of(cml, fit);
    double *gradient = arena_get(cml->scratch, columns, sizeof *gradient);
    double *curvature = arena_get(cml->scratch, columns * columns, sizeof *curvature);
    double *outer = arena_get(cml->scratch, columns * columns, sizeof *outer);

    measured_slopes(&valid, fit->effects, gradient, curvature, outer, cml->scratch);
    if (!linear_invert(curvature, columns, cml->scratch)) {
        return false;
    }
    for (size_t k = 0; k < columns; k++) {
        errors[k] = sqrt(curvature[k * columns + k]);
    }
    return true;
}

static double log_of_size(const struct mv_work *work)
{
    double n = work->settings->parameters[PARAMETER_SAMPLE_SIZE];

    if (isnan(n)) {
        n = work->design->outcome_n;
        for (size_t k = 0; k < work->design->exposure_count; k++) {
            n = fmin(n, work->design->n[k]);
        }
    }
    return log(n);
}

/* The fit to the data themselves; false with the reason set. */
static bool begin(const struct mv_work *work, struct mv_estimate *estimate, struct cml *cml,
                  struct cml_fit *best, double *log_n)
{
    const struct design *design = work->design;

    *cml = cml_of(design, work->scratch);
    *best =
        (struct cml_fit){0, arena_get(work->scratch, design->exposure_count, sizeof(double)),
                         arena_get(work->scratch, design->count, sizeof(bool))};
    *log_n = log_of_size(work);
    if (!(*log_n > 0)) {
        mv_fail(work, estimate, ESTIMATE_MISSING_INPUT, _("needs sample sizes"));
        return false;
    }
    if (!fit_all(cml, *log_n, best)) {
        mv_fail(work, estimate, ESTIMATE_NOT_CONVERGED, _("no fit was found"));
        return false;
    }
    return true;
}

static size_t count_invalid(const struct design *design, const struct cml_fit *fit)
{
    size_t count = 0;

    for (size_t j = 0; j < design->count; j++) {
        count += fit->is_invalid[j];
    }
    return count;
}

static void mv_cml(const struct mv_work *work, struct mv_estimate *estimate)
{
    double *errors = arena_get(work->scratch, work->design->exposure_count, sizeof *errors);
    struct cml cml;
    struct cml_fit best;
    double log_n;

    if (!begin(work, estimate, &cml, &best, &log_n)) {
        return;
    }
    if (!fill_errors(&cml, &best, errors)) {
        mv_fail(work, estimate, ESTIMATE_UNDEFINED, _("its errors cannot be computed"));
        return;
    }
    mv_fill_normal(work, estimate, best.effects, errors);
    if (estimate->status == ESTIMATE_DONE) {
        estimate->note = arena_format(work->scratch, _("%zu of %zu variants taken for invalid"),
                                      count_invalid(work->design, &best), work->design->count);
    }
}

static void mv_cml_dp(const struct mv_work *work, struct mv_estimate *estimate)
{
    const struct design *design = work->design;
    size_t columns = design->exposure_count, cells = design->count * columns, done = 0;
    size_t sets = (size_t)work->settings->parameters[PARAMETER_PERTURBATIONS];
    double *x = arena_get(work->scratch, cells, sizeof *x), log_n;
    double *y = arena_get(work->scratch, design->count, sizeof *y);
    double *drawn = arena_get(work->scratch, sets * columns, sizeof *drawn);
    double *effects = arena_get(work->scratch, columns, sizeof *effects);
    double *errors = arena_get(work->scratch, columns, sizeof *errors);
    const double *root;
    struct cml cml;
    struct cml_fit best;

    if (!begin(work, estimate, &cml, &best, &log_n)) {
        return;
    }
    cml.x = x;
    cml.y = y;
    root = draw_root(design, work->scratch);
    for (size_t i = 0; i < sets; i++) {
        draw_exposures(design, root, work->stream, x);
        random_normals(work->stream, design->y, design->sy, y, design->count);
        if (fit_all(&cml, log_n, &best)) {
            for (size_t k = 0; k < columns; k++) {
                drawn[k * sets + done] = best.effects[k];
            }
            done++;
        }
    }
    for (size_t k = 0; k < columns; k++) {
        effects[k] = summary_mean(&drawn[k * sets], done);
        errors[k] = done < 2 ? NAN : summary_sd(&drawn[k * sets], done);
    }
    mv_fill_normal(work, estimate, effects, errors);
}

#define CITATION "Lin, Xue and Pan 2023, American Journal of Human Genetics 110:592"
#define ASSUMES N_("the valid variants are the largest group that agrees")

const struct mv_method mv_method_cml = {
    .key = "mv_cml",
    .name = "Multivariable cML-BIC",
    .beyond = 1,
    .assumes = ASSUMES,
    .citation = CITATION,
    .function = mv_cml,
};

const struct mv_method mv_method_cml_dp = {
    .key = "mv_cml_dp",
    .name = "Multivariable cML-BIC, data perturbation",
    .is_random = true,
    .beyond = 1,
    .assumes = ASSUMES,
    .citation = CITATION,
    .function = mv_cml_dp,
};
