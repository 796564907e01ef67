#include "chart/range.h"

#include "base/memory.h"
#include "numeric/sort.h"
#include <math.h>

/* How many times the middle width an interval may be wide and still set the axis. */
static const double WIDE = 2.5;

struct range range_start(double null)
{
    return (struct range){.intervals = ARRAY_OF(double[3]), .least = null, .most = null};
}

void range_add(struct range *range, double x, double lower, double upper)
{
    if (isfinite(x) && isfinite(lower) && isfinite(upper)) {
        double *interval = array_add(&range->intervals);
        interval[0] = x;
        interval[1] = lower;
        interval[2] = upper;
    }
}

void range_must(struct range *range, double x)
{
    if (isfinite(x)) {
        range->least = fmin(range->least, x);
        range->most = fmax(range->most, x);
    }
}

static double middle_width(const struct array *intervals)
{
    if (intervals->count == 0) {
        return 0;
    }
    double *widths = memory_get(intervals->count, sizeof *widths);
    for (size_t i = 0; i < intervals->count; i++) {
        const double *interval = array_at(intervals, i);
        widths[i] = interval[2] - interval[1];
    }
    sort_numbers(widths, intervals->count);
    double middle = widths[(intervals->count - 1) / 2];
    memory_free(widths);
    return middle;
}

void range_finish(struct range *range, struct axis *axis)
{
    double wide = WIDE * middle_width(&range->intervals);
    for (size_t i = 0; i < range->intervals.count; i++) {
        const double *interval = array_at(&range->intervals, i);
        if (interval[2] - interval[1] <= wide) {
            range_must(range, interval[1]);
            range_must(range, interval[2]);
        }
    }
    array_destroy(&range->intervals);
    double lower = isfinite(range->least) ? range->least : -1;
    double upper = isfinite(range->most) ? range->most : 1;
    double margin = upper > lower ? 0.04 * (upper - lower) : fmax(0.1, fabs(lower) * 0.1);
    axis->lower = lower - margin;
    axis->upper = upper + margin;
}
