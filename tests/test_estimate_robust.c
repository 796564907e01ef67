/*
 * Robust regression (MM) and the methods made of it, against the golden tables and against what
 * defines an MM-estimate.
 */
#include "estimate/methods.h"
#include "estimate/points.h"
#include "fixture.h"
#include "numeric/random.h"
#include "numeric/regression.h"
#include "numeric/robust_line.h"
#include "numeric/start.h"
#include "numeric/summary.h"
#include <math.h>

#define IVW_ROBUST "mr_ivw(model=random,weights=simple,robust=TRUE)"
#define PENALISED_ROBUST "mr_ivw(model=random,weights=simple,robust=TRUE,penalized=TRUE)"
#define DELTA_ROBUST "mr_ivw(model=random,weights=delta,robust=TRUE)"
#define EGGER_ROBUST "mr_egger(robust=TRUE)"

static double want(const struct fixture *fixture, const char *function, const char *quantity)
{
    return golden_find(&fixture->golden, NULL, function, NULL, quantity)->value;
}

/* The package stops at a relative change of 1e-7. */
START_TEST(robust_ivw_and_egger_are_mendelian_randomization_s)
{
    struct fixture fixture = fixture_begin_results(fixture_sets[_i]);
    struct estimate got = fixture_run(&fixture, "ivw_robust");

    fixture_check_effect(&fixture, &got, IVW_ROBUST, 1e-6);
    golden_close("low", got.lower, want(&fixture, IVW_ROBUST, "ci_low"), 1e-6);
    golden_close("high", got.upper, want(&fixture, IVW_ROBUST, "ci_high"), 1e-6);
    ck_assert(isnan(got.q) && isnan(got.intercept));
    got = fixture_run(&fixture, "egger_robust");
    fixture_check_effect(&fixture, &got, EGGER_ROBUST, 1e-6);
    golden_close("a", got.intercept, want(&fixture, EGGER_ROBUST, "intercept"), 1e-5);
    golden_close("a se", got.intercept_se, want(&fixture, EGGER_ROBUST, "intercept_se"), 1e-6);
    golden_close("a p", got.intercept_p, want(&fixture, EGGER_ROBUST, "intercept_pval"), 1e-5);
    ck_assert(isnan(got.q));
    fixture_end(&fixture);
}
END_TEST

static double floored(const struct robust_line *line)
{
    return line->slope_se / fmin(line->scale, 1);
}

/* The same regression with other weights. */
START_TEST(other_weights_are_the_package_s_too)
{
    struct fixture fixture = fixture_begin_results(fixture_sets[_i]);
    struct pair *pair = fixture.pair;
    struct points points = points_coded(pair, fixture.arena);
    double *ratios = arena_get(fixture.arena, pair->count, sizeof *ratios);
    double *sorted = arena_get(fixture.arena, pair->count, sizeof *sorted);
    struct robust_line line;

    for (size_t j = 0; j < pair->count; j++) {
        ratios[j] = pair->by[j] / pair->bx[j];
    }
    points_penalise(&points, pair->count, 0, summary_median(ratios, pair->count, sorted));
    ck_assert_int_eq(robust_line_fit(points.x, points.y, points.w, pair->count, false,
                                     fixture.scratch, &line),
                     ROBUST_DONE);
    golden_close("b", line.slope, want(&fixture, PENALISED_ROBUST, "estimate"), 1e-6);
    golden_close("se", floored(&line), want(&fixture, PENALISED_ROBUST, "se"), 1e-6);
    for (size_t j = 0; j < pair->count; j++) {
        points.w[j] = 1 / (pow(pair->sy[j], 2) + pow(ratios[j] * pair->sx[j], 2));
    }
    ck_assert_int_eq(robust_line_fit(points.x, points.y, points.w, pair->count, false,
                                     fixture.scratch, &line),
                     ROBUST_DONE);
    golden_close("b", line.slope, want(&fixture, DELTA_ROBUST, "estimate"), 1e-6);
    golden_close("se", floored(&line), want(&fixture, DELTA_ROBUST, "se"), 1e-6);
    fixture_end(&fixture);
}
END_TEST

static double bisquare(double u, double tuning)
{
    return fabs(u) >= tuning ? 1 : 1 - pow(1 - pow(u / tuning, 2), 3);
}

/* The scale of residuals by halving: mean rho, over points less coefficients, is a half. */
static double scale_of(const struct pair *pair, double intercept, double slope, double less)
{
    double low = 0, high = 1e6;

    while (high - low > 1e-13 * high) {
        double middle = (low + high) / 2, sum = 0;

        for (size_t j = 0; j < pair->count; j++) {
            double sign = less > 1 && pair->bx[j] < 0 ? -1 : 1;
            double rest = sign * pair->by[j] - intercept - slope * sign * pair->bx[j];

            sum += bisquare(rest / pair->sy[j] / middle, 1.54764);
        }
        *(sum / ((double)pair->count - less) > 0.5 ? &low : &high) = middle;
    }
    return low;
}

static struct robust_line line_of(const struct fixture *fixture, bool has_intercept)
{
    struct points points =
        (has_intercept ? points_oriented : points_coded)(fixture->pair, fixture->arena);
    struct robust_line line;

    ck_assert_int_eq(robust_line_fit(points.x, points.y, points.w, fixture->pair->count,
                                     has_intercept, fixture->scratch, &line),
                     ROBUST_DONE);
    return line;
}

/* No slope that one walks over has residuals of smaller scale than the one reported. */
START_TEST(the_scale_is_the_smallest_anywhere)
{
    struct fixture fixture = fixture_begin_results(fixture_sets[_i]);
    double least = INFINITY, scale = line_of(&fixture, false).scale;

    for (double b = -5; b < 10; b += 0.005) {
        least = fmin(least, scale_of(fixture.pair, 0, b, 1));
    }
    ck_assert_double_le(scale, least * (1 + 1e-10));
    ck_assert_double_ge(scale, least * (1 - 1e-2));
    fixture_end(&fixture);
}
END_TEST

/* With an intercept: a grid over the plane, and the weighted residuals of the M-step balance.
 */
START_TEST(the_line_balances_its_residuals)
{
    struct fixture fixture = fixture_begin_results(fixture_sets[_i]);
    struct robust_line line = line_of(&fixture, true);
    double up = 0, along = 0, size = 0, least = INFINITY;

    for (size_t j = 0; j < fixture.pair->count; j++) {
        double sy = fixture.pair->sy[j], x = fabs(fixture.pair->bx[j]) / sy;
        double y = copysign(1, fixture.pair->bx[j]) * fixture.pair->by[j] / sy;
        double u = (y - line.intercept / sy - line.slope * x) / line.scale;
        double psi = fabs(u) < 4.685061 ? u * pow(1 - pow(u / 4.685061, 2), 2) : 0;

        up += psi / sy;
        along += psi * x;
        size += fabs(psi * x);
    }
    ck_assert_double_lt(fabs(along), 1e-8 * size);
    ck_assert_double_lt(fabs(up) * fabs(line.intercept_se), 1e-8 * size);
    for (double a = -4; a <= 4; a += 0.1) {
        for (double b = -4; b <= 4; b += 0.1) {
            least = fmin(least, scale_of(fixture.pair, line.intercept + a * line.intercept_se,
                                         line.slope + b * line.slope_se, 2));
        }
    }
    ck_assert_double_le(line.scale, least * (1 + 1e-10));
    fixture_end(&fixture);
}
END_TEST

static void make_points(struct arena *arena, struct points *points, size_t count, double wild)
{
    struct random_stream stream = random_stream_of(4, "robust", "points", NULL);

    points->x = arena_get(arena, count, sizeof *points->x);
    points->y = arena_get(arena, count, sizeof *points->y);
    points->w = arena_get(arena, count, sizeof *points->w);
    for (size_t j = 0; j < count; j++) {
        points->x[j] = 1 + random_uniform(&stream);
        points->y[j] = 0.5 + 2 * points->x[j] + random_normal(&stream);
        points->w[j] = 1;
        if ((double)j < wild * (double)count) {
            points->y[j] = 100 - 10 * points->x[j];
        }
    }
}

/* 40% of the points far away pull least squares off, and not this. */
START_TEST(outliers_do_not_pull)
{
    struct arena *arena = arena_create();
    struct points points;
    struct robust_line line;

    make_points(arena, &points, 500, 0.4);
    ck_assert_int_eq(robust_line_fit(points.x, points.y, points.w, 500, true, arena, &line),
                     ROBUST_DONE);
    ck_assert_double_eq_tol(line.slope, 2, 4 * line.slope_se);
    ck_assert_double_eq_tol(line.intercept, 0.5, 4 * line.intercept_se);
    ck_assert_double_lt(line.slope_se, 0.5);
    arena_destroy(arena);
}
END_TEST

/* Without outliers 95% efficient: its error is by 2.6% that of least squares. */
START_TEST(clean_points_cost_little)
{
    struct arena *arena = arena_create();
    struct points points;
    struct robust_line line;
    struct line_fit plain;

    make_points(arena, &points, 10000, 0);
    ck_assert_int_eq(robust_line_fit(points.x, points.y, points.w, 10000, true, arena, &line),
                     ROBUST_DONE);
    plain = regression_with_intercept(points.x, points.y, points.w, 10000);
    golden_close("se", line.slope_se, plain.slope_se / sqrt(0.95), 0.02);
    golden_close("scale", line.scale, 1, 0.03);
    ck_assert_double_eq_tol(line.slope, plain.slope, plain.slope_se);
    ck_assert_int_eq(robust_line_fit(points.x, points.y, points.w, 10000, false, arena, &line),
                     ROBUST_DONE);
    ck_assert(line.intercept == 0 && isnan(line.intercept_se));
    arena_destroy(arena);
}
END_TEST

/* Points without weight are not there, and the order of the others does nothing. */
START_TEST(order_and_points_without_weight_do_nothing)
{
    struct arena *arena = arena_create();
    struct points points, turned;
    struct robust_line line, other;
    size_t count = 101;

    for (int with = 0; with < 2; with++) {
        make_points(arena, &points, count, 0.2);
        make_points(arena, &turned, count, 0.2);
        points.w[count - 1] = turned.w[0] = 0;
        for (size_t j = 0; j + 1 < count; j++) {
            turned.x[j + 1] = points.x[(37 * j) % (count - 1)];
            turned.y[j + 1] = points.y[(37 * j) % (count - 1)];
        }
        turned.x[0] = 1e9;
        turned.w[count - 1] = 1;
        ck_assert_int_eq(
            robust_line_fit(points.x, points.y, points.w, count, with, arena, &line),
            ROBUST_DONE);
        ck_assert_int_eq(
            robust_line_fit(turned.x, turned.y, turned.w, count, with, arena, &other),
            ROBUST_DONE);
        golden_close("slope", other.slope, line.slope, 1e-10);
        golden_close("se", other.slope_se, line.slope_se, 1e-9);
    }
    arena_destroy(arena);
}
END_TEST

static const char *const keys[] = {"ivw_robust", "egger_robust"};

/* Units from 1e-12 to 1e6, and the other allele of every second variant. */
START_TEST(alleles_and_units_do_not_matter)
{
    struct fixture fixture = fixture_begin_results(fixture_sets[_i]);
    const double units[] = {1e-12, 1, 1e6};
    size_t count = fixture.pair->count;

    for (size_t i = 0; i < 6; i++) {
        const struct pair *pair = fixture.pair;
        double unit = units[i / 2], *numbers = arena_get(fixture.arena, 4 * count, 8);
        struct estimate first = fixture_run(&fixture, keys[i % 2]), got;
        struct fixture made;

        for (size_t j = 0; j < count; j++) {
            double sign = j % 2 ? -1 : 1;

            numbers[j] = sign * pair->bx[j] / unit;
            numbers[count + j] = pair->sx[j] / unit;
            numbers[2 * count + j] = sign * unit * pair->by[j];
            numbers[3 * count + j] = unit * pair->sy[j];
        }
        made = fixture_begin_made(numbers, numbers + count, numbers + 2 * count,
                                  numbers + 3 * count, count);
        got = fixture_run(&made, keys[i % 2]);
        golden_close("b", got.b / unit / unit, first.b, 1e-9);
        golden_close("se", got.se / unit / unit, first.se, 1e-8);
        golden_close("p", got.neglog10_p, first.neglog10_p, 1e-7);
        fixture_end(&made);
    }
    fixture_end(&fixture);
}
END_TEST

static void check_not_done(const struct fixture *fixture, const char *key,
                           enum estimate_status status)
{
    struct estimate got = fixture_run(fixture, key);

    ck_assert_msg(got.status == status, "%s: status %d, b %g", key, got.status, got.b);
    ck_assert_ptr_nonnull(got.note);
    ck_assert(isnan(got.b) && isnan(got.se) && isnan(got.p) && isnan(got.intercept));
}

/* A perfect fit has scale 0, over which errors cannot be had; so has half of one. */
START_TEST(exact_lines_are_said)
{
    const double bx[] = {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7},
                 s[] = {0.01, 0.02, 0.01, 0.03, 0.01, 0.01, 0.02};
    double by[7];

    for (int j = 0; j < 7; j++) {
        by[j] = 0.3 * bx[j];
    }
    for (int wild = 0; wild < 4; wild++) {
        struct fixture fixture;

        if (wild > 0) {
            by[wild] += 0.1 * wild * wild;
        }
        fixture = fixture_begin_made(bx, s, by, s, 7);
        check_not_done(&fixture, "ivw_robust", ESTIMATE_UNDEFINED);
        if (wild < 3) {
            check_not_done(&fixture, "egger_robust", ESTIMATE_UNDEFINED);
        }
        fixture_end(&fixture);
    }
}
END_TEST

START_TEST(what_cannot_be_fitted_is_said)
{
    const double none[] = {0, 0, 0, 0, 0}, same[] = {0.1, 0.1, -0.1, 0.1, 0.1},
                 s[] = {0.01, 0.01, 0.02, 0.03, 0.01}, by[] = {0.1, -0.2, 0.3, 0.15, 0};
    struct fixture fixture = fixture_begin_made(none, s, by, s, 5);

    check_not_done(&fixture, "ivw_robust", ESTIMATE_UNDEFINED);
    check_not_done(&fixture, "egger_robust", ESTIMATE_UNDEFINED);
    fixture.pair = golden_pair_of(same, s, by, s, 5, fixture.arena);
    ck_assert_int_eq(fixture_run(&fixture, "ivw_robust").status, ESTIMATE_DONE);
    check_not_done(&fixture, "egger_robust", ESTIMATE_UNDEFINED);
    for (size_t count = 0; count < 4; count++) {
        fixture.pair = golden_first(fixture.pair, 4 - count, fixture.arena);
        if (fixture.pair->count < 3) {
            check_not_done(&fixture, "ivw_robust", ESTIMATE_TOO_FEW);
        }
        if (fixture.pair->count < 4) {
            check_not_done(&fixture, "egger_robust", ESTIMATE_TOO_FEW);
        }
    }
    fixture_end(&fixture);
}
END_TEST

/* One effect of 0 on the exposure says nothing of a slope through the origin, and is no harm.
 */
START_TEST(one_effect_of_zero_and_twins_are_fine)
{
    const double bx[] = {0, 0.2, 0.2, 0.4, 0.5, 0.6},
                 s[] = {0.01, 0.01, 0.01, 0.01, 0.01, 0.01},
                 by[] = {0.01, 0.05, 0.05, 0.11, 0.12, 0.19};
    struct fixture fixture = fixture_begin_made(bx, s, by, s, 6);

    for (size_t i = 0; i < 2; i++) {
        struct estimate got = fixture_run(&fixture, keys[i]);

        ck_assert_msg(got.status == ESTIMATE_DONE, "%s: %s", keys[i], got.note);
        ck_assert(got.b > 0.1 && got.b < 0.5 && got.se > 0);
    }
    fixture_end(&fixture);
}
END_TEST

/* Three variants are fixed effects in the other package: the scale is taken out. */
START_TEST(few_variants_are_fixed_under_the_other_convention)
{
    struct fixture fixture = fixture_begin_corner(_i ? "small4" : "small3");
    struct estimate first = fixture_run(&fixture, "ivw_robust"), other;
    double scale = line_of(&fixture, false).scale;

    fixture.settings.convention = CONVENTION_MENDELIANRANDOMIZATION;
    other = fixture_run(&fixture, "ivw_robust");
    ck_assert_double_eq(other.b, first.b);
    golden_close("se", other.se, _i ? first.se : first.se * fmin(scale, 1) / scale, 1e-13);
    fixture_end(&fixture);
}
END_TEST

int main(void)
{
    const struct golden_test tests[] = {
        {robust_ivw_and_egger_are_mendelian_randomization_s, FIXTURE_SETS},
        {other_weights_are_the_package_s_too, FIXTURE_SETS},
        {the_scale_is_the_smallest_anywhere, FIXTURE_SETS},
        {the_line_balances_its_residuals, FIXTURE_SETS},
        {outliers_do_not_pull, 1},
        {clean_points_cost_little, 1},
        {order_and_points_without_weight_do_nothing, 1},
        {alleles_and_units_do_not_matter, FIXTURE_SETS},
        {exact_lines_are_said, 1},
        {what_cannot_be_fitted_is_said, 1},
        {one_effect_of_zero_and_twins_are_fine, 1},
        {few_variants_are_fixed_under_the_other_convention, 2},
    };

    numeric_start();
    return golden_run_each("estimate_robust", tests, sizeof tests / sizeof tests[0]);
}
