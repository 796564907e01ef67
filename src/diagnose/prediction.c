#include "diagnose/diagnose.h"
#include "numeric/tail.h"
#include <math.h>

void prediction_interval_of(const struct pair *pair, const struct estimate *ivw,
                            const struct heterogeneity *heterogeneity, double level,
                            double *lower, double *upper)
{
    double reach;

    *lower = *upper = NAN;
    if (pair->count < 3 || ivw->status != ESTIMATE_DONE || isnan(heterogeneity->tau2)) {
        return;
    }
    reach = quantile_t_upper(0.5 * (1 - level), (double)pair->count - 2) *
            sqrt(heterogeneity->tau2 + ivw->se * ivw->se);
    *lower = ivw->b - reach;
    *upper = ivw->b + reach;
}
