#include "multivariable/strength.h"
#include "instrument/instrument.h"
#include "multivariable/measured.h"
#include "multivariable/methods.h"
#include "numeric/tail.h"
#include <math.h>

/* One exposure as the outcome of the others, its own errors among the covariances. */
struct regression {
    struct design others;
    const double *own; /* effects */
    const double *s;   /* of all exposures */
    size_t exposure;
};

static struct regression regression_of(const struct design *design, size_t exposure,
                                       struct arena *scratch)
{
    return (struct regression){design_without(design, exposure, scratch),
                               design_of_one(design, exposure, scratch).x,
                               measured_covariances(design, scratch), exposure};
}

/* The direction d: coefficients of the others, and -1 for the exposure itself. */
static void fill_direction(const struct regression *regression, const double *coefficients,
                           double *direction)
{
    size_t at = 0;

    for (size_t k = 0; k < regression->others.exposure_count + 1; k++) {
        direction[k] = k == regression->exposure ? -1 : coefficients[at++];
    }
}

static double sum_along(const struct design *design, const double *s, const double *direction)
{
    size_t columns = design->exposure_count;
    double sum = 0;

    for (size_t j = 0; j < design->count; j++) {
        double along = 0;

        for (size_t k = 0; k < columns; k++) {
            along += direction[k] * design->x[j * columns + k];
        }
        sum += along * along /
               linear_form(direction, &s[j * columns * columns], direction, columns);
    }
    return sum;
}

static double conditional_f(const struct design *design, size_t exposure, struct arena *scratch)
{
    struct regression regression = regression_of(design, exposure, scratch);
    double *direction = arena_get(scratch, design->exposure_count, sizeof *direction);
    struct linear_fit fit;

    if (!linear_fit(regression.others.x, regression.own, NULL, design->count,
                    regression.others.exposure_count, scratch, &fit)) {
        return NAN;
    }
    fill_direction(&regression, fit.coefficients, direction);
    return sum_along(design, regression.s, direction) / (double)design->count;
}

static struct mv_strength own_strength(const struct design *design, size_t exposure)
{
    struct mv_strength strength = {.f_min = INFINITY};

    for (size_t j = 0; j < design->count; j++) {
        size_t at = j * design->exposure_count + exposure;
        double f = design->x[at] / design->sx[at] * (design->x[at] / design->sx[at]);

        strength.f_mean += f / (double)design->count;
        strength.f_min = fmin(strength.f_min, f);
        strength.r2 += instrument_r2_bsen(design->x[at], design->sx[at], design->n[exposure]);
    }
    return strength;
}

void mv_strength_of(const struct design *design, struct mv_strength *strengths,
                    struct arena *scratch)
{
    struct arena_mark mark = arena_mark(scratch);

    for (size_t k = 0; k < design->exposure_count; k++) {
        strengths[k] = own_strength(design, k);
        strengths[k].f_conditional = design->exposure_count == 1
                                         ? strengths[k].f_mean
                                         : conditional_f(design, k, scratch);
        arena_reset(scratch, mark);
    }
}

/* The regression as one with errors on both sides. */
static struct measured measured_regression(const struct design *design,
                                           const struct regression *regression,
                                           struct arena *scratch)
{
    size_t all = design->exposure_count, columns = all - 1;
    double *v = arena_get(scratch, design->count, sizeof *v);
    double *c = arena_get(scratch, design->count * columns, sizeof *c);

    for (size_t j = 0; j < design->count; j++) {
        const double *row = &regression->s[(j * all + regression->exposure) * all];
        size_t at = 0;

        for (size_t k = 0; k < all; k++) {
            if (k == regression->exposure) {
                v[j] = row[k];
            } else {
                c[j * columns + at++] = row[k];
            }
        }
    }
    return (struct measured){design->count,
                             columns,
                             regression->others.x,
                             regression->own,
                             measured_covariances(&regression->others, scratch),
                             v,
                             c};
}

/* The least sum reached from the regression of one exposure on the others. */
static double least_from(const struct design *design, size_t exposure, struct arena *scratch)
{
    struct regression regression = regression_of(design, exposure, scratch);
    struct measured measured = measured_regression(design, &regression, scratch);
    struct linear_fit fit;

    if (!linear_fit(measured.x, measured.y, NULL, measured.count, measured.columns, scratch,
                    &fit) ||
        !measured_minimise(&measured, fit.coefficients, scratch)) {
        return INFINITY;
    }
    return measured_q(&measured, fit.coefficients);
}

double mv_joint_strength(const struct design *design, struct arena *scratch)
{
    struct arena_mark mark = arena_mark(scratch);
    double least = INFINITY;

    for (size_t k = 0; design->exposure_count > 1 && k < design->exposure_count; k++) {
        least = fmin(least, least_from(design, k, scratch));
        arena_reset(scratch, mark);
    }
    return isfinite(least) ? least / (double)(design->count - design->exposure_count + 1) : NAN;
}

struct mv_heterogeneity mv_heterogeneity_of(const struct design *design, struct arena *scratch)
{
    struct mv_heterogeneity answer = {NAN, NAN, NAN, NAN};
    struct arena_mark mark = arena_mark(scratch);
    struct design plain = *design;
    double *v = arena_get(scratch, design->count, sizeof *v);
    struct measured measured = {design->count,
                                design->exposure_count,
                                design->x,
                                design->y,
                                measured_covariances(design, scratch),
                                v,
                                NULL};
    struct linear_fit fit;

    for (size_t j = 0; j < design->count; j++) {
        v[j] = design->sy[j] * design->sy[j];
    }
    plain.ld = NULL;
    if (design->count > design->exposure_count && mv_fit_ivw(&plain, scratch, &fit)) {
        answer.q = measured_q(&measured, fit.coefficients);
        answer.df = (double)(design->count - design->exposure_count);
        answer.p = tail_chi_square(answer.q, answer.df);
        answer.i2 = answer.q > 0 ? fmax(0, (answer.q - answer.df) / answer.q) : 0;
    }
    arena_reset(scratch, mark);
    return answer;
}
