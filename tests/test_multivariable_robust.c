/*
 * Robust regression on several exposures: what defines it, whatever order and signs the
 * variants have, and that outliers do not pull it.
 */
#include "mv_fixture.h"
#include "numeric/bisquare.h"
#include "numeric/robust_errors.h"
#include "numeric/robust_plane.h"
#include <math.h>
#include <string.h>

/* The plane of a design, the residuals over its scale in `rest`. */
static enum robust_outcome fit(const struct mv_fixture *fixture, double *effects,
                               double *errors, double *scale, double *rest)
{
    const struct design *design = &fixture->design;
    double *w = arena_get(fixture->arena, design->count, sizeof *w);
    enum robust_outcome outcome;

    for (size_t j = 0; j < design->count; j++) {
        w[j] = 1 / (design->sy[j] * design->sy[j]);
    }
    outcome = robust_plane_fit(design->x, design->y, w, design->count, design->exposure_count,
                               fixture->scratch, effects, errors, scale);
    for (size_t j = 0; outcome == ROBUST_DONE && j < design->count; j++) {
        rest[j] = design->y[j];
        for (size_t k = 0; k < design->exposure_count; k++) {
            rest[j] -= design->x[j * design->exposure_count + k] * effects[k];
        }
        rest[j] *= sqrt(w[j]) / *scale;
    }
    return outcome;
}

/* The sum of psi(r) z over the variants is 0 for every exposure. */
START_TEST(psi_is_balanced)
{
    struct mv_fixture fixture =
        mv_fixture_made(60, (size_t)_i + 1, 0.1, 0.2, 0.5, (uint64_t)_i + 3);
    double effects[6], errors[6], scale, rest[60];

    ck_assert_int_eq(fit(&fixture, effects, errors, &scale, rest), ROBUST_DONE);
    for (size_t k = 0; k <= (size_t)_i; k++) {
        double sum = 0, size = 0;

        for (size_t j = 0; j < 60; j++) {
            double part = rest[j] * bisquare_weight(rest[j], ROBUST_TUNING) *
                          fixture.design.x[j * ((size_t)_i + 1) + k];

            sum += part;
            size += fabs(part);
        }
        ck_assert_double_lt(fabs(sum), 1e-8 * size);
        ck_assert(errors[k] > 0);
    }
    mv_fixture_end(&fixture);
}
END_TEST

/* Four variants in ten go far away, all to one side: the truth is still found; IVW's is not. */
START_TEST(outliers_do_not_pull)
{
    struct mv_fixture fixture = mv_fixture_made(50, 3, 0.02, 0.1, 0, 17);
    double *y = arena_get(fixture.arena, 50, sizeof *y);
    struct mv_estimate robust, plain;

    memcpy(y, fixture.design.y, 50 * sizeof *y);
    for (size_t j = 0; j < 20; j++) {
        y[j] += 20 * (fixture.design.x[3 * j] > 0 ? 1 : -1);
    }
    fixture.design.y = y;
    robust = mv_fixture_run(&fixture, "mv_robust");
    plain = mv_fixture_run(&fixture, "mv_ivw");
    ck_assert_double_lt(fabs(robust.effects[0].b - 1), 4 * robust.effects[0].se);
    ck_assert_double_lt(robust.effects[0].se, 0.1);
    ck_assert_double_gt(fabs(plain.effects[0].b - 1), 2);
    mv_fixture_end(&fixture);
}
END_TEST

/* More rows than every choice of them is tried for: in any order and run the same digits. */
START_TEST(starts_do_not_depend_on_the_order)
{
    struct mv_fixture fixture = mv_fixture_made(80, 4, 0.1, 0.2, 1, 5);
    double *x = arena_get(fixture.arena, 320, sizeof *x);
    double *y = arena_get(fixture.arena, 80, sizeof *y);
    struct mv_estimate here = mv_fixture_run(&fixture, "mv_robust"), there;

    for (size_t j = 0; j < 80; j++) {
        size_t from = (j * 37 + 11) % 80;

        for (size_t k = 0; k < 4; k++) {
            x[4 * j + k] = (j % 3 == 0 ? -1 : 1) * fixture.design.x[4 * from + k];
        }
        y[j] = (j % 3 == 0 ? -1 : 1) * fixture.design.y[from];
    }
    fixture.design.x = x;
    fixture.design.y = y;
    there = mv_fixture_run(&fixture, "mv_robust");
    ck_assert_int_eq(here.status, ESTIMATE_DONE);
    ck_assert_mem_eq(&here.effects[2].b, &there.effects[2].b, sizeof(double));
    ck_assert_mem_eq(&here.effects[2].se, &there.effects[2].se, sizeof(double));
    mv_fixture_end(&fixture);
}
END_TEST

/* Twelve of twenty variants fitted exactly leave no scale. */
START_TEST(an_exact_fit_is_refused)
{
    struct mv_fixture fixture = mv_fixture_made(20, 2, 0.1, 0.1, 0, 8);
    double *y = arena_get(fixture.arena, 20, sizeof *y);
    struct mv_estimate estimate;

    memcpy(y, fixture.design.y, 20 * sizeof *y);
    for (size_t j = 0; j < 12; j++) {
        y[j] = 2 * fixture.design.x[2 * j] - fixture.design.x[2 * j + 1];
    }
    fixture.design.y = y;
    estimate = mv_fixture_run(&fixture, "mv_robust");
    ck_assert_int_eq(estimate.status, ESTIMATE_UNDEFINED);
    ck_assert_ptr_nonnull(strstr(estimate.note, "fitted exactly"));
    mv_fixture_end(&fixture);
}
END_TEST

/* Whatever guess the search for a scale begins with. */
START_TEST(a_far_guess_finds_the_same_scale)
{
    double rest[BISQUARE_PLACES(9)] = {0.1, -2, 3, 0.5, -0.7, 1.1, 4, -1.6, 0.2};
    struct bisquare_cloud cloud = {.count = 9, .coefficients = 1, .rest = rest};
    double scale = bisquare_scale(&cloud, 9, 0, BISQUARE_PRECISION);
    double guess = pow(10, _i - 12);

    golden_close("excess", bisquare_excess(&cloud, scale), 1, 1e-12);
    golden_close("scale", bisquare_scale(&cloud, 9, guess, BISQUARE_PRECISION), scale, 1e-11);
}
END_TEST

int main(void)
{
    const struct golden_test tests[] = {{a_far_guess_finds_the_same_scale, 25},
                                        {psi_is_balanced, 6},
                                        {outliers_do_not_pull, 1},
                                        {starts_do_not_depend_on_the_order, 1},
                                        {an_exact_fit_is_refused, 1}};

    return golden_run_each("robust regression on several exposures", tests,
                           sizeof tests / sizeof *tests);
}
