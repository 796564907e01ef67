/*
 * Robust adjusted profile scores: against mr.raps and TwoSampleMR, against the equations that
 * define them, written out here once more, and where a search has to be careful.
 */
#include "base/arena.h"
#include "estimate/raps.h"
#include "fixture.h"
#include "numeric/start.h"
#include <check.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

#define LOSSES 3
#define FITS (2 * LOSSES) /* each loss without and with overdispersion */

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

static double psi(enum loss kind, double t)
{
    double u = t / 4.685;

    switch (kind) {
    case LOSS_HUBER:
        return fabs(t) <= 1.345 ? t : copysign(1.345, t);
    case LOSS_TUKEY:
        return fabs(u) < 1 ? t * (1 - u * u) * (1 - u * u) : 0;
    default:
        return t;
    }
}

static double rho(enum loss kind, double t)
{
    double u = fmin(1, fabs(t) / 4.685);

    switch (kind) {
    case LOSS_HUBER:
        return fabs(t) <= 1.345 ? t * t / 2 : 1.345 * fabs(t) - 1.345 * 1.345 / 2;
    case LOSS_TUKEY:
        return 1 - pow(1 - u * u, 3);
    default:
        return t * t / 2;
    }
}

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
    return t * psi(kind, t);
}

static double psi_psi(enum loss kind, double t)
{
    return psi(kind, t) * psi(kind, t);
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

        ck_assert_double_eq_tol(raps_loss_value(&loss, t * t), rho(kind, t), 1e-13);
        golden_close("weight", t * raps_loss_weight(&loss, t * t), psi(kind, t), 1e-13);
        ck_assert_double_eq_tol(slope, scale * psi(kind, t), 1e-6);
        ck_assert_double_eq_tol(turn / (2 * h) * t / 2, raps_loss_fall(&loss, t * t), 1e-5);
    }
}
END_TEST

/* The equations as they are published, and the size of their terms. */
struct rest {
    double effect, effect_size, excess, excess_size;
};

static struct rest rest_at(const struct pair *pair, enum loss kind, bool weighs, double b,
                           double tau2)
{
    double delta = raps_loss_of(kind).delta;
    struct rest rest = {0, 0, 0, 0};

    for (size_t j = 0; j < pair->count; j++) {
        double x = pair->bx[j], y = pair->by[j], sx2 = pair->sx[j] * pair->sx[j];
        double s2 = pair->sy[j] * pair->sy[j] + tau2, v = s2 + b * b * sx2;
        double t = (y - b * x) / sqrt(v), weight = weighs ? sx2 : 1;
        double exposure = (x / sx2 + b * y / s2) / (1 / sx2 + b * b / s2);
        double effect = exposure * psi(kind, t) / sqrt(v);

        rest.effect += effect;
        rest.effect_size += fabs(effect);
        rest.excess += weight * (t * psi(kind, t) - delta) / v;
        rest.excess_size += weight * delta / v;
    }
    return rest;
}

/* Both equations hold, that of tau2 at its bound from one side. */
static void check_solves(const struct pair *pair, enum loss kind, bool weighs,
                         const struct raps_fit *fit, bool is_overdispersed)
{
    struct rest rest = rest_at(pair, kind, weighs, fit->b, fit->tau2);

    ck_assert_int_eq(fit->status, ESTIMATE_DONE);
    ck_assert_double_le(fabs(rest.effect), 1e-11 * rest.effect_size);
    if (fit->tau2 > 0) {
        ck_assert_double_le(fabs(rest.excess), 1e-11 * rest.excess_size);
    } else if (is_overdispersed && weighs) {
        ck_assert_double_le(rest.excess, 0);
    }
}

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
    check_solves(fixture.pair, kind, false, &fit, index >= LOSSES);
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
        check_solves(fixture.pair, kind, true, &fit, index == LOSSES);
    }
    fixture_end(&fixture);
}
END_TEST

/* Where mr.raps.mle stops at a tolerance, its own equations are met better here. */
START_TEST(equations_are_met_better_than_the_package_s)
{
    struct fixture fixture = fixture_begin_results(fixture_sets[_i]);
    struct raps_fit fit = raps_mle_fit(fixture.pair, LOSS_L2, true, fixture.scratch);
    struct rest ours = rest_at(fixture.pair, LOSS_L2, true, fit.b, fit.tau2);
    struct rest theirs =
        rest_at(fixture.pair, LOSS_L2, true, want(&fixture, "mr.raps.mle", LOSSES, "estimate"),
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
        sum += rho(kind, (pair->by[j] - b * pair->bx[j]) / sqrt(largest));
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

    check_solves(fixture.pair, kind, false, &fit, index >= LOSSES);
    ck_assert(isfinite(fit.b) && fit.se > 0 && fit.tau2 >= 0 && fit.tau2_se >= 0);
    if (fit.tau2 == 0) {
        struct raps_fit simple = raps_fit(fixture.pair, kind, false, fixture.scratch);

        ck_assert_double_eq(fit.b, simple.b);
        ck_assert_double_eq(fit.se, simple.se);
    }
    fixture_end(&fixture);
}
END_TEST

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
        sum += rho(kind, (pair->by[j] - b * pair->bx[j]) / hypot(pair->sy[j], b * pair->sx[j]));
    }
    return sum;
}

/* Weak variants, few of them: the loss has several valleys. */
START_TEST(no_effect_has_a_lower_loss)
{
    enum loss kind = (enum loss)(_i % LOSSES);
    struct fixture fixture;
    struct raps_fit fit;

    make((unsigned long)_i, 3 + (size_t)_i % 11, 0.5 + _i % 7, _i % 3);
    fixture = begin_made();
    fit = raps_mle_fit(fixture.pair, kind, false, fixture.scratch);
    if (fit.status == ESTIMATE_DONE) {
        double here = sum_of_losses(fixture.pair, kind, fit.b);

        for (int i = 0; i < 5000; i++) {
            double b = 2 * tan(acos(-1) * ((i + 0.5) / 5000 - 0.5));

            ck_assert_double_le(here, sum_of_losses(fixture.pair, kind, b) * (1 + 1e-9));
        }
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
    check_solves(fixture.pair, kind, false, &fit, index >= LOSSES);
    ck_assert_int_eq(mle.status, ESTIMATE_DONE);
    if (index <= LOSSES) {
        check_solves(fixture.pair, kind, true, &mle, index == LOSSES);
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
    check_solves(fixture.pair, LOSS_L2, true, &fit, false);
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
        {no_effect_has_a_lower_loss, 60},
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
