#include "multivariable/measured.h"
#include "numeric/linear.h"
#include <math.h>
#include <string.h>

#define ROUNDS 200
#define HALVINGS 60
/* Falls of this size, relative to the sum, are below its rounding; and below this nothing is
 * left to gain. */
#define COARSE 1e-11
#define DONE 1e-26

double *measured_covariances(const struct design *design, struct arena *scratch)
{
    size_t columns = design->exposure_count;
    double *s = arena_get(scratch, design->count * columns * columns, sizeof *s), *at = s;

    for (size_t j = 0; j < design->count; j++) {
        const double *sx = &design->sx[j * columns];

        for (size_t i = 0; i < columns * columns; i++) {
            *at++ = design->correlation[i] * sx[i / columns] * sx[i % columns];
        }
    }
    return s;
}

double measured_variance(const struct measured *measured, const double *effects, size_t j)
{
    size_t columns = measured->columns;
    double shared = 0;

    for (size_t k = 0; measured->c != NULL && k < columns; k++) {
        shared += measured->c[j * columns + k] * effects[k];
    }
    return measured->v[j] - 2 * shared +
           linear_form(effects, &measured->s[j * columns * columns], effects, columns);
}

double measured_residual(const struct measured *measured, const double *effects, size_t j)
{
    double residual = measured->y[j];

    for (size_t k = 0; k < measured->columns; k++) {
        residual -= measured->x[j * measured->columns + k] * effects[k];
    }
    return residual;
}

double measured_q(const struct measured *measured, const double *effects)
{
    double sum = 0;

    for (size_t j = 0; j < measured->count; j++) {
        double residual = measured_residual(measured, effects, j);

        sum += residual * residual / measured_variance(measured, effects, j);
    }
    return sum;
}

/* One variant's part: t = e / sqrt(v), its first and second derivatives. */
static void add_variant(const struct measured *measured, const double *effects, size_t j,
                        double *gradient, double *curvature, double *outer, double *room)
{
    size_t columns = measured->columns;
    const double *x = &measured->x[j * columns], *s = &measured->s[j * columns * columns];
    double e = measured_residual(measured, effects, j);
    double v = measured_variance(measured, effects, j), root = sqrt(v);
    double *along = room, *slope = room + columns;

    for (size_t k = 0; k < columns; k++) {
        along[k] = measured->c == NULL ? 0 : -measured->c[j * columns + k];
        for (size_t l = 0; l < columns; l++) {
            along[k] += s[k * columns + l] * effects[l];
        }
        slope[k] = -x[k] / root - e * along[k] / (v * root);
        gradient[k] += e / root * slope[k];
    }
    for (size_t i = 0; i < columns * columns; i++) {
        size_t k = i / columns, l = i % columns;
        double second = (x[k] * along[l] + along[k] * x[l] - e * s[i]) / (v * root) +
                        3 * e * along[k] * along[l] / (v * v * root);

        outer[i] += slope[k] * slope[l];
        curvature[i] += slope[k] * slope[l] + e / root * second;
    }
}

void measured_slopes(const struct measured *measured, const double *effects, double *gradient,
                     double *curvature, double *outer, struct arena *scratch)
{
    size_t columns = measured->columns;
    struct arena_mark mark = arena_mark(scratch);
    double *room = arena_get(scratch, 2 * columns, sizeof *room);

    memset(gradient, 0, columns * sizeof *gradient);
    memset(curvature, 0, columns * columns * sizeof *curvature);
    memset(outer, 0, columns * columns * sizeof *outer);
    for (size_t j = 0; j < measured->count; j++) {
        add_variant(measured, effects, j, gradient, curvature, outer, room);
    }
    arena_reset(scratch, mark);
}

/* Goes along a step as far as the sum falls; false when it does not. */
static bool descend(const struct measured *measured, double *effects, const double *step,
                    double *room, double *q)
{
    double share = 1;

    for (int halving = 0; halving < HALVINGS; halving++, share /= 2) {
        double there;

        for (size_t k = 0; k < measured->columns; k++) {
            room[k] = effects[k] - share * step[k];
        }
        there = measured_q(measured, room);
        if (there < *q) {
            memcpy(effects, room, measured->columns * sizeof *effects);
            *q = there;
            return true;
        }
    }
    return false;
}

/* The fall that a step promises. */
static double fall_of(const double *gradient, const double *step, size_t columns)
{
    double fall = 0;

    for (size_t k = 0; k < columns; k++) {
        fall += gradient[k] * step[k];
    }
    return fall;
}

/* A step where the sum itself is too coarse to tell whether it falls. */
static void take(double *effects, const double *step, size_t columns)
{
    for (size_t k = 0; k < columns; k++) {
        effects[k] -= step[k];
    }
}

/* Newton's step where the sum is convex, otherwise the step of the part that always is. */
static bool find_step(double *curvature, double *outer, const double *gradient, double *step,
                      size_t columns)
{
    memcpy(step, gradient, columns * sizeof *step);
    if (linear_solve(curvature, step, columns) && fall_of(gradient, step, columns) >= 0) {
        return true;
    }
    memcpy(step, gradient, columns * sizeof *step);
    return linear_solve(outer, step, columns);
}

bool measured_minimise(const struct measured *measured, double *effects, struct arena *scratch)
{
    size_t columns = measured->columns;
    struct arena_mark mark = arena_mark(scratch);
    double *gradient = arena_get(scratch, columns, sizeof *gradient);
    double *step = arena_get(scratch, columns, sizeof *step);
    double *room = arena_get(scratch, columns, sizeof *room);
    double *curvature = arena_get(scratch, columns * columns, sizeof *curvature);
    double *outer = arena_get(scratch, columns * columns, sizeof *outer);
    double q = measured_q(measured, effects);
    bool is_found = false;
    double fall;

    for (int round = 0; round < ROUNDS && !is_found && isfinite(q); round++) {
        measured_slopes(measured, effects, gradient, curvature, outer, scratch);
        if (!find_step(curvature, outer, gradient, step, columns)) {
            break;
        }
        fall = fall_of(gradient, step, columns);
        if (fall <= COARSE * (1 + q)) {
            take(effects, step, columns);
            q = measured_q(measured, effects);
            is_found = fall <= DONE * (1 + q);
        } else if (!descend(measured, effects, step, room, &q)) {
            break;
        }
    }
    arena_reset(scratch, mark);
    return is_found;
}
