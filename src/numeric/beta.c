#include "numeric/beta.h"

#include <gsl/gsl_sf_gamma.h>
#include <math.h>

enum { MOST_STEPS = 200 };

double beta_fraction(double a, double b, double x)
{
    double c = 1, d = 1 / (1 - (a + b) * x / (a + 1)), value = d;

    for (int i = 1; i < 10000; i++) {
        double m = i, change;
        double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));

        d = 1 / (1 + even * d);
        c = 1 + even / c;
        value *= c * d;
        d = 1 / (1 + odd * d);
        c = 1 + odd / c;
        change = c * d;
        value *= change;
        if (fabs(change - 1) < 1e-16) {
            break;
        }
    }
    return value;
}

/* x and 1 - x apart, so that neither end loses digits; `log_beta` is log B(a, b). The slope of
 * the tail in the log odds of x is *front. */
static double lower_tail(double x, double rest, double a, double b, double log_beta,
                         double *front)
{
    *front = exp(a * log(x) + b * log(rest) - log_beta);
    return x < (a + 1) / (a + b + 2) ? *front * beta_fraction(a, b, x) / a
                                     : 1 - *front * beta_fraction(b, a, rest) / b;
}

double beta_probability(double x, double a, double b)
{
    double front;

    if (!(a > 0 && b > 0) || isnan(x)) {
        return NAN;
    }
    if (x <= 0 || x >= 1) {
        return x >= 1;
    }
    return lower_tail(x, 1 - x, a, b, gsl_sf_lnbeta(a, b), &front);
}

/* Newton in the log odds of x, kept between ends that are known to lie on either side. */
double beta_quantile(double p, double a, double b)
{
    double low = -740, high = 740, log_beta, odds = log(a / b);

    if (!(a > 0 && b > 0 && p > 0 && p < 1)) {
        return NAN;
    }
    log_beta = gsl_sf_lnbeta(a, b);
    for (int i = 0; i < MOST_STEPS; i++) {
        double front, x = 1 / (1 + exp(-odds)), rest = 1 / (1 + exp(odds));
        double excess = lower_tail(x, rest, a, b, log_beta, &front) - p;
        double next = odds - excess / front;

        if (fabs(next - odds) < 1e-13 * (1 + fabs(odds))) {
            odds = next;
            break;
        }
        if (excess > 0) {
            high = odds;
        } else {
            low = odds;
        }
        odds = next > low && next < high ? next : 0.5 * (low + high);
    }
    return 1 / (1 + exp(-odds));
}
