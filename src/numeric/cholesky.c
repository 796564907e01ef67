#include "numeric/cholesky.h"
#include <math.h>

/* Below this share of its variance a variable is what those before it make of it. */
#define LEAST_SHARE 1e-10

/* Four sums side by side: the processor need not wait for one addition to begin the next. */
static double product(const double *a, const double *b, size_t count)
{
    double sums[4] = {0};
    size_t j = 0;

    for (; j + 4 <= count; j += 4) {
        sums[0] += a[j] * b[j];
        sums[1] += a[j + 1] * b[j + 1];
        sums[2] += a[j + 2] * b[j + 2];
        sums[3] += a[j + 3] * b[j + 3];
    }
    for (; j < count; j++) {
        sums[0] += a[j] * b[j];
    }
    return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

size_t cholesky_factor(double *matrix, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        double *row = matrix + i * count, rest;

        for (size_t j = 0; j < i; j++) {
            const double *before = matrix + j * count;

            row[j] = (row[j] - product(row, before, j)) / before[j];
        }
        rest = row[i] - product(row, row, i);
        if (!(rest > LEAST_SHARE * row[i])) {
            return i;
        }
        row[i] = sqrt(rest);
    }
    return count;
}

void cholesky_whiten(const double *lower, size_t count, double *vector)
{
    for (size_t i = 0; i < count; i++) {
        const double *row = lower + i * count;

        vector[i] = (vector[i] - product(row, vector, i)) / row[i];
    }
}
