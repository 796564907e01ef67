#include "estimate/cml.h"
#include "estimate/points.h"
#include "pair/pair.h"
#include <math.h>

double cml_criterion(const struct cml_fit *fit, size_t invalid, double log_n)
{
    bool is_fit = isfinite(fit->b) && isfinite(fit->misfit);

    return is_fit ? fit->misfit + (double)invalid * log_n : INFINITY;
}

size_t cml_fits(struct cml_work *work, size_t most, double log_n, double least_weight,
                struct cml_fit *fits)
{
    double reach = -2 * log(least_weight), least = INFINITY;
    size_t count = 0;

    while (count < most && !((double)count * log_n > least + reach)) {
        fits[count] = cml_fit_of(work, count);
        least = fmin(least, cml_criterion(&fits[count], count, log_n));
        count++;
    }
    return count;
}

size_t cml_best(const struct cml_fit *fits, size_t count, double log_n)
{
    size_t best = 0;

    for (size_t i = 1; i < count; i++) {
        if (cml_criterion(&fits[i], i, log_n) < cml_criterion(&fits[best], best, log_n)) {
            best = i;
        }
    }
    return best;
}

/* Before all are divided by their sum. */
static double weight_of(const struct cml_fit *fit, size_t invalid, double log_n, double least)
{
    return exp((least - cml_criterion(fit, invalid, log_n)) / 2);
}

struct cml_fit cml_average(const struct cml_fit *fits, size_t count, double log_n)
{
    size_t best = cml_best(fits, count, log_n);
    double least = cml_criterion(&fits[best], best, log_n), total = 0;
    struct cml_fit average = {0, 0, NAN};

    for (size_t i = 0; i < count; i++) {
        double weight = weight_of(&fits[i], i, log_n, least);

        total += weight;
        average.b += weight > 0 ? weight * fits[i].b : 0;
    }
    average.b /= total;
    for (size_t i = 0; i < count; i++) {
        double weight = weight_of(&fits[i], i, log_n, least) / total;

        if (weight > 0 && !isnan(fits[i].se)) {
            average.se += weight * hypot(fits[i].se, fits[i].b - average.b);
        }
    }
    return average;
}

double cml_sample_size(const struct pair *pair, struct arena *scratch)
{
    double exposure = points_sample_size(pair, true, scratch);
    double outcome = points_sample_size(pair, false, scratch);

    return isnan(exposure) || isnan(outcome) ? NAN : fmin(exposure, outcome);
}
