/*
 * The heterogeneity-penalised mixture: against the golden table, and against the sum over all
 * sets of variants written down anew.
 */
#include "fixture.h"
#include "numeric/exponential.h"
#include "numeric/start.h"
#include "numeric/tail.h"
#include <math.h>

#define DEPTH 3.841458820694124

/* The likelihood of an effect, up to a factor. */
static double likelihood(const struct pair *pair, double share, double effect)
{
    double sum = 0;

    for (size_t mask = 0; mask < (size_t)1 << pair->count; mask++) {
        double w = 0, wr = 0, q = 0, weight = 1, n = 0, se, z;

        for (int round = 0; round < 2; round++) {
            for (size_t j = 0; j < pair->count; j++) {
                double r = pair->by[j] / pair->bx[j], s = fabs(pair->sy[j] / pair->bx[j]);

                if (mask >> j & 1) {
                    n += round == 0;
                    w += round == 0 ? 1 / (s * s) : 0;
                    wr += round == 0 ? r / (s * s) : 0;
                    q += round == 1 ? pow((r - wr / w) / s, 2) : 0;
                    weight *= round == 0 ? share / (1 - share) / s : 1;
                }
            }
        }
        if (n >= 2) {
            se = sqrt(fmax(1, q / (n - 1)) / w);
            z = (effect - wr / w) / se;
            sum += weight * exp(-q / 2 - z * z / 2) / se;
        }
    }
    return sum;
}

static struct fixture begin_ten(void)
{
    return fixture_begin_results("hetpen");
}

START_TEST(the_package_s_grid_has_the_exact_answer_between_its_points)
{
    struct fixture fixture = begin_ten();
    const char *function = "mr_hetpen(prior=0.5,CIMin=-2,CIMax=6,CIStep=0.001)";
    struct estimate got = fixture_run(&fixture, "hetpen");
    double low = fixture_want(&fixture, function, "ci_low");
    double high = fixture_want(&fixture, function, "ci_high");

    ck_assert_int_eq(got.status, ESTIMATE_DONE);
    ck_assert_double_le(fabs(got.b - fixture_want(&fixture, function, "estimate")), 5.01e-4);
    ck_assert(got.lower <= low && got.lower > low - 0.001);
    ck_assert(got.upper >= high && got.upper < high + 0.001);
    ck_assert_uint_eq(got.piece_count, 0);
    ck_assert_uint_eq(got.variants, (size_t)fixture_want(&fixture, function, "nsnp"));
    fixture_end(&fixture);
}
END_TEST

/* On the package's usual grid the top is outside, and its answer the grid's last point. */
START_TEST(a_grid_s_wall_is_no_answer)
{
    struct fixture fixture = begin_ten();
    const char *function = "mr_hetpen(prior=0.5,CIMin=-1,CIMax=1,CIStep=0.001)";
    double wall = fixture_want(&fixture, function, "estimate");
    double low = fixture_want(&fixture, function, "ci_low");
    double least = likelihood(fixture.pair, 0.5, wall) * exp(-DEPTH / 2);

    ck_assert_double_gt(likelihood(fixture.pair, 0.5, low), least);
    ck_assert_double_lt(likelihood(fixture.pair, 0.5, low - 0.001), least);
    ck_assert_double_gt(fixture_run(&fixture, "hetpen").b, 2 * wall);
    fixture_end(&fixture);
}
END_TEST

static bool is_in(const struct estimate *got, double effect)
{
    if (got->piece_count == 0) {
        return effect >= got->lower && effect <= got->upper;
    }
    for (size_t i = 0; i < got->piece_count; i++) {
        if (effect >= got->pieces[i].lower && effect <= got->pieces[i].upper) {
            return true;
        }
    }
    return false;
}

static void check_ends(const struct fixture *fixture, double share, double low, double high,
                       double least)
{
    golden_close("lower", likelihood(fixture->pair, share, low), least, 1e-9);
    golden_close("upper", likelihood(fixture->pair, share, high), least, 1e-9);
}

/* The top is higher than all around it, and the ends are at their height. */
static void check_exact(const struct fixture *fixture, int points)
{
    double share = fixture->settings.parameters[PARAMETER_VALID_SHARE];
    struct estimate got = fixture_run(fixture, "hetpen");
    double top = likelihood(fixture->pair, share, got.b), least = top * exp(-DEPTH / 2);
    double width = got.upper - got.lower;
    double h = 1e-4 * width / (got.piece_count == 0 ? 1 : 1e3);

    ck_assert_int_eq(got.status, ESTIMATE_DONE);
    for (int i = -points; i <= points; i++) {
        double effect = got.b + 2 * width * i / points;
        double here = likelihood(fixture->pair, share, effect);

        ck_assert_double_le(here, top * (1 + 1e-12));
        ck_assert(fabs(here / least - 1) < 1e-9 || is_in(&got, effect) == (here > least));
    }
    /* the slope at the top, in its own width, by differences */
    ck_assert_double_lt(fabs(likelihood(fixture->pair, share, got.b + h) -
                             likelihood(fixture->pair, share, got.b - h)),
                        1e-9 * top);
    check_ends(fixture, share, got.lower, got.upper, least);
    for (size_t i = 0; i < got.piece_count; i++) {
        check_ends(fixture, share, got.pieces[i].lower, got.pieces[i].upper, least);
    }
    golden_close("p", got.p,
                 tail_chi_square(2 * log(top / likelihood(fixture->pair, share, 0)), 1), 1e-8);
    ck_assert_int_eq(got.contains_null, got.p > 0.05);
}

START_TEST(the_top_and_the_ends_are_those_of_the_whole_sum)
{
    struct fixture fixture = begin_ten();
    struct pair *whole = fixture.pair;

    for (size_t count = 2; count <= 10; count++) {
        fixture.pair = golden_first(whole, count, fixture.arena);
        check_exact(&fixture, 400);
    }
    fixture.settings.parameters[PARAMETER_VALID_SHARE] = 0.1;
    check_exact(&fixture, 400);
    fixture_end(&fixture);
}
END_TEST

START_TEST(corners_and_larger_sets_have_exact_answers)
{
    static const char *const names[] = {"small3", "small4", "under", "hdl_chd", "presso_E1"};
    struct fixture fixture = fixture_begin_corner(names[_i]);

    if (fixture.pair->count > 14) {
        fixture.pair = golden_first(fixture.pair, 14, fixture.arena);
    }
    check_exact(&fixture, 100);
    fixture_end(&fixture);
}
END_TEST

/* Variants of up to four groups, of ratios and errors that differ widely. */
static struct fixture begin_random(uint64_t seed, size_t most)
{
    struct fixture fixture = fixture_begin();
    struct random_stream stream = random_stream_of(seed, "a", "b", "c");
    size_t count = 2 + random_below(&stream, most - 1), groups = 1 + random_below(&stream, 4);
    double *all = arena_get(fixture.arena, 4 * count, sizeof *all);
    double *bx = all, *sx = bx + count, *by = sx + count, *sy = by + count;
    double apart = pow(10, random_uniform(&stream) - 0.5);

    for (size_t j = 0; j < count; j++) {
        double ratio = apart * ((double)random_below(&stream, groups) - 1);

        bx[j] = (j % 2 ? 1 : -1) * pow(10, -1.5 * random_uniform(&stream));
        sx[j] = 0.01;
        sy[j] = 0.1 * pow(10, -0.5 * random_uniform(&stream));
        by[j] = ratio * bx[j] + sy[j] * random_normal(&stream);
    }
    fixture.pair = golden_pair_of(bx, sx, by, sy, count, fixture.arena);
    return fixture;
}

START_TEST(made_sets_have_exact_answers)
{
    for (uint64_t seed = 1; seed <= 60; seed++) {
        struct fixture fixture = begin_random(seed, 8);

        check_exact(&fixture, 200);
        fixture_end(&fixture);
    }
}
END_TEST

/* Two groups of variants with about equal claims, on either side of 0. */
START_TEST(an_interval_may_be_in_pieces)
{
    const double one[] = {1, 1, 1, 1, 1, 1}, se[] = {0.1, 0.1, 0.1, 0.1, 0.1, 0.1};
    const double by[] = {0.98, 1, 1.02, -0.97, -1, -1.03};
    struct fixture fixture = fixture_begin_made(one, se, by, se, 6);
    struct estimate got = fixture_run(&fixture, "hetpen");

    check_exact(&fixture, 1000);
    ck_assert_uint_eq(got.piece_count, 2);
    ck_assert(!got.contains_null && got.lower < -1 && got.upper > 1 && isnan(got.se));
    ck_assert_double_gt(got.b, 0.9);
    ck_assert_str_eq(got.note, "the interval is in 2 pieces; no standard error");
    fixture_end(&fixture);
}
END_TEST

/* A narrow group far from a wide one: a grid fine enough for the one must reach the other. */
START_TEST(a_narrow_top_is_found_beside_wide_ones)
{
    const double one[] = {1, 1, 1, 1, 1, 1}, se[] = {1e-3, 1e-3, 1e-3, 2, 2, 2};
    const double by[] = {0.5, 0.5005, 0.4995, 40, -41, 40.5};
    struct fixture fixture = fixture_begin_made(one, se, by, se, 6);

    check_exact(&fixture, 1000);
    golden_close("b", fixture_run(&fixture, "hetpen").b, 0.5, 1e-3);
    fixture_end(&fixture);
}
END_TEST

/* Two groups with equal claims, a million times further apart than their errors. */
START_TEST(ratios_too_far_apart_are_refused)
{
    const double one[] = {1, 1, 1, 1}, se[] = {1e-3, 1e-3, 1e-3, 1e-3};
    const double by[] = {-1000, -1000, 1000, 1000};
    struct fixture fixture = fixture_begin_made(one, se, by, se, 4);
    struct estimate got = fixture_run(&fixture, "hetpen");

    ck_assert_int_eq(got.status, ESTIMATE_NOT_CONVERGED);
    ck_assert_str_eq(got.note,
                     "the ratios lie too far apart for the narrowest of their errors");
    fixture_end(&fixture);
}
END_TEST

/* Weights have the dimension of 1 / effect for each variant: in another unit of the outcome the
 * same answer needs other prior odds. */
START_TEST(order_and_alleles_do_not_matter_and_units_as_prior_odds)
{
    struct fixture fixture = begin_ten();
    struct estimate want = fixture_run(&fixture, "hetpen"), got;
    static const double scales[] = {1, 10, 0.01, 1e4};
    struct pair *whole = fixture.pair;

    for (int i = 0; i < 4; i++) {
        fixture.pair = fixture_turned(&fixture, scales[i]);
        fixture.settings.parameters[PARAMETER_VALID_SHARE] = scales[i] / (1 + scales[i]);
        got = fixture_run(&fixture, "hetpen");
        golden_close("b", got.b, scales[i] * want.b, 1e-9);
        golden_close("lower", got.lower, scales[i] * want.lower, 1e-9);
        golden_close("upper", got.upper, scales[i] * want.upper, 1e-9);
        golden_close("p", got.p, want.p, 1e-7);
        fixture.pair = whole;
    }
    fixture_end(&fixture);
}
END_TEST

START_TEST(effects_of_any_size_work)
{
    struct fixture fixture = begin_ten();
    static const double scales[] = {1e-12, 1e-6, 1e6, 1e12};
    struct pair *whole = fixture.pair;

    for (int i = 0; i < 4; i++) {
        struct estimate got;

        fixture.pair = fixture_turned(&fixture, scales[i]);
        got = fixture_run(&fixture, "hetpen");
        ck_assert_int_eq(got.status, ESTIMATE_DONE);
        ck_assert(got.lower < got.b && got.b < got.upper && got.p > 0 && got.p < 1);
        fixture.pair = whole;
    }
    fixture_end(&fixture);
}
END_TEST

static struct estimate run_three(const double *bx, const double *by)
{
    const double se[] = {0.01, 0.01, 0.01};
    struct fixture fixture = fixture_begin_made(bx, se, by, se, 3);
    struct estimate got = fixture_run(&fixture, "hetpen");

    ck_assert(got.note != NULL && got.note[0] != '\0');
    got.note = NULL;
    fixture_end(&fixture);
    return got;
}

/* A variant without effect on the exposure has no weight: the answer is that of the others. */
START_TEST(variants_without_effect_on_the_exposure_count_for_nothing)
{
    const double none[] = {0, 0, 0}, one[] = {0, 0, 0.1}, two[] = {0, 0.1, 0.2};
    const double by[] = {0.01, 0.03, 0.05}, same[] = {0.1, 0.1, 0.1};
    struct estimate got = run_three(two, by);

    ck_assert_int_eq(run_three(none, by).status, ESTIMATE_UNDEFINED);
    ck_assert_int_eq(run_three(one, by).status, ESTIMATE_UNDEFINED);
    golden_close("b", got.b, (0.1 * 0.03 + 0.2 * 0.05) / 0.05, 1e-12);
    golden_close("se", got.se, 0.01 / sqrt(0.05), 1e-9);
    golden_close("identical", run_three(same, same).b, 1, 1e-12);
    ck_assert_double_lt(fabs(run_three(by, none).b), 1e-12);
}
END_TEST

START_TEST(more_variants_are_refused_and_the_most_take_a_moment)
{
    struct fixture fixture = fixture_begin_results("lipid_ldl_chd");
    struct pair *whole = fixture.pair;
    size_t most = methods_find("hetpen")->most;
    struct estimate got;

    ck_assert_int_eq(fixture_run(&fixture, "hetpen").status, ESTIMATE_UNDEFINED);
    fixture.pair = golden_first(whole, 18, fixture.arena);
    got = fixture_run(&fixture, "hetpen");
    ck_assert_int_eq(got.status, ESTIMATE_DONE);
    fixture.pair = golden_first(whole, most, fixture.arena);
    got = fixture_run(&fixture, "hetpen");
    ck_assert_int_eq(got.status, ESTIMATE_DONE);
    ck_assert(got.lower < 2.8 && got.upper > 2.8);
    fixture_end(&fixture);
}
END_TEST

static double one_exponential(double x)
{
    wide_doubles in = {x, x, x, x}, out;

    exponential_of(&in, &out);
    ck_assert(out[0] == out[1] && out[0] == out[3]);
    return out[2];
}

START_TEST(four_exponentials_at_a_time_are_exact)
{
    for (int i = -70000; i <= 70000; i++) {
        golden_close("exp", one_exponential(i * 0.01), exp(i * 0.01), 1e-15);
    }
    ck_assert_double_eq(one_exponential(0), 1);
}
END_TEST

int main(void)
{
    const struct golden_test tests[] = {
        {the_package_s_grid_has_the_exact_answer_between_its_points, 1},
        {a_grid_s_wall_is_no_answer, 1},
        {the_top_and_the_ends_are_those_of_the_whole_sum, 1},
        {corners_and_larger_sets_have_exact_answers, 5},
        {made_sets_have_exact_answers, 1},
        {an_interval_may_be_in_pieces, 1},
        {a_narrow_top_is_found_beside_wide_ones, 1},
        {ratios_too_far_apart_are_refused, 1},
        {order_and_alleles_do_not_matter_and_units_as_prior_odds, 1},
        {effects_of_any_size_work, 1},
        {variants_without_effect_on_the_exposure_count_for_nothing, 1},
        {four_exponentials_at_a_time_are_exact, 1},
        {more_variants_are_refused_and_the_most_take_a_moment, 1},
    };

    numeric_start();
    return golden_run_each("estimate_hetpen", tests, sizeof tests / sizeof tests[0]);
}
