/*
 * MR-Lasso: every variant may have an intercept, and a penalty on the sum of their sizes keeps
 * most at 0; those variants count as valid, and inverse variance weighting of them is the
 * estimate. Given the effect, an intercept is what is left of the variant's residual when a
 * constant times the penalty is taken off; so the whole problem is one of the effect alone
 * (Huber's loss), and its solution is the root of a falling, piecewise linear function: exact,
 * where coordinate descent stops at a threshold.
 */
#include "base/i18n.h"
#include "estimate/ivw.h"
#include "estimate/lasso_path.h"
#include "estimate/methods.h"
#include "estimate/points.h"
#include "numeric/regression.h"
#include <math.h>

#define ROOT_ROUNDS 400

/* Variants by the allele that raises the exposure, in standard errors of the outcome. */
struct scaled {
    double *x, *y;
    double *limit; /* the residual beyond which there is an intercept, at penalty 1 */
    size_t count;
};

/* The effect at each penalty. */
struct path {
    struct lasso_path fits;
    double effects[LASSO_PENALTIES];
};

static struct scaled scaled_of(const struct pair *pair, struct arena *scratch)
{
    struct points points = points_oriented(pair, scratch);
    struct scaled scaled = {points.x, points.y, points.w, pair->count};

    for (size_t j = 0; j < pair->count; j++) {
        scaled.x[j] /= pair->sy[j];
        scaled.y[j] /= pair->sy[j];
    }
    return scaled;
}

static double sum_of_squares(const double *values, size_t count)
{
    double sum = 0;

    for (size_t j = 0; j < count; j++) {
        sum += values[j] * values[j];
    }
    return sum;
}

/*
 * glmnet's columns are scaled by their standard deviation (divisor J) around their means, but
 * not centred. A column is, in units of the variant's weight, a unit vector less its projection
 * on the exposure's direction. A column without spread is left out: no intercept.
 */
static void set_limits(struct scaled *scaled)
{
    double count = (double)scaled->count, length2 = sum_of_squares(scaled->x, scaled->count);
    double total = 0;

    for (size_t j = 0; j < scaled->count; j++) {
        total += scaled->x[j] / sqrt(length2);
    }
    for (size_t j = 0; j < scaled->count; j++) {
        double along = scaled->x[j] / sqrt(length2);
        double mean = (1 - along * total) / count;
        double spread2 = (1 - along * along) / count - mean * mean;

        scaled->limit[j] = spread2 > 1e-14 / count ? count * sqrt(spread2) : INFINITY;
    }
}

static double clip(double residual, double limit)
{
    return fmax(-limit, fmin(limit, residual));
}

/* The falling function whose root is the effect, and the share of it that is not clipped: its
 * slope with the sign turned. */
static double pull_at(const struct scaled *scaled, double penalty, double effect, double *slope)
{
    double pull = 0;

    *slope = 0;
    for (size_t j = 0; j < scaled->count; j++) {
        double x = scaled->x[j], residual = scaled->y[j] - effect * x;
        double limit = penalty * scaled->limit[j];

        pull += x * clip(residual, limit);
        *slope += fabs(residual) <= limit ? x * x : 0;
    }
    return pull;
}

/* Newton's steps, exact once no variant changes sides, kept between the bounds of the root. */
static double root_of(const struct scaled *scaled, double penalty, double start, double low,
                      double high)
{
    double effect = start;

    for (int round = 0; round < ROOT_ROUNDS; round++) {
        double slope, pull = pull_at(scaled, penalty, effect, &slope), next;

        low = pull >= 0 ? fmax(low, effect) : low;
        high = pull <= 0 ? fmin(high, effect) : high;
        next = effect + (slope > 0 ? pull / slope : INFINITY);
        if (!(next >= low && next <= high)) {
            next = low + (high - low) / 2;
        }
        if (next == effect || (slope > 0 && fabs(pull / slope) <= 1e-15 * fabs(effect))) {
            break;
        }
        effect = next;
    }
    return effect;
}

/* Whether a residual leaves the variant without an intercept. */
static bool is_valid(const struct scaled *scaled, size_t j, double penalty, double effect)
{
    return fabs(scaled->y[j] - effect * scaled->x[j]) <= penalty * scaled->limit[j];
}

/* IVW on the variants that are valid; *valid of them. */
static struct line_fit valid_line(const struct scaled *scaled, double penalty, double effect,
                                  struct points room, size_t *valid)
{
    *valid = 0;
    for (size_t j = 0; j < scaled->count; j++) {
        if (is_valid(scaled, j, penalty, effect)) {
            room.x[*valid] = scaled->x[j];
            room.y[*valid] = scaled->y[j];
            room.w[*valid] = 1;
            ++*valid;
        }
    }
    return *valid < 2 ? (struct line_fit){.rss = NAN, .slope = NAN, .slope_se = NAN}
                      : regression_through_origin(room.x, room.y, room.w, *valid);
}

static struct lasso_fit fit_at(const struct scaled *scaled, double penalty, double effect,
                               double deviance, struct points room)
{
    struct lasso_fit fit = {.penalty = penalty};
    struct line_fit line = valid_line(scaled, penalty, effect, room, &fit.valid);
    double left = 0;

    for (size_t j = 0; j < scaled->count; j++) {
        double rest = clip(scaled->y[j] - effect * scaled->x[j], penalty * scaled->limit[j]);

        left += rest * rest;
    }
    fit.scatter = sqrt(line.rss / ((double)fit.valid - 1));
    fit.explained = deviance > 0 ? 1 - left / deviance : 0;
    return fit;
}

/* The lowest penalty that leaves no intercept: the largest residual in limits. */
static double highest_penalty(const struct scaled *scaled, double effect)
{
    double highest = 0;

    for (size_t j = 0; j < scaled->count; j++) {
        highest = fmax(highest, fabs(scaled->y[j] - effect * scaled->x[j]) / scaled->limit[j]);
    }
    return highest;
}

/* The range of the ratios, which holds every root. */
static void bounds_of(const struct scaled *scaled, double *low, double *high)
{
    *low = INFINITY;
    *high = -INFINITY;
    for (size_t j = 0; j < scaled->count; j++) {
        if (scaled->x[j] > 0) {
            *low = fmin(*low, scaled->y[j] / scaled->x[j]);
            *high = fmax(*high, scaled->y[j] / scaled->x[j]);
        }
    }
}

static void walk(const struct scaled *scaled, const struct line_fit *all, struct points room,
                 struct path *path)
{
    double highest = highest_penalty(scaled, all->slope), low, high, effect = all->slope;

    bounds_of(scaled, &low, &high);
    do {
        size_t step = path->fits.count;
        double penalty = lasso_path_penalty(highest, step);

        if (step > 0) {
            effect = root_of(scaled, penalty, effect, low, high);
        }
        /* at the top no residual passes its limit, whatever the rounding */
        path->fits.fits[step] = fit_at(scaled, step == 0 ? INFINITY : penalty, effect,
                                       step == 0 ? 0 : all->rss, room);
        path->fits.fits[step].penalty = penalty;
        path->effects[step] = effect;
        path->fits.count++;
    } while (!lasso_path_is_end(&path->fits));
}

static void fill(struct estimate *estimate, const struct estimate_settings *settings,
                 const struct scaled *scaled, const struct path *path, struct points room,
                 struct arena *scratch)
{
    size_t chosen = lasso_path_choose(&path->fits, 2), valid;
    double penalty = path->fits.fits[chosen].penalty;
    struct line_fit line = valid_line(scaled, chosen == 0 ? INFINITY : penalty,
                                      path->effects[chosen], room, &valid);

    estimate->b = line.slope;
    estimate->se = line.slope_se * fmax(sqrt(line.rss / ((double)valid - 1)), 1);
    estimate_fill_normal(estimate, settings);
    if (estimate->status == ESTIMATE_DONE) {
        estimate->note =
            arena_format(scratch, _("%zu of %zu variants count as valid, at lambda %.6g"),
                         valid, scaled->count, penalty);
    }
}

static void lasso(const struct pair *pair, const struct estimate_settings *settings,
                  struct arena *scratch, struct random_stream *stream,
                  struct estimate *estimate)
{
    struct scaled scaled = scaled_of(pair, scratch);
    struct points room = points_coded(pair, scratch);
    struct path *path = arena_get(scratch, 1, sizeof *path);
    struct line_fit all;
    size_t valid;

    (void)stream;
    for (size_t j = 0; j < pair->count; j++) {
        scaled.limit[j] = INFINITY;
    }
    all = valid_line(&scaled, INFINITY, 0, room, &valid);
    if (!isfinite(all.slope) || !isfinite(all.rss)) {
        estimate_fail(estimate, ESTIMATE_UNDEFINED, ivw_no_line(&all));
        return;
    }
    set_limits(&scaled);
    walk(&scaled, &all, room, path);
    fill(estimate, settings, &scaled, path, room, scratch);
}

const struct method method_lasso = {
    .key = "lasso",
    .name = "MR-Lasso",
    .group = GROUP_OTHER,
    .least = 3,
    .assumes = N_("fewer than half of the variants are invalid, and these stand out"),
    .citation = "Rees, Wood, Dudbridge and Burgess 2019, PLoS ONE 14:e0222362",
    .function = lasso,
};
