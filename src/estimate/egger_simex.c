#include "base/i18n.h"
#include "estimate/methods.h"
#include "estimate/points.h"
#include "numeric/regression.h"
#include "numeric/summary.h"
#include "numeric/tail.h"
#include "numeric/wide.h"
#include <float.h>
#include <math.h>
#include <string.h>

/*
 * Simulation extrapolation: how the slope shrinks as error is added to the exposure says how
 * much the error that is there has shrunk it (Cook and Stefanski 1994, JASA 89:1314). Errors of
 * 0, 0.5 ... 2 times the variance are added; a parabola through the mean answers is read at -1,
 * no error. These are the weights of the answers in that reading.
 */
#define STEPS 5
static const double extrapolation[STEPS] = {3.0, -0.4, -1.8, -1.2, 1.4};

static double added_variance(int step)
{
    return 0.5 * step;
}

/* Intercept, slope, and the variances that the regression gives them. */
enum { INTERCEPT, SLOPE, COEFFICIENTS };
struct answer {
    double value[COEFFICIENTS], variance[COEFFICIENTS];
};

static struct answer answer_of(const struct line_fit *line, size_t count)
{
    double scatter = line->rss / ((double)count - 2);
    double factor = scatter > 1 ? scatter : 1;

    return (struct answer){{line->intercept, line->slope},
                           {line->intercept_se * line->intercept_se * factor,
                            line->slope_se * line->slope_se * factor}};
}

/*
 * What the regression on x + s e needs, for any s. Against that x the line through x leaves
 * r - slope s e, r its residuals, and the new line follows from five sums, three of them of the
 * errors: nothing large is taken from something large. Sums are of weighted distances from the
 * weighted means.
 */
struct base {
    struct line_fit line;
    size_t count;
    double weight, mean_x, mean_y;
    double xx, rr;
    double least; /* a spread of x that is no more than rounding leaves */
    const double *w;
    double *wx, *wr; /* weighted distances of x from its mean, weighted residuals */
};

/* The mean of one vector of errors, their spread, and how they go with x and residuals. */
struct errors {
    double mean, ee, xe, er;
};

static struct base base_of(const struct points *points, const struct line_fit *line,
                           size_t count, struct arena *scratch)
{
    struct base base = {.line = *line, .count = count, .rr = line->rss, .w = points->w};
    double rounding;

    base.wx = arena_get(scratch, count, sizeof *base.wx);
    base.wr = arena_get(scratch, count, sizeof *base.wr);
    for (size_t j = 0; j < count; j++) {
        base.weight += points->w[j];
        base.mean_x += points->w[j] * points->x[j];
        base.mean_y += points->w[j] * points->y[j];
    }
    base.mean_x /= base.weight;
    base.mean_y /= base.weight;
    for (size_t j = 0; j < count; j++) {
        double from = points->x[j] - base.mean_x;

        base.wx[j] = points->w[j] * from;
        base.wr[j] = points->w[j] * (points->y[j] - base.mean_y - line->slope * from);
        base.xx += base.wx[j] * from;
    }
    rounding = 4 * DBL_EPSILON * (double)count * base.mean_x;
    base.least = base.weight * rounding * rounding;
    return base;
}

/* In two passes, four variants at a time. */
WIDE_BODY void add_up(const struct base *base, const double *error, struct errors *errors)
{
    wide_doubles e, w, wx, wr, sum_e = {0}, sum_x = {0}, sum_r = {0}, sum_ee = {0};
    size_t whole = base->count - base->count % LANES;
    double end_e = 0, end_x = 0, end_r = 0, end_ee = 0;

    for (size_t j = 0; j < whole; j += LANES) {
        memcpy(&e, error + j, sizeof e);
        memcpy(&w, base->w + j, sizeof w);
        memcpy(&wx, base->wx + j, sizeof wx);
        memcpy(&wr, base->wr + j, sizeof wr);
        sum_e += w * e;
        sum_x += wx * e;
        sum_r += wr * e;
    }
    for (size_t j = whole; j < base->count; j++) {
        end_e += base->w[j] * error[j];
        end_x += base->wx[j] * error[j];
        end_r += base->wr[j] * error[j];
    }
    errors->mean = (end_e + sum_e[0] + sum_e[1] + sum_e[2] + sum_e[3]) / base->weight;
    errors->xe = end_x + sum_x[0] + sum_x[1] + sum_x[2] + sum_x[3];
    errors->er = end_r + sum_r[0] + sum_r[1] + sum_r[2] + sum_r[3];
    for (size_t j = 0; j < whole; j += LANES) {
        memcpy(&e, error + j, sizeof e);
        memcpy(&w, base->w + j, sizeof w);
        e -= errors->mean;
        sum_ee += w * e * e;
    }
    for (size_t j = whole; j < base->count; j++) {
        double from = error[j] - errors->mean;

        end_ee += base->w[j] * from * from;
    }
    errors->ee = end_ee + sum_ee[0] + sum_ee[1] + sum_ee[2] + sum_ee[3];
}

WIDE_TARGET static void add_up_wide(const struct base *base, const double *error,
                                    struct errors *errors)
{
    add_up(base, error, errors);
}

static void add_up_plain(const struct base *base, const double *error, struct errors *errors)
{
    add_up(base, error, errors);
}

/* The regression with the errors times `scale` added to the exposure. */
static struct answer answer_with(const struct base *base, const struct errors *errors,
                                 double scale)
{
    double tilt = -base->line.slope * scale;
    double xx = base->xx + scale * (2 * errors->xe + scale * errors->ee);
    double mean_x = base->mean_x + scale * errors->mean;
    double along = scale * (errors->er + tilt * errors->ee) + tilt * errors->xe;
    double left = base->rr + tilt * (2 * errors->er + tilt * errors->ee);
    double slope, rss, factor;

    if (!(xx > base->least)) {
        return (struct answer){{NAN, NAN}, {NAN, NAN}};
    }
    slope = base->line.slope + along / xx;
    rss = left - along * (along / xx);
    factor = rss / ((double)base->count - 2);
    factor = factor > 1 ? factor : 1;
    return (struct answer){{base->mean_y - slope * mean_x, slope},
                           {(1 / base->weight + mean_x * mean_x / xx) * factor, factor / xx}};
}

/* The answers at one step: those of the repetitions, and the sum of their variances. */
struct step {
    double scale;
    double *values[COEFFICIENTS];
    double variance[COEFFICIENTS];
};

/* Each error is used with both signs, and at every step alike: both take noise from the
 * reading. */
static void repeat(const struct pair *pair, const struct base *base, struct step steps[STEPS],
                   size_t boot, struct arena *scratch, struct random_stream *stream)
{
    double *none = arena_get(scratch, pair->count, sizeof *none);
    double *error = arena_get(scratch, pair->count, sizeof *error);
    struct errors errors = {0};

    for (size_t i = 0; i < boot; i++) {
        if (i % 2 == 0) {
            random_normals(stream, none, pair->sx, error, pair->count);
            (WIDE_IS_THERE() ? add_up_wide : add_up_plain)(base, error, &errors);
        }
        for (struct step *step = steps + 1; step < steps + STEPS; step++) {
            struct answer answer =
                answer_with(base, &errors, i % 2 == 0 ? step->scale : -step->scale);

            for (int k = 0; k < COEFFICIENTS; k++) {
                step->values[k][i] = answer.value[k];
                step->variance[k] += answer.variance[k] / (double)boot;
            }
        }
    }
}

/*
 * The mean answer over repetitions, and its variance by Stefanski and Cook 1995 (JASA 90:1247):
 * the mean of the regressions' own less that between repetitions.
 */
static struct answer mean_answer(const struct step *step, size_t boot)
{
    struct answer mean;

    for (int k = 0; k < COEFFICIENTS; k++) {
        double sd = summary_sd(step->values[k], boot);

        mean.value[k] = summary_mean(step->values[k], boot);
        mean.variance[k] = step->variance[k] - sd * sd;
    }
    return mean;
}

/* The answers at every step, read at no error. */
static struct answer extrapolate(const struct pair *pair, const struct base *base, size_t boot,
                                 struct arena *scratch, struct random_stream *stream)
{
    struct answer found = {{0}, {0}};
    struct step steps[STEPS] = {0};

    for (int i = 1; i < STEPS; i++) {
        steps[i].scale = sqrt(added_variance(i));
        for (int k = 0; k < COEFFICIENTS; k++) {
            steps[i].values[k] = arena_get(scratch, boot, sizeof(double));
        }
    }
    repeat(pair, base, steps, boot, scratch, stream);
    for (int i = 0; i < STEPS; i++) {
        struct answer answer =
            i == 0 ? answer_of(&base->line, pair->count) : mean_answer(&steps[i], boot);

        for (int k = 0; k < COEFFICIENTS; k++) {
            found.value[k] += extrapolation[i] * answer.value[k];
            found.variance[k] += extrapolation[i] * answer.variance[k];
        }
    }
    return found;
}

static void fill(struct estimate *estimate, const struct answer *answer, double df,
                 const struct estimate_settings *settings)
{
    bool is_normal = settings->convention == CONVENTION_MENDELIANRANDOMIZATION;

    if (!isfinite(answer->value[SLOPE]) || !(answer->variance[SLOPE] > 0)) {
        estimate_fail(
            estimate, ESTIMATE_UNDEFINED,
            _("the variance extrapolated to no error is not above 0: the error of the "
              "exposure is too large"));
        return;
    }
    estimate->b = answer->value[SLOPE];
    estimate->se = sqrt(answer->variance[SLOPE]);
    if (answer->variance[INTERCEPT] > 0) {
        double ratio = answer->value[INTERCEPT] / sqrt(answer->variance[INTERCEPT]);

        estimate->intercept = answer->value[INTERCEPT];
        estimate->intercept_se = sqrt(answer->variance[INTERCEPT]);
        estimate->intercept_p =
            is_normal ? tail_normal_two_sided(ratio) : tail_t_two_sided(ratio, df);
    }
    if (is_normal) {
        estimate_fill_normal(estimate, settings);
    } else {
        estimate_fill_t(estimate, df, settings);
    }
}

/* Whether the weighted spread of the exposure is more than its errors would make alone. */
static bool is_spread(const struct pair *pair, const struct points *points)
{
    double weight = 0, mean = 0, noise = 0, spread = 0;

    for (size_t j = 0; j < pair->count; j++) {
        weight += points->w[j];
        mean += points->w[j] * points->x[j];
    }
    mean /= weight;
    for (size_t j = 0; j < pair->count; j++) {
        double from = points->x[j] - mean, share = points->w[j] / weight;

        spread += share * from * from;
        noise += share * (1 - share) * pair->sx[j] * pair->sx[j];
    }
    return spread > noise;
}

static void egger_simex(const struct pair *pair, const struct estimate_settings *settings,
                        struct arena *scratch, struct random_stream *stream,
                        struct estimate *estimate)
{
    struct points points = points_oriented(pair, scratch);
    struct line_fit line = regression_with_intercept(points.x, points.y, points.w, pair->count);
    struct base base;
    struct answer answer;

    if (!isfinite(line.slope) || !isfinite(line.rss) || !isfinite(line.intercept_se)) {
        estimate_fail(estimate, ESTIMATE_UNDEFINED,
                      _("all variants have the same effect on the exposure"));
        return;
    }
    if (!is_spread(pair, &points)) {
        estimate_fail(estimate, ESTIMATE_UNDEFINED,
                      _("the effects on the exposure differ no more than their errors allow"));
        return;
    }
    base = base_of(&points, &line, pair->count, scratch);
    answer = extrapolate(pair, &base, settings->boot, scratch, stream);
    fill(estimate, &answer, (double)pair->count - 2, settings);
}

const struct method method_egger_simex = {
    .key = "egger_simex",
    .name = "MR Egger (SIMEX)",
    .group = GROUP_EGGER,
    .is_random = true,
    .least = 3,
    .assumes = N_("as MR Egger, without the dilution by error of the exposure; quadratic "
                  "extrapolation, so that weak variants are corrected in part"),
    .citation = "Bowden et al. 2016, Int J Epidemiol 45:1961",
    .function = egger_simex,
};
