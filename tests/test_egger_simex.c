/*
 * MR Egger with simulation extrapolation: against Egger where nothing is to correct, against a
 * simulation of the test's own, and against known truth.
 */
#include "fixture.h"
#include "numeric/start.h"
#include <math.h>

#define STEPS 5

static struct pair *with_errors(const struct fixture *fixture, double factor)
{
    const struct pair *pair = fixture->pair;
    double *sx = arena_get(fixture->arena, pair->count, sizeof *sx);

    for (size_t j = 0; j < pair->count; j++) {
        sx[j] = factor * pair->sx[j];
    }
    return golden_pair_of(pair->bx, sx, pair->by, pair->sy, pair->count, fixture->arena);
}

START_TEST(without_errors_it_is_egger)
{
    for (int convention = 0; convention < 2; convention++) {
        struct fixture fixture = fixture_begin_results("ieu_bmi_chd");
        struct estimate egger, got;

        fixture.settings.convention = (enum convention)convention;
        fixture.settings.boot = 50;
        egger = fixture_run(&fixture, "egger");
        fixture.pair = with_errors(&fixture, 1e-12);
        got = fixture_run(&fixture, "egger_simex");
        ck_assert_int_eq(got.status, ESTIMATE_DONE);
        golden_close("b", got.b, egger.b, 1e-9);
        golden_close("se", got.se, egger.se, 1e-9);
        golden_close("p", got.p, egger.p, 1e-8);
        golden_close("a", got.intercept, egger.intercept, 1e-9);
        golden_close("a se", got.intercept_se, egger.intercept_se, 1e-9);
        golden_close("a p", got.intercept_p, egger.intercept_p, 1e-8);
        fixture_end(&fixture);
    }
}
END_TEST

/* A generator of the test's own: normal numbers as sums of twelve uniform ones. */
static double draw(uint64_t *state)
{
    double sum = -6;

    for (int i = 0; i < 12; i++) {
        *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        sum += (double)(*state >> 11) / 9007199254740992.0;
    }
    return sum;
}

/* Slope and its variance by the normal equations, in sums about zero. */
static void line(const struct pair *pair, const double *x, double *slope, double *variance)
{
    double w = 0, wx = 0, wy = 0, wxx = 0, wxy = 0, rss = 0, a;

    for (size_t j = 0; j < pair->count; j++) {
        double weight = 1 / (pair->sy[j] * pair->sy[j]);
        double y = pair->bx[j] < 0 ? -pair->by[j] : pair->by[j];

        w += weight;
        wx += weight * x[j];
        wy += weight * y;
        wxx += weight * x[j] * x[j];
        wxy += weight * x[j] * y;
    }
    *slope = (w * wxy - wx * wy) / (w * wxx - wx * wx);
    a = (wy - *slope * wx) / w;
    for (size_t j = 0; j < pair->count; j++) {
        double y = pair->bx[j] < 0 ? -pair->by[j] : pair->by[j];

        rss += pow((y - a - *slope * x[j]) / pair->sy[j], 2);
    }
    *variance = fmax(1, rss / ((double)pair->count - 2)) * w / (w * wxx - wx * wx);
}

/* The parabola through five points by Cramer's rule on its normal equations, read at -1. */
static double read_parabola(const double lambda[STEPS], const double value[STEPS])
{
    double s[5] = {0}, t[3] = {0}, d, c[3];

    for (int i = 0; i < STEPS; i++) {
        for (int k = 0; k < 5; k++) {
            s[k] += pow(lambda[i], k);
        }
        for (int k = 0; k < 3; k++) {
            t[k] += value[i] * pow(lambda[i], k);
        }
    }
    d = s[0] * (s[2] * s[4] - s[3] * s[3]) - s[1] * (s[1] * s[4] - s[2] * s[3]) +
        s[2] * (s[1] * s[3] - s[2] * s[2]);
    c[0] = t[0] * (s[2] * s[4] - s[3] * s[3]) - s[1] * (t[1] * s[4] - t[2] * s[3]) +
           s[2] * (t[1] * s[3] - t[2] * s[2]);
    c[1] = s[0] * (t[1] * s[4] - t[2] * s[3]) - t[0] * (s[1] * s[4] - s[3] * s[2]) +
           s[2] * (s[1] * t[2] - s[2] * t[1]);
    c[2] = s[0] * (s[2] * t[2] - s[3] * t[1]) - s[1] * (s[1] * t[2] - s[2] * t[1]) +
           t[0] * (s[1] * s[3] - s[2] * s[2]);
    return (c[0] - c[1] + c[2]) / d;
}

static void simulate(const struct pair *pair, size_t boot, double *b, double *se)
{
    static const double lambda[STEPS] = {0, 0.5, 1, 1.5, 2};
    double mean[STEPS], variance[STEPS];
    double x[100];
    uint64_t state = 7;

    for (int i = 0; i < STEPS; i++) {
        double sum = 0, squares = 0, own = 0;

        for (size_t r = 0; r < boot; r++) {
            double slope, model;

            for (size_t j = 0; j < pair->count; j++) {
                x[j] = fabs(pair->bx[j]) + sqrt(lambda[i]) * pair->sx[j] * draw(&state);
            }
            line(pair, x, &slope, &model);
            sum += slope / (double)boot;
            squares += slope * slope / (double)boot;
            own += model / (double)boot;
        }
        mean[i] = sum;
        variance[i] = own - (squares - sum * sum);
    }
    *b = read_parabola(lambda, mean);
    *se = sqrt(read_parabola(lambda, variance));
}

START_TEST(another_simulation_says_the_same)
{
    for (size_t i = 0; i < FIXTURE_SETS; i++) {
        struct fixture fixture = fixture_begin_results(fixture_sets[i]);
        struct estimate got, again, egger = fixture_run(&fixture, "egger");
        double b, se;

        fixture.settings.boot = 20000;
        got = fixture_run(&fixture, "egger_simex");
        fixture.settings.seed = 2;
        again = fixture_run(&fixture, "egger_simex");
        simulate(fixture.pair, 20000, &b, &se);
        ck_assert_int_eq(got.status, ESTIMATE_DONE);
        ck_assert_double_lt(fabs(got.b - b), 0.02 * se);
        ck_assert_double_lt(fabs(got.se - se), 0.02 * se);
        ck_assert_double_lt(fabs(got.b - again.b), 0.005 * se);
        ck_assert_double_gt(got.b, egger.b);
        fixture_end(&fixture);
    }
}
END_TEST

/* A true slope of 0.5, with half of the spread in the exposure error. */
START_TEST(dilution_is_undone_in_part)
{
    enum { COUNT = 1000 };
    double bx[COUNT], sx[COUNT], by[COUNT], sy[COUNT];
    uint64_t state = 11;
    struct fixture fixture;
    struct estimate egger, got;

    for (size_t j = 0; j < COUNT; j++) {
        double exposure = 0.2 + 0.02 * draw(&state);

        sx[j] = 0.014;
        sy[j] = 0.005;
        bx[j] = (exposure + sx[j] * draw(&state)) * (j % 2 == 0 ? 1 : -1);
        by[j] = (0.01 + 0.5 * exposure + sy[j] * draw(&state)) * (j % 2 == 0 ? 1 : -1);
    }
    fixture = fixture_begin_made(bx, sx, by, sy, COUNT);
    fixture.settings.boot = 200;
    egger = fixture_run(&fixture, "egger");
    got = fixture_run(&fixture, "egger_simex");
    ck_assert_double_lt(egger.b, 0.38);
    ck_assert_double_lt(fabs(got.b - 0.5), 0.5 * fabs(egger.b - 0.5));
    ck_assert_double_lt(fabs(got.intercept - 0.01), 0.5 * fabs(egger.intercept - 0.01));
    ck_assert_double_gt(got.se, egger.se);
    fixture_end(&fixture);
}
END_TEST

START_TEST(alleles_change_nothing_units_scale)
{
    struct fixture fixture = fixture_begin_corner("hdl_chd");
    const struct pair *pair = fixture.pair;
    struct estimate was = fixture_run(&fixture, "egger_simex"), got;
    double *numbers[4];

    for (int k = 0; k < 4; k++) {
        numbers[k] = arena_get(fixture.arena, pair->count, sizeof(double));
    }
    for (size_t j = 0; j < pair->count; j++) {
        double sign = j % 2 == 0 ? -1 : 1;

        numbers[0][j] = sign * pair->bx[j];
        numbers[1][j] = pair->sx[j];
        numbers[2][j] = sign * 1e6 * pair->by[j];
        numbers[3][j] = 1e6 * pair->sy[j];
    }
    fixture.pair = golden_pair_of(numbers[0], numbers[1], numbers[2], numbers[3], pair->count,
                                  fixture.arena);
    fixture.pair->exposure = pair->exposure;
    fixture.pair->outcome = pair->outcome;
    got = fixture_run(&fixture, "egger_simex");
    ck_assert_int_eq(was.status, ESTIMATE_DONE);
    golden_close("b", got.b, 1e6 * was.b, 1e-9);
    golden_close("se", got.se, 1e6 * was.se, 1e-9);
    fixture_end(&fixture);
}
END_TEST

START_TEST(what_cannot_be_is_said)
{
    const double bx[] = {0.1, 0.1, 0.1}, s[] = {0.01, 0.01, 0.01}, by[] = {0.01, 0.02, 0.03};
    const double few[] = {0.1, 0.11, 0.12, 0.13}, big[] = {0.5, 0.5, 0.5, 0.5};
    const double y[] = {0.01, 0.03, 0.02, 0.04}, sy[] = {0.01, 0.01, 0.01, 0.01};
    struct fixture fixture = fixture_begin_made(bx, s, by, s, 3);
    struct estimate got = fixture_run(&fixture, "egger_simex");

    ck_assert_int_eq(got.status, ESTIMATE_UNDEFINED);
    ck_assert_str_eq(got.note, "all variants have the same effect on the exposure");
    fixture.pair = golden_pair_of(few, big, y, sy, 4, fixture.arena);
    got = fixture_run(&fixture, "egger_simex");
    ck_assert_int_eq(got.status, ESTIMATE_UNDEFINED);
    ck_assert_str_eq(got.note, "the effects on the exposure differ no more than their errors "
                               "allow");
    ck_assert_double_nan(got.b);
    fixture.pair = golden_first(fixture.pair, 2, fixture.arena);
    ck_assert_int_eq(fixture_run(&fixture, "egger_simex").status, ESTIMATE_TOO_FEW);
    fixture_end(&fixture);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {
        without_errors_it_is_egger, another_simulation_says_the_same,
        dilution_is_undone_in_part, alleles_change_nothing_units_scale,
        what_cannot_be_is_said,
    };

    numeric_start();
    return golden_run("egger_simex", tests, sizeof tests / sizeof *tests);
}
