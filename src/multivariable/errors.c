/*
 * Methods that count the errors of the exposures' effects: maximum likelihood (IVW with
 * measurement error), generalised method of moments, and the effects that leave the least
 * heterogeneity.
 */
#include "base/i18n.h"
#include "multivariable/measured.h"
#include "multivariable/methods.h"
#include "multivariable/moments.h"
#include "numeric/minimise.h"
#include "numeric/tail.h"
#include <math.h>

static double *variances(const struct design *design, struct arena *scratch)
{
    double *v = arena_get(scratch, design->count, sizeof *v);

    for (size_t j = 0; j < design->count; j++) {
        v[j] = design->sy[j] * design->sy[j];
    }
    return v;
}

static struct measured measured_of(const struct design *design, struct arena *scratch)
{
    return (struct measured){design->count,
                             design->exposure_count,
                             design->x,
                             design->y,
                             measured_covariances(design, scratch),
                             variances(design, scratch),
                             NULL};
}

/* From the IVW estimate to the minimum; false with the reason set. */
static bool minimum(const struct mv_work *work, const struct measured *measured,
                    struct mv_estimate *estimate, double *effects)
{
    struct linear_fit fit;
    struct design plain = *work->design;

    plain.ld = NULL;
    if (!mv_fit_ivw(&plain, work->scratch, &fit)) {
        mv_fail(work, estimate, ESTIMATE_UNDEFINED, _("the exposures determine each other"));
        return false;
    }
    for (size_t k = 0; k < measured->columns; k++) {
        effects[k] = fit.coefficients[k];
    }
    if (!measured_minimise(measured, effects, work->scratch)) {
        mv_fail(work, estimate, ESTIMATE_NOT_CONVERGED, _("no minimum was found"));
        return false;
    }
    return true;
}

/* Errors from A^-1 B A^-1 times scale squared; false when A is singular. */
static bool sandwich(const struct measured *measured, const double *effects, double scale,
                     double *errors, struct arena *scratch)
{
    size_t columns = measured->columns;
    double *gradient = arena_get(scratch, columns, sizeof *gradient);
    double *a = arena_get(scratch, columns * columns, sizeof *a);
    double *b = arena_get(scratch, columns * columns, sizeof *b);

    measured_slopes(measured, effects, gradient, a, b, scratch);
    if (!linear_invert(a, columns, scratch)) {
        return false;
    }
    for (size_t k = 0; k < columns; k++) {
        errors[k] = scale * sqrt(linear_form(&a[k * columns], b, &a[k * columns], columns));
    }
    return true;
}

static void fill_q(struct mv_estimate *estimate, double q, double df)
{
    if (estimate->status == ESTIMATE_DONE && df > 0) {
        estimate->q = q;
        estimate->q_df = df;
        estimate->q_p = tail_chi_square(q, df);
    }
}

/* The residual standard error with the outcome's weights alone, which scales the errors. */
static double plain_scale(const struct design *design, const struct measured *measured,
                          const double *effects)
{
    double sum = 0;

    for (size_t j = 0; j < design->count; j++) {
        double z = measured_residual(measured, effects, j) / design->sy[j];

        sum += z * z;
    }
    return sqrt(sum / ((double)design->count - (double)design->exposure_count));
}

static void mv_ivw_me(const struct mv_work *work, struct mv_estimate *estimate)
{
    const struct design *design = work->design;
    struct measured measured = measured_of(design, work->scratch);
    double *effects = arena_get(work->scratch, measured.columns, sizeof *effects);
    double *errors = arena_get(work->scratch, measured.columns, sizeof *errors);

    if (!minimum(work, &measured, estimate, effects)) {
        return;
    }
    if (!sandwich(&measured, effects, fmax(1, plain_scale(design, &measured, effects)), errors,
                  work->scratch)) {
        mv_fail(work, estimate, ESTIMATE_UNDEFINED, _("its errors cannot be computed"));
        return;
    }
    mv_fill_normal(work, estimate, effects, errors);
    fill_q(estimate, measured_q(&measured, effects),
           (double)(design->count - design->exposure_count));
}

const struct mv_method mv_method_ivw_me = {
    .key = "mv_ivw_me",
    .name = "Multivariable IVW (measurement error)",
    .beyond = 1,
    .assumes = N_("variants act on the outcome through the exposures alone, or balance out; "
                  "the errors of the exposures' effects are counted"),
    .citation = "MendelianRandomization 0.10.0 and later, mr_mvivwme",
    .function = mv_ivw_me,
};

/* The variance of pleiotropy that brings Q down to its degrees of freedom. */
struct excess {
    struct measured measured;
    double *raised; /* v and what is added */
    double *effects;
    bool is_profile; /* effects follow the variance */
    double df;
    struct arena *scratch;
};

static double excess_at(double more, void *context)
{
    struct excess *excess = context;
    struct measured raised = excess->measured;

    for (size_t j = 0; j < raised.count; j++) {
        excess->raised[j] = excess->measured.v[j] + more;
    }
    raised.v = excess->raised;
    if (excess->is_profile) {
        (void)measured_minimise(&raised, excess->effects, excess->scratch);
    }
    return measured_q(&raised, excess->effects) - excess->df;
}

/* Leaves effects (of a profile) and `raised` at the answer. */
static double find_excess(struct excess *excess)
{
    double high = 0, where = 0;

    if (excess_at(0, excess) <= 0) {
        return 0;
    }
    for (size_t j = 0; j < excess->measured.count; j++) {
        high = fmax(high, excess->measured.v[j]);
    }
    for (int doubling = 0; doubling < 200 && excess_at(high, excess) > 0; doubling++) {
        high *= 2;
    }
    (void)minimise_root(excess_at, excess, 0, high, &where);
    (void)excess_at(where, excess);
    return where;
}

static struct excess excess_of(const struct mv_work *work, const struct measured *measured,
                               double *effects, bool is_profile)
{
    return (struct excess){*measured,
                           arena_get(work->scratch, measured->count, sizeof(double)),
                           effects,
                           is_profile,
                           (double)(measured->count - measured->columns),
                           work->scratch};
}

static void mv_qhet(const struct mv_work *work, struct mv_estimate *estimate)
{
    struct measured measured = measured_of(work->design, work->scratch);
    double *effects = arena_get(work->scratch, measured.columns, sizeof *effects), variance;
    double *errors = arena_get(work->scratch, measured.columns, sizeof *errors);
    struct excess excess = excess_of(work, &measured, effects, true);

    if (!minimum(work, &measured, estimate, effects)) {
        return;
    }
    variance = find_excess(&excess);
    measured.v = excess.raised;
    if (!sandwich(&measured, effects, 1, errors, work->scratch)) {
        mv_fail(work, estimate, ESTIMATE_UNDEFINED, _("its errors cannot be computed"));
        return;
    }
    mv_fill_normal(work, estimate, effects, errors);
    fill_q(estimate, measured_q(&measured, effects), excess.df);
    if (estimate->status == ESTIMATE_DONE) {
        estimate->note =
            arena_format(work->scratch, _("variance of pleiotropy %.6g"), variance);
    }
}

const struct mv_method mv_method_qhet = {
    .key = "mv_qhet",
    .name = "Multivariable Q minimisation",
    .beyond = 1,
    .assumes = N_("direct effects on the outcome balance out, with one variance for all"),
    .citation = "Sanderson, Spiller and Bowden 2021, Statistics in Medicine 40:5434",
    .function = mv_qhet,
};

static bool invert_information(const struct measured *measured, const double *effects,
                               double *errors, struct arena *scratch)
{
    size_t columns = measured->columns;
    double *information = arena_get(scratch, columns * columns, sizeof *information);

    for (size_t j = 0; j < measured->count; j++) {
        const double *x = &measured->x[j * columns];
        double v = measured_variance(measured, effects, j);

        for (size_t i = 0; i < columns * columns; i++) {
            information[i] += x[i / columns] * x[i % columns] / v;
        }
    }
    if (!linear_invert(information, columns, scratch)) {
        return false;
    }
    for (size_t k = 0; k < columns; k++) {
        errors[k] = sqrt(information[k * columns + k]);
    }
    return true;
}

/* Adds the overdispersion that brings Q at the plain estimate to its degrees of freedom. */
static double overdisperse(const struct mv_work *work, struct measured *moments,
                           double *effects)
{
    struct excess excess = excess_of(work, moments, effects, false);
    double more = find_excess(&excess);

    moments->v = excess.raised;
    return more;
}

static void gmm(const struct mv_work *work, struct mv_estimate *estimate, bool is_robust)
{
    struct measured moments;
    double *effects = arena_get(work->scratch, work->design->exposure_count, sizeof *effects);
    double *errors = arena_get(work->scratch, work->design->exposure_count, sizeof *errors);
    double more = 0;

    if (!moments_of(work->design, work->scratch, &moments)) {
        mv_fail(work, estimate, ESTIMATE_UNDEFINED,
                _("the variants explain more than all variance: check the sample sizes"));
        return;
    }
    if (!minimum(work, &moments, estimate, effects)) {
        return;
    }
    if (is_robust) {
        more = overdisperse(work, &moments, effects);
        if (!minimum(work, &moments, estimate, effects)) {
            return;
        }
    }
    if (!invert_information(&moments, effects, errors, work->scratch)) {
        mv_fail(work, estimate, ESTIMATE_UNDEFINED, _("its errors cannot be computed"));
        return;
    }
    mv_fill_normal(work, estimate, effects, errors);
    fill_q(estimate, measured_q(&moments, effects), (double)(moments.count - moments.columns));
    if (is_robust && estimate->status == ESTIMATE_DONE) {
        estimate->note = arena_format(work->scratch, _("overdispersion %.6g"),
                                      more * work->design->outcome_n);
    }
}

static void mv_gmm(const struct mv_work *work, struct mv_estimate *estimate)
{
    gmm(work, estimate, true);
}

static void mv_gmm_fixed(const struct mv_work *work, struct mv_estimate *estimate)
{
    gmm(work, estimate, false);
}

const struct mv_method mv_method_gmm = {
    .key = "mv_gmm",
    .name = "Multivariable GMM",
    .beyond = 1,
    .needs = NEEDS_SAMPLE_SIZE,
    .assumes = N_("direct effects on the outcome balance out; sample sizes are known"),
    .citation = "MendelianRandomization 0.9.0 and later, mr_mvgmm",
    .function = mv_gmm,
};

const struct mv_method mv_method_gmm_fixed = {
    .key = "mv_gmm_fe",
    .name = "Multivariable GMM (no overdispersion)",
    .beyond = 1,
    .needs = NEEDS_SAMPLE_SIZE,
    .assumes = N_("variants act on the outcome through the exposures alone; sample sizes are "
                  "known"),
    .citation = "MendelianRandomization 0.9.0 and later, mr_mvgmm",
    .function = mv_gmm_fixed,
};
