/*
 * Robust adjusted profile scores: against mr.raps and TwoSampleMR, and against the equations
 * that define them.
 */
#include "base/arena.h"
#include "estimate/raps.h"
#include "fixture.h"
#include "numeric/start.h"
#include "raps_definition.h"
#include <check.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

static const char *const words[LOSSES] = {"l2", "huber", "tukey"};

/* mr.raps takes the moments of its losses from R's integrate(), which is right to five or six
 * digits at kinks, and stops its searches early. */
struct precision {
    double b, se, tau2, tau2_se;
};
static const struct precision solved[LOSSES] = {
    {1e-10, 1e-10, 1e-8, 1e-9}, {1e-7, 1.5e-6, 6e-6, 3e-5}, {5e-8, 2e-7, 3e-6, 1e-6}};
static const struct precision searched[LOSSES] = {
    {3e-7, 1.5e-6, 6e-6, 6e-6}, {1e-7, 1e-6, 0, 3e-5}, {1e-7, 2e-7, 0, 1e-6}};

/* Moments by Simpson's rule, in pieces that end where psi has kinks. */
static double integral(enum loss kind, double (*f)(enum loss, double))
{
    static const double ends[] = {-12, -4.685, -1.345, 0, 1.345, 4.685, 12};
    double sum = 0;

    for (int i = 0; i + 1 < 7; i++) {
        double h = (ends[i + 1] - ends[i]) / 4000;

        for (int j = 0; j <= 4000; j++) {
            double inside = ends[i] + (j + (j == 0) * 1e-9 - (j == 4000) * 1e-9) * h;
            int weight = j == 0 || j == 4000 ? 1 : j % 2 ? 4 : 2;

            sum += h / 3 * weight * f(kind, inside) * exp(-inside * inside / 2) /
                   sqrt(2 * acos(-1));
        }
    }
    return sum;
}

static double t_psi(enum loss kind, double t)
{
    return t * raps_psi(kind, t);
}

static double psi_psi(enum loss kind, double t)
{
    return raps_psi(kind, t) * raps_psi(kind, t);
}

static double t_psi_squared(enum loss kind, double t)
{
    return t_psi(kind, t) * t_psi(kind, t);
}

static double t_t_slope(enum loss kind, double t)
{
    double u = t / 4.685;

    switch (kind) {
    case LOSS_HUBER:
        return fabs(t) <= 1.345 ? t * t : 0;
    case LOSS_TUKEY:
        return fabs(u) < 1 ? t * t * (1 - u * u) * (1 - 5 * u * u) : 0;
    default:
        return t * t;
    }
}

START_TEST(moments_are_the_integrals)
{
    enum loss kind = (enum loss)_i;
    struct raps_loss loss = raps_loss_of(kind);
    double delta = integral(kind, t_psi);

    golden_close("delta", loss.delta, delta, 1e-11);
    golden_close("c1", loss.c1, integral(kind, psi_psi), 1e-11);
    golden_close("c2", loss.c2, integral(kind, t_psi_squared) - delta * delta, 1e-11);
    golden_close("c3", loss.c3, integral(kind, t_t_slope), 1e-10);
}
END_TEST

START_TEST(losses_and_weights_belong_together)
{
    enum loss kind = (enum loss)_i;
    struct raps_loss loss = raps_loss_of(kind);
    double scale = kind == LOSS_TUKEY ? 6 / (4.685 * 4.685) : 1;

    for (double t = 0.01; t < 8; t += 0.0371) {
        double h = 1e-6, up = (t + h) * (t + h), down = (t - h) * (t - h);
        double slope = (raps_loss_value(&loss, up) - raps_loss_value(&loss, down)) / (2 * h);
        double turn = (up * raps_loss_weight(&loss, up) - down * raps_loss_weight(&loss, down));

        ck_assert_double_eq_tol(raps_loss_value(&loss, t * t), raps_rho(kind, t), 1e-13);
        golden_close("weight", t * raps_loss_weight(&loss, t * t), raps_psi(kind, t), 1e-13);
        ck_assert_double_eq_tol(slope, scale * raps_psi(kind, t), 1e-6);
        ck_assert_double_eq_tol(turn / (2 * h) * t / 2, raps_loss_fall(&loss, t * t), 1e-5);
    }
}
END_TEST

static double want(const struct fixture *fixture, const char *function, int fit,
                   const char *quantity)
{
    const char *text =
        arena_format(fixture->arena,
                     strcmp(function, "mr.raps") == 0
                         ? "mr.raps(over.dispersion=%s,loss.function=%s,shrinkage=FALSE)"
                         : "mr.raps.mle(over.dispersion=%s,loss.function=%s)",
                     fit >= LOSSES ? "TRUE" : "FALSE", words[fit % LOSSES]);

    return fixture_want(fixture, text, quantity);
}

static void check_fit(const struct fixture *fixture, const char *function, int index,
                      const struct raps_fit *fit, const struct precision *precision)
{
    bool is_zero = want(fixture, function, index, "estimate") != 0 && index >= LOSSES &&
                   want(fixture, function, index, "tau2") == 0;

    ck_assert_int_eq(fit->status, ESTIMATE_DONE);
    golden_close("b", fit->b, want(fixture, function, index, "estimate"), precision->b);
    golden_close("se", fit->se, want(fixture, function, index, "se"), precision->se);
    ck_assert_uint_eq(fit->variants, fixture->pair->count);
    if (index < LOSSES) {
        ck_assert_double_eq(fit->tau2, 0);
        ck_assert_double_eq(fit->tau2_se, 0);
        return;
    }
    golden_close("tau2", fit->tau2, want(fixture, function, index, "tau2"),
                 is_zero ? 0 : precision->tau2);
    golden_close("tau2 se", fit->tau2_se, want(fixture, function, index, "tau2_se"),
                 precision->tau2_se);
}

START_TEST(estimating_equations_are_the_package_s)
{
    struct fixture fixture = fixture_begin_results(fixture_sets[_i / FITS]);
    int index = _i % FITS;
    enum loss kind = (enum loss)(index % LOSSES);
    struct raps_fit fit = raps_fit(fixture.pair, kind, index >= LOSSES, fixture.scratch);
    struct precision precision = solved[kind];

    if (index < LOSSES) {
        precision.b = 3e-8; /* a search of the loss, to 1e-8 of the range */
        precision.se = fmax(precision.se, 3e-8);
    }
    check_fit(&fixture, "mr.raps", index, &fit, &precision);
    raps_check_solves(fixture.pair, kind, false, &fit, index >= LOSSES);
    ck_assert_ptr_null(fit.note);
    fixture_end(&fixture);
}
END_TEST

START_TEST(likelihood_is_the_package_s)
{
    struct fixture fixture = fixture_begin_results(fixture_sets[_i / FITS]);
    int index = _i % FITS;
    enum loss kind = (enum loss)(index % LOSSES);
    struct raps_fit fit = raps_mle_fit(fixture.pair, kind, index >= LOSSES, fixture.scratch);

    check_fit(&fixture, "mr.raps.mle", index, &fit, &searched[kind]);
    ck_assert_int_eq(fit.note != NULL, index > LOSSES);
    if (index <= LOSSES) {
        raps_check_solves(fixture.pair, kind, true, &fit, index == LOSSES);
    }
    fixture_end(&fixture);
}
END_TEST

/* Where mr.raps.mle stops at a tolerance, its own equations are met better here. */
START_TEST(equations_are_met_better_than_the_package_s)
{
    struct fixture fixture = fixture_begin_results(fixture_sets[_i]);
    struct raps_fit fit = raps_mle_fit(fixture.pair, LOSS_L2, true, fixture.scratch);
    struct raps_rest ours = raps_rest_at(fixture.pair, LOSS_L2, true, fit.b, fit.tau2);
    struct raps_rest theirs = raps_rest_at(fixture.pair, LOSS_L2, true,
                                           want(&fixture, "mr.raps.mle", LOSSES, "estimate"),
                                           want(&fixture, "mr.raps.mle", LOSSES, "tau2"));

    ck_assert_double_lt(fabs(ours.excess), 1e-3 * fabs(theirs.excess));
    ck_assert_double_lt(fabs(ours.effect), 1e-3 * fabs(theirs.effect));
    fixture_end(&fixture);
}
END_TEST

START_TEST(default_is_twosamplemr_s)
{
    struct fixture fixture = fixture_begin_results(fixture_sets[_i]);
    struct estimate got = fixture_run(&fixture, "raps");
    struct estimate mle = fixture_run(&fixture, "raps_mle");

    fixture_check_effect(&fixture, &got, "mr_raps", 1e-6);
    ck_assert_ptr_null(got.note);
    ck_assert_uint_eq(got.variants, fixture.pair->count);
    ck_assert_str_eq(got.method->name, "Robust adjusted profile score (RAPS)");
    golden_close("mle", mle.b, want(&fixture, "mr.raps.mle", LOSSES + 1, "estimate"), 1e-7);
    ck_assert_ptr_nonnull(mle.note);
    fixture_end(&fixture);
}
END_TEST

START_TEST(choices_reach_the_fit)
{
    struct fixture fixture = fixture_begin_results("lipid_ldl_chd");

    fixture.settings.parameters[PARAMETER_LOSS] = _i % LOSSES;
    fixture.settings.parameters[PARAMETER_OVERDISPERSION] = _i / LOSSES;
    golden_close("raps", fixture_run(&fixture, "raps").b,
                 want(&fixture, "mr.raps", _i, "estimate"), 1e-7);
    golden_close("raps_mle", fixture_run(&fixture, "raps_mle").b,
                 want(&fixture, "mr.raps.mle", _i, "estimate"), 1e-7);
    fixture_end(&fixture);
}
END_TEST

/* What a robust overdispersed likelihood with one scale for all is, by its definition. */
static double shared_loss(const struct pair *pair, enum loss kind, double b, double tau2)
{
    double largest = 0, sum = 0;

    for (size_t j = 0; j < pair->count; j++) {
        largest =
            fmax(largest, pair->sy[j] * pair->sy[j] + tau2 + b * b * pair->sx[j] * pair->sx[j]);
    }
    for (size_t j = 0; j < pair->count; j++) {
        sum += raps_rho(kind, (pair->by[j] - b * pair->bx[j]) / sqrt(largest));
    }
    return sum;
}

START_TEST(shared_scale_is_at_a_lowest_point)
{
    struct fixture fixture = fixture_begin_corner(fixture_corners[_i / 2]);
    enum loss kind = _i % 2 ? LOSS_TUKEY : LOSS_HUBER;
    struct raps_fit fit = raps_mle_fit(fixture.pair, kind, true, fixture.scratch);
    double here = shared_loss(fixture.pair, kind, fit.b, fit.tau2), step = 1e-3 * fit.se;
    double left = shared_loss(fixture.pair, kind, fit.b - step, fit.tau2);
    double right = shared_loss(fixture.pair, kind, fit.b + step, fit.tau2);

    ck_assert_double_lt(here, left);
    ck_assert_double_lt(here, right);
    ck_assert_double_le(fabs(left - right), 0.02 * (left + right - 2 * here));
    fixture_end(&fixture);
}
END_TEST

static bool has_answers(const char *dataset)
{
    return strcmp(dataset, "small2") != 0 && strcmp(dataset, "small3") != 0;
}

/* Where one equation is solved to 1e-4 of 100 variances only, less can be asked. */
static double corner_precision(const char *dataset, int index)
{
    if (index < LOSSES) {
        return 5e-7;
    }
    if (strcmp(dataset, "hdl_chd") == 0 || strcmp(dataset, "presso_E1") == 0 ||
        strcmp(dataset, "small4") == 0) {
        return 1e-3;
    }
    return 5e-4;
}

START_TEST(corners_are_the_package_s)
{
    const char *dataset = fixture_corners[_i / FITS];
    struct fixture fixture = fixture_begin_corner(dataset);
    int index = _i % FITS;
    const char *function = arena_format(fixture.arena, "mle_%s%s", words[index % LOSSES],
                                        index >= LOSSES ? "_od" : "");
    struct raps_fit fit = raps_mle_fit(fixture.pair, (enum loss)(index % LOSSES),
                                       index >= LOSSES, fixture.scratch);

    ck_assert_int_eq(fit.status, ESTIMATE_DONE);
    ck_assert(isfinite(fit.b) && fit.se > 0 && isfinite(fit.tau2_se));
    if (has_answers(dataset)) {
        double precision = corner_precision(dataset, index);

        golden_close("b", fit.b, fixture_want(&fixture, function, "beta.hat"),
                     fmax(0.2 * precision, 1e-8));
        golden_close("se", fit.se, fixture_want(&fixture, function, "beta.se"), precision);
    }
    fixture_end(&fixture);
}
END_TEST

START_TEST(corners_are_solved)
{
    struct fixture fixture = fixture_begin_corner(fixture_corners[_i / FITS]);
    int index = _i % FITS;
    enum loss kind = (enum loss)(index % LOSSES);
    struct raps_fit fit = raps_fit(fixture.pair, kind, index >= LOSSES, fixture.scratch);

    raps_check_solves(fixture.pair, kind, false, &fit, index >= LOSSES);
    ck_assert(isfinite(fit.b) && fit.se > 0 && fit.tau2 >= 0 && fit.tau2_se >= 0);
    if (fit.tau2 == 0) {
        struct raps_fit simple = raps_fit(fixture.pair, kind, false, fixture.scratch);

        ck_assert_double_eq(fit.b, simple.b);
        ck_assert_double_eq(fit.se, simple.se);
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
        {moments_are_the_integrals, LOSSES},
        {losses_and_weights_belong_together, LOSSES},
        {estimating_equations_are_the_package_s, FIXTURE_SETS * FITS},
        {likelihood_is_the_package_s, FIXTURE_SETS * FITS},
        {equations_are_met_better_than_the_package_s, FIXTURE_SETS},
        {default_is_twosamplemr_s, FIXTURE_SETS},
        {choices_reach_the_fit, FITS},
        {shared_scale_is_at_a_lowest_point, FIXTURE_CORNERS * 2},
        {corners_are_the_package_s, FIXTURE_CORNERS * FITS},
        {corners_are_solved, FIXTURE_CORNERS * FITS},
    };
    Suite *suite = suite_create("estimate_raps");
    TCase *cases = tcase_create("estimate_raps");
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
