#include "numeric/summary.h"
#include <math.h>
#include <stdbool.h>
#include <string.h>

double summary_mean(const double *values, size_t count)
{
    double sum = 0;

    for (size_t j = 0; j < count; j++) {
        sum += values[j];
    }
    return count > 0 ? sum / (double)count : NAN;
}

double summary_sd(const double *values, size_t count)
{
    double mean = summary_mean(values, count), sum = 0;

    for (size_t j = 0; j < count; j++) {
        sum += (values[j] - mean) * (values[j] - mean);
    }
    return count > 1 ? sqrt(sum / (double)(count - 1)) : NAN;
}

static double middle_of(double a, double b, double c)
{
    double low = a < b ? a : b, high = a < b ? b : a;

    return c < low ? low : c > high ? high : c;
}

/* Brings what is below the pivot to the front without a branch; returns how many that are. */
static size_t part(double *values, size_t count, double pivot)
{
    size_t below = 0;

    for (size_t i = 0; i < count; i++) {
        double value = values[i];

        values[i] = values[below];
        values[below] = value;
        below += value < pivot;
    }
    return below;
}

/* Brings what equals the pivot, where nothing is below, to the front likewise. */
static size_t part_equal(double *values, size_t count, double pivot)
{
    size_t equal = 0;

    for (size_t i = 0; i < count; i++) {
        double value = values[i];

        values[i] = values[equal];
        values[equal] = value;
        equal += value == pivot;
    }
    return equal;
}

/* Brings the nth smallest to its place, nothing larger before it, nothing smaller behind. */
static void select_nth(double *values, size_t count, size_t nth)
{
    while (count > 1) {
        double pivot = middle_of(values[0], values[count / 2], values[count - 1]);
        size_t below = part(values, count, pivot), equal;

        if (nth < below) {
            count = below;
            continue;
        }
        equal = part_equal(values + below, count - below, pivot);
        if (nth < below + equal) {
            return;
        }
        values += below + equal;
        count -= below + equal;
        nth -= below + equal;
    }
}

static bool has_nan(const double *values, size_t count)
{
    bool is_found = false;

    for (size_t j = 0; j < count; j++) {
        is_found |= isnan(values[j]);
    }
    return is_found;
}

static double median_in_place(double *values, size_t count)
{
    size_t middle = count / 2;
    double below;

    if (count == 0 || has_nan(values, count)) {
        return NAN;
    }
    select_nth(values, count, middle);
    if (count % 2 == 1) {
        return values[middle];
    }
    below = values[0];
    for (size_t j = 1; j < middle; j++) {
        below = values[j] > below ? values[j] : below;
    }
    return 0.5 * (below + values[middle]);
}

double summary_median(const double *values, size_t count, double *scratch)
{
    memcpy(scratch, values, count * sizeof *values);
    return median_in_place(scratch, count);
}

double summary_mad(const double *values, size_t count, double *scratch)
{
    double median = summary_median(values, count, scratch);

    for (size_t j = 0; j < count; j++) {
        scratch[j] = fabs(values[j] - median);
    }
    return 1.4826 * median_in_place(scratch, count);
}
