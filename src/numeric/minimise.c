#include "numeric/minimise.h"
#include <float.h>
#include <math.h>

#define MOST_STEPS 500
#define GOLDEN 0.3819660112501051 /* the smaller part of the golden section */
#define PRECISION 1e-10

/* The three best places of Brent's method (1973, chapter 5), best first. */
struct places {
    double lower, upper;
    double x, fx, w, fw, v, fv;
    double step, before; /* the last step and the one before it */
};

static double tolerance_at(double x)
{
    return PRECISION * fabs(x) + DBL_MIN + 1e-16;
}

/* The step to the vertex of the parabola through the three places; false if it is no good. */
static bool parabola(const struct places *at, double *step)
{
    double r = (at->x - at->w) * (at->fx - at->fv);
    double q = (at->x - at->v) * (at->fx - at->fw);
    double p = (at->x - at->v) * q - (at->x - at->w) * r;
    double divisor = 2 * (q - r);

    if (divisor == 0) {
        return false;
    }
    *step = -p / divisor;
    return fabs(*step) < fabs(0.5 * at->before) && at->x + *step > at->lower &&
           at->x + *step < at->upper;
}

static void choose_step(struct places *at, double tolerance, double middle)
{
    double step;
    double last = at->step;

    if (fabs(at->before) > tolerance && parabola(at, &step)) {
        at->before = last;
        if (at->x + step - at->lower < 2 * tolerance ||
            at->upper - (at->x + step) < 2 * tolerance) {
            step = at->x < middle ? tolerance : -tolerance;
        }
    } else {
        at->before = (at->x < middle ? at->upper : at->lower) - at->x;
        step = GOLDEN * at->before;
    }
    at->step = step;
}

static void take_better(struct places *at, double u, double fu)
{
    *(u < at->x ? &at->upper : &at->lower) = at->x;
    at->v = at->w;
    at->fv = at->fw;
    at->w = at->x;
    at->fw = at->fx;
    at->x = u;
    at->fx = fu;
}

static void take_worse(struct places *at, double u, double fu)
{
    *(u < at->x ? &at->lower : &at->upper) = u;
    if (fu <= at->fw || at->w == at->x) {
        at->v = at->w;
        at->fv = at->fw;
        at->w = u;
        at->fw = fu;
    } else if (fu <= at->fv || at->v == at->x || at->v == at->w) {
        at->v = u;
        at->fv = fu;
    }
}

bool minimise_on_interval(minimise_function *f, void *context, double lower, double upper,
                          double *where)
{
    double start = lower + GOLDEN * (upper - lower);
    double f_start = f(start, context);
    struct places at = {lower, upper, start, f_start, start, f_start, start, f_start, 0, 0};

    *where = start;
    for (int i = 0; i < MOST_STEPS && !isnan(at.fx); i++) {
        double tolerance = tolerance_at(at.x), middle = 0.5 * (at.lower + at.upper);
        double u, fu;

        *where = at.x;
        if (fabs(at.x - middle) <= 2 * tolerance - 0.5 * (at.upper - at.lower)) {
            return true;
        }
        choose_step(&at, tolerance, middle);
        u = at.x + (fabs(at.step) >= tolerance ? at.step : copysign(tolerance, at.step));
        fu = f(u, context);
        (fu <= at.fx ? take_better : take_worse)(&at, u, fu);
    }
    return false;
}

/* Brent's bracket (1973, chapter 4): the root lies between b, the best place, and c. */
struct bracket {
    double a, fa, b, fb, c, fc;
    double step, before;
};

static void put_best_in_b(struct bracket *at)
{
    if (fabs(at->fc) < fabs(at->fb)) {
        at->a = at->b;
        at->fa = at->fb;
        at->b = at->c;
        at->fb = at->fc;
        at->c = at->a;
        at->fc = at->fa;
    }
}

/* Inverse quadratic interpolation, or the secant; bisection where they gain too little. */
static void interpolate(struct bracket *at, double half, double tolerance)
{
    double s = at->fb / at->fa, p, q;

    if (at->a == at->c) {
        p = 2 * half * s;
        q = 1 - s;
    } else {
        double t = at->fa / at->fc, r = at->fb / at->fc;

        p = s * (2 * half * t * (t - r) - (at->b - at->a) * (r - 1));
        q = (t - 1) * (r - 1) * (s - 1);
    }
    if (p > 0) {
        q = -q;
    }
    p = fabs(p);
    if (2 * p < fmin(3 * half * q - fabs(tolerance * q), fabs(at->before * q))) {
        at->before = at->step;
        at->step = p / q;
    } else {
        at->before = at->step = half;
    }
}

static void next_place(struct bracket *at, double half, double tolerance)
{
    if (fabs(at->before) >= tolerance && fabs(at->fa) > fabs(at->fb)) {
        interpolate(at, half, tolerance);
    } else {
        at->before = at->step = half;
    }
    at->a = at->b;
    at->fa = at->fb;
    at->b += fabs(at->step) > tolerance ? at->step : copysign(tolerance, half);
}

bool minimise_root(minimise_function *f, void *context, double lower, double upper,
                   double *where)
{
    double f_lower = f(lower, context), f_upper = f(upper, context);
    struct bracket at = {lower, f_lower, upper,         f_upper,
                         lower, f_lower, upper - lower, upper - lower};

    *where = fabs(f_lower) < fabs(f_upper) ? lower : upper;
    if (isnan(f_lower) || isnan(f_upper) || (f_lower > 0) == (f_upper > 0)) {
        return f_lower == 0 || f_upper == 0;
    }
    for (int i = 0; i < MOST_STEPS; i++) {
        double tolerance, half;

        if ((at.fb > 0) == (at.fc > 0)) {
            at.c = at.a;
            at.fc = at.fa;
            at.step = at.before = at.b - at.a;
        }
        put_best_in_b(&at);
        tolerance = 2 * DBL_EPSILON * fabs(at.b) + DBL_MIN;
        half = 0.5 * (at.c - at.b);
        *where = at.b;
        if (fabs(half) <= tolerance || at.fb == 0) {
            return true;
        }
        next_place(&at, half, tolerance);
        at.fb = f(at.b, context);
    }
    return false;
}
