/*
 * IVW corrected for sample overlap and winner's curse: its expectations against integrals, its
 * corners, and that it holds the truth where IVW does not.
 */
#include "estimate/overlap.h"
#include "fixture.h"
#include "numeric/tail.h"
#include "overlap_world.h"
#include <math.h>
#include <stdio.h>

#define DRAWS 150

/* The expectations by adding up the densities, on a grid of z. */
START_TEST(bias_is_what_integrals_say)
{
    struct overlap overlap = {30000, 50000, 0.3, 0.2, 1e5, 5.2, NAN};
    double share = 0.003, variance = 0.2 / (share * 1e5), spread = 1 + 30000 * variance;
    double squares = 0, causal = 0, errors = 0, step = 1e-3;
    struct overlap_bias bias = overlap_bias_at(&overlap, share);

    for (double z = -80; z < 80; z += step) {
        double acting = share * exp(-z * z / (2 * spread)) / sqrt(2 * M_PI * spread);
        double idle = (1 - share) * exp(-z * z / 2) / sqrt(2 * M_PI);
        double is_chosen = fabs(z) > 5.2 ? step : 0;

        squares += is_chosen * (acting + idle) * z * z / 30000;
        causal += is_chosen * acting * z * z / 30000 * (1 - 1 / spread);
        errors += is_chosen * (acting / spread + idle) * z * z;
    }
    golden_close("stretch", bias.stretch, squares / causal, 1e-3);
    golden_close("shift", bias.shift, 0.3 / sqrt(30000. * 50000.) * errors / squares, 1e-3);
}
END_TEST

/* Squares that a share gives lead back to that share. */
START_TEST(a_share_is_found_again)
{
    static const double shares[] = {1e-4, 1e-3, 0.02, 0.2};
    struct overlap overlap = {30000, 50000, 0, 0.2, 1e5, 5.2, NAN};
    double share = shares[_i], variance = 0.2 / (share * 1e5), spread = 1 + 30000 * variance;
    double cut = 5.2 / sqrt(spread), found;
    double acting =
        spread * (tail_normal_two_sided(cut) + 2 * cut * exp(-cut * cut / 2) / sqrt(2 * M_PI));
    double idle = tail_normal_two_sided(5.2) + 2 * 5.2 * exp(-5.2 * 5.2 / 2) / sqrt(2 * M_PI);

    overlap.squares = 1e5 * (share * acting + (1 - share) * idle) / 30000;
    ck_assert(overlap_share(&overlap, &found));
    golden_close("share", found, share, 1e-7);
    overlap.squares = 1; /* more than all heritability */
    ck_assert(!overlap_share(&overlap, &found));
    ck_assert(isnan(overlap_corrected(&overlap, 0.1)));
}
END_TEST

/* In every world the interval holds the truth as often as it says; IVW's does so only where its
 * two biases, of choosing and of shared people, happen to cancel. */
START_TEST(the_truth_is_held)
{
    const struct overlap_world *world = &overlap_worlds[_i];
    struct overlap_coverage here = overlap_world_coverage(world, "overlap", DRAWS);
    struct overlap_coverage ivw = overlap_world_coverage(world, "ivw", DRAWS);
    double chance = 3 * sqrt(0.95 * 0.05 / DRAWS);

    ck_assert_msg(fabs(here.held - 0.95) < chance + 0.01, "%s: %g (IVW %g)", world->name,
                  here.held, ivw.held);
    ck_assert_msg(fabs(here.mean - world->effect) < 4 * here.deviation / sqrt(DRAWS),
                  "%s: mean %g (deviation %g)", world->name, here.mean, here.deviation);
    if (world->misleads) {
        ck_assert_double_gt(fabs(ivw.mean - world->effect), 5 * ivw.deviation / sqrt(DRAWS));
        ck_assert_double_lt(ivw.held, here.held);
    }
}
END_TEST

static struct fixture made(struct arena *arena, const struct overlap_world *world)
{
    struct random_stream stream = random_stream_of(5, "corner", NULL, NULL);
    struct fixture fixture = fixture_begin();

    fixture.pair = overlap_world_draw(world, &stream, arena, &fixture.settings);
    return fixture;
}

/* Alleles, order and the outcome's unit change nothing but the unit of the effect. */
START_TEST(alleles_order_and_units_change_nothing)
{
    struct arena *arena = arena_create();
    struct fixture fixture = made(arena, &overlap_worlds[1]);
    struct estimate here = fixture_run(&fixture, "overlap"), there;
    size_t count = fixture.pair->count;
    struct pair turned = *fixture.pair;
    double *bx = arena_get(arena, count, sizeof *bx), *by = arena_get(arena, count, sizeof *by);
    double *sx = arena_get(arena, count, sizeof *sx), *sy = arena_get(arena, count, sizeof *sy);

    for (size_t j = 0; j < count; j++) {
        size_t from = count - 1 - j;
        double sign = j % 3 == 0 ? -1 : 1;

        bx[j] = sign * fixture.pair->bx[from] / 8;
        sx[j] = fixture.pair->sx[from] / 8;
        by[j] = 1e6 * sign * fixture.pair->by[from];
        sy[j] = 1e6 * fixture.pair->sy[from];
    }
    turned.bx = bx, turned.by = by, turned.sx = sx, turned.sy = sy;
    fixture.pair = &turned;
    there = fixture_run(&fixture, "overlap");
    ck_assert_int_eq(here.status, ESTIMATE_DONE);
    golden_close("b", there.b, 8e6 * here.b, 1e-9);
    golden_close("se", there.se, 8e6 * here.se, 1e-6);
    ck_assert_ptr_nonnull(strstr(here.note, "uncorrected"));
    fixture_end(&fixture);
    arena_destroy(arena);
}
END_TEST

/* What is not known widens the interval, and moves nothing. */
START_TEST(errors_of_intercept_and_heritability_count)
{
    struct arena *arena = arena_create();
    struct fixture fixture = made(arena, &overlap_worlds[1]);
    struct estimate plain = fixture_run(&fixture, "overlap"), wider, widest;

    fixture.settings.parameters[PARAMETER_OVERLAP_H2_SE] = 0.03;
    wider = fixture_run(&fixture, "overlap");
    fixture.settings.parameters[PARAMETER_OVERLAP_INTERCEPT_SE] = 0.2;
    widest = fixture_run(&fixture, "overlap");
    ck_assert_double_eq(plain.b, widest.b);
    ck_assert_double_gt(wider.se, plain.se);
    ck_assert_double_gt(widest.se, wider.se);
    fixture_end(&fixture);
    arena_destroy(arena);
}
END_TEST

START_TEST(what_is_missing_is_said)
{
    struct arena *arena = arena_create();
    struct fixture fixture = made(arena, &overlap_worlds[0]);
    struct pair unknown = *fixture.pair;
    struct estimate got;

    fixture.settings.parameters[PARAMETER_OVERLAP_H2] = NAN;
    got = fixture_run(&fixture, "overlap");
    ck_assert_int_eq(got.status, ESTIMATE_MISSING_INPUT);
    ck_assert_ptr_nonnull(strstr(got.note, "overlap_h2"));
    fixture.settings.parameters[PARAMETER_OVERLAP_H2] = -0.01;
    got = fixture_run(&fixture, "overlap");
    ck_assert_int_eq(got.status, ESTIMATE_UNDEFINED);
    ck_assert_ptr_nonnull(strstr(got.note, "-0.01, not above 0"));
    fixture.settings.parameters[PARAMETER_OVERLAP_H2] = 1e-6;
    got = fixture_run(&fixture, "overlap");
    ck_assert_int_eq(got.status, ESTIMATE_UNDEFINED);
    fixture.settings.parameters[PARAMETER_OVERLAP_H2] = 0.3;
    fixture.settings.parameters[PARAMETER_OVERLAP_P] = 1e-290;
    got = fixture_run(&fixture, "overlap");
    ck_assert_int_eq(got.status, ESTIMATE_TOO_FEW);
    for (size_t j = 0; j < unknown.count; j++) {
        ((struct harmonised *)(uintptr_t)unknown.rows)[j].y.n = NAN;
    }
    got = fixture_run(&fixture, "overlap");
    ck_assert_int_eq(got.status, ESTIMATE_MISSING_INPUT);
    ck_assert_str_eq(got.note, "needs sample sizes");
    fixture_end(&fixture);
    arena_destroy(arena);
}
END_TEST

/* How many standard errors the note's two effects are apart. */
static double apart_of(const struct estimate *estimate)
{
    double p;

    ck_assert_int_eq(sscanf(strstr(estimate->note, "difference p"), "difference p %lf", &p), 1);
    return tail_z_of_neglog10(-log10(p));
}

/* Drawing anew gives what slopes give, where the heritability is known well. */
START_TEST(draws_and_slopes_agree)
{
    struct arena *arena = arena_create();
    struct fixture fixture = made(arena, &overlap_worlds[1]);
    struct estimate slopes, draws;

    fixture.settings.parameters[PARAMETER_OVERLAP_H2_SE] = 0.02;
    fixture.settings.parameters[PARAMETER_OVERLAP_INTERCEPT_SE] = 0.1;
    slopes = fixture_run(&fixture, "overlap");
    fixture.settings.parameters[PARAMETER_OVERLAP_DRAWS] = 20000;
    draws = fixture_run(&fixture, "overlap");
    ck_assert_double_eq(draws.b, slopes.b);
    golden_close("se", draws.se, slopes.se, 0.03);
    golden_close("difference", apart_of(&draws), apart_of(&slopes), 0.03);
    ck_assert(draws.se != slopes.se);
    fixture.settings.parameters[PARAMETER_OVERLAP_H2_SE] = 0.29; /* of 0.3 */
    draws = fixture_run(&fixture, "overlap");
    ck_assert_int_eq(draws.status, ESTIMATE_UNDEFINED);
    ck_assert_ptr_nonnull(strstr(draws.note, "too unsure"));
    fixture_end(&fixture);
    arena_destroy(arena);
}
END_TEST

/* Instruments that the outcome lacks still tell how many markers act: the effect that the
 * others have is corrected as if all were there. */
START_TEST(instruments_without_an_outcome_count)
{
    struct arena *arena = arena_create();
    struct fixture fixture = made(arena, &overlap_worlds[3]);
    const struct pair *whole = fixture.pair;
    struct harmonised *rows = arena_get(arena, whole->row_count, sizeof *rows);
    const char *share = "a share ";
    struct estimate all = fixture_run(&fixture, "overlap"), some;

    for (size_t i = 0; i < whole->count; i++) {
        rows[i] = whole->rows[whole->row[i]];
        rows[i].x.variant = "made";
        rows[i].y = rows[i].x;
        rows[i].y.beta = whole->by[i];
        rows[i].y.se = whole->sy[i];
        rows[i].keep = i % 4 != 0;
    }
    fixture.pair =
        pair_create(arena, whole->exposure, whole->outcome, FORWARD, rows, whole->count);
    some = fixture_run(&fixture, "overlap");
    ck_assert_uint_lt(some.variants, all.variants);
    ck_assert_ptr_nonnull(strstr(some.note, "are used"));
    ck_assert_int_eq(
        strncmp(strstr(all.note, share), strstr(some.note, share), strlen("a share 0.01")), 0);
    for (size_t i = 0; i < whole->count; i++) {
        rows[i].reason = rows[i].keep ? REASON_KEPT : REASON_NOT_KEPT;
    }
    some = fixture_run(&fixture, "overlap"); /* left out by mr_keep: they tell nothing */
    ck_assert_ptr_null(strstr(some.note, "are used"));
    fixture_end(&fixture);
    arena_destroy(arena);
}
END_TEST

/* The package's cases: heritability, intercept, and their errors. */
static const struct {
    const char *name;
    double set[4];
} mrlap_cases[] = {
    {"h2=0.14 (0.005) intercept=0.05 (0.01)", {0.14, 0.005, 0.05, 0.01}},
    {"h2=0.2 (0.03) intercept=-0.3 (0.05)", {0.2, 0.03, -0.3, 0.05}},
};
#define MRLAP_CASES (int)(sizeof mrlap_cases / sizeof *mrlap_cases)

/* The pair with effects in standard deviations, by each variant's size. */
static struct pair *standardised(const struct pair *pair, struct arena *arena)
{
    struct harmonised *rows = arena_get(arena, pair->count, sizeof *rows);

    for (size_t j = 0; j < pair->count; j++) {
        rows[j] = pair->rows[pair->row[j]];
        rows[j].x.beta /= rows[j].x.se * sqrt(rows[j].x.n);
        rows[j].x.se = 1 / sqrt(rows[j].x.n);
        rows[j].y.beta /= rows[j].y.se * sqrt(rows[j].y.n);
        rows[j].y.se = 1 / sqrt(rows[j].y.n);
    }
    return pair_create(arena, pair->exposure, pair->outcome, FORWARD, rows, pair->count);
}

/* Optima are found to a millionth there, and errors from some thousand draws. */
START_TEST(mrlap_answers_the_same)
{
    static const enum parameter_id ids[] = {PARAMETER_OVERLAP_H2, PARAMETER_OVERLAP_H2_SE,
                                            PARAMETER_OVERLAP_INTERCEPT,
                                            PARAMETER_OVERLAP_INTERCEPT_SE};
    struct fixture fixture = fixture_begin();
    struct golden golden = golden_results("mrlap", fixture.arena);
    const char *name = mrlap_cases[_i].name;
    struct estimate got;
    double uncorrected, uncorrected_se, p, share, z;

    fixture.pair =
        standardised(golden_pair("ieu_bmi_chd/input.csv", fixture.arena), fixture.arena);
    for (int i = 0; i < 4; i++) {
        fixture.settings.parameters[ids[i]] = mrlap_cases[_i].set[i];
    }
    fixture.settings.parameters[PARAMETER_OVERLAP_DRAWS] = 20000;
    got = fixture_run(&fixture, "overlap");
    golden_close("b", got.b, golden_find(&golden, NULL, NULL, name, "corrected")->value, 1e-5);
    golden_close("se", got.se, golden_find(&golden, NULL, NULL, name, "corrected_se")->value,
                 0.03);
    ck_assert_int_eq(sscanf(got.note,
                            "uncorrected %lf (SE %lf), difference p %lf; a share %lf of",
                            &uncorrected, &uncorrected_se, &p, &share),
                     4);
    golden_close("uncorrected", uncorrected,
                 golden_find(&golden, NULL, NULL, name, "observed")->value, 1e-5);
    golden_close("uncorrected se", uncorrected_se,
                 golden_find(&golden, NULL, NULL, name, "observed_se")->value, 1e-2);
    golden_close("share", share, golden_find(&golden, NULL, NULL, name, "share")->value, 1e-2);
    z = tail_z_of_neglog10(-log10(p));
    golden_close("difference", z,
                 fabs(golden_find(&golden, NULL, NULL, name, "difference")->value), 0.1);
    fixture_end(&fixture);
}
END_TEST

int main(void)
{
    const struct golden_test tests[] = {{bias_is_what_integrals_say, 1},
                                        {a_share_is_found_again, 4},
                                        {the_truth_is_held, (int)overlap_world_count},
                                        {alleles_order_and_units_change_nothing, 1},
                                        {errors_of_intercept_and_heritability_count, 1},
                                        {what_is_missing_is_said, 1},
                                        {mrlap_answers_the_same, MRLAP_CASES},
                                        {draws_and_slopes_agree, 1},
                                        {instruments_without_an_outcome_count, 1}};

    return golden_run_each("sample overlap", tests, sizeof tests / sizeof *tests);
}
