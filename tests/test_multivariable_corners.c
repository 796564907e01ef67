/*
 * The room src/multivariable at its corners: tables that cannot be used, few variants,
 * and properties that every method has.
 */
#include "base/memory.h"
#include "multivariable/strength.h"
#include "mv_fixture.h"
#include "program.h"
#include "reading.h"
#include <math.h>

/* Expects a sentence about a wide table. */
static void expect(const char *text, const char *sentence)
{
    struct arena *arena = arena_create();
    struct design_options options = {.exposure_n = NAN, .outcome_n = NAN};
    struct design design;
    struct error error = {0};
    size_t dropped;
    char *message;

    ck_assert(!design_read(made_text(text), &options, arena, &design, &dropped, &error));
    message = error_message(&error);
    ck_assert_msg(strstr(message, sentence) != NULL, "\"%s\" is not in: %s", sentence, message);
    memory_free(message);
    error_clear(&error);
    arena_destroy(arena);
    unlink(made_path);
}

START_TEST(tables_are_refused_with_names)
{
    expect("SNP,beta_A,se_A,beta_B,se_B,beta_outcome,se_outcome\nrs1,1,.1,2,.1,1,.1\n",
           "found 1 usable variants for 2 exposures (A, B)");
    expect("beta_A,se_A,beta_B,se_B,beta_outcome,se_outcome\n1,.1,2,.1,1,.1\n2,.1,4,.1,1,.1\n"
           "3,.1,6,.1,1,.2\n",
           "found exposure B to be a combination of the exposures before it (A, B)");
    expect("beta_A,se_A,beta_outcome\n1,.1,2\n", "found no column se_outcome");
    expect("beta_A,se_B,beta_outcome,se_outcome\n1,.1,2,1\n", "found no column se_A");
    expect("x,y\n1,2\n", "found no exposure");
    expect("beta_A,beta_A,se_A,beta_outcome,se_outcome\n1,1,1,1,1\n", "twice");
    expect("beta_A,se_A,beta_outcome,se_outcome\n1,one,1,1\n", "line 2");
}
END_TEST

/* Rows without a number, with an SE of 0 or set aside are left out and counted. */
START_TEST(rows_that_lack_something_are_left_out)
{
    struct arena *arena = arena_create();
    struct design_options options = {.exposure_n = NAN, .outcome_n = 500};
    struct design design;
    struct error error = {0};
    size_t dropped;

    ck_assert(design_read(
        made_text("SNP beta_A se_A beta.B se.B n_A beta_outcome se_outcome mr_keep\n"
                  "rs1 1 .1 2 .1 90 1 .1 TRUE\nrs2 NA .1 2 .1 90 1 .1 TRUE\n"
                  "rs3 1 0 2 .1 90 1 .1 TRUE\nrs4 3 .1 2 .1 99 1 .1 TRUE\n"
                  "rs5 1 .1 7 .1 90 1 .1 FALSE\nrs6 1 .1 9 .1 90 1 .1 TRUE\n"),
        &options, arena, &design, &dropped, &error));
    ck_assert_uint_eq(dropped, 3);
    ck_assert_uint_eq(design.count, 3);
    ck_assert_str_eq(design.variants[1], "rs4");
    ck_assert_str_eq(design.exposures[1], "B");
    ck_assert_double_eq(design.x[1 * 2 + 0], 3);
    ck_assert_double_eq(design.n[0], 99);
    ck_assert(isnan(design.n[1]));
    ck_assert_double_eq(design.outcome_n, 500);
    arena_destroy(arena);
    unlink(made_path);
}
END_TEST

static void check_failed(const struct mv_estimate *estimate, size_t count)
{
    ck_assert_int_ne(estimate->status, ESTIMATE_DONE);
    ck_assert_ptr_nonnull(estimate->note);
    for (size_t k = 0; k < count; k++) {
        ck_assert(isnan(estimate->effects[k].b) && isnan(estimate->effects[k].p));
    }
}

/* As many variants as exposures: the fixed model alone has an answer. */
START_TEST(as_many_variants_as_exposures)
{
    struct mv_fixture fixture = mv_fixture_made(4, 4, 0.1, 0.1, 0, 7);
    size_t count;
    const struct mv_method *const *methods = mv_methods_all(&count);

    for (size_t i = 0; i < count; i++) {
        struct mv_estimate estimate = mv_fixture_run(&fixture, methods[i]->key);

        if (strcmp(methods[i]->key, "mv_ivw_fe") == 0) {
            ck_assert_int_eq(estimate.status, ESTIMATE_DONE);
            ck_assert(isnan(estimate.q));
        } else {
            check_failed(&estimate, 4);
        }
    }
    mv_fixture_end(&fixture);
}
END_TEST

/* Tables are refused before; the designs of a study of mediators are not. */
START_TEST(fewer_variants_than_exposures)
{
    struct mv_fixture fixture = mv_fixture_made(3, 4, 0.1, 0.1, 0, 8);
    size_t count;
    const struct mv_method *method = mv_methods_all(&count)[_i];
    struct mv_estimate estimate = mv_fixture_run(&fixture, method->key);

    check_failed(&estimate, 4);
    mv_fixture_end(&fixture);
}
END_TEST

/* One exposure twice, or twice as large: neither has an effect of its own. */
START_TEST(an_exposure_that_is_another_one)
{
    struct mv_fixture fixture = mv_fixture_made(30, 3, 0.05, 0.1, 0, 13);
    size_t count;
    const struct mv_method *method = mv_methods_all(&count)[_i / 2];
    double times = _i % 2 + 1, *x = arena_get(fixture.arena, 90, sizeof *x);
    struct mv_estimate estimate;

    memcpy(x, fixture.design.x, 90 * sizeof *x);
    for (size_t j = 0; j < 30; j++) {
        x[3 * j + 2] = times * x[3 * j];
    }
    fixture.design.x = x;
    estimate = mv_fixture_run(&fixture, method->key);
    check_failed(&estimate, 3);
    mv_fixture_end(&fixture);
}
END_TEST

/* Those that are nothing but IVW where there is no other exposure; and no method is at a loss.
 */
START_TEST(one_exposure_by_every_method)
{
    static const char *const alike[] = {"mv_ivw", "mv_ivw_fe", "mv_ivw_t", "mv_multiple",
                                        "mv_residual"};
    struct mv_fixture fixture = mv_fixture_made(40, 1, 0.02, 0.1, 0.1, 14);
    size_t count;
    const struct mv_method *method = mv_methods_all(&count)[_i];
    struct mv_estimate ivw = mv_fixture_run(&fixture, "mv_ivw"), estimate;

    fixture.design.n = (const double[]){1e8}; /* of which the variants explain little */
    fixture.design.outcome_n = 1e8;
    fixture.settings.boot = 50;
    fixture.settings.parameters[PARAMETER_PERTURBATIONS] = 10;
    estimate = mv_fixture_run(&fixture, method->key);
    ck_assert_msg(estimate.status == ESTIMATE_DONE, "%s: %s", method->key, estimate.note);
    ck_assert_msg(fabs(estimate.effects[0].b - 1) < 4 * ivw.effects[0].se, "%s: %g",
                  method->key, estimate.effects[0].b);
    ck_assert(estimate.effects[0].se > 0 && isfinite(estimate.effects[0].p));
    for (size_t i = 0; i < sizeof alike / sizeof *alike; i++) {
        if (strcmp(method->key, alike[i]) == 0) {
            golden_close(method->key, estimate.effects[0].b, ivw.effects[0].b, 1e-12);
        }
    }
    mv_fixture_end(&fixture);
}
END_TEST

START_TEST(three_variants_are_fixed)
{
    struct mv_fixture fixture = mv_fixture_made(3, 2, 0.01, 0.1, 3, 7);
    struct mv_estimate random = mv_fixture_run(&fixture, "mv_ivw");
    struct mv_estimate fixed = mv_fixture_run(&fixture, "mv_ivw_fe");

    ck_assert_double_eq(random.effects[1].se, fixed.effects[1].se);
    ck_assert_ptr_nonnull(strstr(random.note, "fewer than four"));
    mv_fixture_end(&fixture);
}
END_TEST

START_TEST(sizes_are_asked_for)
{
    struct mv_fixture fixture = mv_fixture_made(20, 2, 0.1, 0.1, 0, 3);
    static const char *const keys[] = {"mv_gmm", "mv_gmm_fe", "mv_cml", "mv_cml_dp"};

    fixture.design.outcome_n = NAN;
    fixture.design.n = (const double[]){NAN, NAN};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        struct mv_estimate estimate = mv_fixture_run(&fixture, keys[i]);

        ck_assert_int_eq(estimate.status, ESTIMATE_MISSING_INPUT);
        check_failed(&estimate, 2);
    }
    mv_fixture_end(&fixture);
}
END_TEST

/* Alleles turned, the outcome in another unit, the variants in another order. */
static struct mv_fixture turned(const struct mv_fixture *from, double scale)
{
    struct mv_fixture to = *from;
    size_t count = from->design.count, columns = from->design.exposure_count;
    double *x = arena_get(from->arena, count * columns, sizeof *x);
    double *y = arena_get(from->arena, count, sizeof *y);
    double *sy = arena_get(from->arena, count, sizeof *sy);

    for (size_t j = 0; j < count; j++) {
        size_t other = count - 1 - j;
        double sign = j % 2 == 0 ? -1 : 1;

        for (size_t k = 0; k < columns; k++) {
            x[j * columns + k] = sign * from->design.x[other * columns + k];
        }
        y[j] = sign * scale * from->design.y[other];
        sy[j] = scale * from->design.sy[other];
    }
    to.design.x = x;
    to.design.y = y;
    to.design.sy = sy;
    return to;
}

START_TEST(alleles_order_and_units_change_nothing)
{
    struct mv_fixture fixture = mv_fixture_made(30, 3, 0.05, 0.1, 0.2, 11);
    struct mv_fixture other = turned(&fixture, 1024);
    size_t count;
    const struct mv_method *method = mv_methods_all(&count)[_i];
    struct mv_estimate here, there;

    if (method->is_random || strncmp(method->key, "mv_gmm", 6) == 0 ||
        strcmp(method->key, "mv_cml") == 0) {
        /* drawn; on the scale of a standardised outcome; ends by the size of a step */
        other = turned(&fixture, 1);
    }
    here = mv_fixture_run(&fixture, method->key);
    there = mv_fixture_run(&other, method->key);
    ck_assert_int_eq(here.status, ESTIMATE_DONE);
    /* an intercept without orientation is there to be compared with: alleles matter to it */
    bool is_compared = !method->is_random && strcmp(method->key, "mv_intercept") != 0;
    for (size_t k = 0; k < 3 && is_compared; k++) {
        double scale = other.design.sy[0] / fixture.design.sy[29];

        golden_close(method->key, there.effects[k].b, scale * here.effects[k].b, 1e-9);
        golden_close(method->key, there.effects[k].se, scale * here.effects[k].se, 1e-9);
    }
    mv_fixture_end(&fixture);
}
END_TEST

/* Correlations of 0 change nothing; those of a block do. */
START_TEST(correlated_variants_are_counted)
{
    struct mv_fixture fixture = mv_fixture_made(12, 2, 0.05, 0.1, 0, 5);
    struct mv_estimate plain = mv_fixture_run(&fixture, "mv_ivw");
    double *ld = arena_get(fixture.arena, 144, sizeof *ld);
    struct mv_estimate same, other;

    for (size_t j = 0; j < 12; j++) {
        ld[j * 13] = 1;
    }
    fixture.design.ld = ld;
    same = mv_fixture_run(&fixture, "mv_ivw");
    golden_close("b", same.effects[0].b, plain.effects[0].b, 1e-13);
    golden_close("se", same.effects[1].se, plain.effects[1].se, 1e-13);
    ck_assert_ptr_nonnull(strstr(mv_fixture_run(&fixture, "mv_egger").note, "independent"));
    ld[1] = ld[12] = 0.9;
    other = mv_fixture_run(&fixture, "mv_ivw");
    ck_assert_double_ne(other.effects[0].b, plain.effects[0].b);
    mv_fixture_end(&fixture);
}
END_TEST

/* The two variants' correlation by hand: generalised least squares of one exposure on two. */
START_TEST(two_correlated_variants_by_hand)
{
    struct mv_fixture fixture = mv_fixture_made(2, 1, 0.01, 0.5, 0, 9);
    double ld[4] = {1, 0.6, 0.6, 1};
    const double *x = fixture.design.x, *y = fixture.design.y;
    double w = 1 / (0.25 * (1 - 0.36));
    double xx = w * (x[0] * x[0] + x[1] * x[1] - 1.2 * x[0] * x[1]);
    double xy = w * (x[0] * y[0] + x[1] * y[1] - 0.6 * (x[0] * y[1] + x[1] * y[0]));
    struct mv_estimate estimate;

    fixture.design.ld = ld;
    estimate = mv_fixture_run(&fixture, "mv_ivw_fe");
    golden_close("b", estimate.effects[0].b, xy / xx, 1e-12);
    golden_close("se", estimate.effects[0].se, 1 / sqrt(xx), 1e-12);
    mv_fixture_end(&fixture);
}
END_TEST

/* The third exposure's effects are nothing but error: it is weak by every measure, its effect
 * is left wide open or missing with a reason, and the others still have theirs. */
START_TEST(an_exposure_without_a_strong_variant)
{
    struct mv_fixture fixture = mv_fixture_made(40, 3, 0.02, 0.1, 0, 12);
    double *x = arena_get(fixture.arena, 120, sizeof *x);
    struct mv_strength strengths[3];
    size_t count;
    const struct mv_method *method = mv_methods_all(&count)[_i];
    struct mv_estimate estimate;

    memcpy(x, fixture.design.x, 120 * sizeof *x);
    for (size_t j = 0; j < 40; j++) {
        x[3 * j + 2] = 0.02 * sin(1.7 * (double)(j * j)); /* |z| below 1 */
    }
    fixture.design.x = x;
    fixture.settings.boot = 50;
    fixture.settings.parameters[PARAMETER_PERTURBATIONS] = 5;
    mv_strength_of(&fixture.design, strengths, fixture.scratch);
    ck_assert_double_lt(strengths[2].f_mean, 1);
    ck_assert_double_lt(strengths[2].f_conditional, 2);
    ck_assert_double_gt(strengths[0].f_mean, 1000);
    ck_assert_double_lt(mv_joint_strength(&fixture.design, fixture.scratch), 2);
    estimate = mv_fixture_run(&fixture, method->key);
    if (estimate.status == ESTIMATE_DONE) {
        ck_assert(isfinite(estimate.effects[0].b) && estimate.effects[0].se > 0);
        ck_assert(!(estimate.effects[2].se < 4 * estimate.effects[0].se));
    } else {
        ck_assert_ptr_nonnull(estimate.note);
    }
    mv_fixture_end(&fixture);
}
END_TEST

START_TEST(command_prints_what_the_room_says)
{
    struct said said = program_say("taxamr mv $ROOT/tests/golden/mv_lipids_chd/input.csv");

    ck_assert_int_eq(said.status, 0);
    ck_assert_ptr_nonnull(
        strstr(said.out, "exposure\toutcome\tdirection\tmethod\tnsnp\tb\tse"));
    ck_assert_ptr_nonnull(
        strstr(said.out, "exposure1\toutcome\tforward\tMultivariable IVW\t28\t1.925182"));
    said_drop(&said);
    said = program_say("taxamr mv $ROOT/tests/golden/mv_lipids_chd/input.csv --table strength");
    ck_assert_ptr_nonnull(strstr(said.out, "F_conditional"));
    said_drop(&said);
    said = program_say("taxamr mv $ROOT/tests/golden/mv_lipids_chd/input.csv --table ledger");
    ck_assert_int_eq(said.status, 2);
    said_drop(&said);
    said = program_say("taxamr mv $ROOT/tests/golden/mv_lipids_chd/input.csv --methods mv_it");
    ck_assert_int_eq(said.status, 2);
    ck_assert_ptr_nonnull(strstr(said.err, "found method mv_it"));
    said_drop(&said);
    said = program_say("taxamr mv $ROOT/tests/golden/mv_lipids_chd/input.csv --methods ivw");
    ck_assert_int_eq(said.status, 2);
    said_drop(&said);
    said = program_say("taxamr run -o out --methods mv_ivw");
    ck_assert_int_eq(said.status, 2);
    ck_assert_ptr_nonnull(strstr(said.err, "several exposures"));
    said_drop(&said);
    program_clean();
}
END_TEST

int main(void)
{
    size_t count;
    (void)mv_methods_all(&count);
    const struct golden_test tests[] = {{tables_are_refused_with_names, 1},
                                        {rows_that_lack_something_are_left_out, 1},
                                        {as_many_variants_as_exposures, 1},
                                        {fewer_variants_than_exposures, (int)count},
                                        {an_exposure_that_is_another_one, 2 * (int)count},
                                        {one_exposure_by_every_method, (int)count},
                                        {three_variants_are_fixed, 1},
                                        {sizes_are_asked_for, 1},
                                        {alleles_order_and_units_change_nothing, (int)count},
                                        {correlated_variants_are_counted, 1},
                                        {two_correlated_variants_by_hand, 1},
                                        {an_exposure_without_a_strong_variant, (int)count},
                                        {command_prints_what_the_room_says, 1}};

    return golden_run_each("multivariable corners", tests, sizeof tests / sizeof *tests);
}
