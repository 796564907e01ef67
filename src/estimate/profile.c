#include "estimate/profile.h"
#include "numeric/minimise.h"
#include <math.h>

#define NEWTON_STEPS 30
#define PRECISION 1e-15
/* How much better than an infinite effect a finite one has to fit. */
#define LEAST_GAIN 1e-12

struct profile profile_of(const struct pair *pair, struct arena *scratch)
{
    struct profile to = {pair->count, arena_get(scratch, pair->count, sizeof *to.x),
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

struct profile_shape profile_at(const struct profile *profile, double phi, double t)
{
    struct profile_shape shape = {0, 0, 0};

    for (size_t j = 0; j < profile->count; j++) {
        double c2 = profile->c[j] * profile->c[j], x = profile->c[j] * profile->x[j];
        double e = profile->y[j] - t * x, v = phi + t * t * c2;
        double v1 = 2 * t * c2, v2 = 2 * c2, r = e / v;

        shape.q += e * r;
        shape.slope -= 2 * x * r + r * r * v1;
        shape.curvature +=
            2 * x * x / v + 4 * x * r * v1 / v - r * r * v2 + 2 * r * r * v1 * v1 / v;
    }
    return shape;
}

double profile_at_infinity(const struct profile *profile)
{
    double q = 0;

    for (size_t j = 0; j < profile->count; j++) {
        q += profile->x[j] * profile->x[j];
    }
    return q;
}

struct turned {
    const struct profile *profile;
    double phi;
};

/* Q at the effect unit * tan(angle). */
static double q_at_angle(double angle, void *context)
{
    const struct turned *in = context;
    const struct profile *profile = in->profile;
    double q = 0, cosine = cos(angle), sine = sin(angle), spread = in->phi * cosine * cosine;

    for (size_t j = 0; j < profile->count; j++) {
        double across = profile->c[j] * sine;
        double distance = profile->y[j] * cosine - profile->x[j] * across;

        q += distance * distance / (spread + across * across);
    }
    return q;
}

/* Q may have several valleys: the deepest angle of a grid, then its valley. */
static bool deepest_angle(struct turned *in, int angles, double *angle)
{
    double step = M_PI / angles, best = INFINITY, at = 0;

    for (int i = 0; i < angles; i++) {
        double here = i * step - M_PI / 2, q = q_at_angle(here, in);

        if (q < best) {
            best = q;
            at = here;
        }
    }
    return isfinite(best) && minimise_on_interval(q_at_angle, in, at - step, at + step, angle);
}

/* Comparing values of Q places its minimum to half the digits only; the slope gives the rest.
 */
bool profile_descend(const struct profile *profile, double phi, double *t)
{
    for (int i = 0; i < NEWTON_STEPS; i++) {
        struct profile_shape shape = profile_at(profile, phi, *t);
        double next = *t - shape.slope / shape.curvature;

        if (!(shape.curvature > 0) || !isfinite(next)) {
            return false;
        }
        if (fabs(next - *t) <= PRECISION * fabs(next)) {
            return true;
        }
        *t = next;
    }
    return true;
}

bool profile_lowest(const struct profile *profile, double phi, int angles, double *t)
{
    struct turned in = {profile, phi};
    double angle, infinite = profile_at_infinity(profile);

    if (!deepest_angle(&in, angles, &angle)) {
        return false;
    }
    *t = tan(angle);
    return profile_descend(profile, phi, t) &&
           infinite - profile_at(profile, phi, *t).q > LEAST_GAIN * infinite;
}
