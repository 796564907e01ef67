#include "multivariable/presso.h"
#include "base/i18n.h"
#include "multivariable/draw.h"
#include "multivariable/methods.h"
#include <math.h>
#include <string.h>

#define ALPHA 0.05
#define MOST_NAMES 10

/* A fit whose leave-one-out residuals follow from its leverages. */
struct left_out {
    size_t count, columns;
    const double *sy;
    double *effects;   /* of all variants */
    double *product;   /* X'WX, then its inverse */
    double *residuals; /* around the other variants */
    double *leverages;
    double *room;
};

static struct left_out left_out_of(const struct design *design, struct arena *scratch)
{
    size_t columns = design->exposure_count;

    return (struct left_out){design->count,
                             columns,
                             design->sy,
                             arena_get(scratch, columns, sizeof(double)),
                             arena_get(scratch, columns * columns, sizeof(double)),
                             arena_get(scratch, design->count, sizeof(double)),
                             arena_get(scratch, design->count, sizeof(double)),
                             arena_get(scratch, columns, sizeof(double))};
}

/* The sum of squares of residuals around the other variants, in units of the outcome's error;
 * NaN where the exposures determine each other. */
static double fit(struct left_out *fit, const double *x, const double *y, struct arena *scratch)
{
    size_t columns = fit->columns;
    double sum = 0;

    memset(fit->product, 0, columns * columns * sizeof *fit->product);
    memset(fit->room, 0, columns * sizeof *fit->room);
    for (size_t j = 0; j < fit->count; j++) {
        double w = 1 / (fit->sy[j] * fit->sy[j]);

        for (size_t i = 0; i < columns * columns; i++) {
            fit->product[i] += w * x[j * columns + i / columns] * x[j * columns + i % columns];
        }
        for (size_t k = 0; k < columns; k++) {
            fit->room[k] += w * x[j * columns + k] * y[j];
        }
    }
    if (!linear_invert(fit->product, columns, scratch)) {
        return NAN;
    }
    for (size_t k = 0; k < columns; k++) {
        fit->effects[k] = 0;
        for (size_t l = 0; l < columns; l++) {
            fit->effects[k] += fit->product[k * columns + l] * fit->room[l];
        }
    }
    for (size_t j = 0; j < fit->count; j++) {
        const double *own = &x[j * columns];
        double w = 1 / (fit->sy[j] * fit->sy[j]), rest = y[j];

        for (size_t k = 0; k < columns; k++) {
            rest -= own[k] * fit->effects[k];
        }
        fit->leverages[j] = w * linear_form(own, fit->product, own, columns);
        fit->residuals[j] = rest / (1 - fit->leverages[j]);
        sum += w * fit->residuals[j] * fit->residuals[j];
    }
    return sum;
}

/* The effects that the others give each variant: J x K. */
static double *effects_without(const struct design *design, const struct left_out *fit,
                               struct arena *scratch)
{
    size_t columns = fit->columns;
    double *effects = arena_get(scratch, fit->count * columns, sizeof *effects);

    for (size_t j = 0; j < fit->count; j++) {
        double pull = fit->residuals[j] / (fit->sy[j] * fit->sy[j]);

        for (size_t k = 0; k < columns; k++) {
            double along = 0;

            for (size_t l = 0; l < columns; l++) {
                along += fit->product[k * columns + l] * design->x[j * columns + l];
            }
            effects[j * columns + k] = fit->effects[k] - along * pull;
        }
    }
    return effects;
}

static double predict(const double *x, const double *effects, size_t columns)
{
    double sum = 0;

    for (size_t k = 0; k < columns; k++) {
        sum += x[k] * effects[k];
    }
    return sum;
}

/* What the simulations draw from, and where to. */
struct simulation {
    const double *effects; /* without each variant */
    double *means, *x, *y;
};

static struct simulation simulation_of(const struct design *design, const struct left_out *fit,
                                       struct arena *scratch)
{
    size_t columns = fit->columns;
    struct simulation made = {effects_without(design, fit, scratch),
                              arena_get(scratch, fit->count, sizeof(double)),
                              arena_get(scratch, fit->count * columns, sizeof(double)),
                              arena_get(scratch, fit->count, sizeof(double))};

    for (size_t j = 0; j < fit->count; j++) {
        made.means[j] = predict(&design->x[j * columns], &made.effects[j * columns], columns);
    }
    return made;
}

/* Draws without pleiotropy, and counts how often they scatter more than the data. */
static void simulate(const struct mv_work *work, const struct simulation *made,
                     struct left_out *room, struct mv_presso *presso)
{
    const struct design *design = work->design;
    const double *root = draw_root(design, work->scratch);
    size_t columns = design->exposure_count;

    for (size_t i = 0; i < presso->sims; i++) {
        draw_exposures(design, root, work->stream, made->x);
        random_normals(work->stream, made->means, design->sy, made->y, design->count);
        presso->exceeding += fit(room, made->x, made->y, work->scratch) > presso->rss;
        for (size_t j = 0; j < design->count; j++) {
            double rest = made->y[j] -
                          predict(&made->x[j * columns], &made->effects[j * columns], columns);

            presso->variants[j].exceeding += rest * rest > presso->variants[j].rss;
        }
    }
}

static double share(size_t exceeding, size_t sims)
{
    return (double)(exceeding == 0 ? 1 : exceeding) / (double)sims;
}

/* A variant that no simulation exceeds is an outlier, also where they are too few to tell. */
static void judge(struct mv_presso *presso, size_t count)
{
    presso->p = share(presso->exceeding, presso->sims);
    for (size_t j = 0; j < count; j++) {
        struct mv_presso_variant *variant = &presso->variants[j];

        variant->p = NAN;
        if ((double)presso->exceeding < ALPHA * (double)presso->sims) {
            double p = (double)count * share(variant->exceeding, presso->sims);

            variant->p = fmin(1, p);
            variant->is_outlier = variant->exceeding == 0 || p <= ALPHA;
            presso->outliers += variant->is_outlier;
        }
    }
}

/* IVW on the variants that are no outliers (or all), with errors as the residuals have them. */
static bool fit_part(const struct mv_work *work, const struct mv_presso *presso, bool is_all,
                     double *effects, double *errors)
{
    const struct design *design = work->design;
    size_t columns = design->exposure_count, count = 0;
    double *x = arena_get(work->scratch, design->count * columns, sizeof *x);
    double *y = arena_get(work->scratch, design->count, sizeof *y);
    double *w = arena_get(work->scratch, design->count, sizeof *w);
    struct linear_fit line;

    for (size_t j = 0; j < design->count; j++) {
        if (is_all || !presso->variants[j].is_outlier) {
            memcpy(&x[count * columns], &design->x[j * columns], columns * sizeof *x);
            y[count] = design->y[j];
            w[count++] = 1 / (design->sy[j] * design->sy[j]);
        }
    }
    if (count <= columns || !linear_fit(x, y, w, count, columns, work->scratch, &line)) {
        return false;
    }
    memcpy(effects, line.coefficients, columns * sizeof *effects);
    memcpy(errors,
           mv_errors(&line, 0, columns, columns, sqrt(line.rss / (double)(count - columns)),
                     work->scratch),
           columns * sizeof *errors);
    return true;
}

static void correct(const struct mv_work *work, struct mv_presso *presso)
{
    size_t columns = work->design->exposure_count;
    bool is_corrected = presso->outliers > 0 && fit_part(work, presso, false, presso->corrected,
                                                         presso->corrected_errors);

    for (size_t k = 0; k < columns; k++) {
        if (!is_corrected) {
            presso->corrected[k] = presso->corrected_errors[k] = presso->distortion[k] = NAN;
        } else {
            presso->distortion[k] =
                100 * (presso->raw[k] - presso->corrected[k]) / fabs(presso->corrected[k]);
        }
    }
}

struct mv_presso *mv_presso_of(const struct mv_work *work, struct arena *arena)
{
    const struct design *design = work->design;
    size_t columns = design->exposure_count;
    struct mv_presso *presso = arena_get(arena, 1, sizeof *presso);
    struct left_out data = left_out_of(design, work->scratch);
    struct left_out room = left_out_of(design, work->scratch);
    struct simulation made;

    presso->sims = work->settings->presso_sims;
    presso->variants = arena_get(arena, design->count, sizeof *presso->variants);
    presso->distortion = arena_get(arena, columns, sizeof(double));
    presso->raw = arena_get(arena, columns, sizeof(double));
    presso->raw_errors = arena_get(arena, columns, sizeof(double));
    presso->corrected = arena_get(arena, columns, sizeof(double));
    presso->corrected_errors = arena_get(arena, columns, sizeof(double));
    presso->rss = fit(&data, design->x, design->y, work->scratch);
    if (!isfinite(presso->rss) ||
        !fit_part(work, presso, true, presso->raw, presso->raw_errors)) {
        return presso;
    }
    made = simulation_of(design, &data, work->scratch);
    for (size_t j = 0; j < design->count; j++) {
        presso->variants[j].rss = data.residuals[j] * data.residuals[j];
    }
    simulate(work, &made, &room, presso);
    judge(presso, design->count);
    correct(work, presso);
    presso->is_done = true;
    return presso;
}

/* The outliers by name. */
static const char *say_outliers(const struct mv_work *work, const struct mv_presso *presso)
{
    const char *names = "";
    size_t said = 0;

    for (size_t j = 0; j < work->design->count && said < MOST_NAMES; j++) {
        if (presso->variants[j].is_outlier) {
            names = arena_format(work->scratch, "%s%s%s", names, said++ == 0 ? ": " : ", ",
                                 work->design->variants[j]);
        }
    }
    return arena_format(work->scratch, _("global P %.3g, outliers %zu%s%s"), presso->p,
                        presso->outliers, names, said < presso->outliers ? " ..." : "");
}

static void mv_presso(const struct mv_work *work, struct mv_estimate *estimate)
{
    const struct mv_presso *presso = mv_presso_of(work, work->scratch);
    bool is_corrected = presso->is_done && isfinite(presso->corrected[0]);
    double left = (double)(work->design->count - work->design->exposure_count);

    if (!presso->is_done) {
        mv_fail(work, estimate, ESTIMATE_UNDEFINED, _("the exposures determine each other"));
        return;
    }
    if (presso->outliers > 0 && !is_corrected) {
        mv_fail(work, estimate, ESTIMATE_TOO_FEW, _("too few variants are no outliers"));
        return;
    }
    mv_fill_t(work, estimate, is_corrected ? presso->corrected : presso->raw,
              is_corrected ? presso->corrected_errors : presso->raw_errors,
              is_corrected ? left - (double)presso->outliers : left);
    estimate->variants = work->design->count - presso->outliers;
    if (estimate->status == ESTIMATE_DONE) {
        estimate->note = say_outliers(work, presso);
    }
}

const struct mv_method mv_method_presso = {
    .key = "mv_presso",
    .name = "Multivariable MR-PRESSO",
    .is_random = true,
    .beyond = 3,
    .assumes = N_("variants that scatter more than their errors say are the invalid ones"),
    .citation = "Verbanck, Chen, Neale and Do 2018, Nature Genetics 50:693",
    .function = mv_presso,
};
