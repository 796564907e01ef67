/*
 * MR-PRESSO: its tests and estimates against the golden tables and against plain refits, and
 * what it says where it cannot tell.
 */
#include "diagnose/diagnose.h"
#include "estimate/methods.h"
#include "estimate/presso_kernel.h"
#include "fixture.h"
#include "numeric/regression.h"
#include "numeric/start.h"
#include <math.h>
#include <string.h>

/* What the package was asked for, and so many that no outlier depends on chance. */
#define GOLDEN_SIMS 10000
#define MANY_SIMS 100000
#define GOLDEN_NAME "mr_presso(NbDistribution=10000)"

static const struct presso *run(const struct fixture *fixture)
{
    return presso_of(fixture->pair, &fixture->settings, fixture->scratch, fixture->arena);
}

static double wanted(const struct fixture *fixture, const char *method, const char *quantity)
{
    return golden_find(&fixture->golden, "MRPRESSO", GOLDEN_NAME, method, quantity)->value;
}

static void check_estimate(const struct fixture *fixture, const struct estimate *got,
                           const char *method)
{
    ck_assert_int_eq(got->status, ESTIMATE_DONE);
    golden_close("b", got->b, wanted(fixture, method, "estimate"), 1e-10);
    golden_close("se", got->se, wanted(fixture, method, "se"), 1e-10);
    golden_close("p", got->p, wanted(fixture, method, "pval"), 1e-8);
}

START_TEST(estimates_are_the_package_s)
{
    struct fixture fixture = fixture_begin_results(fixture_sets[_i]);
    const struct presso *presso;

    fixture.settings.presso_sims = MANY_SIMS;
    presso = run(&fixture);
    check_estimate(&fixture, &presso->raw, "Raw");
    check_estimate(&fixture, &presso->corrected, "Outlier-corrected");
    golden_close("RSSobs", presso->rss, wanted(&fixture, "Global Test", "RSSobs"), 1e-11);
    ck_assert_double_le(presso->p, 3 * wanted(&fixture, "Global Test", "pval"));
    golden_close("outliers", (double)presso->outliers,
                 wanted(&fixture, "Distortion Test", "n_outliers"), 0);
    ck_assert_uint_eq(presso->corrected.variants, fixture.pair->count - presso->outliers);
    golden_close("distortion", presso->distortion,
                 wanted(&fixture, "Distortion Test", "distortion_coefficient"), 1e-8);
    fixture_end(&fixture);
}
END_TEST

static size_t variant_of(const struct pair *pair, const char *id)
{
    for (size_t j = 0; j < pair->count; j++) {
        if (strcmp(pair_variant(pair, j), id) == 0) {
            return j;
        }
    }
    ck_abort_msg("no variant %s", id);
    return 0;
}

/* Shares of the package's simulations scatter as a binomial. */
static void check_p(const struct presso_variant *got, size_t count, double want)
{
    double share = got->p / (double)count;
    double sd = (double)count * sqrt(share * (1 - share) / GOLDEN_SIMS);

    ck_assert_msg(fabs(got->p - want) <= 3 * sd, "p %g, not %g", got->p, want);
}

START_TEST(each_variant_is_the_package_s)
{
    struct fixture fixture = fixture_begin_results(fixture_sets[_i]);
    const struct presso *presso;
    size_t seen = 0;

    fixture.settings.presso_sims = MANY_SIMS;
    presso = run(&fixture);
    for (size_t i = 0; i < fixture.golden.count; i++) {
        const struct golden_row *row = &fixture.golden.rows[i];
        const struct presso_variant *got;

        if (strcmp(row->package, "MRPRESSO") != 0 || row->snp[0] == '\0') {
            continue;
        }
        got = &presso->variants[variant_of(fixture.pair, row->snp)];
        seen++;
        if (strcmp(row->quantity, "RSSobs") == 0) {
            golden_close(row->snp, got->rss, row->value, 1e-8);
        } else {
            check_p(got, fixture.pair->count, row->value);
        }
    }
    ck_assert_uint_eq(seen, 2 * fixture.pair->count);
    fixture_end(&fixture);
}
END_TEST

/* The package leaves the outliers in what it draws; asked for the same, so do we. */
START_TEST(distortion_with_outliers_is_the_package_s)
{
    struct fixture fixture = fixture_begin_results("lipid_ldl_chd");
    const struct golden_row *row =
        golden_find(&fixture.golden, "MRPRESSO", GOLDEN_NAME, "Distortion Test", "pval");

    fixture.settings.presso_sims = MANY_SIMS;
    fixture.settings.parameters[PARAMETER_PRESSO_DISTORTION] = DISTORTION_WITH_OUTLIERS;
    ck_assert_double_lt(fabs(run(&fixture)->distortion_p - row->value), 3 * row->sd);
    fixture_end(&fixture);
}
END_TEST

static void check_corner(const char *dataset, size_t sims, const size_t *outliers,
                         size_t outlier_count, double distortion, double distortion_p)
{
    struct fixture fixture = fixture_begin_corner(dataset);
    const struct presso *presso;

    fixture.settings.presso_sims = sims;
    fixture.settings.seed = 5;
    fixture.settings.parameters[PARAMETER_PRESSO_DISTORTION] = DISTORTION_WITH_OUTLIERS;
    presso = run(&fixture);
    ck_assert_uint_eq(presso->outliers, outlier_count);
    for (size_t i = 0; i < outlier_count; i++) {
        ck_assert(presso->variants[outliers[i] - 1].is_outlier);
    }
    golden_close("RSSobs", presso->rss, fixture_want(&fixture, "global", "RSSobs"), 1e-9);
    golden_close("raw", presso->raw.b, fixture_want(&fixture, "main_Raw", "Causal Estimate"),
                 1e-10);
    golden_close("raw p", presso->raw.p, fixture_want(&fixture, "main_Raw", "P-value"), 1e-9);
    golden_close("corrected", presso->corrected.b,
                 fixture_want(&fixture, "main_Outlier-corrected", "Causal Estimate"), 1e-10);
    golden_close("se", presso->corrected.se,
                 fixture_want(&fixture, "main_Outlier-corrected", "Sd"), 1e-10);
    golden_close("distortion", presso->distortion, distortion, 1e-10);
    /* of 1,000 simulations */
    ck_assert_double_lt(fabs(presso->distortion_p - distortion_p),
                        3 * sqrt(2 * distortion_p * (1 - distortion_p) / 1000));
    fixture_end(&fixture);
}

START_TEST(corners_have_the_package_s_outliers)
{
    const size_t of_hdl[] = {2, 3, 9, 14, 16, 17}, of_demonstration[] = {46, 48, 49, 50};

    /* the package's 1,000 simulations let its third variant in, many would not: p .064 */
    check_corner("hdl_chd", 1000, of_hdl, 6, 17.1166850532029, 0.214);
    check_corner("presso_E1", MANY_SIMS, of_demonstration, 4, 5.84987757648113, 0.016);
}
END_TEST

START_TEST(no_outlier_is_no_corrected_estimate)
{
    struct fixture fixture = fixture_begin_corner("under");
    const struct presso *presso = run(&fixture);

    ck_assert_double_eq(presso->p, 1);
    ck_assert(!presso->has_outlier_test && isnan(presso->variants[0].p));
    ck_assert_double_gt(presso->variants[0].rss, 0);
    ck_assert_ptr_null(presso->note);
    golden_close("raw p", presso->raw.p, fixture_want(&fixture, "main_Raw", "P-value"), 1e-9);
    ck_assert_int_eq(presso->corrected.status, ESTIMATE_UNDEFINED);
    ck_assert(isnan(presso->corrected.b) && isnan(presso->distortion_p));
    ck_assert_str_eq(presso->corrected.note, "no outlier");
    ck_assert_str_eq(presso->distortion_note, "no outlier");
    fixture_end(&fixture);
}
END_TEST

#define MOST 70
#define MOST_SIMS 23

/* Draws of a model, made one by one in the order of the kernel: four side by side. */
struct drawn {
    double x[MOST_SIMS + 3][MOST], y[MOST_SIMS + 3][MOST];
};

static void draw(const struct presso_model *model, size_t sims, struct random_stream *stream,
                 struct drawn *drawn)
{
    for (size_t first = 0; first < sims; first += 4) {
        for (size_t i = 0; i < 4 * model->count; i++) {
            size_t j = i / 4;

            drawn->x[first + i % 4][j] =
                model->x[j] + model->x_error[j] * random_normal(stream);
        }
        for (size_t i = 0; i < 4 * model->count; i++) {
            size_t j = i / 4;

            drawn->y[first + i % 4][j] = model->slope[j] * model->x[j] + random_normal(stream);
        }
    }
}

/* y of variant `out` less what a regression without it predicts. */
static double refitted(const double *x, const double *y, size_t count, size_t out)
{
    double w[MOST], other_x[MOST], other_y[MOST];
    size_t others = 0;

    for (size_t j = 0; j < count; j++) {
        if (j != out) {
            w[others] = 1;
            other_x[others] = x[j];
            other_y[others++] = y[j];
        }
    }
    return y[out] - regression_through_origin(other_x, other_y, w, others).slope * x[out];
}

/* A model of any count without much structure. */
static struct presso_model model_of(size_t count, struct arena *arena)
{
    double *x = arena_get(arena, count, sizeof *x), *error = arena_get(arena, count, sizeof *x);
    double *slope = arena_get(arena, count, sizeof *x);
    double *residual = arena_get(arena, count, sizeof *x);

    for (size_t j = 0; j < count; j++) {
        x[j] = 3 + 2 * sin((double)j);
        error[j] = 0.5 + 0.3 * cos((double)j);
        slope[j] = 0.4 + 0.01 * cos(3 * (double)j);
        residual[j] = 1.2 * sin(5 * (double)j);
    }
    return (struct presso_model){count, x, error, slope, residual, (double)count};
}

/* Every count is that of refits without each variant, one draw after the other. */
START_TEST(simulations_are_plain_refits)
{
    static struct drawn drawn;
    const size_t counts[] = {4, 5, 28, 63, 64, 70}, sims[] = {16, 23, 3, 17, 9, 10};
    struct arena *arena = arena_create();
    struct presso_model model = model_of(counts[_i], arena);
    struct random_stream one = random_stream_of(3, "a", "b", "c"), other = one;
    struct presso_exceeding got = presso_simulate(&model, sims[_i], &one, arena);
    size_t all = 0, of_variants[MOST] = {0};

    draw(&model, sims[_i], &other, &drawn);
    for (size_t i = 0; i < sims[_i]; i++) {
        double squares = 0;

        for (size_t j = 0; j < model.count; j++) {
            double left = refitted(drawn.x[i], drawn.y[i], model.count, j);
            double alone = drawn.y[i][j] - model.slope[j] * drawn.x[i][j];

            squares += left * left;
            of_variants[j] += fabs(alone) > fabs(model.residual[j]);
        }
        all += squares > model.residual_squares;
    }
    ck_assert_uint_eq(got.all, all);
    for (size_t j = 0; j < model.count; j++) {
        ck_assert_uint_eq(got.of_variants[j], of_variants[j]);
    }
    arena_destroy(arena);
}
END_TEST

/* The distortion's p, drawn plainly from another stream: from the others alone. */
START_TEST(distortion_draws_the_others)
{
    struct fixture fixture = fixture_begin_corner("presso_E1");
    struct random_stream stream = random_stream_of(8, "a", "b", "c");
    const struct pair *pair = fixture.pair;
    const struct presso *presso;
    size_t exceeding = 0, sims = MANY_SIMS / 10;

    fixture.settings.presso_sims = MANY_SIMS;
    presso = run(&fixture);
    for (size_t sim = 0; sim < sims; sim++) {
        double xx = 0, xy = 0;

        for (size_t i = 0; i < pair->count - presso->outliers;) {
            size_t j = random_below(&stream, pair->count);
            double w = 1 / (pair->sy[j] * pair->sy[j]);

            if (!presso->variants[j].is_outlier) {
                xx += w * pair->bx[j] * pair->bx[j];
                xy += w * pair->bx[j] * pair->by[j];
                i++;
            }
        }
        exceeding +=
            fabs(100 * (presso->raw.b - xy / xx) / (xy / xx)) > fabs(presso->distortion);
    }
    ck_assert_double_lt(fabs(presso->distortion_p - (double)exceeding / (double)sims),
                        3.5 * sqrt(0.25 / (double)sims));
    ck_assert_double_gt(presso->distortion_p, 0.45);
    ck_assert_ptr_nonnull(strstr(presso->distortion_note, "near one half"));
    fixture_end(&fixture);
}
END_TEST

/* The other allele of any variant, and another unit of the outcome. */
START_TEST(alleles_and_units_do_not_matter)
{
    struct fixture fixture = fixture_begin_results("lipid_ldl_chd");
    const double units[] = {1e-12, 1e6};
    struct pair *pair = fixture.pair;
    double *bx = arena_get(fixture.arena, pair->count, sizeof *bx);
    double *by = arena_get(fixture.arena, pair->count, sizeof *by);
    double *sy = arena_get(fixture.arena, pair->count, sizeof *sy);
    const struct presso *first = run(&fixture), *other;

    for (size_t j = 0; j < pair->count; j++) {
        bx[j] = j % 3 ? pair->bx[j] : -pair->bx[j];
        by[j] = units[_i] * (j % 3 ? pair->by[j] : -pair->by[j]);
        sy[j] = units[_i] * pair->sy[j];
    }
    pair->bx = bx;
    pair->by = by;
    pair->sy = sy;
    other = run(&fixture);
    golden_close("rss", other->rss, first->rss, 1e-12);
    ck_assert_double_eq(other->p, first->p);
    ck_assert_uint_eq(other->outliers, first->outliers);
    for (size_t j = 0; j < pair->count; j++) {
        ck_assert_double_eq(other->variants[j].p, first->variants[j].p);
    }
    golden_close("b", other->corrected.b, units[_i] * first->corrected.b, 1e-12);
    golden_close("se", other->corrected.se, units[_i] * first->corrected.se, 1e-12);
    ck_assert_double_eq(other->distortion_p, first->distortion_p);
    fixture_end(&fixture);
}
END_TEST

/* Too few simulations for the number of variants: what is known, and how many it takes. */
START_TEST(too_few_simulations_are_said)
{
    struct fixture fixture = fixture_begin_results("ieu_bmi_chd");
    const struct presso *presso;
    size_t j = variant_of(fixture.pair, "rs7903146");

    fixture.settings.presso_sims = _i == 0 ? 1579 : 15;
    presso = run(&fixture);
    ck_assert(presso->has_outlier_test);
    ck_assert_str_eq(presso->note, _i == 0 ? "no simulation exceeds it: p is below 1/1579"
                                           : "no simulation exceeds it: p is below 1/15");
    golden_close("p", presso->p, _i == 0 ? 1 / 1579.0 : 1 / 15.0, 1e-15);
    ck_assert_int_eq(presso->outliers > 0, _i == 0);
    ck_assert_int_eq(presso->variants[j].is_outlier, _i == 0);
    golden_close("least", presso->least_p, _i == 0 ? 79 / 1579.0 : 1, 1e-15);
    ck_assert_double_eq(presso->variants[j].p, presso->least_p);
    ck_assert_ptr_nonnull(strstr(presso->variants[j].note, "1580 simulations"));
    if (_i == 1) {
        ck_assert_str_eq(presso->corrected.note,
                         "no outlier; to see one takes 1580 simulations");
    } else {
        ck_assert_ptr_nonnull(strstr(presso->variants[j].note, "taken for an outlier"));
        ck_assert_uint_eq(presso->corrected.variants, fixture.pair->count - presso->outliers);
    }
    fixture.settings.presso_sims = 1580;
    presso = run(&fixture);
    ck_assert(presso->variants[j].is_outlier);
    ck_assert_str_eq(presso->variants[j].note,
                     "outlier; no simulation exceeds it: p is below 79/1580");
    fixture_end(&fixture);
}
END_TEST

/* The method, its analysis and the tests draw the same numbers; only some draw at all. */
START_TEST(all_who_ask_agree)
{
    struct fixture fixture = fixture_begin_corner("presso_E1");
    const struct method *methods[] = {&method_ivw, &method_presso, &method_presso_corrected};
    struct estimate alone;
    struct analysis *analysis;

    fixture.settings.seed = (uint64_t)_i;
    alone = fixture_run(&fixture, "presso_corrected");
    ck_assert_double_eq(alone.b, run(&fixture)->corrected.b);
    ck_assert_double_eq(fixture_run(&fixture, "presso").p, run(&fixture)->raw.p);
    analysis = analysis_create(fixture.pair, methods, 3, &fixture.settings, fixture.scratch,
                               fixture.arena);
    ck_assert_double_eq(analysis->estimates[2].b, alone.b);
    ck_assert_ptr_eq(analysis->estimates[2].method, &method_presso_corrected);
    ck_assert_uint_eq(analysis->estimates[2].variants, alone.variants);
    ck_assert_double_eq(analysis->estimates[1].se, analysis->presso->raw.se);
    analysis = analysis_create(fixture.pair, methods, 2, &fixture.settings, fixture.scratch,
                               fixture.arena);
    ck_assert_ptr_null(analysis->presso);
    fixture.settings.wants_presso = true;
    analysis = analysis_create(fixture.pair, methods, 2, &fixture.settings, fixture.scratch,
                               fixture.arena);
    ck_assert_double_eq(analysis->presso->corrected.b, alone.b);
    fixture_end(&fixture);
}
END_TEST

START_TEST(few_variants_are_too_few)
{
    struct fixture fixture = fixture_begin_corner("small3");
    const struct presso *presso = run(&fixture);

    ck_assert(!presso->is_done && isnan(presso->p) && isnan(presso->raw.b));
    ck_assert_str_eq(presso->note, "needs 4 variants, has 3");
    ck_assert_int_eq(fixture_run(&fixture, "presso").status, ESTIMATE_TOO_FEW);
    ck_assert_int_eq(fixture_run(&fixture, "presso_corrected").status, ESTIMATE_TOO_FEW);
    fixture_end(&fixture);
    fixture = fixture_begin_corner("small4");
    ck_assert(run(&fixture)->is_done);
    fixture_end(&fixture);
}
END_TEST

/* One variant alone with an effect on the exposure: without it there is nothing to predict. */
START_TEST(no_effect_on_the_exposure_is_said)
{
    const double bx[] = {0, 0, _i == 0 ? 0 : 0.2, 0}, by[] = {0.1, 0.2, 0.1, 0.3};
    const double error[] = {0.1, 0.1, 0.1, 0.1};
    struct fixture fixture = fixture_begin_made(bx, error, by, error, 4);
    const struct presso *presso = run(&fixture);

    ck_assert(!presso->is_done && isnan(presso->p) && isnan(presso->rss));
    ck_assert_ptr_nonnull(presso->note);
    ck_assert_int_eq(presso->raw.status, _i == 0 ? ESTIMATE_UNDEFINED : ESTIMATE_DONE);
    ck_assert_int_eq(fixture_run(&fixture, "presso_corrected").status, ESTIMATE_UNDEFINED);
    fixture_end(&fixture);
}
END_TEST

/* A variant without an effect on the exposure takes part, and can be an outlier. */
START_TEST(a_variant_of_no_effect_can_be_an_outlier)
{
    const double bx[] = {0.2, 0.25, 0.3, 0.1, 0.15, 0}, sx[] = {.01, .01, .01, .01, .01, .01};
    const double by[] = {0.1, 0.125, 0.15, 0.05, 0.08, 0.4},
                 sy[] = {.02, .02, .02, .02, .02, .02};
    struct fixture fixture = fixture_begin_made(bx, sx, by, sy, 6);
    const struct presso *presso = run(&fixture);

    ck_assert_uint_eq(presso->outliers, 1);
    ck_assert(presso->variants[5].is_outlier);
    golden_close("D", presso->variants[5].rss, 0.4 * 0.4, 1e-12);
    ck_assert_uint_eq(presso->corrected.variants, 5);
    fixture_end(&fixture);
}
END_TEST

START_TEST(a_perfect_fit_has_p_1)
{
    const double bx[] = {1, 2, 4, 8, 16}, error[] = {1, 1, 1, 1, 1}, by[] = {2, 4, 8, 16, 32};
    struct fixture fixture = fixture_begin_made(bx, error, by, error, 5);
    const struct presso *presso = run(&fixture);

    ck_assert_double_eq(presso->rss, 0);
    ck_assert_double_eq(presso->p, 1);
    ck_assert_int_eq(presso->raw.status, ESTIMATE_UNDEFINED);
    ck_assert_ptr_nonnull(presso->raw.note);
    fixture_end(&fixture);
}
END_TEST

/* Without pleiotropy the global p is anywhere, small where there is some; any number. */
START_TEST(ten_thousand_variants_work)
{
    size_t count = 10000;
    struct fixture fixture = fixture_begin();
    double *numbers[4];
    struct random_stream stream = random_stream_of(5, "a", "b", "c");

    for (int i = 0; i < 4; i++) {
        numbers[i] = arena_get(fixture.arena, count, sizeof(double));
    }
    for (size_t j = 0; j < count; j++) {
        numbers[0][j] = 0.1 + 0.02 * random_normal(&stream);
        numbers[1][j] = 1e-4;
        numbers[3][j] = 0.02;
        numbers[2][j] = 0.3 * numbers[0][j] + numbers[3][j] * random_normal(&stream);
    }
    fixture.pair =
        golden_pair_of(numbers[0], numbers[1], numbers[2], numbers[3], count, fixture.arena);
    fixture.settings.presso_sims = 50;
    ck_assert_double_gt(run(&fixture)->p, 0.02);
    for (size_t j = 0; j < count; j += 10) {
        numbers[2][j] += 0.03;
    }
    fixture.pair =
        golden_pair_of(numbers[0], numbers[1], numbers[2], numbers[3], count, fixture.arena);
    ck_assert_double_eq(run(&fixture)->p, 0.02);
    ck_assert_uint_eq(run(&fixture)->sims_needed, 200000);
    fixture_end(&fixture);
}
END_TEST

/* A test of nothing rejects as often as it says. */
START_TEST(the_global_test_keeps_its_level)
{
    double bx[12], sx[12], by[12], sy[12];
    struct random_stream stream = random_stream_of(6, "a", "b", "c");
    size_t rejected = 0;

    for (int repetition = 0; repetition < 400; repetition++) {
        struct fixture fixture;

        for (int j = 0; j < 12; j++) {
            sx[j] = 0.01;
            sy[j] = 0.02 + 0.002 * j;
            bx[j] = 0.1 + 0.01 * j + sx[j] * random_normal(&stream);
            by[j] = 0.4 * (0.1 + 0.01 * j) + sy[j] * random_normal(&stream);
        }
        fixture = fixture_begin_made(bx, sx, by, sy, 12);
        fixture.settings.presso_sims = 200;
        fixture.settings.seed = (uint64_t)repetition;
        rejected += run(&fixture)->p <= 0.1;
        fixture_end(&fixture);
    }
    ck_assert_uint_ge(rejected, 20);
    ck_assert_uint_le(rejected, 60);
}
END_TEST

/* Batches give the numbers that come one by one, from any place in the stream. */
START_TEST(batches_are_the_numbers_one_by_one)
{
    struct random_stream one = random_stream_of(2, "a", "b", "c"), other = one;
    double out[100];

    for (size_t count = 1; count <= 100; count += 7) {
        random_standard_normals(&one, out, count);
        for (size_t i = 0; i < count; i++) {
            ck_assert_double_eq_tol(out[i], random_normal(&other), 1e-8);
        }
        random_uniforms(&one, out, count);
        for (size_t i = 0; i < count; i++) {
            ck_assert_double_eq(out[i], random_uniform(&other));
        }
    }
}
END_TEST

int main(void)
{
    const struct golden_test tests[] = {
        {estimates_are_the_package_s, FIXTURE_SETS},
        {each_variant_is_the_package_s, FIXTURE_SETS},
        {distortion_with_outliers_is_the_package_s, 1},
        {corners_have_the_package_s_outliers, 1},
        {no_outlier_is_no_corrected_estimate, 1},
        {simulations_are_plain_refits, 6},
        {distortion_draws_the_others, 1},
        {alleles_and_units_do_not_matter, 2},
        {too_few_simulations_are_said, 2},
        {all_who_ask_agree, 3},
        {few_variants_are_too_few, 1},
        {no_effect_on_the_exposure_is_said, 2},
        {a_variant_of_no_effect_can_be_an_outlier, 1},
        {a_perfect_fit_has_p_1, 1},
        {ten_thousand_variants_work, 1},
        {the_global_test_keeps_its_level, 1},
        {batches_are_the_numbers_one_by_one, 1},
    };

    numeric_start();
    return golden_run_each("estimate_presso", tests, sizeof tests / sizeof tests[0]);
}
