#include "gwas/derive.h"
#include "base/text.h"
#include "numeric/tail.h"
#include <math.h>
#include <string.h>

/* Half the width of a 95% interval, in SE. */
static const double half_width = 1.959963984540054;

/* Per SD of the trait. */
static enum derive_se from_z(const struct derive_figures *figures, double *beta, double *se)
{
    double z = figures->z;
    double variance = 2 * figures->eaf * (1 - figures->eaf);

    if (!isfinite(z) || !(figures->n > 0) || !(variance > 0)) {
        return DERIVE_NONE;
    }
    *se = 1 / sqrt(variance * (figures->n + z * z));
    *beta = z * *se;
    return DERIVE_N;
}

static double interval_se(const struct derive_figures *figures, bool is_ratio)
{
    double lower = is_ratio ? log(figures->lower) : figures->lower;
    double upper = is_ratio ? log(figures->upper) : figures->upper;

    return upper > lower ? (upper - lower) / (2 * half_width) : NAN;
}

/* The SE of an effect that has none of its own. */
static enum derive_se find_se(const struct derive_figures *figures, bool is_ratio, double beta,
                              double *se)
{
    *se = interval_se(figures, is_ratio);
    if (*se > 0) {
        return DERIVE_INTERVAL;
    }
    *se = fabs(beta / figures->z);
    if (isfinite(*se) && *se > 0) {
        return DERIVE_Z;
    }
    *se = fabs(beta) / tail_z_of_neglog10(figures->neglog10_p);
    if (isfinite(*se) && *se > 0) {
        return DERIVE_P;
    }
    *se = NAN;
    return DERIVE_NONE;
}

enum derive_se derive_effect(const struct derive_figures *figures, double *beta, double *se)
{
    bool is_ratio = isnan(figures->beta) && !isnan(figures->odds_ratio);

    *beta = NAN;
    *se = figures->se;
    if (isnan(figures->beta) && !is_ratio) {
        return from_z(figures, beta, se);
    }
    *beta = is_ratio ? log(figures->odds_ratio) : figures->beta;
    if (!isnan(figures->se)) {
        return is_ratio ? DERIVE_GIVEN_RATIO : DERIVE_GIVEN;
    }
    return find_se(figures, is_ratio, *beta, se);
}

/* How far, in logs, an SE is from the one that P or the interval asks for. */
static double distance(double se, double wanted)
{
    return fabs(log(se / wanted));
}

double derive_evidence(const struct derive_figures *figures, double beta)
{
    double wanted = interval_se(figures, true);
    double difference;

    if (isnan(wanted)) {
        wanted = fabs(beta) / tail_z_of_neglog10(figures->neglog10_p);
    }
    if (!(wanted > 0) || isinf(wanted) || !(figures->se > 0) || !isfinite(beta)) {
        return 0;
    }
    difference = distance(figures->se / exp(beta), wanted) - distance(figures->se, wanted);
    return isfinite(difference) ? difference : 0;
}

double derive_eaf(const char *effect, const char *other, const char *minor, double frequency)
{
    if (effect != NULL && minor != NULL && text_equal_fold(effect, minor)) {
        return frequency;
    }
    if (other != NULL && minor != NULL && text_equal_fold(other, minor)) {
        return 1 - frequency;
    }
    return NAN;
}
