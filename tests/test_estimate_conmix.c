/*
 * The contamination mixture: on the package's grid against the golden tables, and exactly
 * against its likelihood written down anew.
 */
#include "fixture.h"
#include "numeric/start.h"
#include "numeric/tail.h"
#include <math.h>
#include <string.h>

#define MOST 10000

static double psi_of(const struct pair *pair)
{
    double mean = 0, square = 0;

    for (size_t j = 0; j < pair->count; j++) {
        mean += pair->by[j] / pair->bx[j] / (double)pair->count;
    }
    for (size_t j = 0; j < pair->count; j++) {
        square += pow(pair->by[j] / pair->bx[j] - mean, 2);
    }
    return 1.5 * sqrt(square / ((double)pair->count - 1));
}

static double log_normal(double r, double mean, double variance)
{
    return -(r - mean) * (r - mean) / (2 * variance) - log(2 * M_PI * variance) / 2;
}

/* The profile log likelihood, and phi squared of the variants that are valid there. */
static double likelihood(const struct pair *pair, double effect, double *widening)
{
    double psi = psi_of(pair), sum = 0, w = 0, wr = 0, scatter = 0;
    size_t valid = 0;

    for (int round = 0; round < 2; round++) {
        for (size_t j = 0; j < pair->count; j++) {
            double r = pair->by[j] / pair->bx[j], v = pow(pair->sy[j] / pair->bx[j], 2);
            double in = log_normal(r, effect, v), out = log_normal(r, 0, v + psi * psi);

            sum += round == 0 ? fmax(in, out) : 0;
            valid += round == 0 && in > out;
            w += round == 0 && in > out ? 1 / v : 0;
            wr += round == 0 && in > out ? r / v : 0;
            scatter += round == 1 && in > out ? pow(r - wr / w, 2) / v : 0;
        }
    }
    if (widening != NULL) {
        *widening = valid < 2 ? 1 : fmax(1, scatter / ((double)valid - 1));
    }
    return sum;
}

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

/* The package's probability multiplies by phi squared where its interval divides. */
static double package_p(const struct fixture *fixture, const struct estimate *got)
{
    double widening, top = likelihood(fixture->pair, got->b, &widening);

    return tail_chi_square(2 * (top - likelihood(fixture->pair, 0, NULL)) * widening, 1);
}

static void check_grid(const struct fixture *fixture, const char *function,
                       const char *const quantities[4])
{
    struct estimate got = fixture_run(fixture, "conmix");

    ck_assert_int_eq(got.status, ESTIMATE_DONE);
    golden_close("b", got.b, fixture_want(fixture, function, quantities[0]), 1e-10);
    golden_close("low", got.lower, fixture_want(fixture, function, quantities[1]), 1e-10);
    golden_close("high", got.upper, fixture_want(fixture, function, quantities[2]), 1e-10);
    golden_close("package's p", package_p(fixture, &got),
                 fixture_want(fixture, function, quantities[3]), 1e-8);
    ck_assert_uint_eq(got.piece_count, 0);
}

START_TEST(the_package_s_grid_gives_its_numbers)
{
    struct fixture fixture = fixture_begin_results(fixture_sets[_i]);
    const char *function = "mr_conmix(CIStep=0.01)";
    static const char *const quantities[] = {"estimate", "ci_low", "ci_high", "pval"};
    struct estimate got;
    const char *words;

    fixture.settings.parameters[PARAMETER_CONMIX_STEP] = 0.01;
    check_grid(&fixture, function, quantities);
    words = arena_format(fixture.arena, "%.0f of %zu variants count as valid; ",
                         fixture_want(&fixture, function, "n_valid"), fixture.pair->count);
    got = fixture_run(&fixture, "conmix");
    ck_assert(strncmp(got.note, words, strlen(words)) == 0);
    fixture.settings.parameters[PARAMETER_CONMIX_PSI] = fixture_want(&fixture, function, "psi");
    check_grid(&fixture, function, quantities);
    fixture_end(&fixture);
}
END_TEST

START_TEST(the_package_s_grid_gives_its_numbers_in_corners)
{
    struct fixture fixture = fixture_begin_corner(fixture_corners[_i]);
    static const char *const quantities[] = {"Estimate", "CILower", "CIUpper", "Pvalue"};

    fixture.settings.parameters[PARAMETER_CONMIX_STEP] = 0.01;
    check_grid(&fixture, "mr_conmix", quantities);
    fixture_end(&fixture);
}
END_TEST

/* The finer grid of the golden rows brackets the exact numbers. */
START_TEST(a_fine_grid_comes_near_the_exact_numbers)
{
    struct fixture fixture = fixture_begin_results("ieu_bmi_chd");
    const char *function = "mr_conmix(CIMin=-1,CIMax=1,CIStep=0.001)";
    struct estimate got = fixture_run(&fixture, "conmix");
    double low = fixture_want(&fixture, function, "ci_low");
    double high = fixture_want(&fixture, function, "ci_high");

    ck_assert_double_le(fabs(got.b - fixture_want(&fixture, function, "estimate")), 5.01e-4);
    ck_assert(got.lower <= low && got.lower > low - 0.001);
    ck_assert(got.upper >= high && got.upper < high + 0.001);
    fixture_end(&fixture);
}
END_TEST

/* No effect on a fine grid is likelier, and the interval holds just those likely enough. */
static void check_exact(const struct fixture *fixture, const struct estimate *got)
{
    double widening, top = likelihood(fixture->pair, got->b, &widening);
    double least = top - quantile_normal(0.975) * quantile_normal(0.975) * widening / 2;
    double width = got->upper - got->lower;

    ck_assert_int_eq(got->status, ESTIMATE_DONE);
    for (int i = -5000; i <= 5000; i++) {
        double effect = got->b + width * i / 500;
        double here = likelihood(fixture->pair, effect, NULL);

        ck_assert_double_le(here, top + 1e-9);
        ck_assert(fabs(here - least) < 1e-9 || is_in(got, effect) == (here > least));
    }
    golden_close("lower", likelihood(fixture->pair, got->lower, NULL) - least + 1, 1, 1e-9);
    golden_close("upper", likelihood(fixture->pair, got->upper, NULL) - least + 1, 1, 1e-9);
    golden_close("p", got->p,
                 tail_chi_square(2 * (top - likelihood(fixture->pair, 0, NULL)) / widening, 1),
                 1e-8);
}

START_TEST(the_top_and_the_ends_are_exact)
{
    struct fixture fixture = _i < FIXTURE_SETS
                                 ? fixture_begin_results(fixture_sets[_i])
                                 : fixture_begin_corner(fixture_corners[_i - FIXTURE_SETS]);
    struct estimate got = fixture_run(&fixture, "conmix");

    check_exact(&fixture, &got);
    if (got.piece_count == 0) {
        golden_close("se", got.se, (got.upper - got.lower) / 2 / quantile_normal(0.975), 1e-12);
    }
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
    for (uint64_t seed = 1; seed <= 40; seed++) {
        struct fixture fixture = begin_random(seed, 40);
        struct estimate got = fixture_run(&fixture, "conmix");

        if (!isinf(got.lower)) {
            check_exact(&fixture, &got);
        }
        fixture_end(&fixture);
    }
}
END_TEST

START_TEST(probability_and_interval_agree_at_any_level)
{
    struct fixture fixture = fixture_begin_corner(fixture_corners[_i]);

    for (int i = 1; i < 2000; i++) {
        struct estimate got;

        fixture.settings.level = i / 2000.0;
        got = fixture_run(&fixture, "conmix");
        ck_assert_int_eq(got.contains_null, got.p > 1 - fixture.settings.level);
    }
    fixture_end(&fixture);
}
END_TEST

/* Two groups of variants with equal claims, on either side of 0. */
START_TEST(an_interval_may_be_in_pieces)
{
    const double one[] = {1, 1, 1, 1, 1, 1}, se[] = {0.1, 0.1, 0.1, 0.1, 0.1, 0.1};
    const double by[] = {0.98, 1, 1.02, -0.97, -1, -1.03};
    struct fixture fixture = fixture_begin_made(one, se, by, se, 6);
    struct estimate got = fixture_run(&fixture, "conmix");

    check_exact(&fixture, &got);
    golden_close("b", got.b, 1, 1e-12);
    ck_assert_uint_eq(got.piece_count, 2);
    ck_assert(!got.contains_null && got.lower < -1 && got.upper > 1 && isnan(got.se));
    ck_assert_double_lt(got.p, 0.05);
    ck_assert_double_eq(got.pieces[0].lower, got.lower);
    ck_assert_double_eq(got.pieces[1].upper, got.upper);
    ck_assert_str_eq(got.note, "3 of 6 variants count as valid; the interval is in 2 pieces; "
                               "no standard error");
    fixture.settings.parameters[PARAMETER_CONMIX_STEP] = 0.001;
    ck_assert_uint_eq(fixture_run(&fixture, "conmix").piece_count, 2);
    fixture_end(&fixture);
}
END_TEST

START_TEST(data_that_exclude_nothing_give_an_interval_without_ends)
{
    const double bx[] = {1, 1, 1}, se[] = {1, 1, 1}, by[] = {0.5, 0.1, -0.3};
    struct fixture fixture = fixture_begin_made(bx, se, by, se, 3);
    struct estimate got = fixture_run(&fixture, "conmix");

    ck_assert_int_eq(got.status, ESTIMATE_DONE);
    ck_assert(got.lower == -INFINITY && got.upper == INFINITY && isnan(got.se));
    ck_assert(got.contains_null && got.p > 0.05);
    golden_close("b", got.b, 0.1, 1e-12);
    fixture_end(&fixture);
}
END_TEST

static void check_undefined(const struct fixture *fixture)
{
    struct estimate got = fixture_run(fixture, "conmix");

    ck_assert_int_eq(got.status, ESTIMATE_UNDEFINED);
    ck_assert_ptr_nonnull(got.note);
    ck_assert(isnan(got.b) && isnan(got.lower) && isnan(got.p));
}

START_TEST(what_has_no_answer_says_why)
{
    const double bx[] = {0, 0.1, 0.2}, se[] = {0.01, 0.01, 0.01}, by[] = {0.01, 0.02, 0.05};
    const double none[] = {0, 0, 0};
    struct fixture fixture = fixture_begin_made(bx, se, by, se, 3);

    check_undefined(&fixture);
    fixture_end(&fixture);
    fixture = fixture_begin_made(by, se, none, se, 3);
    check_undefined(&fixture);
    fixture_end(&fixture);
    fixture = fixture_begin_made(by, se, by, se, 3);
    golden_close("identical ratios", fixture_run(&fixture, "conmix").b, 1, 1e-12);
    fixture.settings.parameters[PARAMETER_CONMIX_STEP] = 1e-12;
    check_undefined(&fixture);
    fixture_end(&fixture);
}
END_TEST

static void check_same(const struct estimate *got, const struct estimate *want, double scale)
{
    golden_close("b", got->b, scale * want->b, 1e-10);
    golden_close("lower", got->lower, scale * want->lower, 1e-10);
    golden_close("upper", got->upper, scale * want->upper, 1e-10);
    golden_close("p", got->p, want->p, 1e-8);
    ck_assert_str_eq(got->note, want->note);
}

START_TEST(order_alleles_and_units_do_not_matter)
{
    struct fixture fixture = fixture_begin_results(fixture_sets[_i]);
    struct estimate want = fixture_run(&fixture, "conmix"), got;
    static const double scales[] = {1, 1e-12, 1e6};
    struct pair *whole = fixture.pair;

    for (int i = 0; i < 3; i++) {
        fixture.pair = fixture_turned(&fixture, scales[i]);
        got = fixture_run(&fixture, "conmix");
        check_same(&got, &want, scales[i]);
        fixture.pair = whole;
    }
    fixture_end(&fixture);
}
END_TEST

/* Three of ten variants are invalid. */
START_TEST(ten_thousand_variants_work)
{
    struct fixture fixture = fixture_begin();
    double *all = arena_get(fixture.arena, 4 * MOST, sizeof *all);
    double *bx = all, *sx = bx + MOST, *by = sx + MOST, *sy = by + MOST;
    struct random_stream stream = random_stream_of(1, "a", "b", "c");
    struct estimate got;

    for (size_t j = 0; j < MOST; j++) {
        bx[j] = 0.02 + 0.05 * random_uniform(&stream);
        sx[j] = 0.004;
        sy[j] = 0.01;
        by[j] = 0.2 * bx[j] + sy[j] * random_normal(&stream) + (j % 10 < 3 ? 0.08 : 0);
    }
    fixture.pair = golden_pair_of(bx, sx, by, sy, MOST, fixture.arena);
    got = fixture_run(&fixture, "conmix");
    ck_assert_int_eq(got.status, ESTIMATE_DONE);
    ck_assert(got.lower < got.b && got.b < got.upper && fabs(got.b - 0.2) < 0.05);
    fixture_end(&fixture);
}
END_TEST

int main(void)
{
    const struct golden_test tests[] = {
        {the_package_s_grid_gives_its_numbers, FIXTURE_SETS},
        {the_package_s_grid_gives_its_numbers_in_corners, FIXTURE_CORNERS},
        {a_fine_grid_comes_near_the_exact_numbers, 1},
        {the_top_and_the_ends_are_exact, FIXTURE_SETS + FIXTURE_CORNERS},
        {made_sets_have_exact_answers, 1},
        {probability_and_interval_agree_at_any_level, FIXTURE_CORNERS},
        {an_interval_may_be_in_pieces, 1},
        {data_that_exclude_nothing_give_an_interval_without_ends, 1},
        {what_has_no_answer_says_why, 1},
        {order_alleles_and_units_do_not_matter, FIXTURE_SETS},
        {ten_thousand_variants_work, 1},
    };

    numeric_start();
    return golden_run_each("estimate_conmix", tests, sizeof tests / sizeof tests[0]);
}
