#include "numeric/summary.h"
#include "numeric/middle.h"
#include "numeric/wide.h"
#include <math.h>
#include <stdbool.h>
#include <string.h>

/* Sums go in as many parts as there are lanes, so that additions need not wait for each other.
 */
double summary_mean(const double *values, size_t count)
{
    wide_doubles part, sums = {0};
    size_t whole = count - count % LANES;
    double sum = 0;

    for (size_t j = 0; j < whole; j += LANES) {
        memcpy(&part, values + j, sizeof part);
        sums += part;
    }
    for (size_t j = whole; j < count; j++) {
        sum += values[j];
    }
    sum += (sums[0] + sums[1]) + (sums[2] + sums[3]);
    return count > 0 ? sum / (double)count : NAN;
}

double summary_sd(const double *values, size_t count)
{
    double mean = summary_mean(values, count), sum = 0;
    wide_doubles from, sums = {0};
    size_t whole = count - count % LANES;

    for (size_t j = 0; j < whole; j += LANES) {
        memcpy(&from, values + j, sizeof from);
        from -= mean;
        sums += from * from;
    }
    for (size_t j = whole; j < count; j++) {
        sum += (values[j] - mean) * (values[j] - mean);
    }
    sum += (sums[0] + sums[1]) + (sums[2] + sums[3]);
    return count > 1 ? sqrt(sum / (double)(count - 1)) : NAN;
}

/* Minima and maxima are taken of every fourth value, so that they need not wait either. */
struct summary_range summary_range_of(const double *values, size_t count)
{
    double least[LANES] = {values[0], values[0], values[0], values[0]};
    double most[LANES] = {values[0], values[0], values[0], values[0]};
    size_t whole = count - count % LANES;
    bool is_number = true;

    for (size_t j = 0; j < whole; j += LANES) {
#pragma GCC unroll 4
        for (size_t i = 0; i < LANES; i++) {
            double value = values[j + i];

            is_number &= value == value;
            least[i] = wide_lesser(value, least[i]);
            most[i] = wide_greater(value, most[i]);
        }
    }
    for (size_t j = whole; j < count; j++) {
        is_number &= values[j] == values[j];
        least[0] = wide_lesser(values[j], least[0]);
        most[0] = wide_greater(values[j], most[0]);
    }
    if (!is_number) {
        return (struct summary_range){NAN, NAN};
    }
    return (struct summary_range){
        wide_lesser(wide_lesser(least[0], least[1]), wide_lesser(least[2], least[3])),
        wide_greater(wide_greater(most[0], most[1]), wide_greater(most[2], most[3]))};
}

static bool has_nan(const double *values, size_t count)
{
    bool is_found = false;

    for (size_t j = 0; j < count; j++) {
        is_found |= isnan(values[j]);
    }
    return is_found;
}

double summary_median(const double *values, size_t count, double *scratch)
{
    if (count == 0 || has_nan(values, count)) {
        return NAN;
    }
    memcpy(scratch, values, count * sizeof *values);
    return middle_of(scratch, count);
}

double summary_mad(const double *values, size_t count, double *scratch)
{
    double median = summary_median(values, count, scratch);

    if (!isfinite(median)) {
        return NAN;
    }
    for (size_t j = 0; j < count; j++) {
        scratch[j] = fabs(values[j] - median);
    }
    return 1.4826 * middle_of(scratch, count);
}
