#include "numeric/normal.h"
#include "numeric/wide_log.h"
#include <math.h>

/* Where the central approximation ends, and the shift of its argument. */
#define CENTRE 0.425
#define CENTRE_SQUARED 0.180625

/* The outer approximations are polynomials in sqrt(-log p) less these, the near one up to 5. */
#define NEAR_SHIFT 1.6
#define NEAR_END 5

static const double centre_above[8] = {3.3871328727963666080e+0, 1.3314166789178437745e+2,
                                       1.9715909503065514427e+3, 1.3731693765509461125e+4,
                                       4.5921953931549871457e+4, 6.7265770927008700853e+4,
                                       3.3430575583588128105e+4, 2.5090809287301226727e+3};
static const double centre_below[8] = {1,
                                       4.2313330701600911252e+1,
                                       6.8718700749205790830e+2,
                                       5.3941960214247511077e+3,
                                       2.1213794301586595867e+4,
                                       3.9307895800092710610e+4,
                                       2.8729085735721942674e+4,
                                       5.2264952788528545610e+3};
static const double near_above[8] = {1.42343711074968357734e+0, 4.63033784615654529590e+0,
                                     5.76949722146069140550e+0, 3.64784832476320460504e+0,
                                     1.27045825245236838258e+0, 2.41780725177450611770e-1,
                                     2.27238449892691845833e-2, 7.74545014278341407640e-4};
static const double near_below[8] = {1,
                                     2.05319162663775882187e+0,
                                     1.67638483018380384940e+0,
                                     6.89767334985100004550e-1,
                                     1.48103976427480074590e-1,
                                     1.51986665636164571966e-2,
                                     5.47593808499534494600e-4,
                                     1.05075007164441684324e-9};
static const double far_above[8] = {6.65790464350110377720e+0, 5.46378491116411436990e+0,
                                    1.78482653991729133580e+0, 2.96560571828504891230e-1,
                                    2.65321895265761230930e-2, 1.24266094738807843860e-3,
                                    2.71155556874348757815e-5, 2.01033439929228813265e-7};
static const double far_below[8] = {1,
                                    5.99832206555887937690e-1,
                                    1.36929880922735805310e-1,
                                    1.48753612908506148525e-2,
                                    7.86869131145613259100e-4,
                                    1.84631831751005468180e-5,
                                    1.42151175831644588870e-7,
                                    2.04426310338993978564e-15};

/* above(r) / below(r). */
static double ratio_of(const double above[8], const double below[8], double r)
{
    double top = above[7], bottom = below[7];

    for (int i = 6; i >= 0; i--) {
        top = top * r + above[i];
        bottom = bottom * r + below[i];
    }
    return top / bottom;
}

static double minus_log(double x)
{
    wide_doubles same = {x, x, x, x}, out;

    if (x < 0x1p-1022) { /* has no exponent to take apart */
        return -log(x);
    }
    wide_logs(&same, WIDE_LOG_TERMS, &out);
    return -out[0];
}

double normal_quantile(double p)
{
    double q = p - 0.5, r;

    if (fabs(q) <= CENTRE) {
        return q * ratio_of(centre_above, centre_below, CENTRE_SQUARED - q * q);
    }
    if (!(p > 0 && p < 1)) {
        return p == 0 ? -INFINITY : p == 1 ? INFINITY : NAN;
    }
    r = sqrt(minus_log(q < 0 ? p : 1 - p));
    return copysign(r <= NEAR_END ? ratio_of(near_above, near_below, r - NEAR_SHIFT)
                                  : ratio_of(far_above, far_below, r - NEAR_END),
                    q);
}
