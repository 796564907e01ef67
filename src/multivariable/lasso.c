/*
 * MR-Lasso on several exposures: every variant may have an intercept, a penalty on the sum of
 * their sizes keeps most at 0, and inverse variance weighting of those variants is the
 * estimate. Given the effects, an intercept is what is left of a residual beyond its limit; so
 * the whole problem is one of the effects alone (Huber's loss), convex and solved by Newton's
 * steps.
 */
#include "base/i18n.h"
#include "estimate/lasso_path.h"
#include "multivariable/methods.h"
#include <math.h>
#include <string.h>

#define ROUNDS 500

/* Effects in standard errors of the outcome, oriented by one exposure. */
struct scaled {
    size_t count, columns;
    double *x, *y;
    double *limit; /* the residual beyond which there is an intercept, at penalty 1 */
};

/* Which variants are valid at each penalty: LASSO_PENALTIES x count. */
struct path {
    struct lasso_path fits;
    bool *is_valid;
};

static struct scaled scaled_of(const struct mv_work *work)
{
    const struct design *design = work->design;
    struct arena *scratch = work->scratch;
    size_t columns = design->exposure_count;
    double *signs = mv_orient(design, mv_orientation(work), scratch);
    struct scaled scaled = {design->count, columns,
                            arena_get(scratch, design->count * columns, sizeof(double)),
                            arena_get(scratch, design->count, sizeof(double)),
                            arena_get(scratch, design->count, sizeof(double))};

    for (size_t j = 0; j < design->count; j++) {
        for (size_t k = 0; k < columns; k++) {
            scaled.x[j * columns + k] = signs[j] * design->x[j * columns + k] / design->sy[j];
        }
        scaled.y[j] = signs[j] * design->y[j] / design->sy[j];
    }
    return scaled;
}

/*
 * glmnet's columns are scaled by their standard deviation (divisor J) around their means, but
 * not centred. A column is, in units of the variant's weight, a unit vector less its projection
 * on the exposures; `covariance` is (X'X)^-1. One without spread is left out: no intercept.
 */
static void set_limits(struct scaled *scaled, const double *covariance, struct arena *scratch)
{
    size_t columns = scaled->columns;
    double *total = arena_get(scratch, columns, sizeof *total), count = (double)scaled->count;

    for (size_t i = 0; i < scaled->count * columns; i++) {
        total[i % columns] += scaled->x[i];
    }
    for (size_t j = 0; j < scaled->count; j++) {
        const double *x = &scaled->x[j * columns];
        double own = linear_form(x, covariance, x, columns);
        double mean = (1 - linear_form(x, covariance, total, columns)) / count;
        double spread2 = (1 - own) / count - mean * mean;

        scaled->limit[j] = spread2 > 1e-14 / count ? count * sqrt(spread2) : INFINITY;
    }
}

static double residual(const struct scaled *scaled, const double *effects, size_t j)
{
    double rest = scaled->y[j];

    for (size_t k = 0; k < scaled->columns; k++) {
        rest -= scaled->x[j * scaled->columns + k] * effects[k];
    }
    return rest;
}

static double clip(double rest, double limit)
{
    return fmax(-limit, fmin(limit, rest));
}

/* Huber's loss: half the square within the limit, straight beyond it. */
static double loss(const struct scaled *scaled, double penalty, const double *effects)
{
    double sum = 0;

    for (size_t j = 0; j < scaled->count; j++) {
        double rest = fabs(residual(scaled, effects, j)), limit = penalty * scaled->limit[j];

        sum += rest <= limit ? rest * rest / 2 : limit * (rest - limit / 2);
    }
    return sum;
}

/* The loss's fall by each effect, and its curvature. */
static void slopes(const struct scaled *scaled, double penalty, const double *effects,
                   double *pull, double *curvature)
{
    size_t columns = scaled->columns;

    memset(pull, 0, columns * sizeof *pull);
    memset(curvature, 0, columns * columns * sizeof *curvature);
    for (size_t j = 0; j < scaled->count; j++) {
        const double *x = &scaled->x[j * columns];
        double rest = residual(scaled, effects, j), limit = penalty * scaled->limit[j];

        for (size_t k = 0; k < columns; k++) {
            pull[k] += x[k] * clip(rest, limit);
        }
        for (size_t i = 0; fabs(rest) <= limit && i < columns * columns; i++) {
            curvature[i] += x[i / columns] * x[i % columns];
        }
    }
}

struct room {
    double *pull, *curvature, *there;
};

/* Goes along the step as far as the loss falls. How far: 1, a half ..., 0 for not at all. */
static double follow(const struct scaled *scaled, double penalty, double *effects,
                     struct room room)
{
    double here = loss(scaled, penalty, effects);

    for (double share = 1; share > 1e-15; share /= 2) {
        for (size_t k = 0; k < scaled->columns; k++) {
            room.there[k] = effects[k] + share * room.pull[k];
        }
        if (loss(scaled, penalty, room.there) < here) {
            memcpy(effects, room.there, scaled->columns * sizeof *effects);
            return share;
        }
    }
    return 0;
}

/* Newton's steps: exact once no variant changes sides. A ridge keeps a flat loss going. */
static void solve(const struct scaled *scaled, double penalty, double *effects,
                  const double *everywhere, struct room room)
{
    size_t columns = scaled->columns;
    bool is_going = true;

    for (int round = 0; round < ROUNDS && is_going; round++) {
        slopes(scaled, penalty, effects, room.pull, room.curvature);
        for (size_t i = 0; i < columns * columns; i++) {
            room.curvature[i] += 1e-13 * everywhere[i];
        }
        is_going = linear_solve(room.curvature, room.pull, columns) &&
                   follow(scaled, penalty, effects, room) > 0;
    }
}

/* Regression on the variants that count as valid. */
static bool fit_valid(const struct scaled *scaled, const bool *is_valid, struct arena *scratch,
                      struct linear_fit *fit, size_t *valid)
{
    size_t columns = scaled->columns;
    double *x = arena_get(scratch, scaled->count * columns, sizeof *x);
    double *y = arena_get(scratch, scaled->count, sizeof *y);

    *valid = 0;
    for (size_t j = 0; j < scaled->count; j++) {
        if (is_valid[j]) {
            memcpy(&x[*valid * columns], &scaled->x[j * columns], columns * sizeof *x);
            y[(*valid)++] = scaled->y[j];
        }
    }
    return linear_fit(x, y, NULL, *valid, columns, scratch, fit);
}

static void judge(const struct scaled *scaled, struct path *path, const double *effects,
                  double deviance, struct arena *scratch)
{
    struct arena_mark mark = arena_mark(scratch);
    size_t step = path->fits.count;
    struct lasso_fit *fit = &path->fits.fits[step];
    bool *is_valid = &path->is_valid[step * scaled->count];
    double left = 0;
    struct linear_fit line;

    for (size_t j = 0; j < scaled->count; j++) {
        double rest = residual(scaled, effects, j), limit = fit->penalty * scaled->limit[j];

        /* at the top no residual passes its limit, whatever the rounding */
        is_valid[j] = step == 0 || fabs(rest) <= limit;
        left += clip(rest, limit) * clip(rest, limit);
    }
    fit->scatter = fit_valid(scaled, is_valid, scratch, &line, &fit->valid)
                       ? sqrt(line.rss / ((double)fit->valid - (double)scaled->columns))
                       : NAN;
    fit->explained = step > 0 && deviance > 0 ? 1 - left / deviance : 0;
    arena_reset(scratch, mark);
}

/* The lowest penalty that leaves no intercept: the largest residual in limits. */
static double highest_penalty(const struct scaled *scaled, const double *effects)
{
    double highest = 0;

    for (size_t j = 0; j < scaled->count; j++) {
        highest = fmax(highest, fabs(residual(scaled, effects, j)) / scaled->limit[j]);
    }
    return highest;
}

/* X'X. */
static double *crossproduct(const struct scaled *scaled, struct arena *scratch)
{
    size_t columns = scaled->columns;
    double *product = arena_get(scratch, columns * columns, sizeof *product);

    for (size_t j = 0; j < scaled->count; j++) {
        for (size_t i = 0; i < columns * columns; i++) {
            product[i] +=
                scaled->x[j * columns + i / columns] * scaled->x[j * columns + i % columns];
        }
    }
    return product;
}

static void walk(const struct scaled *scaled, const struct linear_fit *all, struct path *path,
                 struct arena *scratch)
{
    size_t columns = scaled->columns;
    double highest = highest_penalty(scaled, all->coefficients);
    const double *everywhere = crossproduct(scaled, scratch);
    double *effects = arena_get(scratch, columns, sizeof *effects);
    struct room room = {arena_get(scratch, columns, sizeof(double)),
                        arena_get(scratch, columns * columns, sizeof(double)),
                        arena_get(scratch, columns, sizeof(double))};

    memcpy(effects, all->coefficients, columns * sizeof *effects);
    do {
        double penalty = lasso_path_penalty(highest, path->fits.count);

        path->fits.fits[path->fits.count].penalty = penalty;
        if (path->fits.count > 0) {
            solve(scaled, penalty, effects, everywhere, room);
        }
        judge(scaled, path, effects, all->rss, scratch);
        path->fits.count++;
    } while (!lasso_path_is_end(&path->fits));
}

static void fill(const struct mv_work *work, struct mv_estimate *estimate,
                 const struct scaled *scaled, const struct path *path)
{
    size_t columns = scaled->columns, chosen = lasso_path_choose(&path->fits, columns + 1),
           valid;
    struct linear_fit line;
    double scale;

    if (!fit_valid(scaled, &path->is_valid[chosen * scaled->count], work->scratch, &line,
                   &valid)) {
        mv_fail(work, estimate, ESTIMATE_UNDEFINED, _("the exposures determine each other"));
        return;
    }
    scale = fmax(1, sqrt(line.rss / ((double)valid - (double)columns)));
    mv_fill_normal(work, estimate, line.coefficients,
                   mv_errors(&line, 0, columns, columns, scale, work->scratch));
    if (estimate->status == ESTIMATE_DONE) {
        estimate->note =
            arena_format(work->scratch, _("%zu of %zu variants count as valid, at lambda %.6g"),
                         valid, scaled->count, path->fits.fits[chosen].penalty);
    }
}

static void mv_lasso(const struct mv_work *work, struct mv_estimate *estimate)
{
    struct scaled scaled = scaled_of(work);
    struct path *path = arena_get(work->scratch, 1, sizeof *path);
    struct linear_fit all;

    if (!linear_fit(scaled.x, scaled.y, NULL, scaled.count, scaled.columns, work->scratch,
                    &all)) {
        mv_fail(work, estimate, ESTIMATE_UNDEFINED, _("the exposures determine each other"));
        return;
    }
    path->is_valid =
        arena_get(work->scratch, LASSO_PENALTIES * scaled.count, sizeof *path->is_valid);
    set_limits(&scaled, all.covariance, work->scratch);
    walk(&scaled, &all, path, work->scratch);
    fill(work, estimate, &scaled, path);
}

const struct mv_method mv_method_lasso = {
    .key = "mv_lasso",
    .name = "Multivariable MR-Lasso",
    .is_default = true,
    .beyond = 2,
    .assumes = N_("fewer than half of the variants are invalid, and these stand out"),
    .citation = "Grant and Burgess 2021, Statistics in Medicine 40:5813",
    .function = mv_lasso,
};
