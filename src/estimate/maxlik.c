#include "base/i18n.h"
#include "estimate/methods.h"
#include "numeric/minimise.h"
#include "numeric/tail.h"
#include <math.h>

/*
 * The likelihood with every variant's true effect on the exposure put in at its best, a
 * function of one number. R's packages search all effects at once and often stop short of this
 * optimum.
 */

#define HALF_TURN 3.14159265358979323846
#define ANGLES 720
#define NEWTON_STEPS 4
/* How much better than an infinite effect a finite one has to fit. */
#define LEAST_GAIN 1e-12

/* MendelianRandomization takes fixed effects below this number of variants. */
#define FEW_VARIANTS 4

/* Effects in their own standard errors; the effect looked for is `unit` times a number. */
struct standardised {
    size_t count;
    double *x, *y;
    double *c; /* sx / sy, in units of which the mean of the logarithms is about 0 */
    double unit;
};

static struct standardised standardise(const struct pair *pair, struct arena *scratch)
{
    struct standardised to = {pair->count, arena_get(scratch, pair->count, sizeof *to.x),
                              arena_get(scratch, pair->count, sizeof *to.y),
                              arena_get(scratch, pair->count, sizeof *to.c), 0};
    double logs = 0;

    for (size_t j = 0; j < pair->count; j++) {
        logs += log2(pair->sy[j]) - log2(pair->sx[j]);
    }
    /* a power of two: units of the data then leave every digit as it is */
    to.unit = exp2(round(logs / (double)pair->count));
    for (size_t j = 0; j < pair->count; j++) {
        to.x[j] = pair->bx[j] / pair->sx[j];
        to.y[j] = pair->by[j] / pair->sy[j];
        to.c[j] = pair->sx[j] / pair->sy[j] * to.unit;
    }
    return to;
}

/* Q, twice the objective, at the effect unit * tan(angle). */
static double q_at_angle(double angle, void *context)
{
    const struct standardised *in = context;
    double q = 0, cosine = cos(angle), sine = sin(angle);

    for (size_t j = 0; j < in->count; j++) {
        double across = in->c[j] * sine;
        double distance = (in->y[j] * cosine - in->x[j] * across) / hypot(cosine, across);

        q += distance * distance;
    }
    return q;
}

/* Exactly, which no cosine of a quarter turn gives. */
static double q_at_infinity(const struct standardised *in)
{
    double q = 0;

    for (size_t j = 0; j < in->count; j++) {
        q += in->x[j] * in->x[j];
    }
    return q;
}

/* Q, its slope and its curvature at the effect unit * t. */
struct shape {
    double q, slope, curvature;
};

static struct shape shape_at(const struct standardised *in, double t)
{
    struct shape shape = {0, 0, 0};

    for (size_t j = 0; j < in->count; j++) {
        double c2 = in->c[j] * in->c[j], x = in->c[j] * in->x[j];
        double e = in->y[j] - t * x, v = 1 + t * t * c2;
        double v1 = 2 * t * c2, v2 = 2 * c2, r = e / v;

        shape.q += e * r;
        shape.slope -= 2 * x * r + r * r * v1;
        shape.curvature +=
            2 * x * x / v + 4 * x * r * v1 / v - r * r * v2 + 2 * r * r * v1 * v1 / v;
    }
    return shape;
}

/* Q may have several valleys: the deepest angle of a grid, then its valley. */
static bool deepest_angle(struct standardised *in, double *angle)
{
    double step = HALF_TURN / ANGLES, best = INFINITY, at = 0;

    for (int i = 0; i < ANGLES; i++) {
        double here = i * step - HALF_TURN / 2, q = q_at_angle(here, in);

        if (q < best) {
            best = q;
            at = here;
        }
    }
    return isfinite(best) && minimise_on_interval(q_at_angle, in, at - step, at + step, angle);
}

/* Comparing values of Q places its minimum to half the digits only; the slope gives the rest.
 */
static double polish(const struct standardised *in, double t)
{
    for (int i = 0; i < NEWTON_STEPS; i++) {
        struct shape shape = shape_at(in, t);
        double next = t - shape.slope / shape.curvature;

        if (!(shape.curvature > 0) || !isfinite(next)) {
            break;
        }
        t = next;
    }
    return t;
}

static double scatter(const struct estimate *estimate, const struct estimate_settings *settings)
{
    bool is_fixed = settings->convention != CONVENTION_MENDELIANRANDOMIZATION ||
                    estimate->variants < FEW_VARIANTS;

    return is_fixed ? 1 : sqrt(fmax(1, estimate->q / estimate->q_df));
}

static void fill(struct estimate *estimate, const struct standardised *in, double t,
                 const struct estimate_settings *settings)
{
    struct shape shape = shape_at(in, t);
    double infinite = q_at_infinity(in);

    if (!(shape.curvature > 0) || !(infinite - shape.q > LEAST_GAIN * infinite)) {
        estimate_fail(estimate, ESTIMATE_UNDEFINED,
                      _("the likelihood is highest at an infinite effect"));
        return;
    }
    estimate->q = shape.q;
    estimate->q_df = (double)in->count - 1;
    estimate->q_p = tail_chi_square(estimate->q, estimate->q_df);
    estimate->b = in->unit * t;
    estimate->se = in->unit * sqrt(2 / shape.curvature) * scatter(estimate, settings);
    estimate_fill_normal(estimate, settings);
}

static void maxlik(const struct pair *pair, const struct estimate_settings *settings,
                   struct arena *scratch, struct random_stream *stream,
                   struct estimate *estimate)
{
    struct standardised in = standardise(pair, scratch);
    double angle;

    (void)stream;
    if (!deepest_angle(&in, &angle)) {
        estimate_fail(estimate, ESTIMATE_NOT_CONVERGED,
                      _("no highest point of the likelihood was found"));
        return;
    }
    fill(estimate, &in, polish(&in, tan(angle)), settings);
}

const struct method method_maxlik = {
    .key = "maxlik",
    .name = "Maximum likelihood",
    .group = GROUP_OTHER,
    .least = 2,
    .assumes = N_("every variant is valid and shows the same effect; errors of the exposure "
                  "count"),
    .citation = "Burgess, Butterworth and Thompson 2013, Genet Epidemiol 37:658",
    .function = maxlik,
};
