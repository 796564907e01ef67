#include "base/i18n.h"
#include "estimate/methods.h"
#include "estimate/points.h"
#include "numeric/regression.h"
#include "numeric/summary.h"
#include "numeric/tail.h"
#include <math.h>

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

/* Room for one amount of added error. */
struct room {
    double *none;                 /* zeros */
    double *error;                /* drawn with the exposure's standard errors */
    double *x;                    /* exposure with that error */
    double *values[COEFFICIENTS]; /* of the repetitions */
    size_t boot;
};

static struct answer answer_of(const struct line_fit *line, size_t count)
{
    double scatter = line->rss / ((double)count - 2);
    double factor = scatter > 1 ? scatter : 1;

    return (struct answer){{line->intercept, line->slope},
                           {line->intercept_se * line->intercept_se * factor,
                            line->slope_se * line->slope_se * factor}};
}

/* One regression with error times `scale` added to the exposure. */
static struct answer answer_with(const struct pair *pair, const struct points *points,
                                 double scale, struct room *room)
{
    struct line_fit line;

    for (size_t j = 0; j < pair->count; j++) {
        room->x[j] = points->x[j] + scale * room->error[j];
    }
    line = regression_with_intercept(room->x, points->y, points->w, pair->count);
    return answer_of(&line, pair->count);
}

/*
 * The mean answer over repetitions, and its variance by Stefanski and Cook 1995 (JASA 90:1247):
 * the mean of the regressions' own less that between repetitions. Each error is used with both
 * signs, and, the stream being copied, at every step alike: both take noise from the reading.
 */
static struct answer mean_answer(const struct pair *pair, const struct points *points,
                                 double scale, struct random_stream stream, struct room *room)
{
    struct answer mean = {{0}, {0}};

    for (size_t i = 0; i < room->boot; i++) {
        struct answer answer;

        if (i % 2 == 0) {
            random_normals(&stream, room->none, pair->sx, room->error, pair->count);
        }
        answer = answer_with(pair, points, i % 2 == 0 ? scale : -scale, room);
        for (int k = 0; k < COEFFICIENTS; k++) {
            room->values[k][i] = answer.value[k];
            mean.variance[k] += answer.variance[k] / (double)room->boot;
        }
    }
    for (int k = 0; k < COEFFICIENTS; k++) {
        double sd = summary_sd(room->values[k], room->boot);

        mean.value[k] = summary_mean(room->values[k], room->boot);
        mean.variance[k] -= sd * sd;
    }
    return mean;
}

/* The answers at every step, read at no error. */
static struct answer extrapolate(const struct pair *pair, const struct points *points,
                                 const struct line_fit *line, struct random_stream *stream,
                                 struct room *room)
{
    struct answer found = {{0}, {0}};

    for (int step = 0; step < STEPS; step++) {
        double scale = sqrt(added_variance(step));
        struct answer answer = step == 0 ? answer_of(line, pair->count)
                                         : mean_answer(pair, points, scale, *stream, room);

        for (int k = 0; k < COEFFICIENTS; k++) {
            found.value[k] += extrapolation[step] * answer.value[k];
            found.variance[k] += extrapolation[step] * answer.variance[k];
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

static struct room room_of(size_t count, size_t boot, struct arena *scratch)
{
    struct room room = {.none = arena_get(scratch, count, sizeof(double)),
                        .error = arena_get(scratch, count, sizeof(double)),
                        .x = arena_get(scratch, count, sizeof(double)),
                        .boot = boot};

    for (int k = 0; k < COEFFICIENTS; k++) {
        room.values[k] = arena_get(scratch, boot, sizeof(double));
    }
    return room;
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
    struct room room = room_of(pair->count, settings->boot, scratch);
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
    answer = extrapolate(pair, &points, &line, stream, &room);
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
