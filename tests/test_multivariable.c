/*
 * The room src/multivariable against what R packages answer, and where these are wrong, against
 * the true minimum.
 */
#include "fixture.h"
#include "multivariable/presso.h"
#include "multivariable/strength.h"
#include "mv_fixture.h"
#include <math.h>
#include <string.h>

static const char *const folders[] = {"mv_lipids_chd", "mv_presso"};

/* The exposure that a golden row calls so. */
static size_t exposure_of(const char *name)
{
    static const char *const known[][2] = {{"LDL", "0"}, {"HDL", "1"}, {"TG", "2"}, {"E1", "0"},
                                           {"E2", "1"},  {"b1", "0"},  {"b2", "1"}};

    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(known[i][0], name) == 0) {
            return (size_t)(*known[i][1] - '0');
        }
    }
    ck_abort_msg("no exposure %s", name);
}

static double of_effect(const struct mv_estimate *estimate, const struct golden_row *row)
{
    const struct estimate *effect;

    if (strcmp(row->quantity, "Q") == 0) {
        return estimate->q;
    }
    if (strcmp(row->quantity, "Q_pval") == 0) {
        return estimate->q_p;
    }
    if (strcmp(row->quantity, "intercept") == 0) {
        return estimate->intercept;
    }
    if (strcmp(row->quantity, "intercept_se") == 0) {
        return estimate->intercept_se;
    }
    if (strcmp(row->quantity, "intercept_pval") == 0) {
        return estimate->intercept_p;
    }
    if (*row->snp == '\0') {
        return NAN;
    }
    effect = &estimate->effects[exposure_of(row->snp)];
    return strcmp(row->quantity, "estimate") == 0  ? effect->b
           : strcmp(row->quantity, "se") == 0      ? effect->se
           : strcmp(row->quantity, "pval") == 0    ? effect->p
           : strcmp(row->quantity, "ci_low") == 0  ? effect->lower
           : strcmp(row->quantity, "ci_high") == 0 ? effect->upper
                                                   : NAN;
}

/* Which function of a package a method is, and how close it comes. */
static const struct {
    const char *key, *function;
    double orientation, precision;
    bool has_p; /* the package's P is ours */
} functions[] = {
    {"mv_ivw_fe", "mr_mvivw(model=fixed,distribution=normal)", 1, 1e-9, true},
    {"mv_ivw", "mr_mvivw(model=random,distribution=normal)", 1, 1e-9, true},
    {"mv_ivw_t", "mr_mvivw(model=random,distribution=t-dist)", 1, 1e-9, true},
    {"mv_multiple", "ivw_mvmr", 1, 1e-9, false},
    {"mv_multiple", "mv_multiple()", 1, 1e-9, true},
    {"mv_intercept", "mv_multiple(intercept=TRUE)", 1, 1e-9, true},
    {"mv_specific", "mv_multiple(instrument_specific=TRUE)", 1, 1e-9, true},
    {"mv_residual", "mv_residual()", 1, 1e-9, true},
    {"mv_egger", "mr_mvegger(orientate=1)", 1, 1e-9, true},
    {"mv_egger", "mr_mvegger(orientate=2)", 2, 1e-9, true},
    {"mv_egger", "mr_mvegger(orientate=3)", 3, 1e-9, true},
    {"mv_lasso", "mr_mvlasso(orientate=1)", 1, 1e-9, true},
    {"mv_lasso", "mr_mvlasso(orientate=2)", 2, 1e-9, true},
    {"mv_lasso", "mr_mvlasso(orientate=3)", 3, 1e-9, true},
    {"mv_robust", "mr_mvivw(robust=TRUE)", 1, 1e-5, false},
    {"mv_cml", "mr_mvcML(n=17723,DP=FALSE,random_start=0)", 1, 2e-7, true},
};

/* A P of 0 is one below R's smallest difference to 1. */
static bool is_compared(const struct golden_row *row, size_t which, double got)
{
    bool is_p = strcmp(row->quantity, "pval") == 0;

    return isfinite(row->value) && isfinite(got) &&
           (!is_p || (functions[which].has_p && row->value > 1e-12));
}

START_TEST(golden_rows_are_met)
{
    size_t which = (size_t)_i / 2, compared = 0;
    struct mv_fixture fixture = mv_fixture_golden(folders[_i % 2], 0);
    struct mv_estimate estimate;
    bool is_there = functions[which].orientation <= (double)fixture.design.exposure_count;

    fixture.settings.parameters[PARAMETER_MV_ORIENTATION] = functions[which].orientation;
    fixture.settings.parameters[PARAMETER_SAMPLE_SIZE] = _i % 2 == 0 ? 17723 : 1000;
    estimate = mv_fixture_run(&fixture, functions[which].key);
    for (size_t i = 0; is_there && i < fixture.golden.count; i++) {
        const struct golden_row *row = &fixture.golden.rows[i];

        if (strcmp(row->function, functions[which].function) == 0) {
            double got = of_effect(&estimate, row);

            if (is_compared(row, which, got)) {
                golden_close(row->quantity, got, row->value, functions[which].precision);
                compared++;
            }
        }
    }
    ck_assert_msg(compared >= 4 || !is_there ||
                      strstr(functions[which].function, "17723") != NULL,
                  "%s: %zu rows", functions[which].function, compared);
    mv_fixture_end(&fixture);
}
END_TEST

/* Effects and errors at the true minimum, where packages stop short or walk along a wrong
 * gradient. */
static const struct {
    const char *key;
    double effects[3], first_error, precision;
} minima[] = {{"mv_ivw_me", {2.025029, -0.561224, 0.737890}, 0.503571, 2e-6},
              {"mv_gmm_fe", {2.02188, -0.55921, 0.73619}, 0.320480, 1e-5},
              {"mv_gmm", {1.84787, -0.77566, 0.67748}, 0.453083, 1e-5},
              {"mv_qhet", {1.85657, -0.76842, 0.68088}, 0.473559, 1e-5}};

START_TEST(true_minima_are_found)
{
    struct mv_fixture fixture = mv_fixture_golden("mv_lipids_chd", 0);
    struct mv_estimate estimate = mv_fixture_run(&fixture, minima[_i].key);

    for (size_t k = 0; k < 3; k++) {
        golden_close(minima[_i].key, estimate.effects[k].b, minima[_i].effects[k],
                     minima[_i].precision);
    }
    golden_close("error", estimate.effects[0].se, minima[_i].first_error, 1e-5);
    mv_fixture_end(&fixture);
}
END_TEST

/* Half a digit of what is printed, for figures known by their text alone. */
START_TEST(notes_say_what_else_was_found)
{
    struct mv_fixture fixture = mv_fixture_golden("mv_lipids_chd", 0);
    struct mv_estimate gmm = mv_fixture_run(&fixture, "mv_gmm");
    struct mv_estimate fixed = mv_fixture_run(&fixture, "mv_gmm_fe");
    struct mv_estimate qhet = mv_fixture_run(&fixture, "mv_qhet");

    ck_assert_str_eq(gmm.note, "overdispersion 17.7463");
    golden_close("Q", fixed.q, 47.368, 1e-5);
    ck_assert_ptr_nonnull(strstr(qhet.note, "0.00095"));
    mv_fixture_end(&fixture);
    fixture = mv_fixture_golden("mv_presso", 0);
    qhet = mv_fixture_run(&fixture, "mv_qhet");
    ck_assert_str_eq(qhet.note, "variance of pleiotropy 0");
    golden_close("one", mv_fixture_run(&fixture, "mv_ivw_me").effects[0].b, 0.5035928, 1e-6);
    golden_close("two", mv_fixture_run(&fixture, "mv_ivw_me").effects[1].b, 0.3838418, 1e-6);
    mv_fixture_end(&fixture);
}
END_TEST

static void check_strength(const char *folder, double correlation, const char *strength,
                           const char *heterogeneity)
{
    struct mv_fixture fixture = mv_fixture_golden(folder, correlation);
    struct mv_strength strengths[3];
    struct mv_heterogeneity all = mv_heterogeneity_of(&fixture.design, fixture.scratch);
    size_t rows = 0;

    mv_strength_of(&fixture.design, strengths, fixture.scratch);
    for (size_t i = 0; i < fixture.golden.count; i++) {
        const struct golden_row *row = &fixture.golden.rows[i];

        if (strcmp(row->function, strength) == 0) {
            golden_close(row->snp, strengths[exposure_of(row->snp)].f_conditional, row->value,
                         1e-9);
            rows++;
        }
    }
    ck_assert_uint_eq(rows, fixture.design.exposure_count);
    golden_close("Q_A", all.q,
                 golden_find(&fixture.golden, NULL, heterogeneity, NULL, "Q")->value, 1e-9);
    ck_assert_double_eq(all.df, (double)(fixture.design.count - fixture.design.exposure_count));
    mv_fixture_end(&fixture);
}

START_TEST(strength_and_agreement_are_met)
{
    check_strength(folders[_i], 0, "strength_mvmr(gencov=0)", "pleiotropy_mvmr(gencov=0)");
    check_strength(folders[_i], 0.1, "strength_mvmr(gencov=phenocov_mvmr(0.1 off-diagonal))",
                   "pleiotropy_mvmr(gencov=phenocov 0.1)");
}
END_TEST

/* Q_A's P with the right degrees of freedom, and the joint test's place. */
START_TEST(joint_strength_is_one_for_all)
{
    struct mv_fixture fixture = mv_fixture_golden("mv_lipids_chd", 0);
    double joint = mv_joint_strength(&fixture.design, fixture.scratch);

    ck_assert_double_eq_tol(mv_heterogeneity_of(&fixture.design, fixture.scratch).p, 0.00528,
                            5e-6);
    ck_assert_double_gt(joint, 11);
    ck_assert_double_lt(joint, 13);
    mv_fixture_end(&fixture);
}
END_TEST

/* The sum along the direction of an angle, its errors counted. */
static double sum_along(const struct design *design, double angle)
{
    double d[2] = {cos(angle), sin(angle)}, sum = 0;

    for (size_t j = 0; j < design->count; j++) {
        const double *x = &design->x[2 * j], *sx = &design->sx[2 * j];
        double along = d[0] * x[0] + d[1] * x[1];
        double own = d[0] * d[0] * sx[0] * sx[0] + d[1] * d[1] * sx[1] * sx[1];
        double shared = 2 * d[0] * d[1] * design->correlation[1] * sx[0] * sx[1];

        sum += along * along / (own + shared);
    }
    return sum;
}

/* Against every angle in turn, ever finer around the least. */
START_TEST(joint_strength_is_the_least_direction)
{
    static const double correlations[] = {0, 0.6, -0.6};
    struct mv_fixture fixture = mv_fixture_golden("mv_presso", correlations[_i]);
    const struct design *design = &fixture.design;
    double best = 0, step = 0.01;

    for (double angle = 0; angle < 3.15; angle += step) {
        best = sum_along(design, angle) < sum_along(design, best) ? angle : best;
    }
    for (int round = 0; round < 40; round++, step /= 2) {
        best = sum_along(design, best + step) < sum_along(design, best) ? best + step : best;
        best = sum_along(design, best - step) < sum_along(design, best) ? best - step : best;
    }
    golden_close("F", mv_joint_strength(design, fixture.scratch),
                 sum_along(design, best) / (double)(design->count - 1), 1e-8);
    mv_fixture_end(&fixture);
}
END_TEST

static double absolute_loss(const struct design *design, const double *effects)
{
    double sum = 0;

    for (size_t j = 0; j < design->count; j++) {
        double rest = design->y[j];

        for (size_t k = 0; k < design->exposure_count; k++) {
            rest -= design->x[j * design->exposure_count + k] * effects[k];
        }
        sum += fabs(rest) / (design->sy[j] * design->sy[j]);
    }
    return sum;
}

/* The least over all pairs of variants, each fitted exactly. */
static double least_over_vertices(const struct design *design)
{
    double least = INFINITY;

    for (size_t i = 0; i < design->count; i++) {
        for (size_t j = i + 1; j < design->count; j++) {
            const double *a = &design->x[2 * i], *b = &design->x[2 * j];
            double det = a[0] * b[1] - a[1] * b[0];
            double effects[2] = {(design->y[i] * b[1] - design->y[j] * a[1]) / det,
                                 (a[0] * design->y[j] - b[0] * design->y[i]) / det};

            least = fmin(least, absolute_loss(design, effects));
        }
    }
    return least;
}

START_TEST(median_is_the_best_vertex)
{
    struct mv_fixture fixture =
        mv_fixture_made(40, 2, 0.1, 0.1, _i % 2 == 0 ? 0 : 2, (uint64_t)_i + 1);
    struct mv_estimate estimate;

    fixture.settings.boot = 2;
    estimate = mv_fixture_run(&fixture, "mv_median");
    double effects[2] = {estimate.effects[0].b, estimate.effects[1].b};
    golden_close("loss", absolute_loss(&fixture.design, effects),
                 least_over_vertices(&fixture.design), 1e-12);
    mv_fixture_end(&fixture);
}
END_TEST

START_TEST(median_meets_quantreg)
{
    struct mv_fixture fixture = mv_fixture_golden(folders[_i], 0);
    struct mv_estimate estimate = mv_fixture_run(&fixture, "mv_median");
    size_t rows = 0;

    for (size_t i = 0; i < fixture.golden.count; i++) {
        const struct golden_row *row = &fixture.golden.rows[i];
        bool is_error = strcmp(row->quantity, "se") == 0;

        if (strncmp(row->function, "mr_mvmedian", 11) == 0 &&
            (is_error || strcmp(row->quantity, "estimate") == 0)) {
            /* 1,000 draws on both sides: a standard deviation varies by 2.2% of itself. */
            golden_close(row->snp, of_effect(&estimate, row), row->value,
                         is_error ? 0.12 : 1e-9);
            rows++;
        }
    }
    ck_assert_uint_ge(rows, 2 * fixture.design.exposure_count);
    mv_fixture_end(&fixture);
}
END_TEST

/* MR-PRESSO's sum of squares; its global P within three standard deviations of 2,000 draws. */
START_TEST(presso_meets_the_package)
{
    struct mv_fixture fixture = mv_fixture_golden("mv_presso", 0);
    struct random_stream stream = random_stream_of(1, "test", NULL, NULL);
    struct mv_work work = {&fixture.design, &fixture.settings, fixture.scratch, &stream};
    struct mv_presso *presso = mv_presso_of(&work, fixture.arena);
    double p = golden_find(&fixture.golden, "MRPRESSO", NULL, "Global Test", "pval")->value;

    golden_close("RSSobs", presso->rss,
                 golden_find(&fixture.golden, "MRPRESSO", NULL, "Global Test", "RSSobs")->value,
                 1e-10);
    golden_close("raw", presso->raw[0],
                 golden_find(&fixture.golden, "MRPRESSO", NULL, "Raw", "estimate")->value,
                 1e-10);
    golden_close("raw", presso->raw_errors[0],
                 golden_find(&fixture.golden, "MRPRESSO", NULL, "Raw", "se")->value, 1e-10);
    ck_assert_double_lt(fabs(presso->p - p), 4 * sqrt(p * (1 - p) / 1000) + 0.002);
    mv_fixture_end(&fixture);
}
END_TEST

/* Two variants moved far away are found and left out; the truth comes back. */
START_TEST(presso_finds_what_was_moved)
{
    struct mv_fixture fixture = mv_fixture_made(40, 2, 0.02, 0.1, 0, 21);
    double *y = arena_get(fixture.arena, 40, sizeof *y);
    struct mv_estimate estimate;

    memcpy(y, fixture.design.y, 40 * sizeof *y);
    y[3] += 3;
    y[17] -= 4;
    fixture.design.y = y;
    fixture.settings.presso_sims = 2000;
    estimate = mv_fixture_run(&fixture, "mv_presso");
    ck_assert_int_eq(estimate.status, ESTIMATE_DONE);
    /* a third may go with them, at a level of one in twenty */
    ck_assert_uint_ge(estimate.variants, 37);
    ck_assert_ptr_nonnull(strstr(estimate.note, "rs4, "));
    ck_assert_ptr_nonnull(strstr(estimate.note, "rs18"));
    ck_assert_double_lt(fabs(estimate.effects[0].b - 1), 4 * estimate.effects[0].se);
    mv_fixture_end(&fixture);
}
END_TEST

/* With one exposure each method is the one for one exposure. */
static const struct {
    const char *several, *one;
    double precision;
} same[] = {{"mv_ivw", "ivw", 1e-12},          {"mv_ivw_fe", "ivw_fe", 1e-12},
            {"mv_egger", "egger", 1e-12},      {"mv_lasso", "lasso", 1e-10},
            {"mv_multiple", "ivw_mre", 1e-12}, {"mv_robust", "ivw_robust", 1e-9}};

START_TEST(one_exposure_is_the_usual_answer)
{
    struct mv_fixture fixture = mv_fixture_golden("mv_lipids_chd", 0);
    struct mv_fixture one = fixture;
    struct fixture usual;
    struct mv_estimate several;
    struct estimate estimate;

    one.design = design_of_one(&fixture.design, 0, fixture.arena);
    usual = fixture_begin_made(one.design.x, one.design.sx, one.design.y, one.design.sy,
                               one.design.count);
    usual.settings.parameters[PARAMETER_SAMPLE_SIZE] = 17723;
    several = mv_fixture_run(&one, same[_i].several);
    estimate = fixture_run(&usual, same[_i].one);
    ck_assert_int_eq(several.status, ESTIMATE_DONE);
    golden_close(same[_i].one, several.effects[0].b, estimate.b, same[_i].precision);
    golden_close(same[_i].one, several.effects[0].se, estimate.se, 10 * same[_i].precision);
    fixture_end(&usual);
    mv_fixture_end(&fixture);
}
END_TEST

/* The exposure's error counted is maximum likelihood; the median has other weights and is a
 * vertex, so it is another number. */
START_TEST(one_exposure_is_the_profile_and_another_median)
{
    struct mv_fixture fixture = mv_fixture_golden("mv_lipids_chd", 0);
    struct fixture usual;

    fixture.design = design_of_one(&fixture.design, 0, fixture.arena);
    usual = fixture_begin_made(fixture.design.x, fixture.design.sx, fixture.design.y,
                               fixture.design.sy, fixture.design.count);
    golden_close("b", mv_fixture_run(&fixture, "mv_ivw_me").effects[0].b,
                 fixture_run(&usual, "maxlik").b, 1e-7);
    golden_close("median", mv_fixture_run(&fixture, "mv_median").effects[0].b, 2.66102, 5e-6);
    usual.settings.convention = CONVENTION_MENDELIANRANDOMIZATION;
    golden_close("usual", fixture_run(&usual, "weighted_median").b, 2.68288, 5e-6);
    fixture_end(&usual);
    mv_fixture_end(&fixture);
}
END_TEST

START_TEST(one_exposure_is_the_best_cml)
{
    struct mv_fixture fixture = mv_fixture_golden("mv_lipids_chd", 0);
    struct golden usual = golden_results("lipid_ldl_chd", fixture.arena);
    struct mv_estimate estimate;

    fixture.design = design_of_one(&fixture.design, 0, fixture.arena);
    fixture.settings.parameters[PARAMETER_SAMPLE_SIZE] = 17723;
    estimate = mv_fixture_run(&fixture, "mv_cml");
    golden_close(
        "cML-BIC", estimate.effects[0].b,
        golden_find(&usual, "MRcML", "mr_cML(n=17723,random_start=0)", "cML-BIC", "estimate")
            ->value,
        1e-5);
    mv_fixture_end(&fixture);
}
END_TEST

int main(void)
{
    const struct golden_test tests[] = {
        {golden_rows_are_met, 2 * (int)(sizeof functions / sizeof *functions)},
        {true_minima_are_found, (int)(sizeof minima / sizeof *minima)},
        {notes_say_what_else_was_found, 1},
        {strength_and_agreement_are_met, 2},
        {joint_strength_is_one_for_all, 1},
        {joint_strength_is_the_least_direction, 3},
        {median_is_the_best_vertex, 6},
        {median_meets_quantreg, 2},
        {presso_meets_the_package, 1},
        {presso_finds_what_was_moved, 1},
        {one_exposure_is_the_usual_answer, (int)(sizeof same / sizeof *same)},
        {one_exposure_is_the_profile_and_another_median, 1},
        {one_exposure_is_the_best_cml, 1}};

    return golden_run_each("multivariable", tests, sizeof tests / sizeof *tests);
}
