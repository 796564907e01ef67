#include "numeric/tail.h"
#include "numeric/beta.h"
#include "numeric/normal.h"
#include <gsl/gsl_sf_erf.h>
#include <gsl/gsl_sf_gamma.h>
#include <math.h>
#include <stdbool.h>

#define LN10 2.302585092994045684
#define LN_2PI 1.837877066409345484
/* Below this a probability is worked out in logs: subnormal numbers have few digits. */
#define LEAST_PLAIN 1e-290
#define MOST_STEPS 200
/* From here the first term of the normal tail's series is exact to rounding. */
#define FAR 1e8
#define HALF_LOG_HALF_PI 0.2257913526447274324

double tail_normal_two_sided(double z)
{
    return erfc(fabs(z) * M_SQRT1_2);
}

double tail_normal_two_sided_neglog10(double z)
{
    double p = tail_normal_two_sided(z);

    if (isnan(z) || p >= LEAST_PLAIN) {
        return fabs(log10(p));
    }
    if (fabs(z) > FAR) {
        return (0.5 * z * z + log(fabs(z)) + HALF_LOG_HALF_PI) / LN10;
    }
    return -gsl_sf_log_erfc(fabs(z) * M_SQRT1_2) / LN10;
}

/* t^2 / df as log(1 + t^2 / df), without overflow. */
static double log_spread(double t, double df)
{
    double ratio = fabs(t) / sqrt(df);

    return ratio < 1e150 ? log1p(ratio * ratio) : 2 * log(ratio);
}

/* log of P(|T| >= |t|), the incomplete beta function I_x(df / 2, 1 / 2), x = 1 / (1 + t^2/df).
 */
static double t_log_two_sided(double t, double df)
{
    double a = df / 2, spread = log_spread(t, df), x = exp(-spread), y = -expm1(-spread);
    double log_front = -a * spread + 0.5 * log(y) - gsl_sf_lnbeta(a, 0.5);

    if (t == 0) {
        return 0;
    }
    if (x < (a + 1) / (a + 2.5)) {
        return log_front - log(a) + log(beta_fraction(a, 0.5, x));
    }
    return log1p(-2 * exp(log_front) * beta_fraction(0.5, a, y));
}

static bool is_t_known(double t, double df)
{
    return !isnan(t) && df > 0 && isfinite(df);
}

double tail_t_two_sided(double t, double df)
{
    if (!is_t_known(t, df)) {
        return NAN;
    }
    return isinf(t) ? 0 : exp(t_log_two_sided(t, df));
}

double tail_t_two_sided_neglog10(double t, double df)
{
    if (!is_t_known(t, df)) {
        return NAN;
    }
    return isinf(t) ? INFINITY : fabs(t_log_two_sided(t, df) / LN10);
}

double tail_chi_square(double q, double df)
{
    double a = df / 2, x = q / 2;

    if (isnan(q) || !(df > 0) || !isfinite(df)) {
        return NAN;
    }
    if (q <= 0) {
        return 1;
    }
    if (df == 1) { /* a squared normal; penalties ask for it once a variant and draw */
        return erfc(sqrt(x));
    }
    /* GSL reports underflow as an error, so what is 0 anyway is not asked of it. */
    if (isinf(x) || (x > a + 1 && a * log(x) - x - gsl_sf_lngamma(a) < -745)) {
        return 0;
    }
    return gsl_sf_gamma_inc_Q(a, x);
}

/* Newton from the tail's asymptote; -log10 of the tail is convex in z, so it cannot run away.
 */
static double far_z_of_neglog10(double neglog10_p)
{
    double z = sqrt(2 * LN10 * neglog10_p);

    for (int i = 0; i < 8; i++) {
        double slope = (z + 1 / z) / LN10;

        z += (neglog10_p - tail_normal_two_sided_neglog10(z)) / slope;
    }
    return z;
}

double tail_z_of_neglog10(double neglog10_p)
{
    if (isnan(neglog10_p) || neglog10_p < 0) {
        return NAN;
    }
    if (isinf(neglog10_p)) {
        return INFINITY;
    }
    return neglog10_p < 290 ? fabs(normal_quantile(0.5 * exp(-neglog10_p * LN10)))
                            : far_z_of_neglog10(neglog10_p);
}

double quantile_normal(double p)
{
    return normal_quantile(p);
}

/* The expansion in 1 / df (Abramowitz and Stegun 26.7.5); exact to rounding for z^2 << df. */
static double t_expansion(double z, double df)
{
    double s = z * z;
    double g1 = z * (s + 1) / 4;
    double g2 = z * ((5 * s + 16) * s + 3) / 96;
    double g3 = z * (((3 * s + 19) * s + 17) * s - 15) / 384;
    double g4 = z * ((((79 * s + 776) * s + 1482) * s - 1920) * s - 945) / 92160;

    return z + (g1 + (g2 + (g3 + g4 / df) / df) / df) / df;
}

/* log of the slope of -log P(|T| >= |t|) in log t: 2 t f(t) / P. */
static double t_elasticity(double t, double df, double log_p)
{
    double log_density =
        -0.5 * (df + 1) * log_spread(t, df) - 0.5 * log(df) - gsl_sf_lnbeta(df / 2, 0.5);

    return 2 * exp(log(t) + log_density - log_p);
}

/* Newton in log t: log P is concave in it, so that all steps but the first come from above. */
static double t_of_log_p(double log_p, double df)
{
    double u = log(tail_z_of_neglog10(-log_p / LN10));

    for (int i = 0; i < MOST_STEPS; i++) {
        double t = exp(u), now = t_log_two_sided(t, df);
        double change = (now - log_p) / t_elasticity(t, df, now);

        u += change;
        if (!isfinite(u) || fabs(change) < 1e-14) {
            break;
        }
    }
    return exp(u);
}

/* |t| whose two tails together have the probability p. */
static double t_of_two_sided(double p, double df)
{
    double log_p = log(p), z = tail_z_of_neglog10(-log_p / LN10);

    if (p >= 1) {
        return 0;
    }
    if (p <= 0) {
        return INFINITY;
    }
    return df > 500 && z * z < 0.01 * df ? t_expansion(z, df) : t_of_log_p(log_p, df);
}

double quantile_t_upper(double p, double df)
{
    if (!(p >= 0 && p <= 1) || !(df > 0) || !isfinite(df)) {
        return NAN;
    }
    return p <= 0.5 ? t_of_two_sided(2 * p, df) : -t_of_two_sided(2 * (1 - p), df);
}

double quantile_f1_upper(double p, double df)
{
    double t;

    if (!(p >= 0 && p <= 1) || !(df > 0) || !isfinite(df)) {
        return NAN;
    }
    t = t_of_two_sided(p, df);
    return t * t;
}

double density_normal_log(double z)
{
    return -0.5 * (z * z + LN_2PI);
}
