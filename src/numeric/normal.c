#include "numeric/normal.h"
#include "numeric/wide.h"
#include <math.h>
#include <stdbool.h>
#include <string.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

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

/* *ratio = above(r) / below(r), even and odd powers apart, which halves the wait. Pointers,
 * because vectors in calls depend on the machine. */
WIDE_BODY void rational(const double above[8], const double below[8], const wide_doubles *r,
                        wide_doubles *ratio)
{
    wide_doubles square = *r * *r;
    wide_doubles even_top = square * above[6] + above[4],
                 odd_top = square * above[7] + above[5];
    wide_doubles even = square * below[6] + below[4], odd = square * below[7] + below[5];

    even_top = (even_top * square + above[2]) * square + above[0];
    odd_top = (odd_top * square + above[3]) * square + above[1];
    even = (even * square + below[2]) * square + below[0];
    odd = (odd * square + below[3]) * square + below[1];
    *ratio = (even_top + odd_top * *r) / (even + odd * *r);
}

/* The quantiles of probabilities within CENTRE of 1/2. */
WIDE_BODY void central(const double p[LANES], double out[LANES])
{
    wide_doubles q, r, ratio;

    memcpy(&q, p, sizeof q);
    q -= 0.5;
    r = CENTRE_SQUARED - q * q;
    rational(centre_above, centre_below, &r, &ratio);
    q *= ratio;
    memcpy(out, &q, sizeof q);
}

#define LN2_HIGH 0x1.62e42fefa38p-1 /* the leading 41 bits: its small multiples are exact */
#define LN2_LOW 0x1.ef35793c7673p-45
#define EXPONENT_BIAS 1023
#define FRACTION UINT64_C(0x000FFFFFFFFFFFFF)
#define ONE UINT64_C(0x3FF0000000000000)
#define HALF_EXPONENT UINT64_C(0x0010000000000000)
#define BIG UINT64_C(0x4330000000000000) /* 2^52: what is put into its fraction is added */

static const double series[12] = {1,        1.0 / 3,  1.0 / 5,  1.0 / 7,  1.0 / 9,  1.0 / 11,
                                  1.0 / 13, 1.0 / 15, 1.0 / 17, 1.0 / 19, 1.0 / 21, 1.0 / 23};

/*
 * -log of normal numbers: p = 2^e m with m within a factor of sqrt 2 of 1, and
 * log m = 2 artanh((m - 1) / (m + 1)) by its series. C libraries' differ between machines.
 */
WIDE_BODY void minus_logs(const double p[LANES], wide_doubles *out)
{
    wide_words bits, fraction, is_high;
    wide_doubles e, m, s, square, fourth, even, odd, sum;

    memcpy(&bits, p, sizeof bits);
    fraction = (bits & FRACTION) | ONE;
    is_high = (wide_words)((wide_doubles)fraction > M_SQRT2);
    e = (wide_doubles)((bits >> 52) | BIG) - (0x1p52 + EXPONENT_BIAS);
    e += (wide_doubles)(is_high & ONE);
    m = (wide_doubles)(fraction - (is_high & HALF_EXPONENT));
    s = (m - 1) / (m + 1);
    square = s * s;
    fourth = square * square;
    even = fourth * series[10] + series[8];
    odd = fourth * series[11] + series[9];
#pragma GCC unroll 4
    for (int k = 6; k >= 0; k -= 2) {
        even = even * fourth + series[k];
        odd = odd * fourth + series[k + 1];
    }
    sum = even + odd * square;
    *out = -(e * LN2_HIGH + (2 * s * sum + e * LN2_LOW));
}

static double far_magnitude(double r)
{
    double top = 0, bottom = 0;

    for (int i = 7; i >= 0; i--) {
        top = top * (r - NEAR_END) + far_above[i];
        bottom = bottom * (r - NEAR_END) + far_below[i];
    }
    return top / bottom;
}

/* Square roots, which every machine rounds alike. */
WIDE_BODY void square_roots(const double values[LANES], double out[LANES])
{
    for (int i = 0; i < LANES; i++) {
        out[i] = sqrt(values[i]);
    }
}

#if defined(__x86_64__)
/* GCC has no sign for the root of a vector. */
WIDE_TARGET static inline void wide_square_roots(const double values[LANES], double out[LANES])
{
    _mm256_storeu_pd(out, _mm256_sqrt_pd(_mm256_loadu_pd(values)));
}
#else
#define wide_square_roots square_roots
#endif

/* The magnitudes of the quantiles whose smaller tails are p, outside the centre. */
WIDE_BODY void outer(const double p[LANES], double out[LANES], bool is_wide)
{
    double logs[LANES], roots[LANES];
    wide_doubles r, ratio;

    minus_logs(p, &r);
    memcpy(logs, &r, sizeof r);
    if (is_wide) {
        wide_square_roots(logs, roots);
    } else {
        square_roots(logs, roots);
    }
    memcpy(&r, roots, sizeof r);
    r -= NEAR_SHIFT;
    rational(near_above, near_below, &r, &ratio);
    memcpy(out, &ratio, sizeof ratio);
    for (int i = 0; i < LANES; i++) {
        if (roots[i] > NEAR_END) {
            out[i] = far_magnitude(roots[i]);
        }
    }
}

/* The smaller tails of probabilities. */
WIDE_BODY void tails_of(const double p[LANES], double out[LANES])
{
    wide_doubles q, other;
    wide_words is_smaller, bits;

    memcpy(&q, p, sizeof q);
    other = 1 - q;
    is_smaller = (wide_words)(other < q);
    bits = ((wide_words)other & is_smaller) | ((wide_words)q & ~is_smaller);
    memcpy(out, &bits, sizeof bits);
}

/*
 * The outer ones are gathered first, since most are not. They seldom are more than USUAL, and
 * so many are worked out in any case: fillers land behind the batch. That guesses right more
 * often than a loop of just as many.
 */
#define USUAL (2 * LANES)
WIDE_BODY void quantiles(const double p[NORMAL_BATCH], double out[NORMAL_BATCH], bool is_wide)
{
    double gathered[NORMAL_BATCH + USUAL], magnitudes[NORMAL_BATCH + USUAL];
    double all[NORMAL_BATCH + 1];
    int where[NORMAL_BATCH + USUAL];
    int count = 0, end;

    for (int i = 0; i < NORMAL_BATCH; i += LANES) {
        central(p + i, all + i);
    }
    for (int i = 0; i < NORMAL_BATCH; i++) {
        gathered[count] = p[i];
        where[count] = i;
        count += fabs(p[i] - 0.5) > CENTRE;
    }
    for (int i = 0; i < USUAL; i++) {
        gathered[count + i] = 0.01;
        where[count + i] = NORMAL_BATCH;
    }
    end = count > USUAL ? count : USUAL;
    for (int i = 0; i < end; i += LANES) {
        double tails[LANES];

        tails_of(gathered + i, tails);
        outer(tails, magnitudes + i, is_wide);
    }
    for (int i = 0; i < end; i++) {
        all[where[i]] = copysign(magnitudes[i], gathered[i] - 0.5);
    }
    memcpy(out, all, NORMAL_BATCH * sizeof *out);
}
#undef USUAL

WIDE_TARGET static void wide(const double p[NORMAL_BATCH], double out[NORMAL_BATCH])
{
    quantiles(p, out, true);
}

static void plain(const double p[NORMAL_BATCH], double out[NORMAL_BATCH])
{
    quantiles(p, out, false);
}

void normal_quantiles(const double p[NORMAL_BATCH], double out[NORMAL_BATCH])
{
    (WIDE_IS_THERE() ? wide : plain)(p, out);
}

/* One tail alone. A subnormal p, which no stream gives, has no exponent to take apart. */
static double outer_one(double p)
{
    double tails[LANES] = {p, p, p, p}, magnitudes[LANES];

    if (p < 0x1p-1022) {
        return far_magnitude(sqrt(-log(p)));
    }
    outer(tails, magnitudes, false);
    return magnitudes[0];
}

double normal_quantile(double p)
{
    double same[LANES] = {p, p, p, p}, out[LANES];

    if (fabs(p - 0.5) <= CENTRE) {
        central(same, out);
        return out[0];
    }
    if (!(p > 0 && p < 1)) {
        return p == 0 ? -INFINITY : p == 1 ? INFINITY : NAN;
    }
    return p < 0.5 ? -outer_one(p) : outer_one(1 - p);
}
