/*
 * The room src/numeric: random streams against their published vectors, tails and quantiles
 * against each other and known values.
 */
#include "golden.h"
#include "numeric/draw.h"
#include "numeric/normal.h"
#include "numeric/philox.h"
#include "numeric/random.h"
#include "numeric/start.h"
#include "numeric/tail.h"
#include <math.h>
#include <string.h>

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
        ck_assert_double_eq_tol(out[j], mean[j] + sd[j] * random_normal(&other), 1e-8 * sd[j]);
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

/* Words whose uniforms go evenly from 0 to 1. */
START_TEST(draws_are_the_quantiles_of_their_uniforms)
{
    uint64_t words[DRAW_BATCH], step = UINT64_MAX / 20000 / DRAW_BATCH;
    double out[DRAW_BATCH];

    for (uint64_t k = 0; k < 20000; k++) {
        for (uint64_t i = 0; i < DRAW_BATCH; i++) {
            words[i] = (k * DRAW_BATCH + i) * step;
        }
        draw_normals(words, out);
        for (int i = 0; i < DRAW_BATCH; i++) {
            ck_assert_double_eq_tol(out[i], normal_quantile(draw_uniform(words[i])), 1e-8);
        }
    }
}
END_TEST

START_TEST(draws_reach_as_far_as_uniforms)
{
    uint64_t words[DRAW_BATCH];
    double out[DRAW_BATCH];

    for (int i = 0; i < DRAW_BATCH; i++) {
        words[i] = i % 2 == 0 ? UINT64_C(1) << (i + 12) : ~(UINT64_C(1) << (i + 12));
    }
    words[0] = 0;
    words[1] = UINT64_MAX;
    draw_normals(words, out);
    for (int i = 0; i < DRAW_BATCH; i++) {
        ck_assert_double_eq(out[i], normal_quantile(draw_uniform(words[i])));
    }
    ck_assert_double_eq_tol(out[0], -8.2095, 1e-4);
    ck_assert_double_eq(out[1], -out[0]);
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

int main(void)
{
    const struct golden_test tests[] = {
        {philox_gives_the_published_vectors, 1},
        {streams_depend_on_every_name, 1},
        {uniforms_have_the_moments_of_a_uniform, 1},
        {below_reaches_every_number_equally, 1},
        {normals_in_batches_are_the_normals_one_by_one, 1},
        {normals_have_the_moments_of_a_normal, 1},
        {normal_tails_and_quantiles_agree, 1},
        {draws_are_the_quantiles_of_their_uniforms, 1},
        {draws_reach_as_far_as_uniforms, 1},
        {tiny_normal_tails_survive_in_logs, 1},
        {t_tails_have_their_closed_forms, 1},
        {tiny_t_tails_survive_in_logs, 1},
        {t_quantiles_undo_tails, 1},
        {chi_square_tails_have_their_closed_forms, 1},
        {density_is_the_normal_density, 1},
    };

    numeric_start();
    return golden_run_each("numeric", tests, sizeof tests / sizeof tests[0]);
}
