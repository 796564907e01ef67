#include "numeric/bisquare.h"
#include "numeric/wide.h"
#include <math.h>
#include <stdbool.h>
#include <string.h>

#define MOST_STEPS 500

/* Passes over the points take as many at a time as there are lanes; those behind the last are
 * zeros, which add nothing to any sum. */
#define WITHOUT_SIGN (~(UINT64_C(1) << 63))

WIDE_BODY void take(wide_doubles *out, const double *from)
{
    memcpy(out, from, sizeof *out);
}

WIDE_BODY double sum_of(const wide_doubles *lanes)
{
    return ((*lanes)[0] + (*lanes)[1]) + ((*lanes)[2] + (*lanes)[3]);
}

/* Where a mask's bits are set the one, elsewhere the other. */
WIDE_BODY void choose(const wide_words *mask, const wide_doubles *one,
                      const wide_doubles *other, wide_doubles *out)
{
    *out = (wide_doubles)(((wide_words)*one & *mask) | ((wide_words)*other & ~*mask));
}

WIDE_BODY void magnitude(wide_doubles *value)
{
    *value = (wide_doubles)((wide_words)*value & WITHOUT_SIGN);
}

WIDE_BODY size_t residuals(struct bisquare_cloud *cloud, struct bisquare_line line)
{
    wide_words apart = {0};

    for (size_t j = 0; j < cloud->count; j += LANES) {
        wide_doubles one, x, y, up, along, rest, size;
        wide_words is_apart;

        take(&one, cloud->one + j);
        take(&x, cloud->x + j);
        take(&y, cloud->y + j);
        up = line.intercept * one;
        along = line.slope * x;
        rest = y - up - along;
        size = rest;
        magnitude(&size);
        magnitude(&up);
        magnitude(&along);
        magnitude(&y);
        is_apart = ~(wide_words)(size <= BISQUARE_ROUNDING * (y + up + along));
        rest = (wide_doubles)((wide_words)rest & is_apart);
        memcpy(cloud->rest + j, &rest, sizeof rest);
        apart -= is_apart;
    }
    return (size_t)(apart[0] + apart[1] + apart[2] + apart[3]);
}

WIDE_TARGET static size_t residuals_wide(struct bisquare_cloud *cloud,
                                         struct bisquare_line line)
{
    return residuals(cloud, line);
}

static size_t residuals_plain(struct bisquare_cloud *cloud, struct bisquare_line line)
{
    return residuals(cloud, line);
}

size_t bisquare_residuals(struct bisquare_cloud *cloud, struct bisquare_line line)
{
    return (WIDE_IS_THERE() ? residuals_wide : residuals_plain)(cloud, line);
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

/* The sum of rho at a scale, and what it loses when the logarithm of the scale grows. */
struct level {
    double sum, slope;
};

WIDE_BODY void level_of(const struct bisquare_cloud *cloud, double scale, struct level *level)
{
    double shrink = 1 / (scale * BISQUARE_SCALE_TUNING);
    wide_doubles sum = {0}, slope = {0};

    for (size_t j = 0; j < cloud->count; j += LANES) {
        wide_doubles t, left, square;
        wide_words is_far;

        take(&t, cloud->rest + j);
        t *= shrink;
        square = t * t;
        left = 1 - square;
        is_far = (wide_words)(left <= 0);
        left = (wide_doubles)((wide_words)left & ~is_far); /* and rho is 1 */
        sum += 1 - left * left * left;
        slope += square * (left * left);
    }
    level->sum = sum_of(&sum);
    level->slope = 6 * sum_of(&slope);
}

WIDE_TARGET static void level_wide(const struct bisquare_cloud *cloud, double scale,
                                   struct level *level)
{
    level_of(cloud, scale, level);
}

static void level_plain(const struct bisquare_cloud *cloud, double scale, struct level *level)
{
    level_of(cloud, scale, level);
}

static struct level level_at(const struct bisquare_cloud *cloud, double scale)
{
    double whole = bisquare_degrees(cloud) * BISQUARE_BREAKDOWN;
    struct level level;

    (WIDE_IS_THERE() ? level_wide : level_plain)(cloud, scale, &level);
    return (struct level){level.sum / whole, level.slope / whole};
}

double bisquare_excess(const struct bisquare_cloud *cloud, double scale)
{
    return level_at(cloud, scale).sum;
}

static double mean_residual(const struct bisquare_cloud *cloud, size_t apart)
{
    double sum = 0;

    for (size_t j = 0; j < cloud->count; j++) {
        sum += fabs(cloud->rest[j]);
    }
    return sum / (double)apart;
}

/* No step is longer, on the logarithm: where the excess is flat Newton's would leave all
 * numbers. */
#define LONGEST_STEP 5.0

/* Newton's step on the logarithm, or halving where it leaves the bracket: the excess is flat
 * where a far point alone decides. */
static double next_scale(double scale, double newton, double lower, double upper)
{
    double next = scale * exp(fmin(fmax(newton, -LONGEST_STEP), LONGEST_STEP));

    if (next > lower && next < upper) {
        return next;
    }
    if (isinf(upper)) {
        return 2 * scale;
    }
    return lower > 0 ? sqrt(lower) * sqrt(upper) : upper / 2;
}

double bisquare_scale(const struct bisquare_cloud *cloud, size_t apart, double scale,
                      double precision)
{
    double lower = 0, upper = INFINITY;

    if (!((double)apart > BISQUARE_BREAKDOWN * bisquare_degrees(cloud))) {
        return 0;
    }
    if (!(scale > 0)) {
        scale = mean_residual(cloud, apart);
    }
    for (int i = 0; i < MOST_STEPS; i++) {
        struct level level = level_at(cloud, scale);
        double surplus = level.sum - 1, next;

        *(surplus > 0 ? &lower : &upper) = scale;
        next = next_scale(scale, surplus / level.slope, lower, upper);
        if (fabs(next - scale) <= precision * scale) {
            return next;
        }
        scale = next;
    }
    return scale;
}

/* Symmetric, 2 x 2; with one coefficient only the slope's corner is used. */
struct square {
    double ii, is, ss;
};

static struct square inverse_of(struct square m, size_t coefficients)
{
    double determinant = m.ii * m.ss - m.is * m.is;

    if (coefficients == 1) {
        return (struct square){0, 0, 1 / m.ss};
    }
    return (struct square){m.ss / determinant, -m.is / determinant, m.ii / determinant};
}

static struct bisquare_line times(struct square m, struct bisquare_line v)
{
    return (struct bisquare_line){m.ii * v.intercept + m.is * v.slope,
                                  m.is * v.intercept + m.ss * v.slope};
}

/* The normal equations of the residuals, with the weights they have at a scale. */
struct equations {
    struct square m;
    struct bisquare_line v;
};

WIDE_BODY void weigh(const struct bisquare_cloud *cloud, double reach,
                     struct equations *equations)
{
    double shrink = 1 / reach;
    wide_doubles ii = {0}, is = {0}, ss = {0}, intercept = {0}, slope = {0};

    for (size_t j = 0; j < cloud->count; j += LANES) {
        wide_doubles one, x, rest, t, w;
        wide_words is_far;

        take(&one, cloud->one + j);
        take(&x, cloud->x + j);
        take(&rest, cloud->rest + j);
        t = rest * shrink;
        w = 1 - t * t;
        is_far = (wide_words)(w <= 0);
        w = (wide_doubles)((wide_words)w & ~is_far);
        w *= w;
        ii += w * one * one;
        is += w * one * x;
        ss += w * x * x;
        intercept += w * rest * one;
        slope += w * rest * x;
    }
    equations->m = (struct square){sum_of(&ii), sum_of(&is), sum_of(&ss)};
    equations->v = (struct bisquare_line){sum_of(&intercept), sum_of(&slope)};
}

WIDE_TARGET static void weigh_wide(const struct bisquare_cloud *cloud, double reach,
                                   struct equations *equations)
{
    weigh(cloud, reach, equations);
}

static void weigh_plain(const struct bisquare_cloud *cloud, double reach,
                        struct equations *equations)
{
    weigh(cloud, reach, equations);
}

/* The most that fitted values change with the line. */
WIDE_BODY double farthest(const struct bisquare_cloud *cloud, struct bisquare_line change)
{
    wide_doubles most = {0};

    for (size_t j = 0; j < cloud->count; j += LANES) {
        wide_doubles one, x, moved;
        wide_words is_more;

        take(&one, cloud->one + j);
        take(&x, cloud->x + j);
        moved = change.intercept * one + change.slope * x;
        magnitude(&moved);
        is_more = (wide_words)(moved > most);
        choose(&is_more, &moved, &most, &most);
    }
    return fmax(fmax(most[0], most[1]), fmax(most[2], most[3]));
}

WIDE_TARGET static double farthest_wide(const struct bisquare_cloud *cloud,
                                        struct bisquare_line change)
{
    return farthest(cloud, change);
}

static double farthest_plain(const struct bisquare_cloud *cloud, struct bisquare_line change)
{
    return farthest(cloud, change);
}

/* Made from the residuals, which loses fewer digits than starting anew. */
double bisquare_step(struct bisquare_cloud *cloud, double scale, double tuning,
                     struct bisquare_line *line)
{
    struct equations equations;
    struct bisquare_line change;

    (WIDE_IS_THERE() ? weigh_wide : weigh_plain)(cloud, scale * tuning, &equations);
    change = times(inverse_of(equations.m, cloud->coefficients), equations.v);
    line->intercept += change.intercept;
    line->slope += change.slope;
    if (!isfinite(change.intercept) || !isfinite(change.slope)) {
        return NAN;
    }
    return (WIDE_IS_THERE() ? farthest_wide : farthest_plain)(cloud, change) / scale;
}
