/*
 * MR-Lasso: against the golden tables, and against the same problem solved another way, by
 * coordinate descent on the whole matrix.
 */
#include "fixture.h"
#include "numeric/start.h"
#include <math.h>
#include <string.h>

#define MOST 3000
#define PATH 100

static const char *note_of(const struct fixture *fixture, size_t valid, double lambda)
{
    return arena_format(fixture->arena, "%zu of %zu variants count as valid, at lambda %.6g",
                        valid, fixture->pair->count, lambda);
}

START_TEST(both_sets_have_the_package_s_numbers)
{
    struct fixture fixture = fixture_begin_results(fixture_sets[_i]);
    struct estimate got = fixture_run(&fixture, "lasso");

    fixture_check_effect(&fixture, &got, "mr_lasso", 1e-12);
    golden_close("low", got.lower, fixture_want(&fixture, "mr_lasso", "ci_low"), 1e-11);
    golden_close("high", got.upper, fixture_want(&fixture, "mr_lasso", "ci_high"), 1e-11);
    ck_assert_uint_eq(got.variants, (size_t)fixture_want(&fixture, "mr_lasso", "nsnp"));
    ck_assert_str_eq(got.note,
                     note_of(&fixture, (size_t)fixture_want(&fixture, "mr_lasso", "n_valid"),
                             fixture_want(&fixture, "mr_lasso", "lambda")));
    fixture_end(&fixture);
}
END_TEST

/* The design matrix, columns by variants, scaled but not centred; the response. */
struct problem {
    double *gram, *moment; /* X'X / J and X'y / J */
    double *intercepts;    /* in units of the scaled columns */
    double null;           /* y'y / J */
    size_t count;
};

static double *zeros(const struct fixture *fixture, size_t count)
{
    return arena_get(fixture->arena, count, sizeof(double));
}

static struct problem problem_of(const struct fixture *fixture)
{
    const struct pair *pair = fixture->pair;
    size_t n = pair->count;
    struct problem problem = {zeros(fixture, n * n), zeros(fixture, n), zeros(fixture, n), 0,
                              n};
    double *columns = zeros(fixture, n * n), *y = zeros(fixture, n), bb = 0, bz = 0;

    for (size_t j = 0; j < n; j++) {
        bb += pow(pair->bx[j] / pair->sy[j], 2);
        bz += fabs(pair->bx[j]) / pair->sy[j] *
              (pair->by[j] * copysign(1, pair->bx[j]) / pair->sy[j]);
    }
    for (size_t i = 0; i < n; i++) {
        double bi = fabs(pair->bx[i]) / pair->sy[i];

        y[i] = copysign(1, pair->bx[i]) * pair->by[i] / pair->sy[i] - bi * bz / bb;
        problem.null += y[i] * y[i] / (double)n;
        for (size_t j = 0; j < n; j++) {
            columns[j * n + i] =
                ((i == j) - bi * fabs(pair->bx[j]) / pair->sy[j] / bb) / pair->sy[j];
        }
    }
    for (size_t j = 0; j < n; j++) {
        double mean = 0, square = 0, sd;

        for (size_t i = 0; i < n; i++) {
            mean += columns[j * n + i] / (double)n;
            square += columns[j * n + i] * columns[j * n + i] / (double)n;
        }
        sd = sqrt(square - mean * mean);
        for (size_t i = 0; i < n; i++) {
            columns[j * n + i] /= sd;
            problem.moment[j] += columns[j * n + i] * y[i] / (double)n;
        }
    }
    for (size_t j = 0; j < n; j++) {
        for (size_t k = 0; k < n; k++) {
            for (size_t i = 0; i < n; i++) {
                problem.gram[j * n + k] += columns[j * n + i] * columns[k * n + i] / (double)n;
            }
        }
    }
    return problem;
}

/* Coordinate descent at one penalty, from where the last one ended; *explained is added to. */
static void descend(struct problem *problem, double lambda, double *explained)
{
    size_t n = problem->count;
    double change;

    do {
        change = 0;
        for (size_t j = 0; j < n; j++) {
            double own = problem->gram[j * n + j], was = problem->intercepts[j];
            double pull = problem->moment[j] + own * was, step;

            problem->intercepts[j] =
                fabs(pull) > lambda ? copysign(fabs(pull) - lambda, pull) / own : 0;
            step = problem->intercepts[j] - was;
            *explained += step * (2 * problem->moment[j] - step * own) / problem->null;
            change = fmax(change, own * step * step / problem->null);
            for (size_t k = 0; step != 0 && k < n; k++) {
                problem->moment[k] -= problem->gram[j * n + k] * step;
            }
        }
    } while (change > 1e-30);
}

/* IVW of the variants without an intercept. */
struct answer {
    double b, se, sigma, lambda;
    size_t valid;
};

static struct answer answer_of(const struct pair *pair, const struct problem *problem,
                               double lambda)
{
    struct answer answer = {.lambda = lambda};
    double xx = 0, xy = 0, rss = 0;

    for (int round = 0; round < 2; round++) {
        for (size_t j = 0; j < pair->count; j++) {
            double w = pow(pair->sy[j], -2), x = pair->bx[j], y = pair->by[j];

            if (problem->intercepts[j] == 0) {
                answer.valid += round == 0;
                xx += round == 0 ? w * x * x : 0;
                xy += round == 0 ? w * x * y : 0;
                rss += round == 1 ? w * pow(y - xy / xx * x, 2) : 0;
            }
        }
    }
    answer.b = xy / xx;
    answer.sigma = sqrt(rss / ((double)answer.valid - 1));
    answer.se = fmax(1, answer.sigma) / sqrt(xx);
    return answer;
}

static struct answer expected(const struct fixture *fixture)
{
    struct problem problem = problem_of(fixture);
    struct answer answers[PATH];
    double highest = 0, explained = 0, before = 0;
    size_t count = 0, chosen;

    for (size_t j = 0; j < problem.count; j++) {
        highest = fmax(highest, fabs(problem.moment[j]));
    }
    do {
        double lambda = highest * pow(1e-4, (double)count / (PATH - 1));

        before = explained;
        if (count > 0) {
            descend(&problem, lambda, &explained);
        }
        answers[count++] = answer_of(fixture->pair, &problem, lambda);
    } while (count < PATH &&
             (count < 5 || (explained <= 0.999 && explained - before >= 1e-5 * explained)));
    for (chosen = count - 1; chosen > 0; chosen--) {
        const struct answer *above = &answers[chosen - 1];

        if (above->sigma > 1 &&
            above->sigma - answers[chosen].sigma > 3.841458820694124 / (double)above->valid) {
            break;
        }
    }
    while (answers[chosen].valid < 2) {
        chosen--;
    }
    return answers[chosen];
}

static void check_against(const struct fixture *fixture, const struct answer *want)
{
    struct estimate got = fixture_run(fixture, "lasso");

    ck_assert_int_eq(got.status, ESTIMATE_DONE);
    ck_assert_str_eq(got.note, note_of(fixture, want->valid, want->lambda));
    golden_close("b", got.b, want->b, 1e-10);
    golden_close("se", got.se, want->se, 1e-10);
}

START_TEST(coordinate_descent_arrives_at_the_same)
{
    struct fixture fixture = _i < FIXTURE_SETS
                                 ? fixture_begin_results(fixture_sets[_i])
                                 : fixture_begin_corner(fixture_corners[_i - FIXTURE_SETS + 1]);
    struct answer want = expected(&fixture);

    check_against(&fixture, &want);
    fixture_end(&fixture);
}
END_TEST

/* A share of invalid variants, of a size. */
static struct fixture begin_simulated(size_t count, double share, double size, uint64_t seed)
{
    struct fixture fixture = fixture_begin();
    double *bx = zeros(&fixture, count), *sx = zeros(&fixture, count);
    double *by = zeros(&fixture, count), *sy = zeros(&fixture, count);
    struct random_stream stream = random_stream_of(seed, "a", "b", "c");

    for (size_t j = 0; j < count; j++) {
        bx[j] = (0.02 + 0.05 * random_uniform(&stream)) * (j % 3 == 0 ? -1 : 1);
        sx[j] = 0.004;
        sy[j] = 0.005 + 0.01 * random_uniform(&stream);
        by[j] = 0.2 * bx[j] + sy[j] * random_normal(&stream) +
                (random_uniform(&stream) < share ? size * random_normal(&stream) : 0);
    }
    fixture.pair = golden_pair_of(bx, sx, by, sy, count, fixture.arena);
    return fixture;
}

START_TEST(coordinate_descent_arrives_at_the_same_on_made_sets)
{
    for (uint64_t seed = 1; seed <= 25; seed++) {
        struct fixture fixture =
            begin_simulated(5 + 2 * seed, 0.3, 0.02 * (double)(seed % 4), seed);
        struct answer want = expected(&fixture);

        check_against(&fixture, &want);
        fixture_end(&fixture);
    }
}
END_TEST

START_TEST(order_alleles_and_units_do_not_matter)
{
    struct fixture fixture = fixture_begin_results(fixture_sets[_i]);
    struct estimate want = fixture_run(&fixture, "lasso"), got;
    static const double scales[] = {1, 1e-12, 1e6};
    struct pair *whole = fixture.pair;

    for (int i = 0; i < 3; i++) {
        fixture.pair = fixture_turned(&fixture, scales[i]);
        got = fixture_run(&fixture, "lasso");
        golden_close("b", got.b, scales[i] * want.b, 1e-12);
        golden_close("se", got.se, scales[i] * want.se, 1e-12);
        golden_close("p", got.p, want.p, 1e-10);
        ck_assert(strncmp(got.note, want.note, 30) == 0);
        fixture.pair = whole;
    }
    fixture_end(&fixture);
}
END_TEST

START_TEST(a_perfect_fit_has_no_invalid_variant)
{
    const double bx[] = {0.1, 0.2, -0.3, 0.4}, se[] = {0.01, 0.02, 0.01, 0.02};
    const double by[] = {0.05, 0.1, -0.15, 0.2};
    struct fixture fixture = fixture_begin_made(bx, se, by, se, 4);
    struct estimate got = fixture_run(&fixture, "lasso");

    golden_close("b", got.b, 0.5, 1e-14);
    golden_close("se", got.se, 1 / sqrt(100 + 100 + 900 + 400), 1e-12);
    ck_assert(strncmp(got.note, "4 of 4 variants", 15) == 0);
    fixture_end(&fixture);
}
END_TEST

/* One variant far off is found out, and identical ones stay together. */
START_TEST(an_outlier_is_left_out)
{
    const double bx[] = {0.1, 0.1, 0.1, 0.1, 0.1, 0.1},
                 se[] = {0.01, 0.01, 0.01, 0.01, 0.01, 0.01};
    const double by[] = {0.05, 0.05, 0.05, 0.05, 0.05, 0.9};
    struct fixture fixture = fixture_begin_made(bx, se, by, se, 6);
    struct estimate got = fixture_run(&fixture, "lasso");

    golden_close("b", got.b, 0.5, 1e-12);
    golden_close("se", got.se, 0.1 / sqrt(5), 1e-12);
    fixture_end(&fixture);
}
END_TEST

static void check_status(const double *bx, const double *by, enum estimate_status status)
{
    const double se[] = {0.01, 0.01, 0.01};
    struct fixture fixture = fixture_begin_made(bx, se, by, se, 3);
    struct estimate got = fixture_run(&fixture, "lasso");

    ck_assert_int_eq(got.status, status);
    ck_assert(status == ESTIMATE_DONE ? isfinite(got.b) && got.se > 0 : isnan(got.b));
    ck_assert_ptr_nonnull(got.note);
    fixture_end(&fixture);
}

START_TEST(variants_without_effect_on_the_exposure_are_fine_unless_all_are)
{
    const double none[] = {0, 0, 0}, one[] = {0, 0, 0.1}, two[] = {0, 0.1, 0.2};
    const double by[] = {0.01, 0.03, 0.05};

    check_status(none, by, ESTIMATE_UNDEFINED);
    check_status(one, by, ESTIMATE_DONE);
    check_status(two, by, ESTIMATE_DONE);
    check_status(by, none, ESTIMATE_DONE);
}
END_TEST

START_TEST(three_thousand_variants_work)
{
    struct fixture fixture = begin_simulated(MOST, 0.2, 0.1, 1);
    struct estimate got = fixture_run(&fixture, "lasso");

    ck_assert_int_eq(got.status, ESTIMATE_DONE);
    ck_assert_double_lt(fabs(got.b - 0.2), 4 * got.se);
    fixture_end(&fixture);
}
END_TEST

int main(void)
{
    const struct golden_test tests[] = {
        {both_sets_have_the_package_s_numbers, FIXTURE_SETS},
        {coordinate_descent_arrives_at_the_same, FIXTURE_SETS + FIXTURE_CORNERS - 1},
        {coordinate_descent_arrives_at_the_same_on_made_sets, 1},
        {order_alleles_and_units_do_not_matter, FIXTURE_SETS},
        {a_perfect_fit_has_no_invalid_variant, 1},
        {an_outlier_is_left_out, 1},
        {variants_without_effect_on_the_exposure_are_fine_unless_all_are, 1},
        {three_thousand_variants_work, 1},
    };

    numeric_start();
    return golden_run_each("estimate_lasso", tests, sizeof tests / sizeof tests[0]);
}
