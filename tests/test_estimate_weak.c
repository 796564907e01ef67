/*
 * Estimators that count the errors of the exposure: maximum likelihood, debiased and penalised
 * IVW, against the golden tables and against what defines them.
 */
#include "fixture.h"
#include "numeric/start.h"
#include <math.h>

/* Twice the objective of the likelihood at an effect, as it is defined. */
static double profile(const struct pair *pair, double b)
{
    double q = 0;

    for (size_t j = 0; j < pair->count; j++) {
        double e = pair->by[j] - b * pair->bx[j];

        q += e * e / (pair->sy[j] * pair->sy[j] + b * b * pair->sx[j] * pair->sx[j]);
    }
    return q;
}

START_TEST(maximum_likelihood_is_the_profile_s_minimum)
{
    struct fixture fixture = fixture_begin_results(fixture_sets[_i]);
    const char *function = "profile likelihood minimum + analytic Hessian";
    struct estimate got = fixture_run(&fixture, "maxlik");

    ck_assert_int_eq(got.status, ESTIMATE_DONE);
    golden_close("b", got.b, fixture_want(&fixture, function, "estimate"), 1e-8);
    golden_close("se", got.se, fixture_want(&fixture, function, "se"), 1e-8);
    golden_close("p", got.p, fixture_want(&fixture, function, "pval"), 1e-6);
    golden_close("Q", got.q, fixture_want(&fixture, function, "Q"), 1e-10);
    golden_close("Q df", got.q_df, fixture_want(&fixture, function, "Q_df"), 0);
    golden_close("Q p", got.q_p, fixture_want(&fixture, function, "Q_pval"), 1e-8);
    fixture_end(&fixture);
}
END_TEST

/* The packages search J + 1 numbers at once and may stop early, but never below. */
START_TEST(no_search_of_the_packages_ends_lower)
{
    struct fixture fixture = fixture_begin_corner(fixture_corners[_i]);
    struct estimate got = fixture_run(&fixture, "maxlik");
    double step = 1e-4 * got.se;

    ck_assert_int_eq(got.status, ESTIMATE_DONE);
    ck_assert_double_le(got.q, fixture_want(&fixture, "mr_two_sample_ml", "Q") * (1 + 1e-11));
    golden_close("Q", got.q, profile(fixture.pair, got.b), 1e-12);
    golden_close("df", got.q_df, (double)fixture.pair->count - 1, 0);
    ck_assert_double_lt(got.q, profile(fixture.pair, got.b + step));
    ck_assert_double_lt(got.q, profile(fixture.pair, got.b - step));
    fixture_end(&fixture);
}
END_TEST

/* Where R's search did arrive, to its own precision, SE included. */
START_TEST(few_variants_agree_with_the_packages)
{
    struct fixture fixture = fixture_begin_corner(fixture_corners[_i]);
    struct estimate got = fixture_run(&fixture, "maxlik");

    golden_close("b", got.b, fixture_want(&fixture, "mr_two_sample_ml", "b"), 1e-4);
    golden_close("se", got.se, fixture_want(&fixture, "mr_two_sample_ml", "se"), 1e-4);
    golden_close("Q", got.q, fixture_want(&fixture, "mr_two_sample_ml", "Q"), 1e-6);
    fixture_end(&fixture);
}
END_TEST

START_TEST(maximum_likelihood_has_its_known_optima)
{
    struct fixture fixture = fixture_begin_corner("hdl_chd");

    golden_close("HDL", fixture_run(&fixture, "maxlik").b, -2.895, 2e-4);
    golden_close("HDL Q", fixture_run(&fixture, "maxlik").q, 126.5, 4e-4);
    fixture_end(&fixture);
    fixture = fixture_begin_corner("presso_E1");
    golden_close("demonstration", fixture_run(&fixture, "maxlik").b, 0.54462, 1e-5);
    fixture_end(&fixture);
}
END_TEST

/* The other package's "default": scatter counts from four variants on, and only above 1. */
START_TEST(scatter_widens_the_other_convention_s_likelihood)
{
    struct fixture fixture = fixture_begin_corner(_i % 2 ? "under" : "presso_E1");
    struct estimate fixed, other;
    int count = 2 + _i / 2;
    double factor;

    fixture.pair = golden_first(fixture.pair, (size_t)count, fixture.arena);
    fixed = fixture_run(&fixture, "maxlik");
    factor = count < 4 ? 1 : sqrt(fmax(1, fixed.q / fixed.q_df));
    fixture.settings.convention = CONVENTION_MENDELIANRANDOMIZATION;
    other = fixture_run(&fixture, "maxlik");
    ck_assert_double_eq(other.b, fixed.b);
    golden_close("se", other.se, fixed.se * factor, 1e-14);
    fixture_end(&fixture);
}
END_TEST

static void check_results(const struct fixture *fixture, const char *key, const char *function)
{
    struct estimate got = fixture_run(fixture, key);

    ck_assert_int_eq(got.status, ESTIMATE_DONE);
    ck_assert_ptr_null(got.note);
    golden_close("b", got.b, fixture_want(fixture, function, "estimate"), 1e-10);
    golden_close("se", got.se, fixture_want(fixture, function, "se"), 1e-10);
    golden_close("low", got.lower, fixture_want(fixture, function, "ci_low"), 1e-9);
    golden_close("high", got.upper, fixture_want(fixture, function, "ci_high"), 1e-9);
    golden_close("p", got.p, fixture_want(fixture, function, "pval"), 1e-8);
    ck_assert(isnan(got.q));
    ck_assert_uint_eq(got.variants, (size_t)fixture_want(fixture, function, "nsnp"));
}

START_TEST(debiased_and_penalised_are_the_package_s)
{
    struct fixture fixture = fixture_begin_results(fixture_sets[_i]);

    check_results(&fixture, "divw", "mr_divw(over.dispersion=TRUE)");
    check_results(&fixture, "pivw", "mr_pivw(over.dispersion=TRUE,Boot.Fieller=FALSE)");
    ck_assert_str_eq(methods_find("divw")->name, "Debiased inverse variance weighted");
    ck_assert_str_eq(methods_find("pivw")->name, "Penalized inverse variance weighted");
    fixture_end(&fixture);
}
END_TEST

/* Printed with twelve digits. */
static void check_corner(const struct fixture *fixture, const char *key, const char *function)
{
    struct estimate got = fixture_run(fixture, key);

    golden_close("b", got.b, fixture_want(fixture, function, "Estimate"), 1e-10);
    golden_close("se", got.se, fixture_want(fixture, function, "StdError"), 1e-10);
    golden_close("p", got.p, fixture_want(fixture, function, "Pvalue"), 1e-7);
    ck_assert_ptr_null(got.note);
}

START_TEST(corner_sets_are_the_package_s_too)
{
    struct fixture fixture = fixture_begin_corner(fixture_corners[_i]);

    check_corner(&fixture, "divw", "mr_divw");
    check_corner(&fixture, "pivw", "mr_pivw_noBF");
    fixture_end(&fixture);
}
END_TEST

static const char *const keys[] = {"maxlik", "divw", "pivw"};

START_TEST(too_few_variants_are_said)
{
    struct fixture fixture = fixture_begin_results("lipid_ldl_chd");
    struct pair *whole = fixture.pair;

    for (size_t variants = 0; variants <= 2; variants++) {
        fixture.pair = golden_first(whole, variants, fixture.arena);
        for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
            struct estimate got = fixture_run(&fixture, keys[i]);

            ck_assert_int_eq(got.status, variants < 2 ? ESTIMATE_TOO_FEW : ESTIMATE_DONE);
            ck_assert_int_eq(isnan(got.b), variants < 2);
            ck_assert_int_eq(got.note != NULL, variants < 2);
        }
    }
    fixture_end(&fixture);
}
END_TEST

static void check_undefined(const struct fixture *fixture, const char *key)
{
    struct estimate got = fixture_run(fixture, key);

    ck_assert_msg(got.status == ESTIMATE_UNDEFINED, "%s: status %d, b %g", key, got.status,
                  got.b);
    ck_assert_ptr_nonnull(got.note);
    ck_assert(isnan(got.b) && isnan(got.se) && isnan(got.p) && isnan(got.q));
}

START_TEST(one_variant_without_effect_on_the_exposure_is_fine)
{
    const double bx[] = {0, 0.1, 0.2}, s[] = {0.01, 0.01, 0.01}, by[] = {0.01, 0.02, 0.05};
    struct fixture fixture = fixture_begin_made(bx, s, by, s, 3);
    struct estimate got = fixture_run(&fixture, "maxlik");
    /* equal errors: total least squares, whose slope has a closed form */
    double xx = 0.05, yy = 0.003, xy = 0.012;

    golden_close("b", got.b, (yy - xx + sqrt((yy - xx) * (yy - xx) + 4 * xy * xy)) / (2 * xy),
                 1e-12);
    got = fixture_run(&fixture, "divw");
    golden_close("b", got.b, xy / (xx - 3 * 0.0001), 1e-12);
    ck_assert_int_eq(fixture_run(&fixture, "pivw").status, ESTIMATE_DONE);
    fixture_end(&fixture);
}
END_TEST

START_TEST(no_effect_on_the_exposure_is_undefined)
{
    const double bx[] = {0, 0, 0}, s[] = {0.01, 0.01, 0.01}, by[] = {0.01, 0.02, 0.05};
    struct fixture fixture = fixture_begin_made(bx, s, by, s, 3);

    check_undefined(&fixture, "maxlik");
    check_undefined(&fixture, "pivw");
    fixture.pair = golden_pair_of(bx, s, bx, s, 3, fixture.arena);
    check_undefined(&fixture, "maxlik");
    fixture_end(&fixture);
}
END_TEST

/* An exposure as large as its noise leaves nothing to divide by. */
START_TEST(nothing_but_noise_is_undefined)
{
    const double one[] = {1, 1, 1, 1}, by[] = {1, 2, 3, 4};
    struct fixture fixture = fixture_begin_made(one, one, by, one, 4);

    check_undefined(&fixture, "divw");
    check_undefined(&fixture, "pivw");
    fixture_end(&fixture);
}
END_TEST

/* Conditions (mean F - 1) sqrt(J) of 25, 15 and 3 with four variants. */
START_TEST(weak_variants_are_said)
{
    const double f[] = {13.5, 8.5, 2.5}, s[] = {1, 1, 1, 1}, by[] = {1, 2, 3, 4};

    for (size_t i = 0; i < 3; i++) {
        double x = sqrt(f[i]), bx[] = {x, x, x, x};
        struct fixture fixture = fixture_begin_made(bx, s, by, s, 4);
        struct estimate debiased = fixture_run(&fixture, "divw"),
                        penalised = fixture_run(&fixture, "pivw");

        ck_assert_int_eq(debiased.status, ESTIMATE_DONE);
        ck_assert_int_eq(penalised.status, ESTIMATE_DONE);
        ck_assert_int_eq(debiased.note != NULL, i >= 1);
        ck_assert_int_eq(penalised.note != NULL, i >= 2);
        ck_assert_double_lt(penalised.b, debiased.b);
        ck_assert_double_lt(penalised.se, debiased.se);
        fixture_end(&fixture);
    }
}
END_TEST

/* Two lines of different precision: the deeper of two valleys, found by walking all along. */
START_TEST(the_deepest_of_several_valleys_is_found)
{
    const double bx[] = {1, 1.1, 0.9, 1, 1.05}, sx[] = {0.05, 0.3, 0.05, 0.3, 0.05};
    double by[] = {2, -3.3, 1.8, -3, -3.15};
    const double sy[] = {0.3, 0.05, 0.3, 0.05, 0.1};

    for (int turn = 0; turn < 20; turn++) {
        struct fixture fixture;
        double best = INFINITY, at = 0;

        by[4] = -5 + 0.5 * turn;
        fixture = fixture_begin_made(bx, sx, by, sy, 5);
        for (double b = -20; b < 20; b += 1e-3) {
            double q = profile(fixture.pair, b);

            at = q < best ? b : at;
            best = q < best ? q : best;
        }
        ck_assert_double_eq_tol(fixture_run(&fixture, "maxlik").b, at, 1e-3);
        ck_assert_double_le(fixture_run(&fixture, "maxlik").q, best * (1 + 1e-12));
        fixture_end(&fixture);
    }
}
END_TEST

/* Other alleles change nothing; an exposure in units ten times smaller divides by ten. */
START_TEST(alleles_and_units_do_not_matter)
{
    struct fixture fixture = fixture_begin_results("lipid_ldl_chd");
    struct pair *whole = fixture.pair, turned = *whole;
    double *bx = arena_get(fixture.arena, whole->count, sizeof *bx);
    double *sx = arena_get(fixture.arena, whole->count, sizeof *sx);
    double *by = arena_get(fixture.arena, whole->count, sizeof *by);

    for (size_t j = 0; j < whole->count; j++) {
        bx[j] = (j % 2 ? 1e6 : -1e6) * whole->bx[j];
        sx[j] = 1e6 * whole->sx[j];
        by[j] = j % 2 ? whole->by[j] : -whole->by[j];
    }
    turned.bx = bx, turned.sx = sx, turned.by = by;
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        struct estimate first = fixture_run(&fixture, keys[i]), other;

        fixture.pair = &turned;
        other = fixture_run(&fixture, keys[i]);
        fixture.pair = whole;
        golden_close(keys[i], 1e6 * other.b, first.b, 1e-11);
        golden_close(keys[i], 1e6 * other.se, first.se, 1e-11);
        golden_close(keys[i], other.neglog10_p, first.neglog10_p, 1e-10);
    }
    fixture_end(&fixture);
}
END_TEST

int main(void)
{
    const struct golden_test tests[] = {
        {maximum_likelihood_is_the_profile_s_minimum, FIXTURE_SETS},
        {no_search_of_the_packages_ends_lower, FIXTURE_CORNERS},
        {few_variants_agree_with_the_packages, 2},
        {maximum_likelihood_has_its_known_optima, 1},
        {scatter_widens_the_other_convention_s_likelihood, 12},
        {debiased_and_penalised_are_the_package_s, FIXTURE_SETS},
        {corner_sets_are_the_package_s_too, FIXTURE_CORNERS},
        {too_few_variants_are_said, 1},
        {one_variant_without_effect_on_the_exposure_is_fine, 1},
        {no_effect_on_the_exposure_is_undefined, 1},
        {nothing_but_noise_is_undefined, 1},
        {weak_variants_are_said, 1},
        {the_deepest_of_several_valleys_is_found, 1},
        {alleles_and_units_do_not_matter, 1},
    };

    numeric_start();
    return golden_run_each("estimate_weak", tests, sizeof tests / sizeof tests[0]);
}
