/*
 * Logarithms of four numbers at a time, the same on every machine, which C libraries' are not.
 */
#ifndef NUMERIC_WIDE_LOG_H
#define NUMERIC_WIDE_LOG_H

#include "numeric/wide.h"
#include <math.h>

/* Terms of the series: so many are right to the last bits, so many to 1e-9. */
#define WIDE_LOG_TERMS 12
#define WIDE_LOG_FEW_TERMS 5

#define WIDE_LN2_HIGH                                                                          \
    0x1.62e42fefa38p-1 /* the leading 41 bits: its small multiples are exact */
#define WIDE_LN2_LOW 0x1.ef35793c7673p-45
#define WIDE_FRACTION UINT64_C(0x000FFFFFFFFFFFFF)
#define WIDE_BIG                                                                               \
    UINT64_C(0x4330000000000000) /* 2^52: what is put into its fraction is added               \
                                  */
#define WIDE_ROOT_HALF UINT64_C(0x3FE6A09E667F3BCD) /* the bits of sqrt(1/2) */
#define WIDE_EXPONENT_BIAS 1023

/*
 * *out = log *x, for normal numbers: x = 2^e m with m within a factor of sqrt 2 of 1, and
 * log m = 2 artanh((m - 1) / (m + 1)) by its series. Pointers, because vectors in calls depend
 * on the machine.
 */
WIDE_BODY void wide_logs(const wide_doubles *x, int terms, wide_doubles *out)
{
    static const double series[WIDE_LOG_TERMS] = {1,        1.0 / 3,  1.0 / 5,  1.0 / 7,
                                                  1.0 / 9,  1.0 / 11, 1.0 / 13, 1.0 / 15,
                                                  1.0 / 17, 1.0 / 19, 1.0 / 21, 1.0 / 23};
    wide_words bits = (wide_words)*x - WIDE_ROOT_HALF + ((uint64_t)WIDE_EXPONENT_BIAS << 52);
    wide_doubles e = (wide_doubles)((bits >> 52) | WIDE_BIG) - (0x1p52 + WIDE_EXPONENT_BIAS);
    wide_doubles m = (wide_doubles)((bits & WIDE_FRACTION) + WIDE_ROOT_HALF);
    wide_doubles s = (m - 1) / (m + 1), square = s * s;
    wide_doubles sum = square * series[terms - 1] + series[terms - 2];

#pragma GCC unroll 12
    for (int k = terms - 3; k >= 0; k--) {
        sum = sum * square + series[k];
    }
    *out = e * WIDE_LN2_HIGH + (2 * s * sum + e * WIDE_LN2_LOW);
}

#endif
