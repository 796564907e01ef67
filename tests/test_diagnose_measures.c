/*
 * Heterogeneity, strength, direction and prediction against the golden tables, against
 * themselves computed another way, and on too few variants.
 */
#include "diagnose/diagnose.h"
#include "fixture.h"
#include "numeric/start.h"
#include "numeric/tail.h"
#include <math.h>

static struct heterogeneity heterogeneity(const struct fixture *fixture, const char *key)
{
    struct estimate estimate = fixture_run(fixture, key);

    return heterogeneity_of(fixture->pair, methods_find(key), &estimate, 0.95);
}

static double want(const struct fixture *fixture, const char *function, const char *method,
                   const char *quantity)
{
    return golden_find(&fixture->golden, NULL, function, method, quantity)->value;
}

START_TEST(q_and_i2_are_golden)
{
    struct fixture fixture = fixture_begin_results(fixture_sets[_i]);
    static const char *const methods[][2] = {{"ivw", "Inverse variance weighted"},
                                             {"egger", "MR Egger"}};

    for (size_t i = 0; i < 2; i++) {
        struct heterogeneity got = heterogeneity(&fixture, methods[i][0]);

        ck_assert_str_eq(got.method->name, methods[i][1]);
        golden_close("Q", got.q, want(&fixture, "mr_heterogeneity", methods[i][1], "Q"), 1e-10);
        golden_close("df", got.df, want(&fixture, "mr_heterogeneity", methods[i][1], "Q_df"),
                     0);
        golden_close("p", got.p, want(&fixture, "mr_heterogeneity", methods[i][1], "Q_pval"),
                     1e-8);
        ck_assert_int_eq(isnan(got.tau2), i == 1);
        ck_assert(got.i2_lower < got.i2 && got.i2 < got.i2_upper && got.i2_upper < 1);
    }
    golden_close("I2", heterogeneity(&fixture, "ivw").i2,
                 want(&fixture, "max(0,(Q-df)/Q)", "IVW I2", "I2"), 1e-10);
    fixture_end(&fixture);
}
END_TEST

/* Around a given Q. */
static struct heterogeneity of_q(const struct pair *pair, double q, double df)
{
    struct estimate estimate = {.status = ESTIMATE_DONE, .q = q, .q_df = df, .q_p = 0.5};

    return heterogeneity_of(pair, methods_find("ivw"), &estimate, 0.95);
}

/* Worked by hand from Higgins and Thompson's formulas, with 1.959964. */
START_TEST(the_interval_of_i2_is_test_based)
{
    struct fixture fixture = fixture_begin_results("lipid_ldl_chd");
    struct heterogeneity got = of_q(fixture.pair, 40, 10);
    double se = 0.5 * (log(40) - log(10)) / (sqrt(80) - sqrt(19));
    double low = 2 * exp(-1.959963984540054 * se), high = 2 * exp(1.959963984540054 * se);

    golden_close("I2", got.i2, 0.75, 1e-14);
    golden_close("low", got.i2_lower, 1 - 1 / (low * low), 1e-12);
    golden_close("high", got.i2_upper, 1 - 1 / (high * high), 1e-12);
    got = of_q(fixture.pair, 5, 10);
    se = sqrt(1.0 / 18 * (1 - 1.0 / 243));
    high = sqrt(0.5) * exp(1.959963984540054 * se);
    golden_close("I2", got.i2, 0, 0);
    golden_close("low", got.i2_lower, 0, 0);
    golden_close("high", got.i2_upper, high > 1 ? 1 - 1 / (high * high) : 0, 1e-12);
    golden_close("tau2", got.tau2, 0, 0);
    ck_assert_double_nan(of_q(fixture.pair, 0.5, 1).i2_upper);
    ck_assert_double_nan(of_q(fixture.pair, 0, 0).q);
    fixture_end(&fixture);
}
END_TEST

/* DerSimonian and Laird: at tau2 the moment Q(tau2) over fixed weights meets its expectation.
 */
START_TEST(tau2_is_the_moment_estimate)
{
    struct fixture fixture = fixture_begin_results("lipid_ldl_chd");
    const struct pair *pair = fixture.pair;
    double tau2 = heterogeneity(&fixture, "ivw").tau2, expected = 0, weight = 0;

    for (size_t j = 0; j < pair->count; j++) {
        weight += pow(pair->bx[j] / pair->sy[j], 2);
    }
    for (size_t j = 0; j < pair->count; j++) {
        double w = pow(pair->bx[j] / pair->sy[j], 2);

        expected += w * (1 / w + tau2) * (1 - w / weight);
    }
    golden_close("Q", expected, heterogeneity(&fixture, "ivw").q, 1e-10);
    fixture_end(&fixture);
}
END_TEST

START_TEST(strength_is_golden)
{
    struct fixture fixture = fixture_begin_results(fixture_sets[_i]);
    struct strength got = strength_of(fixture.pair);
    double least = INFINITY;

    for (size_t j = 0; j < fixture.pair->count; j++) {
        least = fmin(least, pow(fixture.pair->bx[j] / fixture.pair->sx[j], 2));
    }
    golden_close("F", got.f_mean, want(&fixture, "mean((bx/sx)^2)", NULL, "F"), 1e-10);
    golden_close("least F", got.f_least, least, 1e-12);
    golden_close("I2_GX", got.i2_gx, want(&fixture, "Isq(abs(bx),sx)", NULL, "I2"), 1e-10);
    golden_close("weighted", got.i2_gx_weighted,
                 want(&fixture, "Isq(abs(bx)/sy,sx/sy)", NULL, "I2"), 1e-10);
    ck_assert_int_eq(isnan(got.r2), _i == 0);
    fixture_end(&fixture);
}
END_TEST

START_TEST(strength_of_few_variants)
{
    struct fixture fixture = fixture_begin_results("lipid_ldl_chd");
    struct pair *whole = fixture.pair;
    struct strength got;

    fixture.pair = golden_first(whole, 0, fixture.arena);
    got = strength_of(fixture.pair);
    ck_assert(isnan(got.f_mean) && isnan(got.f_least) && isnan(got.r2) && isnan(got.i2_gx));
    fixture.pair = golden_first(whole, 1, fixture.arena);
    got = strength_of(fixture.pair);
    golden_close("F", got.f_mean, 42.25, 1e-12);
    golden_close("least F", got.f_least, 42.25, 1e-12);
    ck_assert(isnan(got.i2_gx) && isnan(got.i2_gx_weighted));
    fixture_end(&fixture);
}
END_TEST

START_TEST(steiger_is_golden)
{
    struct fixture fixture = fixture_begin_results("ieu_bmi_chd");
    struct steiger got = steiger_of(fixture.pair, &fixture.settings);

    ck_assert(got.is_known && got.is_correct && got.note == NULL);
    golden_close("exposure", got.r2_exposure,
                 want(&fixture, "directionality_test", NULL, "r2_exposure"), 1e-8);
    golden_close("outcome", got.r2_outcome,
                 want(&fixture, "directionality_test", NULL, "r2_outcome"), 1e-8);
    golden_close("p", got.p, want(&fixture, "directionality_test", NULL, "pval"), 1e-5);
    golden_close("log p", got.neglog10_p,
                 -log10(want(&fixture, "mr_steiger", NULL, "steiger_test")), 1e-8);
    golden_close("strength", strength_of(fixture.pair).r2, got.r2_exposure, 1e-12);
    fixture_end(&fixture);
}
END_TEST

static double steiger_p(const void *all, const struct pair *pair, size_t j)
{
    return steiger_of_variant(pair, j, all).p;
}

static double steiger_direction(const void *all, const struct pair *pair, size_t j)
{
    return steiger_of_variant(pair, j, all).is_correct;
}

START_TEST(steiger_of_each_variant_is_golden)
{
    struct fixture fixture = fixture_begin_results("ieu_bmi_chd");

    ck_assert_uint_eq(fixture_check_rows(&fixture, "steiger_filtering", "per SNP", "pval",
                                         steiger_p, &fixture.settings, 1e-8),
                      fixture.pair->count);
    ck_assert_uint_eq(fixture_check_rows(&fixture, "steiger_filtering", "per SNP",
                                         "steiger_dir", steiger_direction, &fixture.settings,
                                         0),
                      fixture.pair->count);
    fixture_end(&fixture);
}
END_TEST

/* Rows of a set with other numbers in them. */
static struct pair *with_rows(const struct pair *pair, double n, double z, struct arena *arena)
{
    struct harmonised *rows = arena_get(arena, pair->row_count, sizeof *rows);

    for (size_t i = 0; i < pair->row_count; i++) {
        rows[i] = pair->rows[i];
        rows[i].x.n = n;
        rows[i].x.beta = z * rows[i].x.se;
        rows[i].x.p = tail_normal_two_sided(z);
        rows[i].x.neglog10_p = tail_normal_two_sided_neglog10(z);
    }
    return pair_create(arena, pair->exposure, pair->outcome, pair->direction, rows,
                       pair->row_count);
}

START_TEST(steiger_says_why_it_does_not_know)
{
    struct fixture fixture = fixture_begin_results("ieu_bmi_chd");
    struct pair *whole = fixture.pair;
    struct steiger got = steiger_of(with_rows(whole, NAN, 6, fixture.arena), &fixture.settings);

    ck_assert(!got.is_known && isnan(got.p));
    ck_assert_str_eq(got.note, "sample sizes are missing");
    got = steiger_of(with_rows(whole, 300, 9, fixture.arena), &fixture.settings);
    ck_assert(!got.is_known && isnan(got.p));
    ck_assert_double_gt(got.r2_exposure, 1);
    ck_assert_str_eq(got.note, "the variance explained adds up to more than 1");
    got = steiger_of(golden_first(whole, 0, fixture.arena), &fixture.settings);
    ck_assert(!got.is_known && got.note != NULL);
    got = steiger_of(with_rows(whole, 1e9, 1, fixture.arena), &fixture.settings);
    ck_assert(got.is_known && !got.is_correct);
    /* a P of no double: r comes from effect and SE */
    got = steiger_of(with_rows(whole, 1e6, 50, fixture.arena), &fixture.settings);
    ck_assert(got.is_known);
    golden_close("r2", got.r2_exposure, (double)whole->count * 2500 / (1e6 - 2 + 2500), 1e-3);
    fixture_end(&fixture);
}
END_TEST

START_TEST(prediction_is_wider_by_the_scatter)
{
    struct fixture fixture = fixture_begin_results("lipid_ldl_chd");
    struct estimate ivw = fixture_run(&fixture, "ivw");
    struct heterogeneity around = heterogeneity(&fixture, "ivw");
    double lower, upper, reach;

    prediction_interval_of(fixture.pair, &ivw, &around, 0.95, &lower, &upper);
    /* t of 26 df: 2.055529438642871 */
    reach = 2.055529438642871 * sqrt(around.tau2 + ivw.se * ivw.se);
    golden_close("lower", lower, ivw.b - reach, 1e-12);
    golden_close("upper", upper, ivw.b + reach, 1e-12);
    fixture.pair = golden_first(fixture.pair, 2, fixture.arena);
    prediction_interval_of(fixture.pair, &ivw, &around, 0.95, &lower, &upper);
    ck_assert(isnan(lower) && isnan(upper));
    fixture_end(&fixture);
}
END_TEST

START_TEST(one_variant_with_all_the_weight_has_no_tau2)
{
    const double bx[] = {0, 0, 0.1}, by[] = {0.02, 0.03, 0.01}, s[] = {0.01, 0.01, 0.01};
    struct fixture fixture = fixture_begin_made(bx, s, by, s, 3);
    struct heterogeneity got = heterogeneity(&fixture, "ivw");

    golden_close("Q", got.q, 13, 1e-12);
    ck_assert(isnan(got.tau2));
    fixture_end(&fixture);
}
END_TEST

START_TEST(the_interval_of_i2_is_at_the_level)
{
    struct fixture fixture = fixture_begin_results("ieu_bmi_chd");
    struct estimate ivw = fixture_run(&fixture, "ivw");
    const struct method *method = methods_find("ivw");
    struct heterogeneity wide = heterogeneity_of(fixture.pair, method, &ivw, 0.95);
    struct heterogeneity narrow = heterogeneity_of(fixture.pair, method, &ivw, 0.8);

    ck_assert(narrow.i2_lower > wide.i2_lower && narrow.i2_upper < wide.i2_upper);
    fixture_end(&fixture);
}
END_TEST

int main(void)
{
    const struct golden_test tests[] = {
        {q_and_i2_are_golden, FIXTURE_SETS},
        {the_interval_of_i2_is_test_based, 1},
        {tau2_is_the_moment_estimate, 1},
        {strength_is_golden, FIXTURE_SETS},
        {strength_of_few_variants, 1},
        {steiger_is_golden, 1},
        {steiger_of_each_variant_is_golden, 1},
        {steiger_says_why_it_does_not_know, 1},
        {prediction_is_wider_by_the_scatter, 1},
        {one_variant_with_all_the_weight_has_no_tau2, 1},
        {the_interval_of_i2_is_at_the_level, 1},
    };

    numeric_start();
    return golden_run_each("diagnose_measures", tests, sizeof tests / sizeof tests[0]);
}
