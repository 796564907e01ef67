/*
 * The room src/numeric: tails and quantiles against each other and known values, random
 * streams against their published vectors, fits, medians and the density mode against plain
 * re-computations of the same definitions.
 */
#include "base/arena.h"
#include "golden.h"
#include "numeric/minimise.h"
#include "numeric/normal.h"
#include "numeric/philox.h"
#include "numeric/random.h"
#include "numeric/regression.h"
#include "numeric/start.h"
#include "numeric/summary.h"
#include "numeric/tail.h"
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MOST 400

/* The known answers of Random123 (Salmon et al. 2011), file kat_vectors, philox4x32 with 10
 * rounds: counter, key, output. */
START_TEST(philox_gives_the_published_vectors)
{
    static const uint32_t vectors[][10] = {
        {0, 0, 0, 0, 0, 0, 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8},
        {0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0x408f276d,
         0x41c83b0e, 0xa20bc7c6, 0x6d5451fd},
        {0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0, 0xd16cfe09,
         0x94fdcceb, 0x5001e420, 0x24126ea1},
    };

    for (size_t i = 0; i < sizeof vectors / sizeof vectors[0]; i++) {
        uint32_t out[4];

        philox_block(vectors[i], vectors[i] + 4, out);
        ck_assert_mem_eq(out, vectors[i] + 6, sizeof out);
    }
}
END_TEST

START_TEST(streams_depend_on_every_name)
{
    struct random_stream streams[] = {
        random_stream_of(1, "ab", "c", "m"),   random_stream_of(1, "a", "bc", "m"),
        random_stream_of(2, "ab", "c", "m"),   random_stream_of(1, "ab", "c", "n"),
        random_stream_of(1, NULL, "abc", "m"), random_stream_of(1, "abc", NULL, "m"),
    };
    struct random_stream again = random_stream_of(1, "ab", "c", "m");
    size_t count = sizeof streams / sizeof streams[0];

    ck_assert_mem_eq(again.key, streams[0].key, sizeof again.key);
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < i; j++) {
            ck_assert(memcmp(streams[i].key, streams[j].key, sizeof again.key) != 0);
        }
    }
}
END_TEST

START_TEST(uniforms_have_the_moments_of_a_uniform)
{
    struct random_stream stream = random_stream_of(7, "x", "y", "z");
    double sum = 0, squares = 0;
    size_t count = 200000;

    for (size_t i = 0; i < count; i++) {
        double u = random_uniform(&stream);

        ck_assert(u > 0 && u < 1);
        sum += u;
        squares += u * u;
    }
    golden_close("mean", sum / (double)count, 0.5, 0.01);
    golden_close("second moment", squares / (double)count, 1.0 / 3, 0.01);
}
END_TEST

START_TEST(below_reaches_every_number_equally)
{
    struct random_stream stream = random_stream_of(7, "x", "y", "below");
    size_t counts[7] = {0};

    for (size_t i = 0; i < 70000; i++) {
        size_t number = random_below(&stream, 7);

        ck_assert_uint_lt(number, 7);
        counts[number]++;
    }
    for (size_t i = 0; i < 7; i++) {
        golden_close("count", (double)counts[i], 10000, 0.04);
    }
    ck_assert_uint_eq(random_below(&stream, 1), 0);
}
END_TEST

START_TEST(normals_in_batches_are_the_normals_one_by_one)
{
    struct random_stream one = random_stream_of(3, "x", "y", "z"), other = one;
    double mean[101], sd[101], out[101];

    for (size_t j = 0; j < 101; j++) {
        mean[j] = (double)j;
        sd[j] = 0.5 + (double)j;
    }
    random_normals(&one, mean, sd, out, 101);
    for (size_t j = 0; j < 101; j++) {
        ck_assert_double_eq(out[j], mean[j] + sd[j] * random_normal(&other));
    }
    ck_assert_double_eq(random_uniform(&one), random_uniform(&other));
}
END_TEST

START_TEST(normals_have_the_moments_of_a_normal)
{
    struct random_stream stream = random_stream_of(9, "x", "y", "z");
    double sums[5] = {0};
    size_t count = 200000;

    for (size_t i = 0; i < count; i++) {
        double z = random_normal(&stream), power = 1;

        for (int k = 1; k < 5; k++) {
            power *= z;
            sums[k] += power / (double)count;
        }
    }
    ck_assert_double_lt(fabs(sums[1]), 0.01);
    golden_close("variance", sums[2], 1, 0.02);
    ck_assert_double_lt(fabs(sums[3]), 0.05);
    golden_close("fourth moment", sums[4], 3, 0.03);
}
END_TEST

/* Values of Abramowitz and Stegun's tables, and of the definition where those end. */
START_TEST(normal_tails_and_quantiles_agree)
{
    golden_close("quantile .975", quantile_normal(0.975), 1.959963984540054, 1e-14);
    golden_close("quantile .5", quantile_normal(0.5), 0, 1e-16);
    golden_close("quantile 1e-10", quantile_normal(1e-10), -6.361340902404056, 1e-13);
    for (double z = 0.01; z < 37; z *= 1.07) {
        double p = tail_normal_two_sided(z);

        golden_close("normal round trip", -quantile_normal(0.5 * p), z, 1e-12);
        golden_close("log10", tail_normal_two_sided_neglog10(-z), -log10(p), 1e-12);
    }
    ck_assert_double_infinite(quantile_normal(0));
    ck_assert_double_infinite(quantile_normal(1));
    ck_assert_double_nan(quantile_normal(1.5));
    ck_assert_double_nan(quantile_normal(NAN));
}
END_TEST

START_TEST(normal_quantiles_in_batches_are_the_same)
{
    double p[NORMAL_BATCH], out[NORMAL_BATCH];

    for (int i = 0; i < NORMAL_BATCH; i++) {
        p[i] = pow(10, -i) * 0.9;
    }
    normal_quantiles(p, out);
    for (int i = 0; i < NORMAL_BATCH; i++) {
        ck_assert_double_eq(out[i], normal_quantile(p[i]));
    }
}
END_TEST

/* log10 of 2 Phi(-z) by the asymptotic series, good to 1e-12 for z > 50. */
static double asymptotic_neglog10(double z)
{
    double s = 1 / (z * z);
    double series = 1 - s * (1 - 3 * s * (1 - 5 * s * (1 - 7 * s)));

    return (0.5 * z * z + log(z) - log(2 / sqrt(2 * acos(-1))) - log(series)) / log(10);
}

START_TEST(tiny_normal_tails_survive_in_logs)
{
    for (double z = 60; z < 1e8; z *= 3) {
        double neglog10_p = tail_normal_two_sided_neglog10(z);

        golden_close("far tail", neglog10_p, asymptotic_neglog10(z), 1e-11);
        golden_close("back", tail_z_of_neglog10(neglog10_p), z, 1e-12);
    }
    for (double z = 1e-3; z < 60; z *= 1.13) {
        golden_close("near tail", tail_z_of_neglog10(tail_normal_two_sided_neglog10(z)), z,
                     1e-10);
    }
    ck_assert_double_eq(tail_normal_two_sided(1e5), 0);
    ck_assert_double_infinite(tail_normal_two_sided_neglog10(INFINITY));
    ck_assert_double_eq(tail_normal_two_sided_neglog10(0), 0);
    ck_assert_double_nan(tail_normal_two_sided_neglog10(NAN));
    ck_assert_double_nan(tail_z_of_neglog10(-1));
}
END_TEST

/* t with 1, 2 and 4 degrees of freedom has closed tails. */
START_TEST(t_tails_have_their_closed_forms)
{
    for (double t = 0.01; t < 1e12; t *= 2.3) {
        double root = sqrt(2 + t * t), four = t / sqrt(4 + t * t);

        golden_close("df 1", tail_t_two_sided(t, 1), 2 / acos(-1) * atan(1 / t), 1e-12);
        golden_close("df 2", tail_t_two_sided(t, 2), 2 / (root * (root + t)), 1e-12);
        if (t < 30) {
            golden_close("df 4", tail_t_two_sided(-t, 4),
                         1 - four * (1 + (1 - four * four) / 2), 1e-9);
        }
    }
    ck_assert_double_eq(tail_t_two_sided(0, 5), 1);
    ck_assert_double_nan(tail_t_two_sided(NAN, 5));
    ck_assert_double_nan(tail_t_two_sided(1, 0));
    ck_assert_double_eq(tail_t_two_sided(INFINITY, 3), 0);
}
END_TEST

START_TEST(tiny_t_tails_survive_in_logs)
{
    golden_close("df 2", tail_t_two_sided_neglog10(1e200, 2), 400, 1e-12);
    golden_close("near normal", tail_t_two_sided_neglog10(40, 1e12),
                 tail_normal_two_sided_neglog10(40), 1e-6);
    for (double df = 1; df < 1e6; df *= 7) {
        double p = tail_t_two_sided(5, df);

        golden_close("both forms", pow(10, -tail_t_two_sided_neglog10(5, df)), p, 1e-12);
    }
    ck_assert_double_eq(tail_t_two_sided(1e200, 2), 0);
}
END_TEST

START_TEST(t_quantiles_undo_tails)
{
    golden_close("tables", quantile_t_upper(0.025, 10), 2.228138851986274, 1e-12);
    golden_close("tables", quantile_t_upper(0.975, 10), -2.228138851986274, 1e-12);
    ck_assert_double_eq(quantile_t_upper(0.5, 10), 0);
    for (double df = 1; df < 1e6; df *= 3) {
        for (double p = 0.49; p > 1e-290; p *= p) {
            golden_close("round trip", tail_t_two_sided(quantile_t_upper(p, df), df), 2 * p,
                         1e-10);
            if (quantile_t_upper(p, df) < 1e150) {
                golden_close("F", quantile_f1_upper(2 * p, df), pow(quantile_t_upper(p, df), 2),
                             1e-13);
            }
        }
    }
    ck_assert_double_nan(quantile_t_upper(-0.1, 3));
    ck_assert_double_nan(quantile_f1_upper(0.5, -3));
    ck_assert_double_infinite(quantile_f1_upper(0, 3));
}
END_TEST

/* Even degrees of freedom: a Poisson sum. One: the normal. */
START_TEST(chi_square_tails_have_their_closed_forms)
{
    for (double q = 0.01; q < 1400; q *= 1.7) {
        golden_close("df 1", tail_chi_square(q, 1), tail_normal_two_sided(sqrt(q)), 1e-11);
        golden_close("df 2", tail_chi_square(q, 2), exp(-q / 2), 1e-11);
        golden_close("df 4", tail_chi_square(q, 4), exp(-q / 2) * (1 + q / 2), 1e-11);
    }
    ck_assert_double_eq(tail_chi_square(0, 3), 1);
    ck_assert_double_eq(tail_chi_square(1e6, 3), 0);
    ck_assert_double_eq(tail_chi_square(1e300, 300), 0);
    ck_assert_double_nan(tail_chi_square(NAN, 3));
    ck_assert_double_nan(tail_chi_square(3, 0));
}
END_TEST

START_TEST(density_is_the_normal_density)
{
    golden_close("at 0", exp(density_normal_log(0)), 1 / sqrt(2 * acos(-1)), 1e-15);
    golden_close("at 3", density_normal_log(3) - density_normal_log(0), -4.5, 1e-15);
}
END_TEST

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
            /* every third round with many equal values */
            values[j] =
                count % 3 == 0 ? floor(4 * random_uniform(&stream)) : random_normal(&stream);
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

START_TEST(density_mode_of_strange_samples)
{
    const double same[] = {2, 2, 2}, apart[] = {-1e6, 0, 1e-9, 1e6}, weights[] = {1, 1, 1, 1};
    const double infinite[] = {1, INFINITY};

    golden_close("one value", summary_density_mode(same, weights, 3, 1e-8), 2, 1e-9);
    ck_assert_double_lt(fabs(summary_density_mode(apart, weights, 4, 1e-8)), 4e3);
    ck_assert_double_nan(summary_density_mode(infinite, weights, 2, 1));
    ck_assert_double_nan(summary_density_mode(same, weights, 0, 1));
    ck_assert_double_nan(summary_density_mode(same, weights, 3, 0));
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        philox_gives_the_published_vectors,
        streams_depend_on_every_name,
        uniforms_have_the_moments_of_a_uniform,
        below_reaches_every_number_equally,
        normals_in_batches_are_the_normals_one_by_one,
        normals_have_the_moments_of_a_normal,
        normal_tails_and_quantiles_agree,
        normal_quantiles_in_batches_are_the_same,
        tiny_normal_tails_survive_in_logs,
        t_tails_have_their_closed_forms,
        tiny_t_tails_survive_in_logs,
        t_quantiles_undo_tails,
        chi_square_tails_have_their_closed_forms,
        density_is_the_normal_density,
        minima_and_roots_are_found,
        lines_fit_the_textbook_sums,
        summaries_are_those_of_r,
        medians_are_the_middle_of_the_sorted,
        weighted_median_interpolates_between_middles,
        selection_is_the_weighted_median,
        density_mode_is_the_plain_one,
        density_mode_of_strange_samples,
    };

    numeric_start();
    return golden_run("numeric", tests, sizeof tests / sizeof tests[0]);
}
