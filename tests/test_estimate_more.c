/*
 * The sign test, unweighted regression, MR GRIP, other weights and penalties of IVW and Egger,
 * and radial regressions against the golden tables.
 */
#include "fixture.h"
#include "numeric/start.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define DELTA "mr_ivw(model=random,weights=delta,distribution=normal)"
#define PENALISED "mr_ivw(model=random,weights=simple,penalized=TRUE)"
#define PENALISED_EGGER "mr_egger(distribution=normal,penalized=TRUE)"
#define RADIAL_EGGER "egger_radial(alpha=0.05,weights=3)"

static struct fixture made(const double *bx, const double *by, size_t count)
{
    struct fixture fixture = fixture_begin();
    double *se = arena_get(fixture.arena, count + 1, sizeof *se);

    for (size_t j = 0; j < count; j++) {
        se[j] = 0.01;
    }
    fixture.pair = golden_pair_of(bx, se, by, se, count, fixture.arena);
    return fixture;
}

static void check_effect(const struct fixture *fixture, const struct estimate *got,
                         const char *function)
{
    ck_assert_int_eq(got->status, ESTIMATE_DONE);
    golden_close("b", got->b, fixture_want(fixture, function, "estimate"), 1e-8);
    golden_close("se", got->se, fixture_want(fixture, function, "se"), 1e-8);
    golden_close("p", got->p, fixture_want(fixture, function, "pval"), 1e-7);
    golden_close("log p", got->neglog10_p, -log10(fixture_want(fixture, function, "pval")),
                 1e-8);
}

/* This one takes p from 1, so that only its first sixteen decimals mean something. */
static void check_rounded_effect(const struct fixture *fixture, const struct estimate *got,
                                 const char *function)
{
    ck_assert_int_eq(got->status, ESTIMATE_DONE);
    golden_close("b", got->b, fixture_want(fixture, function, "estimate"), 1e-8);
    golden_close("se", got->se, fixture_want(fixture, function, "se"), 1e-8);
    ck_assert_double_eq_tol(got->p, fixture_want(fixture, function, "pval"), 1e-15);
}

static void check_interval(const struct fixture *fixture, const struct estimate *got,
                           const char *function)
{
    golden_close("low", got->lower, fixture_want(fixture, function, "ci_low"), 1e-8);
    golden_close("high", got->upper, fixture_want(fixture, function, "ci_high"), 1e-8);
    ck_assert_uint_eq(got->variants, (size_t)fixture_want(fixture, function, "nsnp"));
}

static void check_q(const struct fixture *fixture, const struct estimate *got,
                    const char *function)
{
    golden_close("Q", got->q, fixture_want(fixture, function, "Q"), 1e-8);
    golden_close("Q df", got->q_df, fixture_want(fixture, function, "Q_df"), 0);
    golden_close("Q p", got->q_p, fixture_want(fixture, function, "Q_pval"), 1e-7);
}

static void check_intercept(const struct fixture *fixture, const struct estimate *got,
                            const char *function)
{
    golden_close("intercept", got->intercept, fixture_want(fixture, function, "intercept"),
                 1e-8);
    golden_close("intercept se", got->intercept_se,
                 fixture_want(fixture, function, "intercept_se"), 1e-8);
    golden_close("intercept p", got->intercept_p,
                 fixture_want(fixture, function, "intercept_pval"), 1e-7);
}

static void check_no_q(const struct estimate *got)
{
    ck_assert(isnan(got->q) && isnan(got->q_df) && isnan(got->q_p));
}

START_TEST(signs_are_counted_as_two_sample_mr_does)
{
    struct fixture fixture = fixture_begin_results(fixture_sets[_i]);
    struct estimate got = fixture_run(&fixture, "sign");

    ck_assert_int_eq(got.status, ESTIMATE_DONE);
    golden_close("b", got.b, fixture_want(&fixture, "mr_sign", "estimate"), 1e-12);
    golden_close("p", got.p, fixture_want(&fixture, "mr_sign", "pval"), 1e-10);
    golden_close("log p", got.neglog10_p, -log10(got.p), 1e-10);
    ck_assert_uint_eq(got.variants, (size_t)fixture_want(&fixture, "mr_sign", "nsnp"));
    ck_assert(isnan(got.se) && isnan(got.lower) && isnan(got.upper));
    ck_assert_int_eq(got.contains_null, got.p > 0.05);
    ck_assert_ptr_nonnull(got.note);
    fixture_end(&fixture);
}
END_TEST

START_TEST(unweighted_regression_is_two_sample_mr_s)
{
    struct fixture fixture = fixture_begin_results(fixture_sets[_i]);
    struct estimate got = fixture_run(&fixture, "uwr");

    check_effect(&fixture, &got, "mr_uwr");
    check_interval(&fixture, &got, "mr_uwr");
    check_q(&fixture, &got, "mr_uwr");
    fixture_end(&fixture);
}
END_TEST

START_TEST(grip_is_two_sample_mr_s)
{
    struct fixture fixture = fixture_begin_results(fixture_sets[_i]);
    struct estimate got = fixture_run(&fixture, "grip");

    check_effect(&fixture, &got, "mr_grip");
    check_interval(&fixture, &got, "mr_grip");
    check_intercept(&fixture, &got, "mr_grip");
    check_no_q(&got);
    fixture_end(&fixture);
}
END_TEST

START_TEST(the_adjusted_grip_is_two_sample_mr_s)
{
    struct fixture fixture = fixture_begin_results(fixture_sets[_i]);
    struct estimate got = fixture_run(&fixture, "grip_adjusted");

    golden_close("b", got.b, fixture_want(&fixture, "mr_grip", "estimate_adj"), 1e-9);
    golden_close("se", got.se, fixture_want(&fixture, "mr_grip", "se_adj"), 1e-9);
    golden_close("p", got.p, fixture_want(&fixture, "mr_grip", "pval_adj"), 1e-8);
    check_no_q(&got);
    ck_assert(isnan(got.intercept));
    fixture_end(&fixture);
}
END_TEST

/* The square of the demonstration's standard error is below 0, and the package gives none. */
START_TEST(the_adjusted_grip_has_no_value_without_an_error)
{
    struct fixture fixture = fixture_begin_corner(fixture_corners[_i]);
    struct estimate got = fixture_run(&fixture, "grip_adjusted");

    if (fixture.pair->count < 3) {
        ck_assert_int_eq(got.status, ESTIMATE_TOO_FEW);
    } else if (strcmp(fixture_corners[_i], "presso_E1") == 0) {
        ck_assert_int_eq(got.status, ESTIMATE_UNDEFINED);
        ck_assert(got.note != NULL && isnan(got.b) && isnan(got.se));
    } else {
        golden_close("b", got.b, fixture_want(&fixture, "mr_grip", "b.adj"), 1e-9);
        golden_close("se", got.se, fixture_want(&fixture, "mr_grip", "se.adj"), 1e-9);
    }
    fixture_end(&fixture);
}
END_TEST

START_TEST(delta_weights_are_mendelian_randomization_s)
{
    struct fixture fixture = fixture_begin_results(fixture_sets[_i]);
    struct estimate got = fixture_run(&fixture, "ivw_delta");

    check_effect(&fixture, &got, DELTA);
    check_interval(&fixture, &got, DELTA);
    check_q(&fixture, &got, DELTA);
    fixture_end(&fixture);
}
END_TEST

START_TEST(overlap_of_samples_is_mendelian_randomization_s)
{
    struct fixture fixture = fixture_begin_results(fixture_sets[_i]);
    struct estimate got;

    fixture.settings.parameters[PARAMETER_PSI] = 0.1;
    got = fixture_run(&fixture, "ivw_delta");
    fixture_check_effect(&fixture, &got, "mr_ivw(model=random,weights=delta,psi=0.1)", 1e-10);
    fixture_end(&fixture);
}
END_TEST

START_TEST(penalties_are_mendelian_randomization_s)
{
    struct fixture fixture = fixture_begin_results(fixture_sets[_i]);
    struct estimate ivw = fixture_run(&fixture, "ivw_penalised");
    struct estimate egger = fixture_run(&fixture, "egger_penalised");

    check_effect(&fixture, &ivw, PENALISED);
    check_interval(&fixture, &ivw, PENALISED);
    check_no_q(&ivw);
    check_rounded_effect(&fixture, &egger, PENALISED_EGGER);
    check_interval(&fixture, &egger, PENALISED_EGGER);
    check_intercept(&fixture, &egger, PENALISED_EGGER);
    check_no_q(&egger);
    fixture_end(&fixture);
}
END_TEST

/* The package counts the intercept not among what Egger's Q has used up; here it is. */
START_TEST(radial_regressions_are_radial_mr_s)
{
    struct fixture fixture = fixture_begin_results(fixture_sets[_i]);
    struct estimate ivw = fixture_run(&fixture, "ivw_radial"),
                    egger = fixture_run(&fixture, "egger_radial");

    check_effect(&fixture, &ivw, "mr_ivw_radial");
    check_q(&fixture, &ivw, "mr_ivw_radial");
    golden_close("of RadialMR", ivw.b,
                 golden_find(&fixture.golden, "RadialMR",
                             "ivw_radial(alpha=0.05,weights=3,tol=1e-4)", "Effect", "estimate")
                     ->value,
                 1e-8);
    check_effect(&fixture, &egger, RADIAL_EGGER);
    check_intercept(&fixture, &egger, RADIAL_EGGER);
    golden_close("Q", egger.q, fixture_want(&fixture, RADIAL_EGGER, "Q"), 1e-8);
    golden_close("df", egger.q_df, (double)fixture.pair->count - 2, 0);
    fixture_end(&fixture);
}
END_TEST

/* expected.csv keeps twelve digits. */
static void check_corner(const struct fixture *fixture, const char *key, const char *function,
                         const char *const quantities[3])
{
    struct estimate got = fixture_run(fixture, key);

    golden_close(key, got.b, fixture_want(fixture, function, quantities[0]), 1e-8);
    golden_close(function, got.se, fixture_want(fixture, function, quantities[1]), 1e-8);
    golden_close("p", got.p, fixture_want(fixture, function, quantities[2]), 1e-7);
}

START_TEST(corner_sets_have_their_answers)
{
    struct fixture fixture = fixture_begin_corner(fixture_corners[_i]);
    const char *const of_two_sample_mr[] = {"b", "se", "pval"};
    const char *const of_the_other[] = {"Estimate", "StdError", "Pvalue"};

    check_corner(&fixture, "uwr", "mr_uwr", of_two_sample_mr);
    if (fixture.pair->count >= 3) {
        check_corner(&fixture, "grip", "mr_grip", of_two_sample_mr);
        golden_close("intercept", fixture_run(&fixture, "grip").intercept,
                     fixture_want(&fixture, "mr_grip", "b_i"), 1e-8);
    }
    if (fixture.pair->count >= 6) {
        golden_close("sign", fixture_run(&fixture, "sign").p,
                     fixture_want(&fixture, "mr_sign", "pval"), 1e-9);
    }
    fixture.settings.convention = CONVENTION_MENDELIANRANDOMIZATION;
    check_corner(&fixture, "ivw_delta", "mr_ivw_delta", of_the_other);
    check_corner(&fixture, "ivw_penalised", "mr_ivw_penalized", of_the_other);
    fixture_end(&fixture);
}
END_TEST

/* All signs agree: p is 2 / 2^n, also where no double holds it. Half agree: p is 1. */
START_TEST(signs_are_those_of_a_fair_coin)
{
    double bx[2000], by[2000];
    struct fixture fixture;
    struct estimate got;

    for (size_t j = 0; j < 2000; j++) {
        bx[j] = by[j] = j % 2 ? 1 : -1;
    }
    fixture = made(bx, by, 2000);
    got = fixture_run(&fixture, "sign");
    ck_assert_double_eq(got.b, 1);
    ck_assert_double_eq(got.p, 0);
    ck_assert(!got.contains_null);
    golden_close("log p", got.neglog10_p, 1999 * log10(2), 1e-12);
    by[0] = 0;
    fixture.pair = golden_first(fixture.pair, 6, fixture.arena);
    golden_close("six", fixture_run(&fixture, "sign").p, 2.0 / 64, 1e-12);
    fixture_end(&fixture);
    for (size_t j = 0; j < 8; j++) {
        by[j] = j < 4 ? bx[j] : -bx[j];
    }
    fixture = made(bx, by, 8);
    golden_close("half", fixture_run(&fixture, "sign").p, 1, 0);
    ck_assert_double_eq(fixture_run(&fixture, "sign").b, 0);
    ck_assert_double_eq(fixture_run(&fixture, "sign").neglog10_p, 0);
    fixture_end(&fixture);
}
END_TEST

START_TEST(six_variants_with_a_zero_have_too_few_signs)
{
    const double bx[] = {1, 2, 3, 4, 5, 6}, by[] = {1, 1, 0, 1, 1, 1};
    struct fixture fixture = made(bx, by, 6);
    struct estimate got = fixture_run(&fixture, "sign");

    ck_assert_int_eq(got.status, ESTIMATE_TOO_FEW);
    ck_assert_ptr_nonnull(got.note);
    ck_assert(isnan(got.b) && isnan(got.p));
    fixture_end(&fixture);
}
END_TEST

static const struct {
    const char *key, *name;
    size_t least;
    bool takes_zero; /* a variant without an effect on the exposure */
} needs[] = {
    {"sign", "Sign concordance test", 6, true},
    {"uwr", "Unweighted regression", 2, true},
    {"grip", "MR GRIP", 3, false},
    {"grip_adjusted", "MR GRIP (adjusted)", 3, false},
    {"ivw_delta", "Inverse variance weighted (delta weights)", 2, false},
    {"ivw_penalised", "Penalised inverse variance weighted", 2, false},
    {"egger_penalised", "Penalised MR Egger", 3, true},
    {"ivw_radial", "IVW radial", 2, false},
    {"egger_radial", "MR Egger radial", 3, false},
};

START_TEST(too_few_variants_and_no_effect_on_the_exposure_have_reasons)
{
    const double bx[] = {0.1, 0, -0.3, 0.2, 0.25, 0.15, 0.05},
                 by[] = {0.02, 0.03, -0.02, 0.05, -0.01, 0.04, 0.01};
    struct fixture fixture = made(bx, by, 7);
    struct pair *whole = fixture.pair;
    struct estimate got = fixture_run(&fixture, needs[_i].key);

    ck_assert_str_eq(got.method->name, needs[_i].name);
    ck_assert_int_eq(got.status, needs[_i].takes_zero ? ESTIMATE_DONE : ESTIMATE_UNDEFINED);
    ck_assert(needs[_i].takes_zero || (got.note != NULL && isnan(got.b)));
    for (size_t count = 0; count < needs[_i].least; count++) {
        fixture.pair = golden_first(whole, count, fixture.arena);
        got = fixture_run(&fixture, needs[_i].key);
        ck_assert_int_eq(got.status, ESTIMATE_TOO_FEW);
        ck_assert_ptr_nonnull(got.note);
        ck_assert(isnan(got.b) && isnan(got.se) && isnan(got.p));
    }
    fixture_end(&fixture);
}
END_TEST

/* Coding a variant by its other allele changes nothing. */
START_TEST(alleles_do_not_matter)
{
    struct fixture fixture = fixture_begin_results("lipid_ldl_chd");
    struct estimate first = fixture_run(&fixture, needs[_i].key), other;
    size_t count = fixture.pair->count;
    double *bx = arena_get(fixture.arena, count, sizeof *bx);
    double *by = arena_get(fixture.arena, count, sizeof *by);

    for (size_t j = 0; j < count; j++) {
        bx[j] = j % 3 ? fixture.pair->bx[j] : -fixture.pair->bx[j];
        by[j] = j % 3 ? fixture.pair->by[j] : -fixture.pair->by[j];
    }
    fixture.pair =
        golden_pair_of(bx, fixture.pair->sx, by, fixture.pair->sy, count, fixture.arena);
    other = fixture_run(&fixture, needs[_i].key);
    golden_close("b", other.b, first.b, 1e-12);
    golden_close("se", other.se, first.se, 1e-12);
    golden_close("p", other.p, first.p, 1e-10);
    fixture_end(&fixture);
}
END_TEST

int main(void)
{
    const struct golden_test tests[] = {
        {signs_are_counted_as_two_sample_mr_does, FIXTURE_SETS},
        {unweighted_regression_is_two_sample_mr_s, FIXTURE_SETS},
        {grip_is_two_sample_mr_s, FIXTURE_SETS},
        {the_adjusted_grip_is_two_sample_mr_s, FIXTURE_SETS},
        {the_adjusted_grip_has_no_value_without_an_error, FIXTURE_CORNERS},
        {delta_weights_are_mendelian_randomization_s, FIXTURE_SETS},
        {overlap_of_samples_is_mendelian_randomization_s, FIXTURE_SETS},
        {penalties_are_mendelian_randomization_s, FIXTURE_SETS},
        {radial_regressions_are_radial_mr_s, FIXTURE_SETS},
        {corner_sets_have_their_answers, FIXTURE_CORNERS},
        {signs_are_those_of_a_fair_coin, 1},
        {six_variants_with_a_zero_have_too_few_signs, 1},
        {too_few_variants_and_no_effect_on_the_exposure_have_reasons,
         sizeof needs / sizeof needs[0]},
        {alleles_do_not_matter, sizeof needs / sizeof needs[0]},
    };

    numeric_start();
    return golden_run_each("estimate_more", tests, sizeof tests / sizeof tests[0]);
}
