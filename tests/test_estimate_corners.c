/*
 * What every method of the table answers to data that has corners: few variants and very many,
 * equal ones, effects of exactly 0, tiny and huge. It answers, or says why it cannot.
 */
#include "fixture.h"
#include "invariants.h"
#include "numeric/start.h"
#include "variations.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

#define N 100000
#define EAF 0.3
#define BOOT 300
#define MANY 10000

/* Random numbers that make a set: an effect with pleiotropy, strengths of all sizes. */
struct numbers {
    double *bx, *sx, *by, *sy;
    size_t count;
};

static struct numbers numbers_of(size_t count, struct arena *arena)
{
    struct random_stream stream = random_stream_of(11, "corners", NULL, NULL);
    struct numbers made = {arena_get(arena, count + 1, sizeof(double)),
                           arena_get(arena, count + 1, sizeof(double)),
                           arena_get(arena, count + 1, sizeof(double)),
                           arena_get(arena, count + 1, sizeof(double)), count};

    for (size_t j = 0; j < count; j++) {
        made.sx[j] = 0.01 + 0.01 * random_uniform(&stream);
        made.sy[j] = 0.01 + 0.02 * random_uniform(&stream);
        made.bx[j] = 0.08 + 0.1 * random_uniform(&stream);
        made.by[j] = 0.3 * made.bx[j] + made.sy[j] * random_normal(&stream);
    }
    return made;
}

static struct fixture begin_numbers(size_t count, struct numbers *numbers)
{
    struct fixture fixture = fixture_begin();

    *numbers = numbers_of(count, fixture.arena);
    fixture.settings.boot = fixture.settings.presso_sims = BOOT;
    return fixture;
}

/* Every method on the numbers as they now are, and that its answer makes sense. */
static void try_all(struct fixture *fixture, const struct numbers *numbers, const char *what)
{
    struct faults faults = {.data = what};
    size_t count;
    const struct method *const *methods = methods_all(&count);

    fixture->pair = golden_pair_of(numbers->bx, numbers->sx, numbers->by, numbers->sy,
                                   numbers->count, fixture->arena);
    fixture->pair = variation_known(fixture->pair, N, EAF, fixture->arena);
    for (size_t i = 0; i < count; i++) {
        struct estimate got = fixture_run(fixture, methods[i]->key);

        if (fixture->pair->count < methods[i]->least) {
            ck_assert_int_eq(got.status, ESTIMATE_TOO_FEW);
        }
        invariants_valid(&faults, &got);
    }
    ck_assert_uint_eq(faults.count, 0);
}

/* What a method that answers must answer: this effect. */
static void expect_all(struct fixture *fixture, double b, const char *what)
{
    struct faults faults = {.data = what};
    size_t count, done = 0;
    const struct method *const *methods = methods_all(&count);

    for (size_t i = 0; i < count; i++) {
        struct estimate got = fixture_run(fixture, methods[i]->key);

        invariants_valid(&faults, &got);
        if (got.status != ESTIMATE_DONE || invariants_excuse(methods[i], HAS_UNIT) != NULL) {
            continue;
        }
        done++;
        if (!(fabs(got.b - b) <= 1e-6 * fabs(b) + 0.5 * got.se * methods[i]->is_random)) {
            fprintf(stderr, "%s on %s: b %.15g, want %.15g\n", methods[i]->key, what, got.b, b);
            faults.count++;
        }
    }
    ck_assert_uint_gt(done, 0);
    ck_assert_uint_eq(faults.count, 0);
}

START_TEST(few_variants)
{
    struct numbers numbers;
    struct fixture fixture = begin_numbers((size_t)_i, &numbers);

    try_all(&fixture, &numbers, arena_format(fixture.arena, "%d variants", _i));
    fixture_end(&fixture);
}
END_TEST

START_TEST(equal_exposures)
{
    struct numbers numbers;
    struct fixture fixture = begin_numbers(12, &numbers);

    for (size_t j = 0; j < numbers.count; j++) {
        numbers.bx[j] = 0.1;
    }
    try_all(&fixture, &numbers, "equal exposures");
    for (size_t j = 0; j < numbers.count; j++) {
        numbers.sx[j] = 0.01;
        numbers.sy[j] = 0.02;
    }
    try_all(&fixture, &numbers, "equal exposures and errors");
    ck_assert_int_eq(fixture_run(&fixture, "egger").status, ESTIMATE_UNDEFINED);
    fixture_end(&fixture);
}
END_TEST

/* Every ratio is the same: nothing scatters, and a spread may be 0 but never negative. */
START_TEST(a_perfect_fit)
{
    struct numbers numbers;
    struct fixture fixture = begin_numbers(12, &numbers);

    for (size_t j = 0; j < numbers.count; j++) {
        numbers.bx[j] = 0.125 * (double)(j + 1);
        numbers.by[j] = 0.5 * numbers.bx[j];
    }
    try_all(&fixture, &numbers, "equal ratios");
    ck_assert_double_le(fixture_run(&fixture, "ivw").q, 1e-20);
    fixture_end(&fixture);
}
END_TEST

/* Equal ratios and shrunken errors: every method that counts no exposure error finds them. */
START_TEST(a_perfect_fit_has_its_effect)
{
    struct numbers numbers;
    struct fixture fixture = begin_numbers(12, &numbers);

    for (size_t j = 0; j < numbers.count; j++) {
        numbers.bx[j] = 0.125 * (double)(j + 1);
        numbers.by[j] = 0.5 * numbers.bx[j];
        numbers.sx[j] *= 1e-6;
        numbers.sy[j] *= 1e-3;
    }
    try_all(&fixture, &numbers, "equal ratios, exposure known");
    expect_all(&fixture, 0.5, "equal ratios, exposure known");
    fixture_end(&fixture);
}
END_TEST

/* What is left of a perfect fit is rounding, of whichever size: no error is made of it. */
START_TEST(rounding_is_no_scatter)
{
    const char *const keys[] = {"ivw_mre",      "presso", "ivw_radial",
                                "egger_radial", "grip",   "grip_adjusted"};
    struct numbers numbers;
    struct fixture fixture = begin_numbers(12, &numbers);

    for (int slope = 1; slope <= 9; slope++) {
        for (size_t j = 0; j < numbers.count; j++) {
            numbers.bx[j] = 0.1 * (double)(j + 1);
            numbers.by[j] = 0.1 * slope * numbers.bx[j];
        }
        fixture.pair = golden_pair_of(numbers.bx, numbers.sx, numbers.by, numbers.sy,
                                      numbers.count, fixture.arena);
        for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
            struct estimate got = fixture_run(&fixture, keys[i]);

            ck_assert_int_eq(got.status, ESTIMATE_UNDEFINED);
            ck_assert_str_eq(got.note,
                             "the fit is perfect, so that there is no standard error");
        }
    }
    fixture_end(&fixture);
}
END_TEST

/* What overflows is not "no effect" or "the same effect". */
START_TEST(numbers_out_of_range_are_called_so)
{
    const double bx[] = {1, 0.1}, sx[] = {0.01, 0.01};
    const double by[] = {1e200, 0.1}, sy[] = {1e-200, 0.02};
    struct fixture fixture = fixture_begin_made(bx, sx, by, sy, 2);
    struct estimate got = fixture_run(&fixture, "ivw");

    ck_assert_int_eq(got.status, ESTIMATE_UNDEFINED);
    ck_assert_ptr_nonnull(strstr(got.note, "too large or too small"));
    fixture_end(&fixture);
}
END_TEST

START_TEST(one_effect_of_exactly_zero)
{
    struct numbers numbers;
    struct fixture fixture = begin_numbers(8, &numbers);

    numbers.bx[3] = 0;
    try_all(&fixture, &numbers, "one bx of 0");
    numbers.bx[3] = -0.0;
    try_all(&fixture, &numbers, "one bx of -0");
    numbers.by[3] = 0;
    try_all(&fixture, &numbers, "one bx and by of 0");
    numbers.bx[3] = 0.1;
    try_all(&fixture, &numbers, "one by of 0");
    for (size_t j = 0; j < numbers.count; j++) {
        numbers.by[j] = 0;
    }
    try_all(&fixture, &numbers, "every by 0");
    for (size_t j = 0; j < numbers.count; j++) {
        numbers.bx[j] = 0;
    }
    try_all(&fixture, &numbers, "every effect 0");
    fixture_end(&fixture);
}
END_TEST

static const double sizes[] = {1e-12, 1e-6, 1, 1e6};
#define SIZES ((int)(sizeof sizes / sizeof sizes[0]))

START_TEST(tiny_and_huge_effects)
{
    struct numbers numbers;
    struct fixture fixture = begin_numbers(10, &numbers);
    double x = sizes[_i / SIZES], y = sizes[_i % SIZES];

    for (size_t j = 0; j < numbers.count; j++) {
        numbers.bx[j] *= x;
        numbers.sx[j] *= x;
        numbers.by[j] *= y;
        numbers.sy[j] *= y;
    }
    try_all(&fixture, &numbers, arena_format(fixture.arena, "bx of %g and by of %g", x, y));
    ck_assert_int_eq(fixture_run(&fixture, "weighted_mode").status, ESTIMATE_DONE);
    fixture_end(&fixture);
}
END_TEST

/* Effects of that size on their usual errors: instruments of no strength, or of all. */
START_TEST(tiny_and_huge_strength)
{
    struct numbers numbers;
    struct fixture fixture = begin_numbers(10, &numbers);
    double x = sizes[_i / SIZES], y = sizes[_i % SIZES];

    for (size_t j = 0; j < numbers.count; j++) {
        numbers.bx[j] *= x;
        numbers.by[j] *= y;
    }
    try_all(&fixture, &numbers,
            arena_format(fixture.arena, "bx of %g and by of %g, errors as ever", x, y));
    fixture_end(&fixture);
}
END_TEST

START_TEST(identical_variants)
{
    struct numbers numbers;
    struct fixture fixture = begin_numbers(2 + (size_t)_i, &numbers);

    numbers.bx[1] = numbers.bx[0];
    numbers.sx[1] = numbers.sx[0];
    numbers.by[1] = numbers.by[0];
    numbers.sy[1] = numbers.sy[0];
    try_all(&fixture, &numbers,
            arena_format(fixture.arena, "two of %zu identical", numbers.count));
    for (size_t j = 1; j < numbers.count; j++) {
        numbers.bx[j] = numbers.bx[0];
        numbers.sx[j] = numbers.sx[0];
        numbers.by[j] = numbers.by[0];
        numbers.sy[j] = numbers.sy[0];
    }
    try_all(&fixture, &numbers,
            arena_format(fixture.arena, "all of %zu identical", numbers.count));
    fixture_end(&fixture);
}
END_TEST

START_TEST(ten_thousand_variants)
{
    struct numbers numbers;
    struct fixture fixture = begin_numbers(MANY, &numbers);
    struct faults faults = {.data = "10,000 variants"};
    size_t count;
    const struct method *const *methods = methods_all(&count);

    fixture.settings.boot = fixture.settings.presso_sims = 20;
    fixture.settings.parameters[PARAMETER_PERTURBATIONS] = 20;
    fixture.pair =
        golden_pair_of(numbers.bx, numbers.sx, numbers.by, numbers.sy, MANY, fixture.arena);
    fixture.pair = variation_known(fixture.pair, N, EAF, fixture.arena);
    for (size_t i = 0; i < count; i++) {
        struct estimate got = fixture_run(&fixture, methods[i]->key);

        invariants_valid(&faults, &got);
        /* simulated without outliers: every consistent method is near the truth, or says that
         * it cannot know it so well */
        if (got.status == ESTIMATE_DONE && invariants_excuse(methods[i], HAS_UNIT) == NULL &&
            !(fabs(got.b - 0.3) < 0.05) && !(fabs(got.b - 0.3) < 4 * got.se)) {
            fprintf(stderr, "%s on %s: b %g, true 0.3\n", methods[i]->key, faults.data, got.b);
            faults.count +=
                methods[i]->group != GROUP_EGGER && methods[i] != methods_find("grip_adjusted");
        }
    }
    ck_assert_uint_eq(faults.count, 0);
    fixture_end(&fixture);
}
END_TEST

/* A number that is missing or impossible leaves its variant out, and no other. */
START_TEST(impossible_errors_drop_their_variant)
{
    static const double impossible[] = {0, -0.01, NAN, INFINITY};
    struct numbers numbers;
    struct fixture fixture = begin_numbers(8, &numbers);
    double *const columns[] = {numbers.sx, numbers.sy};

    for (size_t c = 0; c < 2; c++) {
        for (size_t i = 0; i < sizeof impossible / sizeof impossible[0]; i++) {
            double held = columns[c][2];

            columns[c][2] = impossible[i];
            try_all(&fixture, &numbers, "an impossible error");
            columns[c][2] = held;
            ck_assert_uint_eq(fixture.pair->count, 7);
            ck_assert_str_eq(pair_variant(fixture.pair, 2), "v4");
        }
    }
    fixture_end(&fixture);
}
END_TEST

int main(void)
{
    const struct golden_test tests[] = {
        {few_variants, 5},
        {equal_exposures, 1},
        {a_perfect_fit, 1},
        {a_perfect_fit_has_its_effect, 1},
        {rounding_is_no_scatter, 1},
        {numbers_out_of_range_are_called_so, 1},
        {one_effect_of_exactly_zero, 1},
        {tiny_and_huge_effects, SIZES * SIZES},
        {tiny_and_huge_strength, SIZES * SIZES},
        {identical_variants, 3},
        {ten_thousand_variants, 1},
        {impossible_errors_drop_their_variant, 1},
    };

    numeric_start();
    return golden_run_each("estimate_corners", tests, sizeof tests / sizeof tests[0]);
}
