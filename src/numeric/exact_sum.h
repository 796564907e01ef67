/*
 * A sum that keeps its rounding errors (Neumaier 1974, Z Angew Math Mech 54:39; Knuth's
 * two-sum), so that what was added can be taken away again. In: terms. Out: their sum.
 */
#ifndef NUMERIC_EXACT_SUM_H
#define NUMERIC_EXACT_SUM_H

struct exact_sum {
    double high, low;
};

static inline void exact_sum_add(struct exact_sum *sum, double term)
{
    double total = sum->high + term, part = total - sum->high;

    sum->low += (sum->high - (total - part)) + (term - part);
    sum->high = total;
}

static inline double exact_sum_value(struct exact_sum sum)
{
    return sum.high + sum.low;
}

#endif
