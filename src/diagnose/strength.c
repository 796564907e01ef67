#include "diagnose/diagnose.h"
#include "diagnose/sides.h"
#include "instrument/instrument.h"
#include <math.h>

/* The share of the spread of |bx| / scale that is not sampling error; scale sy or 1. */
static double i2_gx(const struct pair *pair, bool is_weighted)
{
    double weight = 0, sum = 0, q = 0, df = (double)pair->count - 1;

    for (size_t j = 0; j < pair->count; j++) {
        double scale = is_weighted ? pair->sy[j] : 1, se = pair->sx[j] / scale;

        weight += 1 / (se * se);
        sum += fabs(pair->bx[j]) / scale / (se * se);
    }
    for (size_t j = 0; j < pair->count; j++) {
        double scale = is_weighted ? pair->sy[j] : 1, se = pair->sx[j] / scale;
        double rest = (fabs(pair->bx[j]) / scale - sum / weight) / se;

        q += rest * rest;
    }
    return df < 1 || isnan(q) ? NAN : q > df ? (q - df) / q : 0;
}

struct strength strength_of(const struct pair *pair)
{
    struct strength strength = {NAN, NAN, NAN, NAN, NAN};
    double count = (double)pair->count;

    if (pair->count == 0) {
        return strength;
    }
    strength = (struct strength){.f_least = INFINITY};
    for (size_t j = 0; j < pair->count; j++) {
        const struct association *exposure = sides_exposure(pair, j);
        double f = instrument_f(exposure);

        strength.f_mean += f / count;
        strength.f_least = f < strength.f_least ? f : strength.f_least;
        strength.r2 += sides_r2(exposure, pair->exposure);
    }
    strength.i2_gx = i2_gx(pair, false);
    strength.i2_gx_weighted = i2_gx(pair, true);
    return strength;
}
