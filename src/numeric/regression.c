#include "numeric/regression.h"
#include <float.h>
#include <math.h>
#include <stdbool.h>

/* A residual sum below this share of the whole is rounding. */
#define ROUNDING 1e-24

double regression_scatter(double rss, double whole)
{
    return rss <= ROUNDING * whole ? 0 : rss;
}

struct line_fit regression_through_origin(const double *x, const double *y, const double *w,
                                          size_t count)
{
    struct line_fit fit = {.intercept = 0, .intercept_se = NAN};
    double sum_xx = 0, sum_xy = 0, sum_yy = 0;

    for (size_t j = 0; j < count; j++) {
        sum_xx += w[j] * x[j] * x[j];
        sum_xy += w[j] * x[j] * y[j];
        sum_yy += w[j] * y[j] * y[j];
    }
    fit.slope = sum_xx > 0 ? sum_xy / sum_xx : NAN;
    fit.slope_se = sum_xx > 0 ? 1 / sqrt(sum_xx) : NAN;
    for (size_t j = 0; j < count; j++) {
        double rest = y[j] - fit.slope * x[j];

        fit.rss += w[j] * rest * rest;
    }
    fit.rss = regression_scatter(fit.rss, sum_yy);
    return fit;
}

struct centre {
    double weight, x, y;
};

static struct centre centre_of(const double *x, const double *y, const double *w, size_t count)
{
    struct centre centre = {0};

    for (size_t j = 0; j < count; j++) {
        centre.weight += w[j];
        centre.x += w[j] * x[j];
        centre.y += w[j] * y[j];
    }
    centre.x /= centre.weight;
    centre.y /= centre.weight;
    return centre;
}

/* Whether the spread of x is no more than rounding leaves. */
static bool is_constant(double sum_xx, const struct centre *centre, size_t count)
{
    double rounding = 4 * DBL_EPSILON * (double)count * centre->x;

    return !(sum_xx > centre->weight * rounding * rounding);
}

struct line_fit regression_with_intercept(const double *x, const double *y, const double *w,
                                          size_t count)
{
    struct centre centre = centre_of(x, y, w, count);
    struct line_fit fit = {0};
    double sum_xx = 0, sum_xy = 0, sum_yy = 0;

    for (size_t j = 0; j < count; j++) {
        sum_xx += w[j] * (x[j] - centre.x) * (x[j] - centre.x);
        sum_xy += w[j] * (x[j] - centre.x) * (y[j] - centre.y);
        sum_yy += w[j] * y[j] * y[j];
    }
    if (is_constant(sum_xx, &centre, count)) {
        return (struct line_fit){NAN, NAN, NAN, NAN, NAN};
    }
    fit.slope = sum_xy / sum_xx;
    fit.slope_se = 1 / sqrt(sum_xx);
    fit.intercept = centre.y - fit.slope * centre.x;
    fit.intercept_se = sqrt(1 / centre.weight + centre.x * centre.x / sum_xx);
    for (size_t j = 0; j < count; j++) {
        double rest = y[j] - centre.y - fit.slope * (x[j] - centre.x);

        fit.rss += w[j] * rest * rest;
    }
    fit.rss = regression_scatter(fit.rss, sum_yy);
    return fit;
}

static double product(const double *a, const double *b, size_t count)
{
    double sum = 0;

    for (size_t j = 0; j < count; j++) {
        sum += a[j] * b[j];
    }
    return sum;
}

/* What is left of x without its share `multiple` of the first column, and that of y on it. */
struct remainder {
    double sum_xx, sum_xy;
};

static struct remainder remainder_of(const double *one, const double *x, const double *y,
                                     size_t count, double multiple)
{
    struct remainder remainder = {0};

    for (size_t j = 0; j < count; j++) {
        double rest = x[j] - multiple * one[j];

        remainder.sum_xx += rest * rest;
        remainder.sum_xy += rest * y[j];
    }
    return remainder;
}

struct line_fit regression_on_columns(const double *one, const double *x, const double *y,
                                      size_t count)
{
    double sum_11 = product(one, one, count);
    struct centre centre = {sum_11, product(one, x, count) / sum_11,
                            product(one, y, count) / sum_11};
    struct remainder left = remainder_of(one, x, y, count, centre.x);
    struct line_fit fit = {0};

    if (!(sum_11 > 0) || is_constant(left.sum_xx, &centre, count)) {
        return (struct line_fit){NAN, NAN, NAN, NAN, NAN};
    }
    fit.slope = left.sum_xy / left.sum_xx;
    fit.slope_se = 1 / sqrt(left.sum_xx);
    fit.intercept = centre.y - fit.slope * centre.x;
    fit.intercept_se = sqrt(1 / sum_11 + centre.x * centre.x / left.sum_xx);
    for (size_t j = 0; j < count; j++) {
        double rest = y[j] - fit.intercept * one[j] - fit.slope * x[j];

        fit.rss += rest * rest;
    }
    fit.rss = regression_scatter(fit.rss, product(y, y, count));
    return fit;
}
