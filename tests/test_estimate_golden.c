/*
 * Estimates of the common methods against the golden tables of the R packages, on whole sets
 * and on corners.
 */
#include "fixture.h"
#include "numeric/start.h"
#include <math.h>

/* b, se, p, interval and Q of a closed form; results.csv has all of them. */
static void check_closed(const struct fixture *fixture, const char *key, const char *function,
                         double precision)
{
    struct estimate got = fixture_run(fixture, key);

    ck_assert_int_eq(got.status, ESTIMATE_DONE);
    golden_close("b", got.b, fixture_want(fixture, function, "estimate"), precision);
    golden_close("se", got.se, fixture_want(fixture, function, "se"), precision);
    golden_close("p", got.p, fixture_want(fixture, function, "pval"), 100 * precision);
    golden_close("log p", got.neglog10_p, -log10(fixture_want(fixture, function, "pval")),
                 precision);
    golden_close("low", got.lower, fixture_want(fixture, function, "ci_low"), precision);
    golden_close("high", got.upper, fixture_want(fixture, function, "ci_high"), precision);
    golden_close("Q", got.q, fixture_want(fixture, function, "Q"), precision);
    golden_close("Q df", got.q_df, fixture_want(fixture, function, "Q_df"), 0);
    golden_close("Q p", got.q_p, fixture_want(fixture, function, "Q_pval"), 10 * precision);
    ck_assert_uint_eq(got.variants, (size_t)fixture_want(fixture, function, "nsnp"));
}

static void check_egger(const struct fixture *fixture, const char *function)
{
    struct estimate got = fixture_run(fixture, "egger");

    golden_close("b", got.b, fixture_want(fixture, function, "estimate"), 1e-9);
    golden_close("se", got.se, fixture_want(fixture, function, "se"), 1e-9);
    golden_close("p", got.p, fixture_want(fixture, function, "pval"), 1e-8);
    golden_close("low", got.lower, fixture_want(fixture, function, "ci_low"), 1e-9);
    golden_close("high", got.upper, fixture_want(fixture, function, "ci_high"), 1e-9);
    golden_close("Q", got.q, fixture_want(fixture, function, "Q"), 1e-9);
    golden_close("Q p", got.q_p, fixture_want(fixture, function, "Q_pval"), 1e-8);
    golden_close("df", got.q_df, (double)fixture->pair->count - 2, 0);
    golden_close("intercept", got.intercept, fixture_want(fixture, function, "intercept"),
                 1e-8);
    golden_close("intercept se", got.intercept_se,
                 fixture_want(fixture, function, "intercept_se"), 1e-8);
    golden_close("intercept p", got.intercept_p,
                 fixture_want(fixture, function, "intercept_pval"), 1e-8);
}

START_TEST(ivw_and_egger_are_two_sample_mr_s)
{
    struct fixture fixture = fixture_begin_results(fixture_sets[_i]);

    check_closed(&fixture, "ivw", "mr_ivw", 1e-10);
    check_closed(&fixture, "ivw_fe", "mr_ivw_fe", 1e-10);
    check_closed(&fixture, "ivw_mre", "mr_ivw_mre", 1e-10);
    check_egger(&fixture, "mr_egger_regression");
    fixture_end(&fixture);
}
END_TEST

/* R's REML stops at about 1e-6. */
START_TEST(additive_effects_are_the_meta_package_s)
{
    struct fixture fixture = fixture_begin_results(fixture_sets[_i]);
    struct estimate got = fixture_run(&fixture, "ivw_are");

    golden_close("b", got.b, fixture_want(&fixture, "mr_meta_random", "estimate"), 1e-5);
    golden_close("se", got.se, fixture_want(&fixture, "mr_meta_random", "se"), 1e-5);
    golden_close("log p", got.neglog10_p,
                 -log10(fixture_want(&fixture, "mr_meta_random", "pval")), 4e-5);
    golden_close("Q", got.q, fixture_want(&fixture, "mr_meta_random", "Q"), 1e-9);
    golden_close("Q p", got.q_p, fixture_want(&fixture, "mr_meta_random", "Q_pval"), 1e-8);
    fixture_end(&fixture);
}
END_TEST

/* The standard error of a bootstrap within three of its own spreads. */
static void check_se(const char *what, double got, const struct golden_row *row, double scale)
{
    ck_assert_msg(fabs(got - row->value) <= 3 * scale * row->sd, "%s: se %g, want %g (sd %g)",
                  what, got, row->value, row->sd);
}

static void check_random(const struct fixture *fixture, const char *key, const char *function,
                         const char *method)
{
    struct estimate got = fixture_run(fixture, key);

    ck_assert_int_eq(got.status, ESTIMATE_DONE);
    golden_close(key, got.b,
                 golden_find(&fixture->golden, NULL, function, method, "estimate")->value,
                 1e-8);
    check_se(key, got.se, golden_find(&fixture->golden, NULL, function, method, "se"), 1);
}

START_TEST(medians_and_modes_are_two_sample_mr_s)
{
    struct fixture fixture = fixture_begin_results(fixture_sets[_i]);

    check_random(&fixture, "weighted_median", "mr_weighted_median(nboot=1000)", NULL);
    check_random(&fixture, "penalised_weighted_median",
                 "mr_penalised_weighted_median(nboot=1000)", NULL);
    check_random(&fixture, "weighted_mode", "mr_mode(phi=1,nboot=1000)", "Weighted mode");
    check_random(&fixture, "penalised_mode", "mr_mode(phi=1,nboot=1000)", "Penalised mode");
    check_random(&fixture, "simple_mode_nome", "mr_mode(phi=1,nboot=1000)",
                 "Simple mode (NOME)");
    check_random(&fixture, "weighted_mode_nome", "mr_mode(phi=1,nboot=1000)",
                 "Weighted mode (NOME)");
    fixture_end(&fixture);
}
END_TEST

/* A figure that is itself an average of draws, within three of its spreads. */
static void check_drawn(const struct fixture *fixture, const char *quantity, double got)
{
    const struct golden_row *row = golden_find(
        &fixture->golden, NULL, "mr_egger_regression_bootstrap(nboot=1000)", NULL, quantity);

    ck_assert_msg(fabs(got - row->value) <= 3 * row->sd, "%s: %g, want %g (sd %g)", quantity,
                  got, row->value, row->sd);
}

START_TEST(bootstrapped_egger_is_two_sample_mr_s)
{
    struct fixture fixture = fixture_begin_results(fixture_sets[_i]);
    struct estimate got = fixture_run(&fixture, "egger_boot");

    check_drawn(&fixture, "estimate", got.b);
    check_drawn(&fixture, "se", got.se);
    check_drawn(&fixture, "pval", got.p);
    check_drawn(&fixture, "intercept", got.intercept);
    check_drawn(&fixture, "intercept_se", got.intercept_se);
    check_drawn(&fixture, "intercept_pval", got.intercept_p);
    ck_assert_ptr_nonnull(got.note);
    fixture_end(&fixture);
}
END_TEST

START_TEST(the_bandwidth_factor_is_phi)
{
    struct fixture fixture = fixture_begin_results(fixture_sets[_i]);

    fixture.settings.boot = 10;
    fixture.settings.parameters[PARAMETER_BANDWIDTH] = 0.5;
    golden_close(
        "phi .5", fixture_run(&fixture, "weighted_mode").b,
        golden_find(&fixture.golden, NULL, "mr_mode(phi=0.5)", "Weighted mode", "estimate")
            ->value,
        1e-8);
    fixture.settings.parameters[PARAMETER_BANDWIDTH] = 0.25;
    golden_close(
        "phi .25", fixture_run(&fixture, "weighted_mode").b,
        golden_find(&fixture.golden, NULL, "mr_mode(phi=0.25)", "Weighted mode", "estimate")
            ->value,
        1e-8);
    fixture_end(&fixture);
}
END_TEST

/* The other package's rows: normal P of Egger, first-order weights. */
START_TEST(the_other_convention_is_mendelian_randomization_s)
{
    struct fixture fixture = fixture_begin_results(fixture_sets[_i]);

    fixture.settings.convention = CONVENTION_MENDELIANRANDOMIZATION;
    check_egger(&fixture, "mr_egger(distribution=normal,penalized=FALSE)");
    golden_close("median", fixture_run(&fixture, "weighted_median").b,
                 fixture_want(&fixture, "mr_median(weighting=weighted)", "estimate"), 1e-8);
    golden_close("penalised", fixture_run(&fixture, "penalised_weighted_median").b,
                 fixture_want(&fixture, "mr_median(weighting=penalized)", "estimate"), 1e-8);
    golden_close(
        "mode", fixture_run(&fixture, "weighted_mode").b,
        fixture_want(&fixture, "mr_mbe(weighting=weighted,stderror=delta,phi=1)", "estimate"),
        1e-8);
    golden_close(
        "simple mode", fixture_run(&fixture, "simple_mode").b,
        fixture_want(&fixture, "mr_mbe(weighting=unweighted,stderror=delta,phi=1)", "estimate"),
        1e-8);
    fixture_end(&fixture);
}
END_TEST

/* Those SEs come of 10,000 and 5,000 draws; ours take as many, from another stream. */
START_TEST(the_other_convention_s_errors_agree)
{
    struct fixture fixture = fixture_begin_results(fixture_sets[_i]);

    fixture.settings.convention = CONVENTION_MENDELIANRANDOMIZATION;
    fixture.settings.boot = 10000;
    check_se("median", fixture_run(&fixture, "weighted_median").se,
             golden_find(&fixture.golden, NULL,
                         "mr_median(weighting=weighted,iterations=10000)", NULL, "se"),
             1.5);
    check_se("penalised", fixture_run(&fixture, "penalised_weighted_median").se,
             golden_find(&fixture.golden, NULL,
                         "mr_median(weighting=penalized,iterations=10000)", NULL, "se"),
             1.5);
    fixture_end(&fixture);
}
END_TEST

/* Printed with twelve digits. */
static void check_corner(const struct fixture *fixture, const char *key, const char *function)
{
    struct estimate got = fixture_run(fixture, key);
    double p = fixture_want(fixture, function, "pval");

    golden_close("b", got.b, fixture_want(fixture, function, "b"), 1e-10);
    golden_close("se", got.se, fixture_want(fixture, function, "se"), 1e-10);
    golden_close("p", got.p, p, p > 1e-100 ? 1e-9 : 1e-7);
    golden_close("Q", got.q, fixture_want(fixture, function, "Q"), 1e-10);
    golden_close("Q p", got.q_p, fixture_want(fixture, function, "Q_pval"), 1e-9);
}

START_TEST(corner_sets_have_their_closed_forms)
{
    struct fixture fixture = fixture_begin_corner(fixture_corners[_i]);

    check_corner(&fixture, "ivw", "mr_ivw");
    check_corner(&fixture, "ivw_fe", "mr_ivw_fe");
    check_corner(&fixture, "ivw_mre", "mr_ivw_mre");
    if (fixture.pair->count >= 3) {
        struct estimate egger = fixture_run(&fixture, "egger");

        check_corner(&fixture, "egger", "mr_egger_regression");
        golden_close("intercept", egger.intercept,
                     fixture_want(&fixture, "mr_egger_regression", "b_i"), 1e-10);
        golden_close("intercept p", egger.intercept_p,
                     fixture_want(&fixture, "mr_egger_regression", "pval_i"), 1e-9);
    }
    fixture_end(&fixture);
}
END_TEST

/* The corner table has one seed a row and no spread. An SE of 1000 draws spreads by 2 to 5 in a
 * hundred, so three times that is allowed. */
static void check_corner_random(const struct fixture *fixture, const char *key,
                                const char *function, double allowed)
{
    struct estimate got = fixture_run(fixture, key);

    golden_close(key, got.b, fixture_want(fixture, function, "b"), 1e-10);
    golden_close(function, got.se, fixture_want(fixture, function, "se"), allowed);
}

START_TEST(corner_sets_have_their_medians_and_modes)
{
    struct fixture fixture = fixture_begin_corner(fixture_corners[_i]);

    fixture.settings.boot = 4000;
    if (fixture.pair->count >= 3) {
        check_corner_random(&fixture, "simple_median", "mr_simple_median", 0.12);
        check_corner_random(&fixture, "weighted_median", "mr_weighted_median", 0.12);
        check_corner_random(&fixture, "penalised_weighted_median",
                            "mr_penalised_weighted_median", 0.12);
        check_corner_random(&fixture, "simple_mode", "mr_simple_mode", 0.15);
        check_corner_random(&fixture, "weighted_mode", "mr_weighted_mode", 0.15);
    }
    fixture_end(&fixture);
}
END_TEST

/* MendelianRandomization's "default" is fixed effects for two and three variants. */
START_TEST(few_variants_are_fixed_under_the_other_convention)
{
    struct fixture fixture = fixture_begin_corner(fixture_corners[_i]);

    fixture.settings.convention = CONVENTION_MENDELIANRANDOMIZATION;
    golden_close("se", fixture_run(&fixture, "ivw").se,
                 fixture_want(&fixture, "mr_ivw_default", "StdError"), 1e-10);
    golden_close("p", fixture_run(&fixture, "ivw").p,
                 fixture_want(&fixture, "mr_ivw_default", "Pvalue"), 1e-7);
    fixture_end(&fixture);
}
END_TEST

START_TEST(insomnia_on_alzheimers_has_its_known_answers)
{
    struct fixture fixture = fixture_begin_table("../../data/insomnia-alzheimer/pairs.tsv");
    struct estimate ivw = fixture_run(&fixture, "ivw_fe"),
                    egger = fixture_run(&fixture, "egger");

    ck_assert_uint_eq(fixture.pair->count, 94);
    golden_close("b", ivw.b, -0.00312374387, 1e-8);
    golden_close("se", ivw.se, 0.06539138804, 1e-9);
    golden_close("Q", ivw.q, 99.0755826099, 1e-11);
    golden_close("slope", egger.b, -0.37096400919, 1e-9);
    golden_close("intercept", egger.intercept, 0.01171375198, 1e-8);
    golden_close("intercept se", egger.intercept_se, 0.00769849495, 1e-8);
    golden_close("Q'", egger.q, 96.6435716105, 1e-11);
    fixture_end(&fixture);
}
END_TEST

START_TEST(one_variant_is_a_wald_ratio)
{
    struct fixture fixture = fixture_begin_results("lipid_ldl_chd");
    struct estimate got;

    fixture.pair = golden_first(fixture.pair, 1, fixture.arena);
    got = fixture_run(&fixture, "wald");
    golden_close("b", got.b, fixture_want(&fixture, "mr_singlesnp", "estimate"), 1e-12);
    golden_close("se", got.se, fixture_want(&fixture, "mr_singlesnp", "se"), 1e-12);
    golden_close("p", got.p, fixture_want(&fixture, "mr_singlesnp", "pval"), 1e-10);
    fixture_end(&fixture);
}
END_TEST

int main(void)
{
    const struct golden_test tests[] = {
        {ivw_and_egger_are_two_sample_mr_s, FIXTURE_SETS},
        {additive_effects_are_the_meta_package_s, FIXTURE_SETS},
        {medians_and_modes_are_two_sample_mr_s, FIXTURE_SETS},
        {bootstrapped_egger_is_two_sample_mr_s, FIXTURE_SETS},
        {the_bandwidth_factor_is_phi, FIXTURE_SETS},
        {the_other_convention_is_mendelian_randomization_s, FIXTURE_SETS},
        {the_other_convention_s_errors_agree, FIXTURE_SETS},
        {corner_sets_have_their_closed_forms, FIXTURE_CORNERS},
        {corner_sets_have_their_medians_and_modes, FIXTURE_CORNERS},
        {few_variants_are_fixed_under_the_other_convention, FIXTURE_CORNERS},
        {insomnia_on_alzheimers_has_its_known_answers, 1},
        {one_variant_is_a_wald_ratio, 1},
    };

    numeric_start();
    return golden_run_each("estimate_golden", tests, sizeof tests / sizeof tests[0]);
}
