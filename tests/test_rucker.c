/*
 * Ruecker's selection between models and the removal of influential variants: against the
 * golden tables and against refits.
 */
#include "diagnose/rucker.h"
#include "fixture.h"
#include "numeric/start.h"
#include <math.h>
#include <string.h>

static double golden_of(const struct fixture *fixture, const char *method, const char *quantity)
{
    return golden_find(&fixture->golden, "TwoSampleMR", "mr_rucker", method, quantity)->value;
}

static void check_test(const struct fixture *fixture, const char *name,
                       const struct rucker_test *test)
{
    golden_close(name, test->q, golden_of(fixture, name, "Q"), 1e-8);
    golden_close(name, test->df, golden_of(fixture, name, "Q_df"), 0);
    golden_close(name, test->p, golden_of(fixture, name, "Q_pval"), 1e-8);
}

static void check_model(const struct fixture *fixture, const struct rucker_model *model,
                        const char *name, bool is_egger)
{
    golden_close("b", model->b, golden_of(fixture, name, "estimate"), 1e-10);
    golden_close("se", model->se, golden_of(fixture, name, "se"), 1e-10);
    golden_close("p", model->p, golden_of(fixture, name, "pval"), 1e-8);
    golden_close("lower", model->lower, golden_of(fixture, name, "ci_low"), 1e-8);
    golden_close("upper", model->upper, golden_of(fixture, name, "ci_high"), 1e-8);
    ck_assert_int_eq(isnan(model->intercept), !is_egger);
    if (is_egger) {
        golden_close("a", model->intercept, golden_of(fixture, name, "intercept"), 1e-9);
        golden_close("a se", model->intercept_se, golden_of(fixture, name, "intercept_se"),
                     1e-9);
        golden_close("a p", model->intercept_p, golden_of(fixture, name, "intercept_pval"),
                     1e-8);
    }
}

static size_t place_of(const struct pair *pair, const char *variant)
{
    size_t j = 0;

    while (strcmp(pair_variant(pair, j), variant) != 0) {
        j++;
        ck_assert_uint_lt(j, pair->count);
    }
    return j;
}

START_TEST(selection_is_golden)
{
    for (size_t i = 0; i < FIXTURE_SETS; i++) {
        struct fixture fixture = fixture_begin_results(fixture_sets[i]);
        struct rucker got = rucker_of(fixture.pair, &fixture.settings, fixture.arena);
        size_t cooks = 0;

        check_test(&fixture, "Q_ivw", &got.ivw);
        check_test(&fixture, "Q_egger", &got.egger);
        check_test(&fixture, "Q_diff", &got.difference);
        for (int kind = 0; kind < RUCKER_MODELS; kind++) {
            check_model(&fixture, &got.models[kind], rucker_name((enum rucker_kind)kind),
                        kind >= RUCKER_EGGER_FIXED);
        }
        ck_assert_int_eq((int)got.selected + 1,
                         (int)golden_of(&fixture, "Rucker selected", "selected_model"));
        golden_close("selected", got.models[got.selected].se,
                     golden_of(&fixture, "Rucker selected", "se"), 1e-10);
        for (size_t k = 0; k < fixture.golden.count; k++) {
            const struct golden_row *row = &fixture.golden.rows[k];

            if (strcmp(row->function, "mr_rucker") == 0 &&
                strcmp(row->quantity, "cooks") == 0) {
                golden_close(row->snp, got.cook[place_of(fixture.pair, row->snp)], row->value,
                             1e-8);
                cooks++;
            }
        }
        ck_assert_uint_eq(cooks, fixture.pair->count);
        fixture_end(&fixture);
    }
}
END_TEST

/* Sets of four variants and more, all kinds of scatter; the letter follows from the P. */
START_TEST(corners_select_as_their_p_say)
{
    for (size_t i = 1; i < FIXTURE_CORNERS; i++) {
        struct fixture fixture = fixture_begin_corner(fixture_corners[i]);
        struct rucker got = rucker_of(fixture.pair, &fixture.settings, fixture.arena);
        double p = fixture_want(&fixture, "rucker_Q_ivw", "P");
        double p_egger = fixture_want(&fixture, "rucker_Q_egger", "P");
        double p_difference = fixture_want(&fixture, "rucker_Q_diff", "P");
        char letter = p > 0.05 ? 'A' : p_difference > 0.05 ? 'B' : p_egger > 0.05 ? 'C' : 'D';

        golden_close("Q", got.ivw.q, fixture_want(&fixture, "rucker_Q_ivw", "Q"), 1e-8);
        golden_close("Q'", got.egger.q, fixture_want(&fixture, "rucker_Q_egger", "Q"), 1e-8);
        golden_close("p", got.ivw.p, p, 1e-8);
        golden_close("p", got.egger.p, p_egger, 1e-8);
        golden_close("p", got.difference.p, p_difference, 1e-7);
        ck_assert_int_eq(rucker_letter(got.selected), letter);
        fixture_end(&fixture);
    }
}
END_TEST

static struct estimate run_without(const struct fixture *fixture, const char *key,
                                   const bool *is_out)
{
    return estimate_run(methods_find(key), pair_without(fixture->arena, fixture->pair, is_out),
                        &fixture->settings, fixture->scratch, fixture->arena);
}

/* Cook's distance of variant j from what leaving it out does to every fitted value. */
static double cook_by_refit(const struct fixture *fixture, size_t j, bool is_egger,
                            bool *is_out)
{
    const struct pair *pair = fixture->pair;
    const char *key = is_egger ? "egger" : "ivw";
    struct estimate whole = fixture_run(fixture, key), left;
    double sum = 0, coefficients = is_egger ? 2 : 1;
    double variance = whole.q / whole.q_df;

    is_out[j] = true;
    left = run_without(fixture, key, is_out);
    is_out[j] = false;
    for (size_t i = 0; i < pair->count; i++) {
        double a = is_egger ? whole.intercept - left.intercept : 0;

        sum += pow((a + (whole.b - left.b) * fabs(pair->bx[i])) / pair->sy[i], 2);
    }
    return sum / (coefficients * variance);
}

START_TEST(distances_are_what_leaving_out_shows)
{
    bool any_egger = false;

    for (size_t i = 3; i < FIXTURE_CORNERS; i++) {
        struct fixture fixture = fixture_begin_corner(fixture_corners[i]);
        struct rucker got = rucker_of(fixture.pair, &fixture.settings, fixture.arena);
        bool is_egger = got.selected >= RUCKER_EGGER_FIXED;
        bool *is_out = arena_get(fixture.arena, fixture.pair->count, sizeof *is_out);

        for (size_t j = 0; j < fixture.pair->count; j++) {
            golden_close("Cook", got.cook[j], cook_by_refit(&fixture, j, is_egger, is_out),
                         1e-6);
        }
        any_egger |= is_egger;
        fixture_end(&fixture);
    }
    ck_assert(any_egger);
}
END_TEST

/* The removal again, with distances from refits; says how many were removed. */
static size_t remove_by_refit(struct fixture fixture, bool *is_removed)
{
    const struct pair *whole = fixture.pair;
    size_t removed = 0;

    for (bool goes_on = true; goes_on;) {
        struct pair *left = pair_without(fixture.arena, whole, is_removed);
        struct rucker rucker = rucker_of(left, &fixture.settings, fixture.arena);
        bool *is_high = arena_get(fixture.arena, left->count, sizeof *is_high);
        bool *is_out = arena_get(fixture.arena, left->count, sizeof *is_out);
        size_t high = 0, at = 0;

        fixture.pair = left;
        for (size_t j = 0; j < left->count; j++) {
            is_high[j] = cook_by_refit(&fixture, j, rucker.selected >= RUCKER_EGGER_FIXED,
                                       is_out) > 4 / (double)left->count;
            high += is_high[j];
        }
        goes_on = high > 0 && left->count - high > 3;
        for (size_t j = 0; goes_on && j < whole->count; j++) {
            if (!is_removed[j]) {
                is_removed[j] = is_high[at++];
            }
        }
        removed += goes_on ? high : 0;
    }
    return removed;
}

START_TEST(removing_goes_on_while_any_is_high)
{
    for (size_t i = 2; i < FIXTURE_CORNERS; i++) {
        struct fixture fixture = fixture_begin_corner(fixture_corners[i]);
        bool *is_removed = arena_get(fixture.arena, fixture.pair->count, sizeof *is_removed);
        size_t removed = remove_by_refit(fixture, is_removed);
        struct rucker_trimmed got =
            rucker_trimmed_of(fixture.pair, &fixture.settings, fixture.scratch, fixture.arena);

        ck_assert_uint_eq(got.removed, removed);
        ck_assert_uint_eq(got.rucker.variants, fixture.pair->count - removed);
        for (size_t j = 0; j < fixture.pair->count; j++) {
            ck_assert_int_eq(got.is_removed[j], is_removed[j]);
        }
        ck_assert(strcmp(fixture_corners[i], "presso_E1") != 0 || removed > 0);
        fixture_end(&fixture);
    }
}
END_TEST

START_TEST(selection_of_few_or_odd_variants)
{
    const double none[] = {0, 0, 0, 0}, same[] = {0.1, -0.1, 0.1, 0.1};
    const double s[] = {0.01, 0.01, 0.01, 0.01}, by[] = {0.02, -0.09, 0.01, 0.05};
    const double exact[] = {0.1, 0.3, 0.7, 1.1}, doubled[] = {0.2, 0.6, 1.4, 2.2};
    struct fixture fixture = fixture_begin_made(none, s, by, s, 4);
    struct rucker got = rucker_of(fixture.pair, &fixture.settings, fixture.arena);

    ck_assert_str_eq(got.note, "no variant has an effect on the exposure");
    got = rucker_of(golden_first(fixture.pair, 2, fixture.arena), &fixture.settings,
                    fixture.arena);
    ck_assert_str_eq(got.note, "needs three variants");
    got = rucker_of(golden_pair_of(same, s, by, s, 4, fixture.arena), &fixture.settings,
                    fixture.arena);
    ck_assert_ptr_null(got.note);
    ck_assert_int_eq(got.selected, RUCKER_IVW_RANDOM);
    ck_assert(isnan(got.difference.p) && isnan(got.models[RUCKER_EGGER_RANDOM].b));
    ck_assert(isfinite(got.models[RUCKER_IVW_RANDOM].se));
    got = rucker_of(golden_pair_of(exact, s, doubled, s, 4, fixture.arena), &fixture.settings,
                    fixture.arena);
    ck_assert_int_eq(got.selected, RUCKER_IVW_FIXED);
    golden_close("perfect", got.models[RUCKER_IVW_FIXED].b, 2, 1e-12);
    ck_assert(isnan(got.models[RUCKER_IVW_FIXED].se) && isnan(got.models[RUCKER_IVW_RANDOM].p));
    ck_assert(isnan(got.models[RUCKER_EGGER_FIXED].p) && isnan(got.cook[0]));
    fixture_end(&fixture);
}
END_TEST

/* One variant has all the effect on the exposure: its distance has no value. */
START_TEST(a_variant_that_is_all_stays)
{
    const double bx[] = {0, 0, 0, 0, 0.1}, s[] = {0.01, 0.01, 0.01, 0.01, 0.01};
    const double by[] = {0.01, 0.02, -0.01, 0.01, 0.05};
    struct fixture fixture = fixture_begin_made(bx, s, by, s, 5);
    struct rucker_trimmed got =
        rucker_trimmed_of(fixture.pair, &fixture.settings, fixture.scratch, fixture.arena);

    ck_assert(got.removed == 0 && !got.is_removed[4] && got.rucker.variants == 5);
    ck_assert_ptr_null(got.rucker.note);
    ck_assert(isnan(got.rucker.cook[4]));
    golden_close("b", got.rucker.models[got.rucker.selected].b, 0.5, 1e-14);
    fixture_end(&fixture);
}
END_TEST

START_TEST(selection_does_not_see_alleles_or_units)
{
    struct fixture fixture = fixture_begin_corner("hdl_chd");
    const struct pair *pair = fixture.pair;
    double scale = 1e-12, *numbers[4];
    struct rucker got, was = rucker_of(pair, &fixture.settings, fixture.arena);

    for (int k = 0; k < 4; k++) {
        numbers[k] = arena_get(fixture.arena, pair->count, sizeof(double));
    }
    for (size_t j = 0; j < pair->count; j++) {
        double sign = j % 3 == 0 ? -1 : 1;

        numbers[0][j] = sign * pair->bx[j];
        numbers[1][j] = pair->sx[j];
        numbers[2][j] = sign * scale * pair->by[j];
        numbers[3][j] = scale * pair->sy[j];
    }
    got = rucker_of(golden_pair_of(numbers[0], numbers[1], numbers[2], numbers[3], pair->count,
                                   fixture.arena),
                    &fixture.settings, fixture.arena);
    ck_assert_int_eq(got.selected, was.selected);
    golden_close("b", got.models[got.selected].b, scale * was.models[was.selected].b, 1e-10);
    golden_close("se", got.models[got.selected].se, scale * was.models[was.selected].se, 1e-10);
    golden_close("cook", got.cook[1], was.cook[1], 1e-9);
    fixture_end(&fixture);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {
        selection_is_golden,
        corners_select_as_their_p_say,
        distances_are_what_leaving_out_shows,
        removing_goes_on_while_any_is_high,
        selection_of_few_or_odd_variants,
        a_variant_that_is_all_stays,
        selection_does_not_see_alleles_or_units,
    };

    numeric_start();
    return golden_run("rucker", tests, sizeof tests / sizeof *tests);
}
