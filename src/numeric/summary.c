#include "numeric/summary.h"
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

static double lesser(double a, double b)
{
    return a < b ? a : b;
}

static double greater(double a, double b)
{
    return a > b ? a : b;
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
            least[i] = lesser(value, least[i]);
            most[i] = greater(value, most[i]);
        }
    }
    for (size_t j = whole; j < count; j++) {
        is_number &= values[j] == values[j];
        least[0] = lesser(values[j], least[0]);
        most[0] = greater(values[j], most[0]);
    }
    if (!is_number) {
        return (struct summary_range){NAN, NAN};
    }
    return (struct summary_range){
        lesser(lesser(least[0], least[1]), lesser(least[2], least[3])),
        greater(greater(most[0], most[1]), greater(most[2], most[3]))};
}

static double middle_of(double a, double b, double c)
{
    return greater(lesser(a, b), lesser(greater(a, b), c));
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

/* The middle of three values, or of three such middles where that is worth it. */
static double pivot_of(const double *values, size_t count)
{
    size_t step = count / 9;
    double middles[3];

    if (count < 30) {
        return middle_of(values[0], values[count / 2], values[count - 1]);
    }
    for (size_t i = 0; i < 3; i++) {
        const double *from = values + 3 * i * step;

        middles[i] = middle_of(from[0], from[step], from[2 * step]);
    }
    return middle_of(middles[0], middles[1], middles[2]);
}

/* Brings the nth smallest to its place, nothing larger before it, nothing smaller behind.
 * Equal values are put aside only when there is nothing below them, which ends ties. */
static void select_nth(double *values, size_t count, size_t nth)
{
    while (count > 1) {
        double pivot = pivot_of(values, count);
        size_t below = part(values, count, pivot);

        if (below == 0) {
            below = part_equal(values, count, pivot);
            if (nth < below) {
                return;
            }
        }
        if (nth < below) {
            count = below;
        } else {
            values += below;
            count -= below;
            nth -= below;
        }
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

/* In two maxima, so that comparisons need not wait for each other. */
static double greatest_of(const double *values, size_t count)
{
    double even = values[0], odd = values[0];
    size_t j = 0;

    for (; j + 1 < count; j += 2) {
        even = greater(values[j], even);
        odd = greater(values[j + 1], odd);
    }
    return greater(greater(even, odd), values[count - 1]);
}

/* The median of values that are numbers, at least one. */
static double median_in_place(double *values, size_t count)
{
    size_t middle = count / 2;

    select_nth(values, count, middle);
    return count % 2 == 1 ? values[middle]
                          : 0.5 * (greatest_of(values, middle) + values[middle]);
}

static void swap(double *one, double *other)
{
    double kept = *one;

    *one = *other;
    *other = kept;
}

/* Hoare 1961, Communications of the ACM 4:321. */
double summary_select(double *values, size_t count, size_t rank)
{
    ptrdiff_t first = 0, last = (ptrdiff_t)count - 1, wanted = (ptrdiff_t)rank;

    while (first < last) {
        double middle = values[wanted];
        ptrdiff_t low = first, high = last;

        while (low <= high) {
            while (values[low] < middle) {
                low++;
            }
            while (middle < values[high]) {
                high--;
            }
            if (low <= high) {
                swap(&values[low++], &values[high--]);
            }
        }
        first = high < wanted ? low : first;
        last = wanted < low ? high : last;
    }
    return values[wanted];
}

double summary_median(const double *values, size_t count, double *scratch)
{
    if (count == 0 || has_nan(values, count)) {
        return NAN;
    }
    memcpy(scratch, values, count * sizeof *values);
    return median_in_place(scratch, count);
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
    return 1.4826 * median_in_place(scratch, count);
}
