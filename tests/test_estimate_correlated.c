/*
 * Correlated variants: generalised least squares of IVW and Egger against a second computation
 * by plain elimination, against sums by hand, and against what must not change anything.
 */
#include "correlated_fixture.h"
#include "diagnose/diagnose.h"
#include "numeric/cholesky.h"
#include "numeric/start.h"
#include "numeric/tail.h"
#include <math.h>
#include <string.h>

/* By turning effects, rows and columns round where an exposure effect is negative. */
static struct answer oriented(const struct pair *pair, bool has_intercept)
{
    static double covariance[CORRELATED_MOST * CORRELATED_MOST], columns[CORRELATED_MOST * 3];
    size_t count = pair->count;

    for (size_t i = 0; i < count; i++) {
        double sign = pair->bx[i] < 0 ? -1 : 1;

        columns[i * 3] = sign * pair->bx[i];
        columns[i * 3 + 1] = 1;
        columns[i * 3 + 2] = sign * pair->by[i];
        for (size_t k = 0; k < count; k++) {
            covariance[i * count + k] = sign * (pair->bx[k] < 0 ? -1 : 1) * pair->sy[i] *
                                        pair->sy[k] * pair->ld[i * count + k];
        }
    }
    return correlated_answer(covariance, columns, count, has_intercept ? 2 : 1);
}

static void check_same(const struct estimate *got, const struct estimate *want,
                       double precision)
{
    ck_assert_int_eq(got->status, want->status);
    golden_close("b", got->b, want->b, precision);
    golden_close("se", got->se, want->se, precision);
    golden_close("p", got->p, want->p, 100 * precision);
    golden_close("q", got->q, want->q, precision);
    golden_close("intercept", got->intercept, want->intercept, 10 * precision);
    golden_close("intercept se", got->intercept_se, want->intercept_se, precision);
}

static const char *const generalised[] = {"ivw", "ivw_fe", "ivw_mre", "egger"};

START_TEST(no_correlation_is_the_plain_answer)
{
    for (size_t i = 0; i < FIXTURE_SETS + FIXTURE_CORNERS; i++) {
        struct fixture fixture = i < FIXTURE_SETS
                                     ? fixture_begin_results(fixture_sets[i])
                                     : fixture_begin_corner(fixture_corners[i - FIXTURE_SETS]);
        struct fixture with = fixture;

        correlated_give(&with, correlated_none);
        for (size_t k = 0; k < 4; k++) {
            struct estimate want = fixture_run(&fixture, generalised[k]);
            struct estimate got = fixture_run(&with, generalised[k]);

            check_same(&got, &want, 1e-12);
        }
        fixture_end(&fixture);
    }
}
END_TEST

START_TEST(two_variants_by_hand)
{
    const double bx[] = {0.2, -0.1}, sx[] = {0.01, 0.01}, by[] = {0.1, -0.02},
                 sy[] = {0.02, 0.05};
    struct fixture fixture = fixture_begin_made(bx, sx, by, sy, 2);
    double rho = 0.5, x1 = bx[0] / sy[0], x2 = bx[1] / sy[1], y1 = by[0] / sy[0],
           y2 = by[1] / sy[1];
    double xx = x1 * x1 - 2 * rho * x1 * x2 + x2 * x2;
    double xy = x1 * y1 - rho * (x1 * y2 + x2 * y1) + x2 * y2;
    double ld[] = {1, rho, rho, 1};
    struct estimate got;

    fixture.pair = pair_with_ld(fixture.arena, fixture.pair, ld);
    got = fixture_run(&fixture, "ivw_fe");
    golden_close("b", got.b, xy / xx, 1e-13);
    golden_close("se", got.se, sqrt((1 - rho * rho) / xx), 1e-13);
    fixture_end(&fixture);
}
END_TEST

START_TEST(least_squares_by_elimination)
{
    for (size_t i = 0; i < FIXTURE_SETS; i++) {
        struct fixture fixture = fixture_begin_results(fixture_sets[i]);
        double df = (double)fixture.pair->count - 1;

        correlated_give(&fixture, correlated_falling);
        struct answer want = oriented(fixture.pair, false);
        struct answer line = oriented(fixture.pair, true);
        struct estimate fe = fixture_run(&fixture, "ivw_fe"),
                        ivw = fixture_run(&fixture, "ivw"),
                        mre = fixture_run(&fixture, "ivw_mre"),
                        egger = fixture_run(&fixture, "egger");
        double sigma = sqrt(line.q / (df - 1)), floored = sigma > 1 ? sigma : 1;

        golden_close("b", fe.b, want.b[0], 1e-11);
        golden_close("se", fe.se, want.se[0], 1e-11);
        golden_close("q", fe.q, want.q, 1e-10);
        golden_close("mre", mre.se, want.se[0] * sqrt(want.q / df), 1e-11);
        golden_close("ivw", ivw.se, want.se[0] * fmax(1, sqrt(want.q / df)), 1e-11);
        golden_close("slope", egger.b, line.b[0], 1e-10);
        golden_close("slope se", egger.se, line.se[0] * floored, 1e-10);
        golden_close("intercept", egger.intercept, line.b[1], 1e-9);
        golden_close("intercept se", egger.intercept_se, line.se[1] * floored, 1e-10);
        golden_close("Q'", egger.q, line.q, 1e-10);
        golden_close("p", egger.p, tail_t_two_sided(egger.b / egger.se, df - 1), 1e-12);
        fixture_end(&fixture);
    }
}
END_TEST

START_TEST(under_dispersion_is_floored)
{
    struct fixture fixture = fixture_begin_corner("under");
    struct estimate ivw, fe, mre;

    correlated_give(&fixture, correlated_weak);
    ivw = fixture_run(&fixture, "ivw");
    fe = fixture_run(&fixture, "ivw_fe");
    mre = fixture_run(&fixture, "ivw_mre");
    ck_assert(mre.q < mre.q_df);
    golden_close("floor", ivw.se, fe.se, 1e-15);
    ck_assert(mre.se < fe.se);
    fixture_end(&fixture);
}
END_TEST

/* The pair with some of its variants by the other allele, in another order and unit. */
static struct pair *changed(const struct fixture *fixture, bool flips, bool reverses,
                            double unit)
{
    const struct pair *pair = fixture->pair;
    size_t count = pair->count;
    double *cells = arena_get(fixture->arena, (4 + count) * count, sizeof *cells);
    double *bx = cells, *sx = bx + count, *by = sx + count, *sy = by + count, *ld = sy + count;

    for (size_t i = 0; i < count; i++) {
        size_t from = reverses ? count - 1 - i : i;
        double sign = flips && i % 2 == 0 ? -1 : 1;

        bx[i] = sign * pair->bx[from];
        sx[i] = pair->sx[from];
        by[i] = unit * sign * pair->by[from];
        sy[i] = unit * pair->sy[from];
        for (size_t k = 0; k < count; k++) {
            size_t other = reverses ? count - 1 - k : k;
            double both = sign * (flips && k % 2 == 0 ? -1 : 1);

            ld[i * count + k] = both * pair->ld[from * count + other];
        }
    }
    return pair_with_ld(fixture->arena, golden_pair_of(bx, sx, by, sy, count, fixture->arena),
                        ld);
}

static void check_unchanged(struct fixture *fixture, const char *key, bool flips, bool reverses,
                            double unit)
{
    struct fixture other = *fixture;
    struct estimate want = fixture_run(fixture, key), got;

    other.pair = changed(fixture, flips, reverses, unit);
    got = fixture_run(&other, key);
    ck_assert_uint_eq(got.variants, want.variants);
    golden_close("b", got.b, unit * want.b, 1e-10);
    golden_close("se", got.se, unit * want.se, 1e-10);
    golden_close("q", got.q, want.q, 1e-9);
    golden_close("intercept", got.intercept, unit * want.intercept, 1e-8);
}

START_TEST(alleles_order_and_units_change_nothing)
{
    static const char *const keys[] = {"ivw", "ivw_fe", "ivw_mre", "egger", "gsmr"};
    static const double units[] = {1, 1e-12, 1e6};
    struct fixture fixture = fixture_begin_results("ieu_bmi_chd");

    correlated_give(&fixture, correlated_falling);
    fixture.settings.parameters[PARAMETER_LD_SAMPLE_SIZE] = 500;
    for (size_t i = 0; i < 5; i++) {
        for (size_t k = 0; k < 3; k++) {
            check_unchanged(&fixture, keys[i], true, false, units[k]);
            check_unchanged(&fixture, keys[i], false, true, units[k]);
        }
    }
    fixture_end(&fixture);
}
END_TEST

/* MR-PRESSO's answers come from its tests, which run before the methods. */
START_TEST(presso_says_that_it_takes_variants_as_independent)
{
    const struct method *methods[] = {methods_find("presso"), methods_find("presso_corrected")};
    struct fixture fixture = fixture_begin_results("ieu_bmi_chd");
    struct arena *scratch = arena_create();
    struct analysis *got;

    correlated_give(&fixture, correlated_falling);
    got = analysis_create(fixture.pair, methods, 2, &fixture.settings, scratch, fixture.arena);
    for (int i = 0; i < 2; i++) {
        ck_assert_int_eq(got->estimates[i].status, ESTIMATE_DONE);
        ck_assert_ptr_nonnull(got->estimates[i].note);
        ck_assert_msg(strstr(got->estimates[i].note, "as independent") != NULL, "%s: %s",
                      methods[i]->key, got->estimates[i].note);
    }
    ck_assert_ptr_nonnull(strstr(got->presso->note, "as independent"));
    arena_destroy(scratch);
    fixture_end(&fixture);
}
END_TEST

START_TEST(a_variant_twice_is_refused)
{
    struct fixture fixture = fixture_begin_results("lipid_ldl_chd");
    size_t count = fixture.pair->count;
    double *ld;

    correlated_give(&fixture, correlated_weak);
    ld = arena_get(fixture.arena, count * count, sizeof *ld);
    memcpy(ld, fixture.pair->ld, count * count * sizeof *ld);
    for (size_t k = 0; k < count; k++) {
        ld[5 * count + k] = ld[k * count + 5] = -ld[2 * count + k];
    }
    ld[5 * count + 5] = 1;
    fixture.pair = pair_with_ld(fixture.arena, fixture.pair, ld);
    for (size_t k = 0; k < 4; k++) {
        struct estimate got = fixture_run(&fixture, generalised[k]);

        ck_assert_int_eq(got.status, ESTIMATE_UNDEFINED);
        ck_assert(isnan(got.b));
        ck_assert_ptr_nonnull(strstr(got.note, "-1 between snp3 and snp6"));
    }
    ck_assert_int_eq(fixture_run(&fixture, "gsmr").status, ESTIMATE_DONE);
    fixture_end(&fixture);
}
END_TEST

START_TEST(impossible_correlations_are_refused)
{
    const double b[] = {0.1, 0.2, 0.3}, s[] = {0.01, 0.01, 0.01};
    double ld[] = {1, 0.9, 0.9, 0.9, 1, -0.9, 0.9, -0.9, 1};
    struct fixture fixture = fixture_begin_made(b, s, b, s, 3);
    struct estimate got;

    fixture.pair = pair_with_ld(fixture.arena, fixture.pair, ld);
    got = fixture_run(&fixture, "ivw");
    ck_assert_int_eq(got.status, ESTIMATE_UNDEFINED);
    ck_assert_ptr_nonnull(strstr(got.note, "first at v3"));
    fixture_end(&fixture);
}
END_TEST

START_TEST(corners_of_generalised_least_squares)
{
    const double none_x[] = {0, 0, 0}, same_x[] = {0.1, -0.1, 0.1}, sx[] = {0.01, 0.01, 0.01},
                 by[] = {0.1, 0.2, 0.3}, sy[] = {0.01, 0.02, 0.01};
    struct fixture fixture = fixture_begin_made(none_x, sx, by, sy, 3);

    correlated_give(&fixture, correlated_weak);
    ck_assert_int_eq(fixture_run(&fixture, "ivw").status, ESTIMATE_UNDEFINED);
    ck_assert_int_eq(fixture_run(&fixture, "egger").status, ESTIMATE_UNDEFINED);
    ck_assert_int_eq(fixture_run(&fixture, "gsmr").status, ESTIMATE_UNDEFINED);
    fixture.pair = golden_pair_of(same_x, sx, by, sy, 3, fixture.arena);
    correlated_give(&fixture, correlated_weak);
    ck_assert_int_eq(fixture_run(&fixture, "ivw").status, ESTIMATE_DONE);
    ck_assert_int_eq(fixture_run(&fixture, "egger").status, ESTIMATE_UNDEFINED);
    fixture_end(&fixture);
}
END_TEST

START_TEST(other_methods_say_what_they_assume)
{
    struct fixture fixture = fixture_begin_corner("small4"), with = fixture;
    size_t count;
    const struct method *const *methods = methods_all(&count);

    correlated_give(&with, correlated_weak);
    for (size_t i = 0; i < count; i++) {
        struct estimate got = fixture_run(&with, methods[i]->key);
        struct estimate plain = fixture_run(&fixture, methods[i]->key);
        const char *end = got.note == NULL ? NULL : strstr(got.note, "as independent");

        ck_assert_msg((end != NULL) == (got.status == ESTIMATE_DONE && !methods[i]->uses_ld),
                      "%s", methods[i]->key);
        if (end != NULL) {
            check_same(&got, &plain, 1e-300);
        }
        if (end != NULL && plain.note != NULL) {
            ck_assert_int_eq(strncmp(got.note, plain.note, strlen(plain.note)), 0);
        }
    }
    ck_assert_int_eq(fixture_run(&fixture, "gsmr").status, ESTIMATE_MISSING_INPUT);
    ck_assert_ptr_nonnull(strstr(fixture_run(&fixture, "gsmr").note, "--ld FILE"));
    fixture_end(&fixture);
}
END_TEST

START_TEST(variants_leave_with_their_correlations)
{
    struct fixture fixture = fixture_begin_corner("small4");
    const bool is_excluded[] = {false, true, false, false};
    const struct pair *without;

    correlated_give(&fixture, correlated_falling);
    without = pair_without(fixture.arena, fixture.pair, is_excluded);
    ck_assert_uint_eq(without->count, 3);
    for (size_t i = 0; i < 9; i++) {
        static const size_t from[] = {0, 2, 3};

        ck_assert(without->ld[i] == correlated_falling(from[i / 3], from[i % 3]));
    }
    fixture_end(&fixture);
}
END_TEST

START_TEST(roots_without_a_variant_are_those_of_what_is_left)
{
    struct fixture fixture = fixture_begin_results("lipid_ldl_chd");
    size_t count = fixture.pair->count, left = count - 1;
    bool *is_excluded = arena_get(fixture.arena, count, sizeof *is_excluded);

    correlated_give(&fixture, correlated_falling);
    for (size_t j = 0; j < count; j++) {
        const struct pair *got, *want;

        is_excluded[j] = true;
        got = pair_without(fixture.arena, fixture.pair, is_excluded);
        is_excluded[j] = false;
        want = pair_with_ld(fixture.arena, got, got->ld);
        for (size_t i = 0; i < left * left; i++) {
            if (i % left <= i / left) {
                ck_assert_double_eq_tol(got->ld_root[i], want->ld_root[i], 1e-14);
            }
        }
    }
    fixture_end(&fixture);
}
END_TEST

START_TEST(root_and_the_variable_that_has_none)
{
    double matrix[CORRELATED_MOST * CORRELATED_MOST], root[CORRELATED_MOST * CORRELATED_MOST],
        dependent[] = {4, 0, 0, 2, 9, 0, 2, 1, 1};

    for (size_t i = 0; i < CORRELATED_MOST * CORRELATED_MOST; i++) {
        matrix[i] = root[i] = 3 * correlated_falling(i / CORRELATED_MOST, i % CORRELATED_MOST);
    }
    ck_assert_uint_eq(cholesky_factor(root, CORRELATED_MOST), CORRELATED_MOST);
    for (size_t i = 0; i < CORRELATED_MOST; i++) {
        for (size_t k = 0; k <= i; k++) {
            double sum = 0;

            for (size_t c = 0; c <= k; c++) {
                sum += root[i * CORRELATED_MOST + c] * root[k * CORRELATED_MOST + c];
            }
            ck_assert_double_eq_tol(sum, matrix[i * CORRELATED_MOST + k], 1e-13);
        }
    }
    ck_assert_uint_eq(cholesky_factor(dependent, 3), 2);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        no_correlation_is_the_plain_answer,
        two_variants_by_hand,
        least_squares_by_elimination,
        under_dispersion_is_floored,
        alleles_order_and_units_change_nothing,
        a_variant_twice_is_refused,
        presso_says_that_it_takes_variants_as_independent,
        impossible_correlations_are_refused,
        corners_of_generalised_least_squares,
        other_methods_say_what_they_assume,
        variants_leave_with_their_correlations,
        roots_without_a_variant_are_those_of_what_is_left,
        root_and_the_variable_that_has_none,
    };

    numeric_start();
    return golden_run("estimate_correlated", tests, sizeof tests / sizeof tests[0]);
}
