#include "numeric/pooling.h"
#include "numeric/minimise.h"
#include <math.h>

/* Where the weights but one add up to less than this share, that one has all of it. */
#define ROUNDING 1e-12

struct pooling pooling_at(const double *effects, const double *variances, size_t count,
                          double tau2)
{
    struct pooling pooling = {0};
    double sum = 0;

    for (size_t j = 0; j < count; j++) {
        double w = 1 / (variances[j] + tau2);

        pooling.weight += w;
        pooling.weight_squared += w * w;
        sum += w * effects[j];
    }
    pooling.mean = sum / pooling.weight;
    for (size_t j = 0; j < count; j++) {
        double w = 1 / (variances[j] + tau2), rest = effects[j] - pooling.mean;

        pooling.scatter += w * w * rest * rest;
        pooling.q += w * rest * rest;
    }
    return pooling;
}

struct context {
    const double *effects, *variances;
    size_t count;
};

static struct pooling at(double tau2, void *context)
{
    const struct context *data = context;

    return pooling_at(data->effects, data->variances, data->count, tau2);
}

/* The slope of the restricted log-likelihood in tau2, times 2. */
static double slope_at(double tau2, void *context)
{
    struct pooling pooling = at(tau2, context);

    return pooling.scatter - pooling.weight + pooling.weight_squared / pooling.weight;
}

static double excess_at(double tau2, void *context)
{
    const struct context *data = context;

    return at(tau2, context).q - ((double)data->count - 1);
}

/* Where a function that falls in the end comes down to 0; 0 where it starts below. */
static bool come_down(minimise_function *f, struct context *context, double *tau2)
{
    double upper;

    *tau2 = 0;
    if (context->count < 2 || !(f(0, context) > 0)) {
        return true;
    }
    upper = 1 / at(0, context).weight;
    while (f(upper, context) > 0) {
        upper *= 2;
    }
    return minimise_root(f, context, 0, upper, tau2);
}

double pooling_tau2_dl(const double *effects, const double *variances, size_t count)
{
    struct pooling fixed;
    double spare;

    if (count < 2) {
        return 0;
    }
    fixed = pooling_at(effects, variances, count, 0);
    spare = fixed.weight - fixed.weight_squared / fixed.weight;
    if (!(spare > ROUNDING * fixed.weight)) {
        return 0;
    }
    return fmax(0, (fixed.q - ((double)count - 1)) / spare);
}

bool pooling_tau2_reml(const double *effects, const double *variances, size_t count,
                       double *tau2)
{
    struct context context = {effects, variances, count};

    return come_down(slope_at, &context, tau2);
}

bool pooling_tau2_pm(const double *effects, const double *variances, size_t count, double *tau2)
{
    struct context context = {effects, variances, count};

    return come_down(excess_at, &context, tau2);
}
