#include "numeric/bisquare.h"
#include <math.h>
#include <stdbool.h>

#define MOST_STEPS 500
#define PRECISION 1e-13

size_t bisquare_residuals(struct bisquare_cloud *cloud, struct bisquare_line line)
{
    size_t apart = 0;

    for (size_t j = 0; j < cloud->count; j++) {
        double up = line.intercept * cloud->one[j], along = line.slope * cloud->x[j];
        double rest = cloud->y[j] - up - along;
        bool is_rounding =
            fabs(rest) <= BISQUARE_ROUNDING * (fabs(cloud->y[j]) + fabs(up) + fabs(along));

        cloud->rest[j] = is_rounding ? 0 : rest;
        apart += !is_rounding;
    }
    return apart;
}

double bisquare_degrees(const struct bisquare_cloud *cloud)
{
    return (double)(cloud->count - cloud->coefficients);
}

double bisquare_rho(double u, double tuning)
{
    double t = u / tuning, rest = 1 - t * t;

    return rest <= 0 ? 1 : 1 - rest * rest * rest;
}

double bisquare_weight(double u, double tuning)
{
    double t = u / tuning, rest = 1 - t * t;

    return rest <= 0 ? 0 : rest * rest;
}

double bisquare_psi_slope(double u, double tuning)
{
    double t = u / tuning, rest = 1 - t * t;

    return rest <= 0 ? 0 : rest * (1 - 5 * t * t);
}

double bisquare_excess(const struct bisquare_cloud *cloud, double scale)
{
    double sum = 0;

    for (size_t j = 0; j < cloud->count; j++) {
        sum += bisquare_rho(cloud->rest[j] / scale, BISQUARE_SCALE_TUNING);
    }
    return sum / (bisquare_degrees(cloud) * BISQUARE_BREAKDOWN);
}

/* What the excess loses when the logarithm of the scale grows. */
static double excess_slope(const struct bisquare_cloud *cloud, double scale)
{
    double sum = 0;

    for (size_t j = 0; j < cloud->count; j++) {
        double u = cloud->rest[j] / scale, t = u / BISQUARE_SCALE_TUNING;

        sum += 6 * t * t * bisquare_weight(u, BISQUARE_SCALE_TUNING);
    }
    return sum / (bisquare_degrees(cloud) * BISQUARE_BREAKDOWN);
}

static double mean_residual(const struct bisquare_cloud *cloud, size_t apart)
{
    double sum = 0;

    for (size_t j = 0; j < cloud->count; j++) {
        sum += fabs(cloud->rest[j]);
    }
    return sum / (double)apart;
}

/* Newton's step on the logarithm, or halving where it leaves the bracket: the excess is flat
 * where a far point alone decides. */
static double next_scale(double scale, double newton, double lower, double upper)
{
    double next = scale * exp(newton);

    if (next > lower && next < upper) {
        return next;
    }
    if (isinf(upper)) {
        return 2 * scale;
    }
    return lower > 0 ? sqrt(lower) * sqrt(upper) : upper / 2;
}

double bisquare_scale(const struct bisquare_cloud *cloud, size_t apart, double scale)
{
    double lower = 0, upper = INFINITY;

    if (!((double)apart > BISQUARE_BREAKDOWN * bisquare_degrees(cloud))) {
        return 0;
    }
    if (!(scale > 0)) {
        scale = mean_residual(cloud, apart);
    }
    for (int i = 0; i < MOST_STEPS; i++) {
        double surplus = bisquare_excess(cloud, scale) - 1, next;

        *(surplus > 0 ? &lower : &upper) = scale;
        next = next_scale(scale, surplus / excess_slope(cloud, scale), lower, upper);
        if (fabs(next - scale) <= PRECISION * scale) {
            return next;
        }
        scale = next;
    }
    return scale;
}

struct bisquare_square bisquare_inverse(struct bisquare_square m, size_t coefficients)
{
    double determinant = m.ii * m.ss - m.is * m.is;

    if (coefficients == 1) {
        return (struct bisquare_square){0, 0, 1 / m.ss};
    }
    return (struct bisquare_square){m.ss / determinant, -m.is / determinant,
                                    m.ii / determinant};
}

struct bisquare_line bisquare_times(struct bisquare_square m, struct bisquare_line v)
{
    return (struct bisquare_line){m.ii * v.intercept + m.is * v.slope,
                                  m.is * v.intercept + m.ss * v.slope};
}

void bisquare_add_point(struct bisquare_square *m, const struct bisquare_cloud *cloud, size_t j,
                        double factor)
{
    m->ii += factor * cloud->one[j] * cloud->one[j];
    m->is += factor * cloud->one[j] * cloud->x[j];
    m->ss += factor * cloud->x[j] * cloud->x[j];
}

void bisquare_add_column(struct bisquare_line *v, const struct bisquare_cloud *cloud, size_t j,
                         double factor)
{
    v->intercept += factor * cloud->one[j];
    v->slope += factor * cloud->x[j];
}

/* Made from the residuals, which loses fewer digits than starting anew. */
double bisquare_step(struct bisquare_cloud *cloud, double scale, double tuning,
                     struct bisquare_line *line)
{
    struct bisquare_square m = {0, 0, 0};
    struct bisquare_line v = {0, 0}, change;
    double most = 0;

    for (size_t j = 0; j < cloud->count; j++) {
        double w = bisquare_weight(cloud->rest[j] / scale, tuning);

        bisquare_add_point(&m, cloud, j, w);
        bisquare_add_column(&v, cloud, j, w * cloud->rest[j]);
    }
    change = bisquare_times(bisquare_inverse(m, cloud->coefficients), v);
    line->intercept += change.intercept;
    line->slope += change.slope;
    for (size_t j = 0; j < cloud->count; j++) {
        double moved =
            fabs(change.intercept * cloud->one[j] + change.slope * cloud->x[j]) / scale;

        most = moved > most || isnan(moved) ? moved : most;
    }
    return most;
}
