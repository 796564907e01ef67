/*
 * The room src/estimate: every method against the golden tables of the R packages, on whole
 * sets and on corners, and what all methods have in common.
 */
#include "base/arena.h"
#include "estimate/estimate.h"
#include "golden.h"
#include "numeric/start.h"
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A set, what is asked of it, and the memory of both. */
struct fixture {
    struct arena *arena, *scratch;
    struct pair *pair;
    struct golden golden;
    struct estimate_settings settings;
};

static struct fixture begin(const char *table)
{
    struct fixture fixture = {.arena = arena_create(), .scratch = arena_create()};

    fixture.pair = golden_pair(table, fixture.arena);
    fixture.settings = estimate_default_settings();
    return fixture;
}

static struct fixture begin_results(const char *folder)
{
    struct arena *names = arena_create();
    struct fixture fixture = begin(arena_format(names, "%s/input.csv", folder));

    fixture.golden = golden_results(folder, fixture.arena);
    arena_destroy(names);
    return fixture;
}

static struct fixture begin_corner(const char *dataset)
{
    struct arena *names = arena_create();
    struct fixture fixture = begin(arena_format(names, "corners/%s.csv", dataset));

    fixture.golden = golden_corner(dataset, fixture.arena);
    arena_destroy(names);
    return fixture;
}

static void end(struct fixture *fixture)
{
    arena_destroy(fixture->scratch);
    arena_destroy(fixture->arena);
}

static struct estimate run(const struct fixture *fixture, const char *key)
{
    const struct method *method = methods_find(key);

    ck_assert_ptr_nonnull(method);
    return estimate_run(method, fixture->pair, &fixture->settings, fixture->scratch,
                        fixture->arena);
}

static double want(const struct fixture *fixture, const char *function, const char *quantity)
{
    return golden_find(&fixture->golden, NULL, function, NULL, quantity)->value;
}

/* b, se, p, interval and Q of a closed form; results.csv has all of them. */
static void check_closed(const struct fixture *fixture, const char *key, const char *function,
                         double precision)
{
    struct estimate got = run(fixture, key);

    ck_assert_int_eq(got.status, ESTIMATE_DONE);
    golden_close("b", got.b, want(fixture, function, "estimate"), precision);
    golden_close("se", got.se, want(fixture, function, "se"), precision);
    golden_close("p", got.p, want(fixture, function, "pval"), 100 * precision);
    golden_close("log p", got.neglog10_p, -log10(want(fixture, function, "pval")), precision);
    golden_close("low", got.lower, want(fixture, function, "ci_low"), precision);
    golden_close("high", got.upper, want(fixture, function, "ci_high"), precision);
    golden_close("Q", got.q, want(fixture, function, "Q"), precision);
    golden_close("Q df", got.q_df, want(fixture, function, "Q_df"), 0);
    golden_close("Q p", got.q_p, want(fixture, function, "Q_pval"), 10 * precision);
    ck_assert_uint_eq(got.variants, (size_t)want(fixture, function, "nsnp"));
}

static void check_egger(const struct fixture *fixture, const char *function)
{
    struct estimate got = run(fixture, "egger");

    golden_close("b", got.b, want(fixture, function, "estimate"), 1e-9);
    golden_close("se", got.se, want(fixture, function, "se"), 1e-9);
    golden_close("p", got.p, want(fixture, function, "pval"), 1e-8);
    golden_close("low", got.lower, want(fixture, function, "ci_low"), 1e-9);
    golden_close("high", got.upper, want(fixture, function, "ci_high"), 1e-9);
    golden_close("Q", got.q, want(fixture, function, "Q"), 1e-9);
    golden_close("Q p", got.q_p, want(fixture, function, "Q_pval"), 1e-8);
    golden_close("df", got.q_df, (double)fixture->pair->count - 2, 0);
    golden_close("intercept", got.intercept, want(fixture, function, "intercept"), 1e-8);
    golden_close("intercept se", got.intercept_se, want(fixture, function, "intercept_se"),
                 1e-8);
    golden_close("intercept p", got.intercept_p, want(fixture, function, "intercept_pval"),
                 1e-8);
}

static const char *const sets[] = {"lipid_ldl_chd", "ieu_bmi_chd"};

START_TEST(ivw_and_egger_are_two_sample_mr_s)
{
    struct fixture fixture = begin_results(sets[_i]);

    check_closed(&fixture, "ivw", "mr_ivw", 1e-10);
    check_closed(&fixture, "ivw_fe", "mr_ivw_fe", 1e-10);
    check_closed(&fixture, "ivw_mre", "mr_ivw_mre", 1e-10);
    check_egger(&fixture, "mr_egger_regression");
    end(&fixture);
}
END_TEST

/* R's REML stops at about 1e-6. */
START_TEST(additive_effects_are_the_meta_package_s)
{
    struct fixture fixture = begin_results(sets[_i]);
    struct estimate got = run(&fixture, "ivw_are");

    golden_close("b", got.b, want(&fixture, "mr_meta_random", "estimate"), 1e-5);
    golden_close("se", got.se, want(&fixture, "mr_meta_random", "se"), 1e-5);
    golden_close("log p", got.neglog10_p, -log10(want(&fixture, "mr_meta_random", "pval")),
                 4e-5);
    golden_close("Q", got.q, want(&fixture, "mr_meta_random", "Q"), 1e-9);
    golden_close("Q p", got.q_p, want(&fixture, "mr_meta_random", "Q_pval"), 1e-8);
    end(&fixture);
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
    struct estimate got = run(fixture, key);

    ck_assert_int_eq(got.status, ESTIMATE_DONE);
    golden_close(key, got.b,
                 golden_find(&fixture->golden, NULL, function, method, "estimate")->value,
                 1e-8);
    check_se(key, got.se, golden_find(&fixture->golden, NULL, function, method, "se"), 1);
}

START_TEST(medians_and_modes_are_two_sample_mr_s)
{
    struct fixture fixture = begin_results(sets[_i]);

    check_random(&fixture, "weighted_median", "mr_weighted_median(nboot=1000)", NULL);
    check_random(&fixture, "penalised_weighted_median",
                 "mr_penalised_weighted_median(nboot=1000)", NULL);
    check_random(&fixture, "weighted_mode", "mr_mode(phi=1,nboot=1000)", "Weighted mode");
    check_random(&fixture, "penalised_mode", "mr_mode(phi=1,nboot=1000)", "Penalised mode");
    check_random(&fixture, "simple_mode_nome", "mr_mode(phi=1,nboot=1000)",
                 "Simple mode (NOME)");
    check_random(&fixture, "weighted_mode_nome", "mr_mode(phi=1,nboot=1000)",
                 "Weighted mode (NOME)");
    end(&fixture);
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
    struct fixture fixture = begin_results(sets[_i]);
    struct estimate got = run(&fixture, "egger_boot");

    check_drawn(&fixture, "estimate", got.b);
    check_drawn(&fixture, "se", got.se);
    check_drawn(&fixture, "pval", got.p);
    check_drawn(&fixture, "intercept", got.intercept);
    check_drawn(&fixture, "intercept_se", got.intercept_se);
    check_drawn(&fixture, "intercept_pval", got.intercept_p);
    ck_assert_ptr_nonnull(got.note);
    end(&fixture);
}
END_TEST

START_TEST(the_bandwidth_factor_is_phi)
{
    struct fixture fixture = begin_results(sets[_i]);

    fixture.settings.boot = 10;
    fixture.settings.parameters[PARAMETER_BANDWIDTH] = 0.5;
    golden_close(
        "phi .5", run(&fixture, "weighted_mode").b,
        golden_find(&fixture.golden, NULL, "mr_mode(phi=0.5)", "Weighted mode", "estimate")
            ->value,
        1e-8);
    fixture.settings.parameters[PARAMETER_BANDWIDTH] = 0.25;
    golden_close(
        "phi .25", run(&fixture, "weighted_mode").b,
        golden_find(&fixture.golden, NULL, "mr_mode(phi=0.25)", "Weighted mode", "estimate")
            ->value,
        1e-8);
    end(&fixture);
}
END_TEST

/* The other package's rows: normal P of Egger, first-order weights. */
START_TEST(the_other_convention_is_mendelian_randomization_s)
{
    struct fixture fixture = begin_results(sets[_i]);

    fixture.settings.convention = CONVENTION_MENDELIANRANDOMIZATION;
    check_egger(&fixture, "mr_egger(distribution=normal,penalized=FALSE)");
    golden_close("median", run(&fixture, "weighted_median").b,
                 want(&fixture, "mr_median(weighting=weighted)", "estimate"), 1e-8);
    golden_close("penalised", run(&fixture, "penalised_weighted_median").b,
                 want(&fixture, "mr_median(weighting=penalized)", "estimate"), 1e-8);
    golden_close("mode", run(&fixture, "weighted_mode").b,
                 want(&fixture, "mr_mbe(weighting=weighted,stderror=delta,phi=1)", "estimate"),
                 1e-8);
    golden_close(
        "simple mode", run(&fixture, "simple_mode").b,
        want(&fixture, "mr_mbe(weighting=unweighted,stderror=delta,phi=1)", "estimate"), 1e-8);
    end(&fixture);
}
END_TEST

/* Those SEs come of 10,000 and 5,000 draws; ours take as many, from another stream. */
START_TEST(the_other_convention_s_errors_agree)
{
    struct fixture fixture = begin_results(sets[_i]);

    fixture.settings.convention = CONVENTION_MENDELIANRANDOMIZATION;
    fixture.settings.boot = 10000;
    check_se("median", run(&fixture, "weighted_median").se,
             golden_find(&fixture.golden, NULL,
                         "mr_median(weighting=weighted,iterations=10000)", NULL, "se"),
             1.5);
    check_se("penalised", run(&fixture, "penalised_weighted_median").se,
             golden_find(&fixture.golden, NULL,
                         "mr_median(weighting=penalized,iterations=10000)", NULL, "se"),
             1.5);
    end(&fixture);
}
END_TEST

static const char *const corners[] = {"small2", "small3",  "small4",
                                      "under",  "hdl_chd", "presso_E1"};

/* Printed with twelve digits. */
static void check_corner(const struct fixture *fixture, const char *key, const char *function)
{
    struct estimate got = run(fixture, key);
    double p = want(fixture, function, "pval");

    golden_close("b", got.b, want(fixture, function, "b"), 1e-10);
    golden_close("se", got.se, want(fixture, function, "se"), 1e-10);
    golden_close("p", got.p, p, p > 1e-100 ? 1e-9 : 1e-7);
    golden_close("Q", got.q, want(fixture, function, "Q"), 1e-10);
    golden_close("Q p", got.q_p, want(fixture, function, "Q_pval"), 1e-9);
}

START_TEST(corner_sets_have_their_closed_forms)
{
    struct fixture fixture = begin_corner(corners[_i]);

    check_corner(&fixture, "ivw", "mr_ivw");
    check_corner(&fixture, "ivw_fe", "mr_ivw_fe");
    check_corner(&fixture, "ivw_mre", "mr_ivw_mre");
    if (fixture.pair->count >= 3) {
        struct estimate egger = run(&fixture, "egger");

        check_corner(&fixture, "egger", "mr_egger_regression");
        golden_close("intercept", egger.intercept, want(&fixture, "mr_egger_regression", "b_i"),
                     1e-10);
        golden_close("intercept p", egger.intercept_p,
                     want(&fixture, "mr_egger_regression", "pval_i"), 1e-9);
    }
    end(&fixture);
}
END_TEST

/* The corner table has one seed a row and no spread. An SE of 1000 draws spreads by 2 to 5 in a
 * hundred, so three times that is allowed. */
static void check_corner_random(const struct fixture *fixture, const char *key,
                                const char *function, double allowed)
{
    struct estimate got = run(fixture, key);

    golden_close(key, got.b, want(fixture, function, "b"), 1e-10);
    golden_close(function, got.se, want(fixture, function, "se"), allowed);
}

START_TEST(corner_sets_have_their_medians_and_modes)
{
    struct fixture fixture = begin_corner(corners[_i]);

    fixture.settings.boot = 4000;
    if (fixture.pair->count >= 3) {
        check_corner_random(&fixture, "simple_median", "mr_simple_median", 0.12);
        check_corner_random(&fixture, "weighted_median", "mr_weighted_median", 0.12);
        check_corner_random(&fixture, "penalised_weighted_median",
                            "mr_penalised_weighted_median", 0.12);
        check_corner_random(&fixture, "simple_mode", "mr_simple_mode", 0.15);
        check_corner_random(&fixture, "weighted_mode", "mr_weighted_mode", 0.15);
    }
    end(&fixture);
}
END_TEST

/* MendelianRandomization's "default" is fixed effects for two and three variants. */
START_TEST(few_variants_are_fixed_under_the_other_convention)
{
    struct fixture fixture = begin_corner(corners[_i]);

    fixture.settings.convention = CONVENTION_MENDELIANRANDOMIZATION;
    golden_close("se", run(&fixture, "ivw").se, want(&fixture, "mr_ivw_default", "StdError"),
                 1e-10);
    golden_close("p", run(&fixture, "ivw").p, want(&fixture, "mr_ivw_default", "Pvalue"), 1e-7);
    end(&fixture);
}
END_TEST

START_TEST(insomnia_on_alzheimers_has_its_known_answers)
{
    struct fixture fixture = begin("../../data/insomnia-alzheimer/pairs.tsv");
    struct estimate ivw = run(&fixture, "ivw_fe"), egger = run(&fixture, "egger");

    ck_assert_uint_eq(fixture.pair->count, 94);
    golden_close("b", ivw.b, -0.00312374387, 1e-8);
    golden_close("se", ivw.se, 0.06539138804, 1e-9);
    golden_close("Q", ivw.q, 99.0755826099, 1e-11);
    golden_close("slope", egger.b, -0.37096400919, 1e-9);
    golden_close("intercept", egger.intercept, 0.01171375198, 1e-8);
    golden_close("intercept se", egger.intercept_se, 0.00769849495, 1e-8);
    golden_close("Q'", egger.q, 96.6435716105, 1e-11);
    end(&fixture);
}
END_TEST

START_TEST(one_variant_is_a_wald_ratio)
{
    struct fixture fixture = begin_results("lipid_ldl_chd");
    struct estimate got;

    fixture.pair = golden_first(fixture.pair, 1, fixture.arena);
    got = run(&fixture, "wald");
    golden_close("b", got.b, want(&fixture, "mr_singlesnp", "estimate"), 1e-12);
    golden_close("se", got.se, want(&fixture, "mr_singlesnp", "se"), 1e-12);
    golden_close("p", got.p, want(&fixture, "mr_singlesnp", "pval"), 1e-10);
    end(&fixture);
}
END_TEST

START_TEST(intervals_follow_the_level)
{
    struct fixture fixture = begin_results("lipid_ldl_chd");
    struct estimate wide, narrow;

    fixture.settings.level = 0.9;
    narrow = run(&fixture, "ivw");
    fixture.settings.level = 0.99;
    wide = run(&fixture, "ivw");
    golden_close("90%", narrow.upper - narrow.b, 1.6448536269514722 * narrow.se, 1e-12);
    golden_close("99%", wide.b - wide.lower, 2.5758293035489004 * wide.se, 1e-12);
    end(&fixture);
}
END_TEST

static bool is_number(double value)
{
    return !isnan(value);
}

static void check_done(const struct estimate *estimate)
{
    ck_assert(isfinite(estimate->b));
    ck_assert_msg(estimate->p >= 0 && estimate->p <= 1 && estimate->neglog10_p >= 0,
                  "%s: b %g, se %g, p %g, -log10 p %g", estimate->method->key, estimate->b,
                  estimate->se, estimate->p, estimate->neglog10_p);
    if (estimate->method != methods_find("sign")) {
        ck_assert(isfinite(estimate->se) && estimate->se > 0);
        ck_assert(estimate->lower <= estimate->b && estimate->b <= estimate->upper);
        ck_assert_int_eq(estimate->contains_null, estimate->lower <= 0 && 0 <= estimate->upper);
    }
    ck_assert_int_eq(is_number(estimate->q), is_number(estimate->q_p));
    ck_assert_int_eq(is_number(estimate->intercept), estimate->method->group == GROUP_EGGER);
}

static void check_not_done(const struct estimate *estimate)
{
    ck_assert_ptr_nonnull(estimate->note);
    ck_assert(isnan(estimate->b) && isnan(estimate->se) && isnan(estimate->p) &&
              isnan(estimate->neglog10_p) && isnan(estimate->lower) && isnan(estimate->q) &&
              isnan(estimate->intercept));
    ck_assert(!estimate->contains_null);
}

START_TEST(every_method_answers_every_number_of_variants)
{
    struct fixture fixture = begin_results("lipid_ldl_chd");
    struct pair *whole = fixture.pair;
    size_t count;
    const struct method *const *methods = methods_all(&count);

    fixture.settings.parameters[PARAMETER_SAMPLE_SIZE] = 17723;
    for (size_t variants = 0; variants <= 5; variants++) {
        fixture.pair = golden_first(whole, variants, fixture.arena);
        for (size_t i = 0; i < count; i++) {
            struct estimate got = run(&fixture, methods[i]->key);
            bool is_right = variants >= methods[i]->least &&
                            (methods[i]->most == 0 || variants <= methods[i]->most);

            ck_assert_ptr_eq(got.method, methods[i]);
            ck_assert_uint_eq(got.variants, variants);
            ck_assert_int_eq(got.status == ESTIMATE_DONE, is_right);
            (is_right ? check_done : check_not_done)(&got);
            ck_assert_int_eq(got.status == ESTIMATE_TOO_FEW, variants < methods[i]->least);
        }
    }
    end(&fixture);
}
END_TEST

START_TEST(reasons_say_how_many)
{
    struct fixture fixture = begin_results("lipid_ldl_chd");

    fixture.pair = golden_first(fixture.pair, 2, fixture.arena);
    ck_assert_str_eq(run(&fixture, "egger").note, "needs 3 variants, has 2");
    ck_assert_str_eq(run(&fixture, "wald").note, "is for 1 variant alone, has 2");
    fixture.pair = golden_first(fixture.pair, 0, fixture.arena);
    ck_assert_str_eq(run(&fixture, "wald").note, "needs 1 variant, has 0");
    end(&fixture);
}
END_TEST

START_TEST(the_table_is_whole)
{
    size_t count;
    const struct method *const *methods = methods_all(&count);
    size_t defaults = 0;

    ck_assert_uint_ge(count, 11);
    for (size_t i = 0; i < count; i++) {
        const struct method *method = methods[i];

        ck_assert_ptr_eq(methods_find(method->key), method);
        ck_assert(method->name != NULL && method->assumes != NULL && method->citation != NULL &&
                  method->function != NULL);
        ck_assert_uint_ge(method->least, 1);
        defaults += method->is_default;
    }
    ck_assert_uint_eq(defaults, 6);
    ck_assert_ptr_null(methods_find("no such method"));
}
END_TEST

/* The sign test has no standard error, which is then the same. */
static bool is_same(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

/* Bits equal for the same seed; other bits for another seed, direction or trait. */
START_TEST(a_seed_repeats)
{
    struct fixture fixture = begin_results("lipid_ldl_chd");
    struct pair *whole = fixture.pair, turned = *whole, renamed = *whole;
    struct trait other = {.key = "other"};
    size_t count;
    const struct method *const *methods = methods_all(&count);

    turned.direction = REVERSE;
    renamed.exposure = &other;
    fixture.settings.parameters[PARAMETER_SAMPLE_SIZE] = 17723;
    for (size_t i = 1; i < count; i++) {
        struct estimate first = run(&fixture, methods[i]->key);
        struct estimate again = run(&fixture, methods[i]->key), reseeded, reversed, foreign;

        fixture.settings.seed++;
        reseeded = run(&fixture, methods[i]->key);
        fixture.settings.seed--;
        fixture.pair = &turned;
        reversed = run(&fixture, methods[i]->key);
        fixture.pair = &renamed;
        foreign = run(&fixture, methods[i]->key);
        fixture.pair = whole;
        ck_assert(is_same(first.se, again.se));
        /* the two methods whose estimates are themselves means of draws */
        ck_assert_int_eq(first.b != reseeded.b, methods[i] == methods_find("egger_boot") ||
                                                    methods[i] == methods_find("cml_dp"));
        ck_assert_int_eq(!is_same(first.se, reseeded.se), methods[i]->is_random);
        ck_assert_int_eq(!is_same(first.se, reversed.se), methods[i]->is_random);
        ck_assert_int_eq(!is_same(first.se, foreign.se), methods[i]->is_random);
    }
    end(&fixture);
}
END_TEST

/* Coding a variant by its other allele changes nothing. */
START_TEST(alleles_do_not_matter)
{
    struct fixture fixture = begin_results("lipid_ldl_chd");
    struct pair *whole = fixture.pair, flipped = *whole;
    double *bx = arena_get(fixture.arena, whole->count, sizeof *bx);
    double *by = arena_get(fixture.arena, whole->count, sizeof *by);
    const char *const keys[] = {"ivw", "ivw_are", "egger", "weighted_mode", "simple_mode"};

    for (size_t j = 0; j < whole->count; j++) {
        bx[j] = j % 2 ? whole->bx[j] : -whole->bx[j];
        by[j] = j % 2 ? whole->by[j] : -whole->by[j];
    }
    flipped.bx = bx;
    flipped.by = by;
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        struct estimate first = run(&fixture, keys[i]), other;

        fixture.pair = &flipped;
        other = run(&fixture, keys[i]);
        fixture.pair = whole;
        golden_close(keys[i], other.b, first.b, 1e-12);
        golden_close(keys[i], other.se, first.se, 1e-12);
    }
    end(&fixture);
}
END_TEST

/* Runs all methods on four made variants; each answers, with a reason where it cannot. */
static void run_all(const double bx[4], const double sx[4], const double by[4],
                    const double sy[4])
{
    struct fixture fixture = {.arena = arena_create(), .scratch = arena_create()};
    size_t count;
    const struct method *const *methods = methods_all(&count);

    fixture.settings = estimate_default_settings();
    for (size_t variants = 1; variants <= 4; variants++) {
        fixture.pair = golden_pair_of(bx, sx, by, sy, variants, fixture.arena);
        for (size_t i = 0; i < count; i++) {
            struct estimate got = run(&fixture, methods[i]->key);

            (got.status == ESTIMATE_DONE ? check_done : check_not_done)(&got);
        }
    }
    end(&fixture);
}

START_TEST(nothing_undefined_gets_out)
{
    const double zero[4] = {0}, one[4] = {1, 1, 1, 1}, some[4] = {1, -2, 3, 0.5};
    const double huge[4] = {1e200, -1e200, 2e200, 1e-200},
                 tiny[4] = {1e-200, 1e-200, 1e-200, 1};
    const double half[4] = {0, 1, 0, 2};
    const double *const columns[] = {zero, one, some, huge, tiny, half};
    size_t column_count = sizeof columns / sizeof columns[0];

    for (size_t i = 0; i < column_count; i++) {
        for (size_t j = 0; j < column_count; j++) {
            run_all(columns[i], one, columns[j], one);
            run_all(columns[i], tiny, columns[j], one);
            run_all(columns[i], one, columns[j], tiny);
            run_all(columns[i], tiny, columns[j], tiny);
        }
    }
}
END_TEST

START_TEST(a_variant_without_effect_is_fine_in_ivw)
{
    const double bx[] = {0, 0.1, 0.2}, sx[] = {0.01, 0.01, 0.01}, by[] = {0.01, 0.02, 0.05},
                 sy[] = {0.01, 0.01, 0.01};
    struct fixture fixture = {.arena = arena_create(), .scratch = arena_create()};
    struct estimate got;

    fixture.settings = estimate_default_settings();
    fixture.pair = golden_pair_of(bx, sx, by, sy, 3, fixture.arena);
    got = run(&fixture, "ivw");
    golden_close("b", got.b, (0.1 * 0.02 + 0.2 * 0.05) / 0.05, 1e-12);
    ck_assert_int_eq(run(&fixture, "egger").status, ESTIMATE_DONE);
    ck_assert_int_eq(run(&fixture, "weighted_median").status, ESTIMATE_UNDEFINED);
    ck_assert_int_eq(run(&fixture, "simple_mode").status, ESTIMATE_UNDEFINED);
    ck_assert_int_eq(run(&fixture, "ivw_are").status, ESTIMATE_UNDEFINED);
    fixture.pair = golden_first(fixture.pair, 1, fixture.arena);
    ck_assert_int_eq(run(&fixture, "wald").status, ESTIMATE_UNDEFINED);
    end(&fixture);
}
END_TEST

START_TEST(equal_exposures_leave_egger_undefined)
{
    const double bx[] = {0.1, -0.1, 0.1}, sx[] = {0.01, 0.01, 0.01}, by[] = {0.01, 0.02, 0.05},
                 sy[] = {0.01, 0.02, 0.03};
    struct fixture fixture = {.arena = arena_create(), .scratch = arena_create()};
    struct estimate got;

    fixture.settings = estimate_default_settings();
    fixture.pair = golden_pair_of(bx, sx, by, sy, 3, fixture.arena);
    got = run(&fixture, "egger");
    ck_assert_int_eq(got.status, ESTIMATE_UNDEFINED);
    check_not_done(&got);
    end(&fixture);
}
END_TEST

/* Four variants on a line whose P no double holds; and nearly so for t with one df. */
START_TEST(a_tiny_p_keeps_its_logarithm)
{
    const double bx[] = {1, 2, 3}, sx[] = {1e-3, 1e-3, 1e-3}, by[] = {1, 2, 3},
                 sy[] = {1e-3, 1e-3, 1e-3};
    struct fixture fixture = {.arena = arena_create(), .scratch = arena_create()};
    struct estimate got;
    double z = sqrt(14) / 1e-3;

    fixture.settings = estimate_default_settings();
    fixture.pair = golden_pair_of(bx, sx, by, sy, 3, fixture.arena);
    got = run(&fixture, "ivw");
    ck_assert_double_eq(got.p, 0);
    golden_close("log p", got.neglog10_p,
                 (0.5 * z * z + log(z) - log(2 / sqrt(2 * acos(-1)))) / log(10), 1e-9);
    got = run(&fixture, "egger");
    /* slope 1, se 1e-3 / sqrt(2), one df: p = 2 / pi * atan(1 / t) */
    golden_close("log t", got.neglog10_p, -log10(2 / acos(-1) * atan(1e-3 / sqrt(2))), 1e-9);
    end(&fixture);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("estimate");
    TCase *cases = tcase_create("estimate");
    SRunner *runner;
    int failed;
    int set_count = sizeof sets / sizeof sets[0],
        corner_count = sizeof corners / sizeof *corners;

    numeric_start();
    tcase_set_timeout(cases, 120);
    tcase_add_loop_test(cases, ivw_and_egger_are_two_sample_mr_s, 0, set_count);
    tcase_add_loop_test(cases, additive_effects_are_the_meta_package_s, 0, set_count);
    tcase_add_loop_test(cases, medians_and_modes_are_two_sample_mr_s, 0, set_count);
    tcase_add_loop_test(cases, bootstrapped_egger_is_two_sample_mr_s, 0, set_count);
    tcase_add_loop_test(cases, the_bandwidth_factor_is_phi, 0, set_count);
    tcase_add_loop_test(cases, the_other_convention_is_mendelian_randomization_s, 0, set_count);
    tcase_add_loop_test(cases, the_other_convention_s_errors_agree, 0, set_count);
    tcase_add_loop_test(cases, corner_sets_have_their_closed_forms, 0, corner_count);
    tcase_add_loop_test(cases, corner_sets_have_their_medians_and_modes, 0, corner_count);
    tcase_add_loop_test(cases, few_variants_are_fixed_under_the_other_convention, 0,
                        corner_count);
    tcase_add_test(cases, insomnia_on_alzheimers_has_its_known_answers);
    tcase_add_test(cases, one_variant_is_a_wald_ratio);
    tcase_add_test(cases, intervals_follow_the_level);
    tcase_add_test(cases, every_method_answers_every_number_of_variants);
    tcase_add_test(cases, reasons_say_how_many);
    tcase_add_test(cases, the_table_is_whole);
    tcase_add_test(cases, a_seed_repeats);
    tcase_add_test(cases, alleles_do_not_matter);
    tcase_add_test(cases, nothing_undefined_gets_out);
    tcase_add_test(cases, a_variant_without_effect_is_fine_in_ivw);
    tcase_add_test(cases, equal_exposures_leave_egger_undefined);
    tcase_add_test(cases, a_tiny_p_keeps_its_logarithm);
    suite_add_tcase(suite, cases);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
