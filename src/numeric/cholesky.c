#include "numeric/cholesky.h"
#include <math.h>
#include <string.h>

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

/*
 * What the variable left out explained of a later one, `rest`, goes into its row: turned
 * through the rotations of the rows before, which stand as cosine and sine in pairs; the row's
 * own is added to them.
 */
static void take_back(double *row, size_t own, double rest, double *rotations)
{
    double length;

    for (size_t k = 0; k < own; k++) {
        double cosine = rotations[2 * k], sine = rotations[2 * k + 1], cell = row[k];

        row[k] = cosine * cell + sine * rest;
        rest = cosine * rest - sine * cell;
    }
    length = hypot(row[own], rest);
    rotations[2 * own] = row[own] / length;
    rotations[2 * own + 1] = rest / length;
    row[own] = length;
}

void cholesky_without(const double *lower, size_t count, size_t left_out, double *out,
                      double *scratch)
{
    size_t left = count - 1;

    for (size_t i = 0; i < left; i++) {
        const double *from = lower + (i < left_out ? i : i + 1) * count;
        double *row = out + i * left;

        if (i < left_out) {
            memcpy(row, from, (i + 1) * sizeof *row);
            continue;
        }
        memcpy(row, from, left_out * sizeof *row);
        memcpy(row + left_out, from + left_out + 1, (i + 1 - left_out) * sizeof *row);
        take_back(row + left_out, i - left_out, from[left_out], scratch);
    }
}

void cholesky_whiten(const double *lower, size_t count, double *vector)
{
    for (size_t i = 0; i < count; i++) {
        const double *row = lower + i * count;

        vector[i] = (vector[i] - product(row, vector, i)) / row[i];
    }
}
