/*
 * Each variant alone and the estimate without it, against the golden tables and against fits
 * that leave it out.
 */
#include "diagnose/diagnose.h"
#include "fixture.h"
#include "numeric/start.h"
#include <math.h>

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
    ck_assert_uint_eq(
        fixture_check_rows(fixture, function, method, "estimate", loo_b, all, 1e-9), count);
    ck_assert_uint_eq(fixture_check_rows(fixture, function, method, "se", loo_se, all, 1e-9),
                      count);
    ck_assert_uint_eq(fixture_check_rows(fixture, function, method, "pval", loo_p, all, 1e-8),
                      count);
    ck_assert_uint_eq(all[0].variants, count - 2);
    ck_assert_uint_eq(all[count - 1].variants, count - 1);
}

START_TEST(leave_one_out_is_golden)
{
    struct fixture fixture = fixture_begin_results(fixture_sets[_i]);

    check_loo(&fixture, "ivw", "mr_leaveoneout", "mr_ivw");
    check_loo(&fixture, "egger", "mr_leaveoneout(method=mr_egger_regression)",
              "mr_egger_regression");
    fixture_end(&fixture);
}
END_TEST

START_TEST(leave_one_out_of_two_is_all_alone)
{
    struct fixture fixture = fixture_begin_results("lipid_ldl_chd");
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
    fixture_end(&fixture);
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
    struct fixture fixture = fixture_begin_results(fixture_sets[_i]);
    struct single_variant *all =
        single_variants_of(fixture.pair, &fixture.settings, fixture.arena);
    size_t count = fixture.pair->count;

    ck_assert_uint_eq(fixture_check_rows(&fixture, "mr_singlesnp", "mr_wald_ratio", "estimate",
                                         single_b, all, 1e-10),
                      count);
    ck_assert_uint_eq(fixture_check_rows(&fixture, "mr_singlesnp", "mr_wald_ratio", "se",
                                         single_se, all, 1e-10),
                      count);
    ck_assert_uint_eq(fixture_check_rows(&fixture, "mr_singlesnp", "mr_wald_ratio", "pval",
                                         single_p, all, 1e-9),
                      count);
    ck_assert_uint_eq(fixture_check_rows(&fixture, "mr_rucker", "cooksdistance", "cooks",
                                         single_cook, all, 1e-8),
                      count);
    fixture_end(&fixture);
}
END_TEST

/* Weight, Q, residual and influence of variant j from fits with and without it. */
START_TEST(influence_is_what_leaving_out_shows)
{
    struct fixture fixture = fixture_begin_results(fixture_sets[_i]);
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
    fixture_end(&fixture);
}
END_TEST

START_TEST(influence_needs_variants)
{
    struct fixture fixture = fixture_begin_results("lipid_ldl_chd");
    struct pair *whole = fixture.pair;

    for (size_t variants = 1; variants <= 3; variants++) {
        struct single_variant *all;

        fixture.pair = golden_first(whole, variants, fixture.arena);
        all = single_variants_of(fixture.pair, &fixture.settings, fixture.arena);
        ck_assert_int_eq(isnan(all[0].studentised), variants < 3);
        ck_assert_int_eq(isnan(all[0].cook), variants < 2);
        ck_assert_uint_eq(all[variants - 1].j, variants - 1);
    }
    fixture_end(&fixture);
}
END_TEST

int main(void)
{
    const struct golden_test tests[] = {
        {leave_one_out_is_golden, FIXTURE_SETS},
        {leave_one_out_of_two_is_all_alone, 1},
        {single_variants_are_golden, FIXTURE_SETS},
        {influence_is_what_leaving_out_shows, FIXTURE_SETS},
        {influence_needs_variants, 1},
    };

    numeric_start();
    return golden_run_each("diagnose_variants", tests, sizeof tests / sizeof tests[0]);
}
