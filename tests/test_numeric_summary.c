/*
 * Minima, roots, fits, medians and the density mode against plain re-computations of the same
 * definitions.
 */
#include "golden.h"
#include "numeric/middle.h"
#include "numeric/minimise.h"
#include "numeric/random.h"
#include "numeric/regression.h"
#include "numeric/start.h"
#include "numeric/summary.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MOST 400

static double parabola(double x, void *context)
{
    double *calls = context;

    *calls += 1;
    return (x - 1.25) * (x - 1.25) + 7;
}

static double cubic(double x, void *context)
{
    (void)context;
    return x * x * x - 2;
}

static double never(double x, void *context)
{
    (void)context;
    return x * x + 1;
}

static double unknown(double x, void *context)
{
    (void)context;
    return x * NAN;
}

static double cosine(double x, void *context)
{
    (void)context;
    return cos(x);
}

START_TEST(minima_and_roots_are_found)
{
    double where, calls = 0;

    ck_assert(minimise_on_interval(parabola, &calls, -10, 30, &where));
    golden_close("vertex", where, 1.25, 1e-8);
    ck_assert_double_lt(calls, 60);
    ck_assert(minimise_on_interval(cosine, NULL, 2, 5, &where));
    golden_close("pi", where, acos(-1), 1e-7);
    ck_assert(minimise_on_interval(cubic, NULL, 1, 2, &where));
    golden_close("an end", where, 1, 1e-8);
    ck_assert(!minimise_on_interval(unknown, NULL, 1, 2, &where));
    ck_assert(minimise_root(cubic, NULL, -5, 9, &where));
    golden_close("root", where, cbrt(2), 1e-15);
    ck_assert(minimise_root(cosine, NULL, 0, 3, &where));
    golden_close("half pi", where, acos(-1) / 2, 1e-15);
    ck_assert(!minimise_root(never, NULL, -1, 1, &where));
    ck_assert(!minimise_root(unknown, NULL, -1, 1, &where));
}
END_TEST

START_TEST(lines_fit_the_textbook_sums)
{
    const double x[] = {1, 2, 4}, y[] = {2, 3, 9}, w[] = {1, 2, 1}, same[] = {3, 3, 3};
    struct line_fit line = regression_through_origin(x, y, w, 3);

    golden_close("slope", line.slope, 50.0 / 25, 1e-15);
    golden_close("slope se", line.slope_se, 0.2, 1e-15);
    golden_close("rss", line.rss, 0 + 2 * 1 + 1, 1e-15);
    line = regression_with_intercept(x, y, w, 3);
    /* weighted means 9/4 and 17/4; Sxx = 19/4, Sxy = 47/4 */
    golden_close("slope", line.slope, 47.0 / 19, 1e-14);
    golden_close("intercept", line.intercept, 17.0 / 4 - 47.0 / 19 * 9 / 4, 1e-13);
    golden_close("slope se", line.slope_se, sqrt(4.0 / 19), 1e-14);
    golden_close("intercept se", line.intercept_se, sqrt(25.0 / 19), 1e-14);
    ck_assert_double_nan(regression_with_intercept(same, y, w, 3).slope);
}
END_TEST

START_TEST(summaries_are_those_of_r)
{
    const double values[] = {4, 1, 3, 10, 2.5, 7};
    double work[6];

    golden_close("mean", summary_mean(values, 6), 27.5 / 6, 1e-15);
    golden_close("sd", summary_sd(values, 6), sqrt((181.25 - 27.5 * 27.5 / 6) / 5), 1e-14);
    ck_assert_double_nan(summary_sd(values, 1));
    ck_assert_double_nan(summary_mean(values, 0));
    golden_close("median", summary_median(values, 6, work), 3.5, 1e-15);
    golden_close("median", summary_median(values, 5, work), 3, 1e-15);
    golden_close("mad", summary_mad(values, 6, work), 1.4826 * 1.75, 1e-14);
    ck_assert_double_nan(summary_median(values, 0, work));
}
END_TEST

static int by_value(const void *one, const void *other)
{
    double a = *(const double *)one, b = *(const double *)other;

    return (a > b) - (a < b);
}

START_TEST(medians_are_the_middle_of_the_sorted)
{
    struct random_stream stream = random_stream_of(5, "x", "y", "median");
    double values[MOST], sorted[MOST], work[MOST];

    for (size_t count = 1; count < 150; count++) {
        for (size_t j = 0; j < count; j++) {
            /* every third round with many equal values, every fifth with some far out */
            values[j] =
                count % 3 == 0 ? floor(4 * random_uniform(&stream)) : random_normal(&stream);
            values[j] /= count % 5 == 0 ? pow(random_uniform(&stream), 4) : 1;
        }
        memcpy(sorted, values, count * sizeof *values);
        qsort(sorted, count, sizeof *sorted, by_value);
        ck_assert_double_eq(summary_median(values, count, work),
                            count % 2 ? sorted[count / 2]
                                      : 0.5 * (sorted[count / 2 - 1] + sorted[count / 2]));
    }
}
END_TEST

START_TEST(weighted_median_interpolates_between_middles)
{
    const double values[] = {3, 1, 2}, weights[] = {0.2, 0.3, 0.5}, heavy[] = {1, 9, 1};
    size_t order[3];

    /* middles of the sorted: .15, .55, .9 */
    golden_close("between", summary_weighted_median(values, weights, 3, order), 1 + 0.35 / 0.40,
                 1e-14);
    ck_assert(order[0] == 1 && order[1] == 2 && order[2] == 0);
    golden_close("one outweighs", summary_weighted_median(values, heavy, 3, order),
                 1 + (0.5 - 4.5 / 11) / ((9.5 - 4.5) / 11), 1e-14);
    golden_close("alone", summary_weighted_median(values, weights, 1, order), 3, 1e-15);
}
END_TEST

START_TEST(selection_is_the_weighted_median)
{
    struct random_stream stream = random_stream_of(5, "x", "y", "selection");
    struct weighted_value items[MOST];
    double values[MOST], weights[MOST];
    size_t order[MOST];

    for (size_t count = 1; count < MOST; count++) {
        for (size_t j = 0; j < count; j++) {
            values[j] = count % 4 == 0 ? floor(6 * random_uniform(&stream))
                                       : random_normal(&stream) / random_uniform(&stream);
            weights[j] = count % 3 == 0 ? 1 : pow(random_uniform(&stream), 4);
            items[j] = (struct weighted_value){values[j], weights[j]};
        }
        if (count % 4 != 0) {
            golden_close("selection", summary_weighted_median_of(items, count),
                         summary_weighted_median(values, weights, count, order), 1e-9);
        } else {
            /* among equal values the order of weights is free, the bracket is not */
            double got = summary_weighted_median_of(items, count);

            ck_assert_double_le(
                fabs(got - summary_weighted_median(values, weights, count, order)), 1);
        }
    }
}
END_TEST

/* R 4.2's density() by its definition, the convolution done as a plain sum: the height at
 * `mode`, a point of its grid, over the greatest height. */
static double height_share(const double *values, const double *weights, size_t count, double h,
                           double mode)
{
    double least = INFINITY, most = -INFINITY, mass[513] = {0}, height[512], kernel[512];
    double from, to, low, up, step, best = 0, found = 0;

    for (size_t j = 0; j < count; j++) {
        least = fmin(least, values[j]);
        most = fmax(most, values[j]);
    }
    from = least - 3 * h;
    to = most + 3 * h;
    low = from - 4 * h;
    up = to + 4 * h;
    step = (up - low) / 511;
    for (size_t j = 0; j < count; j++) {
        double at = (values[j] - low) / step;
        int cell = (int)floor(at);

        mass[cell] += weights[j] * (1 - (at - cell));
        mass[cell + 1] += weights[j] * (at - cell);
    }
    for (int k = 0; k < 512; k++) {
        double away = k * 2 * (up - low) / 1023 / h;

        kernel[k] = exp(-0.5 * away * away);
    }
    for (int i = 0; i < 512; i++) {
        height[i] = 0;
        for (int k = 0; k < 512; k++) {
            height[i] += mass[k] * kernel[abs(i - k)];
        }
    }
    for (int point = 0; point < 512; point++) {
        double x = from + point * (to - from) / 511, at = (x - low) / step;
        int cell = (int)floor(at);
        double value = height[cell] + (at - cell) * (height[cell + 1] - height[cell]);

        best = fmax(best, value);
        found = fabs(x - mode) < 1e-9 * (to - from) ? value : found;
    }
    return found / best;
}

/* Samples with one hump, with several, with outliers; wide and narrow kernels. */
static void draw_sample(struct random_stream *stream, size_t round, double *values,
                        double *weights, size_t count)
{
    for (size_t j = 0; j < count; j++) {
        double z = random_normal(stream);

        values[j] = round % 3 == 0   ? z
                    : round % 3 == 1 ? z + 5.0 * (double)(j % 4)
                                     : z / random_uniform(stream);
        weights[j] = round % 2 == 0 ? 1 : random_uniform(stream);
    }
}

START_TEST(density_mode_is_the_plain_one)
{
    struct random_stream stream = random_stream_of(5, "x", "y", "density");
    double values[MOST], weights[MOST];

    for (size_t round = 0; round < 4000; round++) {
        size_t count = 1 + random_below(&stream, round % 5 == 0 ? MOST : 30);
        double h = pow(10, 2 * random_uniform(&stream) - 1.7);

        draw_sample(&stream, round, values, weights, count);
        golden_close("height of the mode",
                     height_share(values, weights, count, h,
                                  summary_density_mode(values, weights, count, h)),
                     1, 1e-12);
    }
}
END_TEST

/* The plain density itself. */
static double height_at(const double *values, const double *weights, size_t count, double h,
                        double x)
{
    double sum = 0;

    for (size_t j = 0; j < count; j++) {
        double z = (x - values[j]) / h;

        sum += weights[j] * exp(-0.5 * z * z);
    }
    return sum;
}

START_TEST(density_tops_are_as_high_as_the_modes)
{
    struct random_stream stream = random_stream_of(5, "x", "y", "top");
    double values[MOST], weights[MOST];

    for (size_t round = 0; round < 4000; round++) {
        size_t count = 2 + random_below(&stream, round % 5 == 0 ? MOST - 2 : 30);
        double h = pow(10, 2 * random_uniform(&stream) - 1.7), mode, top;

        draw_sample(&stream, round, values, weights, count);
        mode = summary_density_mode(values, weights, count, h);
        top = summary_density_top(values, weights, count, summary_range_of(values, count), h);
        ck_assert_double_ge(height_at(values, weights, count, h, top),
                            0.994 * height_at(values, weights, count, h, mode));
    }
}
END_TEST

/* 94 values with errors as large as their scatter. */
START_TEST(density_tops_scatter_as_the_modes)
{
    enum { VALUES = 94, DRAWS = 4000 };
    struct random_stream stream = random_stream_of(5, "x", "y", "scatter of tops");
    static double modes[DRAWS], tops[DRAWS];
    double middle[VALUES], spread[VALUES], values[VALUES], weights[VALUES], work[VALUES];

    random_standard_normals(&stream, middle, VALUES);
    random_uniforms(&stream, weights, VALUES);
    random_uniforms(&stream, spread, VALUES);
    for (size_t i = 0; i < DRAWS; i++) {
        double h;

        random_normals(&stream, middle, spread, values, VALUES);
        h = 0.36 * fmin(summary_sd(values, VALUES), summary_mad(values, VALUES, work));
        modes[i] = summary_density_mode(values, weights, VALUES, h);
        tops[i] =
            summary_density_top(values, weights, VALUES, summary_range_of(values, VALUES), h);
    }
    golden_close("scatter", summary_sd(tops, DRAWS), summary_sd(modes, DRAWS), 5e-3);
    golden_close("centre", summary_mean(tops, DRAWS), summary_mean(modes, DRAWS), 2e-2);
}
END_TEST

START_TEST(density_mode_of_strange_samples)
{
    const double same[] = {2, 2, 2}, apart[] = {-1e6, 0, 1e-9, 1e6}, weights[] = {1, 1, 1, 1};
    const double infinite[] = {1, INFINITY};

    golden_close("one value", summary_density_mode(same, weights, 3, 1e-8), 2, 1e-9);
    ck_assert_double_lt(fabs(summary_density_mode(apart, weights, 4, 1e-8)), 4e3);
    ck_assert_double_nan(summary_density_mode(infinite, weights, 2, 1));
    ck_assert_double_nan(summary_density_mode(same, weights, 0, 1));
    ck_assert_double_nan(summary_density_mode(same, weights, 3, 0));
    ck_assert_double_eq(
        summary_density_top(apart, weights, 4, summary_range_of(apart, 4), 1e-8),
        summary_density_mode(apart, weights, 4, 1e-8));
    ck_assert_double_nan(
        summary_density_top(infinite, weights, 2, summary_range_of(infinite, 2), 1));
    golden_close("one value",
                 summary_density_top(same, weights, 3, summary_range_of(same, 3), 1e-8), 2,
                 1e-9);
}
END_TEST

/* Of 1 to 40 values, many of them equal, at every place. */
START_TEST(selection_is_the_place_in_order)
{
    for (size_t count = 1; count <= 40; count++) {
        double values[40], sorted[40], left[40];

        for (size_t i = 0; i < count; i++) {
            values[i] = sorted[i] = floor(7 * sin((double)(i * i + count)));
        }
        qsort(sorted, count, sizeof *sorted, by_value);
        for (size_t rank = 0; rank < count; rank++) {
            memcpy(left, values, sizeof left);
            ck_assert_double_eq(middle_select(left, count, rank), sorted[rank]);
            qsort(left, count, sizeof *left, by_value);
            ck_assert_mem_eq(left, sorted, count * sizeof *left);
        }
    }
}
END_TEST

/* Where there is no order there is an end. */
START_TEST(selection_ends_without_numbers)
{
    for (size_t count = 1; count <= 40; count++) {
        for (size_t rank = 0; rank < count; rank++) {
            double none[40], some[40];

            for (size_t i = 0; i < count; i++) {
                none[i] = NAN;
                some[i] = i % 3 == 0 ? (double)i : NAN;
            }
            ck_assert(isnan(middle_select(none, count, rank)));
            (void)middle_select(some, count, rank);
        }
    }
}
END_TEST

int main(void)
{
    const struct golden_test tests[] = {
        {minima_and_roots_are_found, 1},
        {lines_fit_the_textbook_sums, 1},
        {summaries_are_those_of_r, 1},
        {medians_are_the_middle_of_the_sorted, 1},
        {weighted_median_interpolates_between_middles, 1},
        {selection_is_the_weighted_median, 1},
        {selection_is_the_place_in_order, 1},
        {selection_ends_without_numbers, 1},
        {density_mode_is_the_plain_one, 1},
        {density_tops_are_as_high_as_the_modes, 1},
        {density_tops_scatter_as_the_modes, 1},
        {density_mode_of_strange_samples, 1},
    };

    numeric_start();
    return golden_run_each("numeric_summary", tests, sizeof tests / sizeof tests[0]);
}
