/*
 * The room src/diagnose: every diagnostic against the golden tables, against itself computed
 * another way, and on too few variants; the checks and what they say.
 */
#include "base/arena.h"
#include "diagnose/diagnose.h"
#include "golden.h"
#include "numeric/start.h"
#include "numeric/tail.h"
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct fixture {
    struct arena *arena, *scratch;
    struct pair *pair;
    struct golden golden;
    struct estimate_settings settings;
};

static struct fixture begin_empty(void)
{
    struct fixture fixture = {.arena = arena_create(), .scratch = arena_create()};

    fixture.settings = estimate_default_settings();
    return fixture;
}

static struct fixture begin(const char *folder)
{
    struct fixture fixture = begin_empty();

    fixture.golden = golden_results(folder, fixture.arena);
    fixture.pair =
        golden_pair(arena_format(fixture.arena, "%s/input.csv", folder), fixture.arena);
    return fixture;
}

static void end(struct fixture *fixture)
{
    arena_destroy(fixture->scratch);
    arena_destroy(fixture->arena);
}

static struct estimate run(const struct fixture *fixture, const char *key)
{
    return estimate_run(methods_find(key), fixture->pair, &fixture->settings, fixture->scratch,
                        fixture->arena);
}

static struct heterogeneity heterogeneity(const struct fixture *fixture, const char *key)
{
    struct estimate estimate = run(fixture, key);

    return heterogeneity_of(fixture->pair, methods_find(key), &estimate);
}

static double want(const struct fixture *fixture, const char *function, const char *method,
                   const char *quantity)
{
    return golden_find(&fixture->golden, NULL, function, method, quantity)->value;
}

static const char *const sets[] = {"lipid_ldl_chd", "ieu_bmi_chd"};

START_TEST(q_and_i2_are_golden)
{
    struct fixture fixture = begin(sets[_i]);
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
    end(&fixture);
}
END_TEST

/* Around a given Q. */
static struct heterogeneity of_q(const struct pair *pair, double q, double df)
{
    struct estimate estimate = {.status = ESTIMATE_DONE, .q = q, .q_df = df, .q_p = 0.5};

    return heterogeneity_of(pair, methods_find("ivw"), &estimate);
}

/* Worked by hand from Higgins and Thompson's formulas, with 1.959964. */
START_TEST(the_interval_of_i2_is_test_based)
{
    struct fixture fixture = begin("lipid_ldl_chd");
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
    end(&fixture);
}
END_TEST

/* DerSimonian and Laird: at tau2 the moment Q(tau2) over fixed weights meets its expectation.
 */
START_TEST(tau2_is_the_moment_estimate)
{
    struct fixture fixture = begin("lipid_ldl_chd");
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
    end(&fixture);
}
END_TEST

/* Holds every golden row of a function and quantity against what got() says of its variant. */
typedef double getter(const void *all, const struct pair *pair, size_t j);

static size_t check_rows(const struct fixture *fixture, const char *function,
                         const char *method, const char *quantity, getter *got, const void *all,
                         double precision)
{
    size_t count = 0;

    for (size_t i = 0; i < fixture->golden.count; i++) {
        const struct golden_row *row = &fixture->golden.rows[i];
        size_t j = 0;

        if (strcmp(row->function, function) != 0 || strcmp(row->quantity, quantity) != 0 ||
            strcmp(row->method, method) != 0) {
            continue;
        }
        while (j < fixture->pair->count &&
               strcmp(pair_variant(fixture->pair, j), row->snp) != 0) {
            j++;
        }
        ck_assert(j < fixture->pair->count || strcmp(row->snp, "All") == 0);
        golden_close(row->snp, got(all, fixture->pair, j), row->value, precision);
        count++;
    }
    return count;
}

static double loo_b(const void *all, const struct pair *pair, size_t j)
{
    (void)pair;
    return ((const struct estimate *)all)[j].b;
}

static double loo_se(const void *all, const struct pair *pair, size_t j)
{
    (void)pair;
    return ((const struct estimate *)all)[j].se;
}

static double loo_p(const void *all, const struct pair *pair, size_t j)
{
    (void)pair;
    return ((const struct estimate *)all)[j].p;
}

static void check_loo(const struct fixture *fixture, const char *key, const char *function,
                      const char *method)
{
    size_t count;
    struct estimate *all =
        leave_one_out_of(fixture->pair, methods_find(key), &fixture->settings, fixture->scratch,
                         fixture->arena, &count);

    ck_assert_uint_eq(count, fixture->pair->count + 1);
    ck_assert_uint_eq(check_rows(fixture, function, method, "estimate", loo_b, all, 1e-9),
                      count);
    ck_assert_uint_eq(check_rows(fixture, function, method, "se", loo_se, all, 1e-9), count);
    ck_assert_uint_eq(check_rows(fixture, function, method, "pval", loo_p, all, 1e-8), count);
    ck_assert_uint_eq(all[0].variants, count - 2);
    ck_assert_uint_eq(all[count - 1].variants, count - 1);
}

START_TEST(leave_one_out_is_golden)
{
    struct fixture fixture = begin(sets[_i]);

    check_loo(&fixture, "ivw", "mr_leaveoneout", "mr_ivw");
    check_loo(&fixture, "egger", "mr_leaveoneout(method=mr_egger_regression)",
              "mr_egger_regression");
    end(&fixture);
}
END_TEST

START_TEST(leave_one_out_of_two_is_all_alone)
{
    struct fixture fixture = begin("lipid_ldl_chd");
    struct pair *whole = fixture.pair;

    for (size_t variants = 0; variants <= 3; variants++) {
        size_t count;
        struct estimate *all;

        fixture.pair = golden_first(whole, variants, fixture.arena);
        all = leave_one_out_of(fixture.pair, methods_find("ivw"), &fixture.settings,
                               fixture.scratch, fixture.arena, &count);
        ck_assert_uint_eq(count, variants > 2 ? variants + 1 : 1);
        ck_assert_uint_eq(all[count - 1].variants, variants);
    }
    end(&fixture);
}
END_TEST

static const struct single_variant *single(const void *all, size_t j)
{
    return (const struct single_variant *)all + j;
}

static double single_b(const void *all, const struct pair *pair, size_t j)
{
    (void)pair;
    return single(all, j)->b;
}

static double single_se(const void *all, const struct pair *pair, size_t j)
{
    (void)pair;
    return single(all, j)->se;
}

static double single_p(const void *all, const struct pair *pair, size_t j)
{
    (void)pair;
    return single(all, j)->p;
}

static double single_cook(const void *all, const struct pair *pair, size_t j)
{
    (void)pair;
    return single(all, j)->cook;
}

START_TEST(single_variants_are_golden)
{
    struct fixture fixture = begin(sets[_i]);
    struct single_variant *all =
        single_variants_of(fixture.pair, &fixture.settings, fixture.arena);
    size_t count = fixture.pair->count;

    ck_assert_uint_eq(
        check_rows(&fixture, "mr_singlesnp", "mr_wald_ratio", "estimate", single_b, all, 1e-10),
        count);
    ck_assert_uint_eq(
        check_rows(&fixture, "mr_singlesnp", "mr_wald_ratio", "se", single_se, all, 1e-10),
        count);
    ck_assert_uint_eq(
        check_rows(&fixture, "mr_singlesnp", "mr_wald_ratio", "pval", single_p, all, 1e-9),
        count);
    ck_assert_uint_eq(
        check_rows(&fixture, "mr_rucker", "cooksdistance", "cooks", single_cook, all, 1e-8),
        count);
    end(&fixture);
}
END_TEST

/* Weight, Q, residual and influence of variant j from fits with and without it. */
START_TEST(influence_is_what_leaving_out_shows)
{
    struct fixture fixture = begin(sets[_i]);
    const struct pair *pair = fixture.pair;
    size_t count;
    struct single_variant *all = single_variants_of(pair, &fixture.settings, fixture.arena);
    struct estimate *loo = leave_one_out_of(pair, methods_find("ivw_fe"), &fixture.settings,
                                            fixture.scratch, fixture.arena, &count);
    const struct estimate *whole = &loo[count - 1];
    double weights = 0, shares = 0;

    for (size_t j = 0; j < pair->count; j++) {
        double df = (double)pair->count - 1;
        double weight = 1 - pow(whole->se / loo[j].se, 2);
        double shift = (whole->b - loo[j].b) / whole->se;
        double predicted = (pair->by[j] - loo[j].b * pair->bx[j]) * (pair->bx[j] < 0 ? -1 : 1);
        double error = sqrt(loo[j].q / (df - 1) *
                            (pair->sy[j] * pair->sy[j] + pow(pair->bx[j] * loo[j].se, 2)));

        golden_close("weight", all[j].weight_share, weight, 1e-6);
        golden_close("Q", all[j].q_share,
                     pow((pair->by[j] - whole->b * pair->bx[j]) / pair->sy[j], 2) / whole->q,
                     1e-10);
        golden_close("Cook", all[j].cook, shift * shift / (whole->q / df), 1e-5);
        golden_close("studentised", all[j].studentised, predicted / error, 1e-8);
        golden_close("F", all[j].f, pow(pair->bx[j] / pair->sx[j], 2), 1e-12);
        weights += all[j].weight_share;
        shares += all[j].q_share;
    }
    golden_close("weights", weights, 1, 1e-12);
    golden_close("shares", shares, 1, 1e-12);
    end(&fixture);
}
END_TEST

START_TEST(influence_needs_variants)
{
    struct fixture fixture = begin("lipid_ldl_chd");
    struct pair *whole = fixture.pair;

    for (size_t variants = 1; variants <= 3; variants++) {
        struct single_variant *all;

        fixture.pair = golden_first(whole, variants, fixture.arena);
        all = single_variants_of(fixture.pair, &fixture.settings, fixture.arena);
        ck_assert_int_eq(isnan(all[0].studentised), variants < 3);
        ck_assert_int_eq(isnan(all[0].cook), variants < 2);
        ck_assert_uint_eq(all[variants - 1].j, variants - 1);
    }
    end(&fixture);
}
END_TEST

START_TEST(strength_is_golden)
{
    struct fixture fixture = begin(sets[_i]);
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
    end(&fixture);
}
END_TEST

START_TEST(strength_of_few_variants)
{
    struct fixture fixture = begin("lipid_ldl_chd");
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
    end(&fixture);
}
END_TEST

START_TEST(steiger_is_golden)
{
    struct fixture fixture = begin("ieu_bmi_chd");
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
    end(&fixture);
}
END_TEST

static double steiger_p(const void *all, const struct pair *pair, size_t j)
{
    (void)all;
    return steiger_of_variant(pair, j, all).p;
}

static double steiger_direction(const void *all, const struct pair *pair, size_t j)
{
    (void)all;
    return steiger_of_variant(pair, j, all).is_correct;
}

START_TEST(steiger_of_each_variant_is_golden)
{
    struct fixture fixture = begin("ieu_bmi_chd");

    ck_assert_uint_eq(check_rows(&fixture, "steiger_filtering", "per SNP", "pval", steiger_p,
                                 &fixture.settings, 1e-8),
                      fixture.pair->count);
    ck_assert_uint_eq(check_rows(&fixture, "steiger_filtering", "per SNP", "steiger_dir",
                                 steiger_direction, &fixture.settings, 0),
                      fixture.pair->count);
    end(&fixture);
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
    struct fixture fixture = begin("ieu_bmi_chd");
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
    end(&fixture);
}
END_TEST

START_TEST(prediction_is_wider_by_the_scatter)
{
    struct fixture fixture = begin("lipid_ldl_chd");
    struct estimate ivw = run(&fixture, "ivw");
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
    end(&fixture);
}
END_TEST

static struct analysis *analyse(const struct fixture *fixture, const struct pair *pair)
{
    size_t count;
    const struct method *const *methods = methods_all(&count);

    return analysis_create(pair, methods, count, &fixture->settings, fixture->scratch,
                           fixture->arena);
}

START_TEST(an_analysis_holds_what_its_parts_say)
{
    struct fixture fixture = begin("ieu_bmi_chd");
    struct analysis *analysis = analyse(&fixture, fixture.pair);
    size_t count;
    const struct method *const *methods = methods_all(&count);

    ck_assert_uint_eq(analysis->estimate_count, count);
    for (size_t i = 0; i < count; i++) {
        ck_assert_ptr_eq(analysis->estimates[i].method, methods[i]);
    }
    ck_assert_double_eq(analysis->main.b, run(&fixture, "ivw").b);
    ck_assert_double_eq(analysis->egger.intercept, run(&fixture, "egger").intercept);
    ck_assert_double_eq(analysis->heterogeneity.q, heterogeneity(&fixture, "ivw").q);
    ck_assert_double_eq(analysis->heterogeneity_egger.q, heterogeneity(&fixture, "egger").q);
    ck_assert_uint_eq(analysis->leave_one_out_count, fixture.pair->count + 1);
    ck_assert_double_eq(analysis->steiger.p, steiger_of(fixture.pair, &fixture.settings).p);
    ck_assert(analysis->prediction_lower < analysis->main.lower);
    end(&fixture);
}
END_TEST

static enum judgement judged(const struct analysis *analysis, char letter)
{
    size_t count;
    const struct diagnostic *const *all = diagnostics_all(&count);

    for (size_t i = 0; i < count; i++) {
        if (all[i]->letter == letter) {
            return all[i]->judge(analysis);
        }
    }
    ck_abort_msg("no check %c", letter);
    return JUDGE_NOT_RUN;
}

START_TEST(analyses_of_few_variants_say_so)
{
    struct fixture fixture = begin("ieu_bmi_chd");

    for (size_t variants = 0; variants <= 4; variants++) {
        struct pair *pair = golden_first(fixture.pair, variants, fixture.arena);
        struct analysis *analysis = analyse(&fixture, pair);

        ck_assert_str_eq(analysis->main.method->key, variants == 1 ? "wald" : "ivw");
        ck_assert_int_eq(analysis->main.status,
                         variants == 0 ? ESTIMATE_TOO_FEW : ESTIMATE_DONE);
        ck_assert_int_eq(judged(analysis, 'Q') == JUDGE_CANNOT, variants < 2);
        ck_assert_int_eq(judged(analysis, 'E') == JUDGE_CANNOT, variants < 3);
        ck_assert_int_eq(judged(analysis, 'L') == JUDGE_CANNOT, variants < 3);
        ck_assert_int_eq(judged(analysis, 'S') == JUDGE_CANNOT, variants < 1);
        ck_assert_int_eq(judged(analysis, 'R'), JUDGE_NOT_RUN);
        ck_assert_int_eq(judged(analysis, 'F'), JUDGE_NOT_RUN);
        ck_assert_int_eq(isnan(analysis->prediction_lower), variants < 3);
    }
    end(&fixture);
}
END_TEST

START_TEST(checks_stand_in_order_and_speak)
{
    struct fixture fixture = begin("ieu_bmi_chd");
    struct analysis *whole = analyse(&fixture, fixture.pair);
    struct analysis *empty = analyse(&fixture, golden_first(fixture.pair, 0, fixture.arena));
    const char letters[] = "QELSRF";
    size_t count;
    const struct diagnostic *const *all = diagnostics_all(&count);

    ck_assert_uint_eq(count, strlen(letters));
    for (size_t i = 0; i < count; i++) {
        ck_assert_int_eq(all[i]->letter, letters[i]);
        ck_assert(all[i]->key != NULL && all[i]->name != NULL && all[i]->explains != NULL);
        ck_assert_uint_gt(strlen(all[i]->says(whole, fixture.arena)), 0);
        ck_assert_uint_gt(strlen(all[i]->says(empty, fixture.arena)), 0);
    }
    ck_assert_str_eq(all[0]->says(whole, fixture.arena), "Q 144 on 78 df, p 8.7e-06, I2 46%");
    ck_assert_str_eq(all[1]->says(whole, fixture.arena), "intercept -0.0017, SE 0.004, p .67");
    ck_assert_int_eq(diagnostic_mark(all[0], JUDGE_PASSED), 'Q');
    ck_assert_int_eq(diagnostic_mark(all[0], JUDGE_FAILED), '!');
    ck_assert_int_eq(diagnostic_mark(all[0], JUDGE_CANNOT), '.');
    ck_assert_int_eq(diagnostic_mark(all[0], JUDGE_NOT_RUN), '-');
    end(&fixture);
}
END_TEST

START_TEST(checks_of_the_body_mass_set)
{
    struct fixture fixture = begin("ieu_bmi_chd");
    struct analysis *analysis = analyse(&fixture, fixture.pair);

    ck_assert_int_eq(judged(analysis, 'Q'), JUDGE_FAILED);
    ck_assert_int_eq(judged(analysis, 'E'), JUDGE_PASSED);
    ck_assert_int_eq(judged(analysis, 'L'), JUDGE_PASSED);
    ck_assert_int_eq(judged(analysis, 'S'), JUDGE_PASSED);
    end(&fixture);
}
END_TEST

/* Five variants by their outcome effects alone. */
static enum judgement leave_one_out_judges(const double by[5])
{
    const double bx[5] = {0.1, 0.1, 0.1, 0.1, 0.1}, s[5] = {0.01, 0.01, 0.01, 0.01, 0.01};
    struct fixture fixture = begin_empty();
    enum judgement judgement;

    judgement = judged(analyse(&fixture, golden_pair_of(bx, s, by, s, 5, fixture.arena)), 'L');
    end(&fixture);
    return judgement;
}

START_TEST(leave_one_out_sees_who_carries_the_claim)
{
    const double steady[] = {0.02, 0.021, 0.019, 0.02, 0.02};
    const double carried[] = {0.03, 0.009, 0.009, 0.008, 0.009};
    const double quiet[] = {0.002, 0.001, 0.003, 0.002, 0.001};
    const double hidden[] = {-0.015, 0.012, 0.013, 0.014, 0.012};
    const double near_zero[] = {0.008, -0.001, -0.0012, -0.001, -0.001};
    const double turning[] = {0.3, -0.03, -0.03, -0.03, -0.03};

    ck_assert_int_eq(leave_one_out_judges(steady), JUDGE_PASSED);
    ck_assert_int_eq(leave_one_out_judges(carried), JUDGE_FAILED);
    ck_assert_int_eq(leave_one_out_judges(quiet), JUDGE_PASSED);
    ck_assert_int_eq(leave_one_out_judges(hidden), JUDGE_FAILED);
    ck_assert_int_eq(leave_one_out_judges(near_zero), JUDGE_PASSED);
    ck_assert_int_eq(leave_one_out_judges(turning), JUDGE_FAILED);
}
END_TEST

START_TEST(a_variant_without_effect_crosses_nothing)
{
    const double bx[] = {0, 0.1, 0.2}, s[] = {0.01, 0.01, 0.01}, by[] = {0.01, 0.02, 0.05};
    struct fixture fixture = begin_empty();
    struct analysis *analysis =
        analyse(&fixture, golden_pair_of(bx, s, by, s, 3, fixture.arena));

    ck_assert(isnan(analysis->singles[0].b) && isnan(analysis->singles[0].lower));
    ck_assert(!analysis->singles[0].contains_null);
    golden_close("weight", analysis->singles[0].weight_share, 0, 0);
    ck_assert(isfinite(analysis->singles[0].studentised));
    ck_assert_int_eq(analysis->main.status, ESTIMATE_DONE);
    ck_assert_int_eq(judged(analysis, 'S'), JUDGE_CANNOT);
    end(&fixture);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("diagnose");
    TCase *cases = tcase_create("diagnose");
    SRunner *runner;
    int failed;
    int set_count = sizeof sets / sizeof sets[0];

    numeric_start();
    tcase_set_timeout(cases, 120);
    tcase_add_loop_test(cases, q_and_i2_are_golden, 0, set_count);
    tcase_add_test(cases, the_interval_of_i2_is_test_based);
    tcase_add_test(cases, tau2_is_the_moment_estimate);
    tcase_add_loop_test(cases, leave_one_out_is_golden, 0, set_count);
    tcase_add_test(cases, leave_one_out_of_two_is_all_alone);
    tcase_add_loop_test(cases, single_variants_are_golden, 0, set_count);
    tcase_add_loop_test(cases, influence_is_what_leaving_out_shows, 0, set_count);
    tcase_add_test(cases, influence_needs_variants);
    tcase_add_loop_test(cases, strength_is_golden, 0, set_count);
    tcase_add_test(cases, strength_of_few_variants);
    tcase_add_test(cases, steiger_is_golden);
    tcase_add_test(cases, steiger_of_each_variant_is_golden);
    tcase_add_test(cases, steiger_says_why_it_does_not_know);
    tcase_add_test(cases, prediction_is_wider_by_the_scatter);
    tcase_add_test(cases, an_analysis_holds_what_its_parts_say);
    tcase_add_test(cases, analyses_of_few_variants_say_so);
    tcase_add_test(cases, checks_stand_in_order_and_speak);
    tcase_add_test(cases, checks_of_the_body_mass_set);
    tcase_add_test(cases, leave_one_out_sees_who_carries_the_claim);
    tcase_add_test(cases, a_variant_without_effect_crosses_nothing);
    suite_add_tcase(suite, cases);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
