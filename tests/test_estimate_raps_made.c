/*
 * Robust adjusted profile scores on made data: weak variants, several solutions, extreme units,
 * fits that cannot be.
 */
#include "estimate/raps.h"
#include "fixture.h"
#include "numeric/start.h"
#include "raps_definition.h"
#include <check.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

/* Made data: numbers that look random and are the same everywhere. */
#define MOST 10000
struct made {
    size_t count;
    double bx[MOST], sx[MOST], by[MOST], sy[MOST];
};
static struct made made;

static double uniform(unsigned long *state)
{
    *state = (*state * 6364136223846793005UL + 1442695040888963407UL) & 0xffffffffffffffffUL;
    return ((double)(*state >> 12) + 0.5) / 4503599627370496.0;
}

static double normal(unsigned long *state)
{
    return sqrt(-2 * log(uniform(state))) * cos(2 * acos(-1) * uniform(state));
}

/* Effect 0.4; strength is the spread of true effects in errors, tau that of pleiotropy. */
static void make(unsigned long seed, size_t count, double strength, double tau)
{
    unsigned long state = seed * 7919 + 1;

    made.count = count;
    for (size_t j = 0; j < count; j++) {
        double truth = 0.01 * strength * normal(&state), outlier = uniform(&state) < 0.05;

        made.sx[j] = 0.01 * (0.7 + uniform(&state));
        made.sy[j] = 0.02 * (0.7 + uniform(&state));
        made.bx[j] = truth + made.sx[j] * normal(&state);
        made.by[j] = 0.4 * truth + made.sy[j] * normal(&state) +
                     0.02 * tau * (1 + 5 * outlier) * normal(&state);
    }
}

static struct fixture begin_made(void)
{
    return fixture_begin_made(made.bx, made.sx, made.by, made.sy, made.count);
}

static double sum_of_losses(const struct pair *pair, enum loss kind, double b)
{
    double sum = 0;

    for (size_t j = 0; j < pair->count; j++) {
        sum += raps_rho(kind,
                        (pair->by[j] - b * pair->bx[j]) / hypot(pair->sy[j], b * pair->sx[j]));
    }
    return sum;
}

static int by_size(const void *left, const void *right)
{
    const double *a = left, *b = right;

    return (*a > *b) - (*a < *b);
}

/* Twice the 95% quantile of the sizes of the ratios. */
static double bound_of(const struct pair *pair)
{
    double sizes[MOST], place = 0.95 * (double)(pair->count - 1);
    size_t below = (size_t)place;

    for (size_t j = 0; j < pair->count; j++) {
        sizes[j] = fabs(pair->by[j] / pair->bx[j]);
    }
    qsort(sizes, pair->count, sizeof *sizes, by_size);
    return 2 * (sizes[below] + (place - (double)below) * (sizes[below + 1] - sizes[below]));
}

/* The lowest valley of a fine grid within the bound; INFINITY for none. */
static double lowest_valley(const struct pair *pair, enum loss kind, double bound)
{
    double last = INFINITY, before = INFINITY, lowest = INFINITY;

    for (int i = -2000; i <= 2000; i++) {
        double here = sum_of_losses(pair, kind, bound * i / 2000);

        if (i > -1999 && last < before && last < here) {
            lowest = fmin(lowest, last);
        }
        before = last;
        last = here;
    }
    return lowest;
}

/* Weak variants, few of them: the loss has several valleys, or none near. */
START_TEST(no_valley_on_the_data_s_scale_is_lower)
{
    enum loss kind = (enum loss)(_i % LOSSES);
    struct fixture fixture;
    struct raps_fit fit;
    double bound, lowest;

    make((unsigned long)_i, 3 + (size_t)_i % 11, 0.5 + _i % 7, _i % 3);
    fixture = begin_made();
    bound = bound_of(fixture.pair);
    lowest = lowest_valley(fixture.pair, kind, bound);
    fit = raps_mle_fit(fixture.pair, kind, false, fixture.scratch);
    if (isfinite(lowest)) {
        ck_assert_int_eq(fit.status, ESTIMATE_DONE);
        ck_assert_double_le(fabs(fit.b), bound);
        ck_assert_double_le(sum_of_losses(fixture.pair, kind, fit.b), lowest * (1 + 1e-9));
    } else {
        ck_assert(fit.status != ESTIMATE_DONE || fabs(fit.b) > 0.999 * bound);
    }
    fixture_end(&fixture);
}
END_TEST

START_TEST(made_data_are_solved)
{
    int index = _i % FITS;
    enum loss kind = (enum loss)(index % LOSSES);
    struct fixture fixture;
    struct raps_fit fit, mle;

    make((unsigned long)_i, 10 + (size_t)_i % 90, 1 + _i % 9, _i % 5);
    fixture = begin_made();
    fit = raps_fit(fixture.pair, kind, index >= LOSSES, fixture.scratch);
    mle = raps_mle_fit(fixture.pair, kind, index >= LOSSES, fixture.scratch);
    raps_check_solves(fixture.pair, kind, false, &fit, index >= LOSSES);
    ck_assert_int_eq(mle.status, ESTIMATE_DONE);
    if (index <= LOSSES) {
        raps_check_solves(fixture.pair, kind, true, &mle, index == LOSSES);
    }
    fixture_end(&fixture);
}
END_TEST

/* Fit for fit: flipped alleles, reversed order, other units. */
static void check_same(const struct fixture *fixture, int index, double unit_x, double unit_y,
                       double precision)
{
    double unit = unit_y / unit_x;
    enum loss kind = (enum loss)(index % LOSSES);
    size_t count = made.count;
    struct raps_fit (*fits[])(const struct pair *, enum loss, bool,
                              struct arena *) = {raps_fit, raps_mle_fit};
    struct fixture other;

    for (size_t j = 0; j < count; j++) {
        double sign = j % 3 ? 1 : -1;
        size_t from = count - 1 - j;

        made.bx[j] = sign * unit_x * fixture->pair->bx[from];
        made.sx[j] = unit_x * fixture->pair->sx[from];
        made.by[j] = sign * unit_y * fixture->pair->by[from];
        made.sy[j] = unit_y * fixture->pair->sy[from];
    }
    other = begin_made();
    for (int i = 0; i < 2; i++) {
        struct raps_fit a = fits[i](fixture->pair, kind, index >= LOSSES, fixture->scratch);
        struct raps_fit b = fits[i](other.pair, kind, index >= LOSSES, other.scratch);

        ck_assert_int_eq(a.status, b.status);
        golden_close("b", b.b / unit, a.b, precision);
        golden_close("se", b.se / unit, a.se, precision);
        golden_close("tau2", b.tau2 / unit_y / unit_y, a.tau2, precision);
        golden_close("tau2 se", b.tau2_se / unit_y / unit_y, a.tau2_se, precision);
    }
    fixture_end(&other);
}

START_TEST(units_alleles_and_order_do_not_count)
{
    static const double units[][2] = {{1, 1}, {1e-12, 1e-12}, {1e6, 1e6}, {1, 1e-12}, {1e6, 1}};
    struct fixture fixture;

    make((unsigned long)_i, 40, 5, 1);
    fixture = begin_made();
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        check_same(&fixture, _i % FITS, units[i][0], units[i][1], 1e-9);
    }
    fixture_end(&fixture);
}
END_TEST

START_TEST(many_variants_find_the_truth)
{
    struct fixture fixture;
    struct raps_fit fit;

    make(5, MOST, 2, 1);
    fixture = begin_made();
    fit = raps_fit(fixture.pair, (enum loss)(_i % LOSSES), true, fixture.scratch);
    ck_assert_double_le(fabs(fit.b - 0.4), 4 * fit.se);
    ck_assert_double_lt(fit.se, 0.03);
    ck_assert_double_gt(fit.tau2, 1e-4);
    fixture_end(&fixture);
}
END_TEST

static const char *const keys[] = {"raps", "raps_mle"};

static void choose(struct fixture *fixture, int index)
{
    fixture->settings.parameters[PARAMETER_LOSS] = index % LOSSES;
    fixture->settings.parameters[PARAMETER_OVERDISPERSION] = index / LOSSES;
}

START_TEST(perfect_fits_and_identical_variants_are_fine)
{
    struct fixture fixture;

    made.count = 6;
    for (size_t j = 0; j < made.count; j++) {
        made.bx[j] = _i < FITS ? 0.03 + 0.01 * (double)j : 0.05;
        made.by[j] = 0.7 * made.bx[j];
        made.sx[j] = 0.004;
        made.sy[j] = 0.011;
    }
    fixture = begin_made();
    choose(&fixture, _i % FITS);
    for (size_t i = 0; i < 2; i++) {
        struct estimate got = fixture_run(&fixture, keys[i]);

        ck_assert_int_eq(got.status, ESTIMATE_DONE);
        golden_close("b", got.b, 0.7, 1e-12);
        ck_assert(isfinite(got.se) && got.se > 0);
    }
    fixture_end(&fixture);
}
END_TEST

START_TEST(a_variant_without_exposure_is_fine)
{
    struct fixture fixture;

    make(3, 20, 6, 1);
    made.bx[4] = 0;
    made.by[9] = 0;
    fixture = begin_made();
    choose(&fixture, _i);
    for (size_t i = 0; i < 2; i++) {
        ck_assert_int_eq(fixture_run(&fixture, keys[i]).status, ESTIMATE_DONE);
    }
    fixture_end(&fixture);
}
END_TEST

/* Effects on the outcome alone: the larger the effect, the better the fit. */
START_TEST(an_infinite_effect_is_said)
{
    struct fixture fixture;

    make(3, 8, 6, 1);
    for (size_t j = 0; j < made.count; j++) {
        made.bx[j] = 0;
        made.by[j] = 5 * made.sy[j];
    }
    fixture = begin_made();
    choose(&fixture, _i);
    for (size_t i = 0; i < 2; i++) {
        struct estimate got = fixture_run(&fixture, keys[i]);

        ck_assert_int_eq(got.status, ESTIMATE_NOT_CONVERGED);
        ck_assert(isnan(got.b) && isnan(got.se) && isnan(got.p));
        ck_assert_ptr_nonnull(got.note);
    }
    fixture_end(&fixture);
}
END_TEST

/* Far beyond twice the larger ratios, where the search would have to be widened. */
START_TEST(a_far_effect_is_reached)
{
    struct fixture fixture;
    struct raps_fit fit;

    made.count = 2;
    for (size_t j = 0; j < made.count; j++) {
        made.bx[j] = j == 0 ? 0.02 : -0.0042;
        made.by[j] = j == 0 ? 0.2 : 0.1;
        made.sx[j] = 0.005;
        made.sy[j] = 0.01;
    }
    fixture = begin_made();
    fit = raps_mle_fit(fixture.pair, LOSS_L2, false, fixture.scratch);
    raps_check_solves(fixture.pair, LOSS_L2, true, &fit, false);
    fixture_end(&fixture);
}
END_TEST

/* Two clusters of ratios: the larger wins, and the equations' solution stays with it. */
START_TEST(the_larger_cluster_is_chosen)
{
    struct fixture fixture;

    made.count = 20;
    for (size_t j = 0; j < made.count; j++) {
        double ratio = j < 12 ? 1 : -1;

        made.bx[j] = 0.1;
        made.sx[j] = 0.002;
        made.sy[j] = 0.004;
        made.by[j] = ratio * made.bx[j] + 0.003 * (j % 2 ? 1 : -1);
    }
    fixture = begin_made();
    choose(&fixture, LOSS_TUKEY);
    for (size_t i = 0; i < 2; i++) {
        ck_assert_double_eq_tol(fixture_run(&fixture, keys[i]).b, 1, 0.03);
    }
    fixture_end(&fixture);
}
END_TEST

START_TEST(a_very_uncertain_variant_leaves_overdispersed_likelihoods)
{
    struct fixture fixture, without;

    make(8, 30, 6, 1);
    made.sx[29] = 0.2;
    made.bx[29] = 3;
    fixture = begin_made();
    made.count = 29;
    without = begin_made();
    choose(&fixture, _i);
    choose(&without, _i);
    for (size_t i = 0; i < 2; i++) {
        struct estimate all = fixture_run(&fixture, keys[i]);
        struct estimate rest = fixture_run(&without, keys[i]);
        bool is_pruned = i == 1 && _i >= LOSSES;

        ck_assert_uint_eq(all.variants, is_pruned ? 29 : 30);
        ck_assert(is_pruned ? all.b == rest.b : all.b != rest.b || _i % LOSSES == LOSS_TUKEY);
    }
    fixture_end(&fixture);
    fixture_end(&without);
}
END_TEST

START_TEST(weak_variants_are_said)
{
    struct fixture fixture;

    make(4, 40, 3, 0);
    for (size_t j = 0; j < made.count; j++) {
        made.bx[j] *= 0.12;
    }
    fixture = begin_made();
    choose(&fixture, _i);
    for (size_t i = 0; i < 2; i++) {
        struct estimate got = fixture_run(&fixture, keys[i]);

        ck_assert_ptr_nonnull(got.note);
        if (got.status == ESTIMATE_DONE) {
            ck_assert_str_eq(got.note, "the variants are too weak to tell the effect");
        }
    }
    fixture_end(&fixture);
}
END_TEST

START_TEST(one_variant_is_too_few)
{
    struct fixture fixture = fixture_begin_results("lipid_ldl_chd");

    fixture.pair = golden_first(fixture.pair, (size_t)_i, fixture.arena);
    for (size_t i = 0; i < 2; i++) {
        ck_assert_int_eq(fixture_run(&fixture, keys[i]).status, ESTIMATE_TOO_FEW);
    }
    fixture_end(&fixture);
}
END_TEST

/* A test and how often it runs. */
struct loop {
    const TTest *test;
    int times;
};

int main(void)
{
    const struct loop loops[] = {
        {no_valley_on_the_data_s_scale_is_lower, 120},
        {made_data_are_solved, 60},
        {units_alleles_and_order_do_not_count, FITS},
        {many_variants_find_the_truth, LOSSES},
        {perfect_fits_and_identical_variants_are_fine, 2 * FITS},
        {a_variant_without_exposure_is_fine, FITS},
        {an_infinite_effect_is_said, FITS},
        {a_far_effect_is_reached, 1},
        {the_larger_cluster_is_chosen, 1},
        {a_very_uncertain_variant_leaves_overdispersed_likelihoods, FITS},
        {weak_variants_are_said, FITS},
        {one_variant_is_too_few, 2},
    };
    Suite *suite = suite_create("estimate_raps_made");
    TCase *cases = tcase_create("estimate_raps_made");
    SRunner *runner;
    int failed;

    numeric_start();
    tcase_set_timeout(cases, 120);
    for (size_t i = 0; i < sizeof loops / sizeof loops[0]; i++) {
        tcase_add_loop_test(cases, loops[i].test, 0, loops[i].times);
    }
    suite_add_tcase(suite, cases);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
