#include "estimate/cml.h"
#include "estimate/methods.h"
#include "fixture.h"
#include "numeric/start.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What the golden rows of a set were asked with. */
static const char *const sizes[FIXTURE_SETS] = {"17723", "184305"};

static struct fixture begin_set(int i)
{
    struct fixture fixture = fixture_begin_results(fixture_sets[i]);

    fixture.settings.parameters[PARAMETER_SAMPLE_SIZE] = atof(sizes[i]);
    return fixture;
}

/* Every fit, whatever its weight. */
static struct cml_work *fit_all(const struct fixture *fixture, struct cml_fit **fits)
{
    const struct pair *pair = fixture->pair;
    struct cml_work *work = cml_begin(pair->sx, pair->sy, pair->count, fixture->arena);

    *fits = arena_get(fixture->arena, pair->count, sizeof **fits);
    cml_load(work, pair->bx, pair->by, pair->count - 2);
    ck_assert_uint_eq(cml_fits(work, pair->count - 1, 10, 0, *fits), pair->count - 1);
    return work;
}

START_TEST(criteria_are_the_package_s)
{
    struct fixture fixture = begin_set(_i);
    const char *function =
        arena_format(fixture.arena, "mr_cML(n=%s,random_start=0)", sizes[_i]);
    struct cml_fit *fits;

    fit_all(&fixture, &fits);
    for (size_t i = 0; i + 1 < fixture.pair->count; i++) {
        const char *method = arena_format(fixture.arena, "BIC_vec K=%zu", i);
        double want = golden_find(&fixture.golden, NULL, function, method, "bic")->value;

        golden_close(method, cml_criterion(&fits[i], i, log(atof(sizes[_i]))), want, 1e-8);
    }
    fixture_end(&fixture);
}
END_TEST

/* The package stops at steps of 1e-7, a few units of the ninth digit early. */
static void check_average(const struct fixture *fixture, const char *function,
                          const char *const names[3])
{
    struct estimate got = fixture_run(fixture, "cml");

    ck_assert_int_eq(got.status, ESTIMATE_DONE);
    golden_close("b", got.b, fixture_want(fixture, function, names[0]), 4e-8);
    golden_close("se", got.se, fixture_want(fixture, function, names[1]), 1e-8);
    golden_close("p", got.p, fixture_want(fixture, function, names[2]), 1e-4);
    ck_assert_uint_eq(got.variants, fixture->pair->count);
}

START_TEST(averages_are_the_package_s)
{
    struct fixture fixture = begin_set(_i);
    const char *const names[] = {"estimate", "se", "pval"};
    const char *function =
        arena_format(fixture.arena, "mr_cML(MA=TRUE,DP=FALSE,n=%s,random_start=0)", sizes[_i]);
    struct estimate got = fixture_run(&fixture, "cml");

    check_average(&fixture, function, names);
    golden_close("b", got.b, fixture_want(&fixture, function, "estimate"), 1e-8);
    golden_close("low", got.lower, fixture_want(&fixture, function, "ci_low"), 2e-8);
    golden_close("high", got.upper, fixture_want(&fixture, function, "ci_high"), 1e-8);
    fixture_end(&fixture);
}
END_TEST

/* With Akaike's 2 in the place of log n, too. */
START_TEST(picks_are_the_package_s)
{
    struct fixture fixture = begin_set(_i);
    const char *function =
        arena_format(fixture.arena, "mr_cML(n=%s,random_start=0)", sizes[_i]);
    const char *const names[] = {"cML-BIC", "cML-AIC", "cML-MA-AIC"};
    size_t count = fixture.pair->count - 1;
    struct cml_fit *fits;

    fit_all(&fixture, &fits);
    for (size_t i = 0; i < 3; i++) {
        double log_n = i == 0 ? log(atof(sizes[_i])) : 2;
        size_t best = cml_best(fits, count, log_n);
        struct cml_fit fit = i == 2 ? cml_average(fits, count, log_n) : fits[best];
        const struct golden *golden = &fixture.golden;

        golden_close(names[i], fit.b,
                     golden_find(golden, NULL, function, names[i], "estimate")->value, 1e-7);
        golden_close(names[i], fit.se,
                     golden_find(golden, NULL, function, names[i], "se")->value, 1e-7);
        if (i < 2) {
            golden_close(names[i], (double)best,
                         golden_find(golden, NULL, function, names[i], "n_invalid")->value, 0);
        }
    }
    fixture_end(&fixture);
}
END_TEST

START_TEST(invalid_variants_are_the_package_s_and_named)
{
    struct fixture fixture = begin_set(_i);
    struct estimate got = fixture_run(&fixture, "cml");
    struct cml_fit *fits;
    struct cml_work *work = fit_all(&fixture, &fits);
    size_t invalid = 0, named = 0;

    cml_fit_of(work, cml_best(fits, fixture.pair->count - 1, log(atof(sizes[_i]))));
    ck_assert_ptr_nonnull(got.note);
    for (size_t j = 0; j < fixture.pair->count; j++) {
        invalid += cml_is_invalid(work, j);
        ck_assert(!cml_is_invalid(work, j) ||
                  strstr(got.note, pair_variant(fixture.pair, j)) != NULL);
    }
    for (size_t i = 0; i < fixture.golden.count; i++) {
        const struct golden_row *row = &fixture.golden.rows[i];

        if (strcmp(row->quantity, "invalid") == 0 &&
            strncmp(row->function, "mr_cML(MA=FALSE", 15) == 0) {
            ck_assert_ptr_nonnull(strstr(got.note, row->snp));
            named++;
        }
    }
    ck_assert_uint_eq(invalid, named);
    fixture_end(&fixture);
}
END_TEST

START_TEST(corner_sets_are_the_package_s_too)
{
    static const char *const corners[] = {"small4", "under", "hdl_chd", "presso_E1"};
    struct fixture fixture = fixture_begin_corner(corners[_i]);
    const char *const names[] = {"Estimate", "StdError", "Pvalue"};
    struct cml_fit *fits;
    size_t best;

    fixture.settings.parameters[PARAMETER_SAMPLE_SIZE] = 17723;
    check_average(&fixture, "mr_cML_MA_BIC_n17723", names);
    fit_all(&fixture, &fits);
    best = cml_best(fits, fixture.pair->count - 1, log(17723));
    golden_close("BIC b", fits[best].b, fixture_want(&fixture, "mr_cML_BIC_n17723", "Estimate"),
                 1e-7);
    golden_close("BIC se", fits[best].se,
                 fixture_want(&fixture, "mr_cML_BIC_n17723", "StdError"), 1e-7);
    fixture_end(&fixture);
}
END_TEST

/* Three sds of the golden spread of single runs, around the mean of many. */
START_TEST(perturbed_averages_are_the_package_s)
{
    struct fixture fixture = begin_set(0);
    const char *function = "mr_cML(MA=TRUE,DP=TRUE)";
    const struct golden_row *b = golden_find(&fixture.golden, NULL, function, NULL, "estimate");
    const struct golden_row *se = golden_find(&fixture.golden, NULL, function, NULL, "se");

    for (uint64_t seed = 1; seed <= 5; seed++) {
        struct estimate got;

        fixture.settings.seed = seed;
        got = fixture_run(&fixture, "cml_dp");
        ck_assert_int_eq(got.status, ESTIMATE_DONE);
        ck_assert_double_lt(fabs(got.b - b->value), 3 * b->sd);
        ck_assert_double_lt(fabs(got.se - se->value), 3 * se->sd);
    }
    fixture_end(&fixture);
}
END_TEST

/* Means and standard deviations over perturbed sets as they are defined, of all fits as they
 * are. */
static struct cml_fit perturb_plainly(const struct fixture *fixture, double log_n, size_t sets,
                                      struct random_stream *stream)
{
    const struct pair *pair = fixture->pair;
    size_t count = pair->count - 1;
    struct cml_work *work = cml_begin(pair->sx, pair->sy, pair->count, fixture->arena);
    struct cml_fit *means = arena_get(fixture->arena, count, sizeof *means);
    double *bx = arena_get(fixture->arena, pair->count, sizeof *bx);
    double *by = arena_get(fixture->arena, pair->count, sizeof *by);
    double *squares = arena_get(fixture->arena, count, sizeof *squares), n = (double)sets;

    for (size_t set = 0; set < sets; set++) {
        random_normals(stream, pair->bx, pair->sx, bx, pair->count);
        random_normals(stream, pair->by, pair->sy, by, pair->count);
        cml_load(work, bx, by, count - 1);
        for (size_t i = 0; i < count; i++) {
            struct cml_fit fit = cml_fit_of(work, i);

            means[i].b += fit.b / n;
            means[i].misfit += fit.misfit / n;
            squares[i] += fit.b * fit.b;
        }
    }
    for (size_t i = 0; i < count; i++) {
        means[i].se = sqrt((squares[i] - n * means[i].b * means[i].b) / (n - 1));
    }
    return cml_average(means, count, log_n);
}

START_TEST(short_cuts_do_not_matter)
{
    static const char *const corners[] = {"hdl_chd", "presso_E1", "under", "small4"};
    struct fixture fixture = _i < 2 ? begin_set(_i) : fixture_begin_corner(corners[_i - 2]);
    struct random_stream stream = random_stream_of(1, "exposure", "outcome", "forward cml_dp");
    double n = _i < 2 ? atof(sizes[_i]) : 17723;
    struct cml_fit want = perturb_plainly(&fixture, log(n), 200, &stream);
    struct estimate got;

    fixture.settings.parameters[PARAMETER_SAMPLE_SIZE] = n;
    got = fixture_run(&fixture, "cml_dp");
    /* beside its noise, a tenth or so of the error */
    ck_assert_double_lt(fabs(got.b - want.b), 0.01 * want.se);
    golden_close("se", got.se, want.se, 0.01);
    fixture_end(&fixture);
}
END_TEST

/* Quick fits end where turns end, but for few that find another end. */
START_TEST(quick_fits_are_the_fits)
{
    struct fixture fixture = begin_set(_i);
    const struct pair *pair = fixture.pair;
    struct cml_work *work = cml_begin(pair->sx, pair->sy, pair->count, fixture.arena);
    struct random_stream stream = random_stream_of(1, "a", "b", "c");
    double *bx = arena_get(fixture.arena, pair->count, sizeof *bx);
    double *by = arena_get(fixture.arena, pair->count, sizeof *by);
    int other = 0;

    for (int set = 0; set < 100; set++) {
        random_normals(&stream, pair->bx, pair->sx, bx, pair->count);
        random_normals(&stream, pair->by, pair->sy, by, pair->count);
        cml_load(work, bx, by, 12);
        for (size_t i = 0; i <= 12; i++) {
            struct cml_fit want = cml_fit_of(work, i), got = cml_fit_quickly(work, i);

            if (fabs(got.b - want.b) < 2e-3 * want.se) {
                golden_close("misfit", got.misfit, want.misfit, 1e-5);
            } else {
                other++;
            }
        }
    }
    ck_assert_int_lt(other, 26);
    fixture_end(&fixture);
}
END_TEST

/* A pair like another with these sample sizes of its variants and traits. */
static void give_sizes(struct fixture *fixture, double nx, double ny, double trait_x,
                       double trait_y)
{
    struct pair *pair = fixture->pair;
    struct harmonised *rows = arena_get(fixture->arena, pair->row_count, sizeof *rows);
    struct trait *traits = arena_get(fixture->arena, 2, sizeof *traits);

    for (size_t i = 0; i < pair->row_count; i++) {
        rows[i] = pair->rows[i];
        /* one variant was seen in few people */
        rows[i].x.n = i == 3 ? nx / 10 : nx;
        rows[i].y.n = ny;
    }
    traits[0] = *pair->exposure, traits[1] = *pair->outcome;
    traits[0].n = trait_x, traits[1].n = trait_y;
    pair->rows = rows, pair->exposure = &traits[0], pair->outcome = &traits[1];
}

START_TEST(the_smaller_sample_counts)
{
    const double given[][5] = {{5000, 9000, NAN, NAN, 5000}, {9000, 4000, NAN, NAN, 4000},
                               {NAN, 9000, 7000, NAN, 7000}, {NAN, NAN, 800, 900, 800},
                               {6000, 9000, 100, 100, 6000}, {NAN, 9000, NAN, 9000, NAN},
                               {9000, NAN, 9000, NAN, NAN},  {NAN, NAN, NAN, NAN, NAN}};
    const double *sizes_here = given[_i];
    struct fixture fixture = begin_set(0);
    double want;

    give_sizes(&fixture, sizes_here[0], sizes_here[1], sizes_here[2], sizes_here[3]);
    golden_close("n", cml_sample_size(fixture.pair, fixture.scratch), sizes_here[4], 0);
    want = fixture_run(&fixture, "cml").b;
    fixture.settings.parameters[PARAMETER_SAMPLE_SIZE] = NAN;
    if (isnan(sizes_here[4])) {
        ck_assert_int_eq(fixture_run(&fixture, "cml").status, ESTIMATE_MISSING_INPUT);
        ck_assert_int_eq(fixture_run(&fixture, "cml_dp").status, ESTIMATE_MISSING_INPUT);
        ck_assert_str_eq(fixture_run(&fixture, "cml").note, "needs sample sizes");
    } else {
        ck_assert_double_ne(fixture_run(&fixture, "cml").b, want);
        fixture.settings.parameters[PARAMETER_SAMPLE_SIZE] = sizes_here[4];
        want = fixture_run(&fixture, "cml").b;
        fixture.settings.parameters[PARAMETER_SAMPLE_SIZE] = NAN;
        ck_assert_double_eq(fixture_run(&fixture, "cml").b, want);
        ck_assert_int_eq(fixture_run(&fixture, "cml_dp").status, ESTIMATE_DONE);
    }
    fixture_end(&fixture);
}
END_TEST

static const char *const keys[] = {"cml", "cml_dp"};

START_TEST(too_few_variants_are_said)
{
    struct fixture fixture = begin_set(0);
    struct pair *whole = fixture.pair;

    for (size_t variants = 0; variants <= 3; variants++) {
        fixture.pair = golden_first(whole, variants, fixture.arena);
        for (size_t i = 0; i < 2; i++) {
            struct estimate got = fixture_run(&fixture, keys[i]);

            ck_assert_int_eq(got.status, variants < 3 ? ESTIMATE_TOO_FEW : ESTIMATE_DONE);
            ck_assert_int_eq(isnan(got.b), variants < 3);
        }
    }
    fixture_end(&fixture);
}
END_TEST

START_TEST(odd_effects_have_an_answer_or_a_reason)
{
    const double zero[] = {0, 0, 0, 0, 0}, s[] = {0.01, 0.01, 0.01, 0.01, 0.01};
    const double one_zero[] = {0, 0.1, 0.2, 0.3, 0.15}, by[] = {0.01, 0.02, 0.05, 0.06, 0.03};
    const double same_x[] = {0.1, 0.1, 0.1, 0.1, 0.1},
                 same_y[] = {0.02, 0.02, 0.02, 0.02, 0.02};
    const double twice[] = {0, 0.2, 0.4, 0.6, 0.3};
    const double *const sets[][2] = {
        {zero, by}, {one_zero, by}, {same_x, same_y}, {one_zero, twice}, {one_zero, zero}};

    for (size_t set = 0; set < 5; set++) {
        struct fixture fixture = fixture_begin_made(sets[set][0], s, sets[set][1], s, 5);

        fixture.settings.parameters[PARAMETER_SAMPLE_SIZE] = 1000;
        for (size_t i = 0; i < 2; i++) {
            struct estimate got = fixture_run(&fixture, keys[i]);

            ck_assert_int_eq(got.status, set == 0 ? ESTIMATE_UNDEFINED : ESTIMATE_DONE);
            ck_assert(set > 0 || got.note != NULL);
            ck_assert(set == 0 || (isfinite(got.b) && got.se > 0));
        }
        if (set == 2 || set == 3) {
            golden_close("b", fixture_run(&fixture, "cml").b, set == 2 ? 0.2 : 2, 1e-5);
        }
        fixture_end(&fixture);
    }
}
END_TEST

/* Other alleles, other units and another order. */
START_TEST(alleles_units_and_order_do_not_matter)
{
    const double scales[] = {1e-10, 1e6};
    struct fixture fixture = begin_set(_i);
    struct pair *whole = fixture.pair, turned = *whole;
    size_t count = whole->count;
    double *numbers = arena_get(fixture.arena, 4 * count, sizeof *numbers);

    for (size_t scale = 0; scale < 2; scale++) {
        struct estimate first = fixture_run(&fixture, "cml"), other;

        for (size_t j = 0; j < count; j++) {
            size_t from = count - 1 - j;
            double sign = j % 3 == 0 ? -1 : 1;

            numbers[j] = sign * 1e3 * whole->bx[from];
            numbers[count + j] = 1e3 * whole->sx[from];
            numbers[2 * count + j] = sign * scales[scale] * whole->by[from];
            numbers[3 * count + j] = scales[scale] * whole->sy[from];
        }
        turned.bx = numbers, turned.sx = numbers + count;
        turned.by = numbers + 2 * count, turned.sy = numbers + 3 * count;
        fixture.pair = &turned;
        other = fixture_run(&fixture, "cml");
        golden_close("b", other.b / scales[scale] * 1e3, first.b, 1e-9);
        golden_close("se", other.se / scales[scale] * 1e3, first.se, 1e-9);
        other = fixture_run(&fixture, "cml_dp");
        fixture.pair = whole;
        first = fixture_run(&fixture, "cml_dp");
        ck_assert_double_lt(fabs(other.b / scales[scale] * 1e3 - first.b), 0.4 * first.se);
        golden_close("se", other.se / scales[scale] * 1e3, first.se, 0.3);
    }
    fixture_end(&fixture);
}
END_TEST

/* Numbers that no study has give a value or a reason, and an end. */
START_TEST(hostile_numbers_come_to_an_end)
{
    const double zero[5] = {0}, some[] = {1, -2, 3, 0.5, 0.1}, one[] = {1, 1, 1, 1, 1};
    const double huge[] = {1e200, -1e200, 2e200, 1e-200, 1};
    const double tiny[] = {1e-200, 1e-200, 1e-200, 1, 1e-300};
    const double *const effects[] = {zero, one, some, huge, tiny};
    const double *const errors[] = {one, tiny};

    for (int i = 0; i < 5 * 5 * 2 * 2; i++) {
        struct fixture fixture = fixture_begin_made(effects[i % 5], errors[i / 25 % 2],
                                                    effects[i / 5 % 5], errors[i / 50], 5);

        fixture.settings.parameters[PARAMETER_SAMPLE_SIZE] = 1000;
        for (size_t key = 0; key < 2; key++) {
            struct estimate got = fixture_run(&fixture, keys[key]);
            bool is_done = got.status == ESTIMATE_DONE;

            ck_assert_int_eq(is_done, isfinite(got.b));
            ck_assert(is_done ? got.se > 0 && isfinite(got.se) : got.note != NULL);
        }
        fixture_end(&fixture);
    }
}
END_TEST

/* A fifth has an effect of its own; the valid ones show 0.3. */
START_TEST(ten_thousand_variants_work)
{
    const size_t count = 10000;
    struct fixture fixture = fixture_begin();
    struct random_stream stream = random_stream_of(7, "x", "y", "z");
    double *numbers = arena_get(fixture.arena, 4 * count, sizeof *numbers);

    for (size_t j = 0; j < count; j++) {
        double strength = 0.05 + 0.05 * random_uniform(&stream);

        numbers[j] = strength + 0.005 * random_normal(&stream);
        numbers[count + j] = 0.005;
        numbers[2 * count + j] = 0.3 * strength + 0.01 * random_normal(&stream);
        numbers[2 * count + j] += j % 50 == 0 ? 0.1 : 0;
        numbers[3 * count + j] = 0.01;
    }
    fixture.pair = golden_pair_of(numbers, numbers + count, numbers + 2 * count,
                                  numbers + 3 * count, count, fixture.arena);
    fixture.settings.parameters[PARAMETER_SAMPLE_SIZE] = 1e5;
    fixture.settings.parameters[PARAMETER_PERTURBATIONS] = 20;
    for (size_t i = 0; i < 2; i++) {
        struct estimate got = fixture_run(&fixture, keys[i]);

        ck_assert_int_eq(got.status, ESTIMATE_DONE);
        ck_assert_double_lt(fabs(got.b - 0.3), 5 * got.se);
        ck_assert_double_lt(got.se, 0.01);
    }
    ck_assert_ptr_nonnull(strstr(fixture_run(&fixture, "cml").note, "invalid"));
    fixture_end(&fixture);
}
END_TEST

int main(void)
{
    const struct golden_test tests[] = {
        {criteria_are_the_package_s, FIXTURE_SETS},
        {averages_are_the_package_s, FIXTURE_SETS},
        {picks_are_the_package_s, FIXTURE_SETS},
        {invalid_variants_are_the_package_s_and_named, FIXTURE_SETS},
        {corner_sets_are_the_package_s_too, 4},
        {perturbed_averages_are_the_package_s, 1},
        {short_cuts_do_not_matter, 5},
        {quick_fits_are_the_fits, FIXTURE_SETS},
        {the_smaller_sample_counts, 8},
        {too_few_variants_are_said, 1},
        {odd_effects_have_an_answer_or_a_reason, 1},
        {alleles_units_and_order_do_not_matter, FIXTURE_SETS},
        {hostile_numbers_come_to_an_end, 1},
        {ten_thousand_variants_work, 1},
    };

    numeric_start();
    return golden_run_each("estimate_cml", tests, sizeof tests / sizeof tests[0]);
}
