/*
 * exp of four numbers at a time, for sums over many terms. In: numbers from -700 to 700. Out:
 * to about two units in the last place, the same on every machine.
 */
#ifndef NUMERIC_EXPONENTIAL_H
#define NUMERIC_EXPONENTIAL_H

#include "numeric/wide.h"

/* 1 / log(2); log(2) in two parts, the first with room for a product with an integer. */
#define EXPONENTIAL_TURNS 1.4426950408889634
#define EXPONENTIAL_HIGH 6.93147180369123816490e-01
#define EXPONENTIAL_LOW 1.90821492927058770002e-10

/* Added, it leaves a rounded integer in a double's lowest bits. */
#define EXPONENTIAL_ROUND 0x1.8p52

/* Taylor's series around the nearest multiple of log(2), then that power of 2. */
WIDE_BODY void exponential_of(const wide_doubles *x, wide_doubles *out)
{
    static const double factors[] = {1.0 / 479001600,
                                     1.0 / 39916800,
                                     1.0 / 3628800,
                                     1.0 / 362880,
                                     1.0 / 40320,
                                     1.0 / 5040,
                                     1.0 / 720,
                                     1.0 / 120,
                                     1.0 / 24,
                                     1.0 / 6,
                                     0.5,
                                     1,
                                     1};
    wide_doubles shifted = *x * EXPONENTIAL_TURNS + EXPONENTIAL_ROUND;
    wide_doubles turns = shifted - EXPONENTIAL_ROUND;
    wide_doubles rest = (*x - turns * EXPONENTIAL_HIGH) - turns * EXPONENTIAL_LOW;
    wide_doubles sum = rest * (1.0 / 6227020800.0) + factors[0];

    for (unsigned i = 1; i < sizeof factors / sizeof factors[0]; i++) {
        sum = sum * rest + factors[i];
    }
    /* the integer's low bits, moved to where a double has its exponent */
    *out = (wide_doubles)((wide_words)sum + ((wide_words)shifted << 52));
}

#endif
