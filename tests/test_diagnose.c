/*
 * The room src/diagnose: a whole analysis, on any number of variants; the checks, what they
 * judge and what they say.
 */
#include "diagnose/diagnose.h"
#include "fixture.h"
#include "numeric/start.h"
#include <math.h>
#include <string.h>

static struct heterogeneity heterogeneity(const struct fixture *fixture, const char *key)
{
    struct estimate estimate = fixture_run(fixture, key);

    return heterogeneity_of(fixture->pair, methods_find(key), &estimate, 0.95);
}

static struct analysis *analyse(const struct fixture *fixture, const struct pair *pair)
{
    size_t count;
    const struct method *const *methods = methods_all(&count);

    return analysis_create(pair, methods, count, &fixture->settings, fixture->scratch,
                           fixture->arena);
}

START_TEST(an_analysis_holds_what_its_parts_say)
{
    struct fixture fixture = fixture_begin_results("ieu_bmi_chd");
    struct analysis *analysis = analyse(&fixture, fixture.pair);
    size_t count;
    const struct method *const *methods = methods_all(&count);

    ck_assert_uint_eq(analysis->estimate_count, count);
    for (size_t i = 0; i < count; i++) {
        ck_assert_ptr_eq(analysis->estimates[i].method, methods[i]);
    }
    ck_assert_double_eq(analysis->main.b, fixture_run(&fixture, "ivw").b);
    ck_assert_double_eq(analysis->egger.intercept, fixture_run(&fixture, "egger").intercept);
    ck_assert_double_eq(analysis->heterogeneity.q, heterogeneity(&fixture, "ivw").q);
    ck_assert_double_eq(analysis->heterogeneity_egger.q, heterogeneity(&fixture, "egger").q);
    ck_assert_uint_eq(analysis->leave_one_out_count, fixture.pair->count + 1);
    ck_assert_double_eq(analysis->steiger.p, steiger_of(fixture.pair, &fixture.settings).p);
    ck_assert(analysis->prediction_lower < analysis->main.lower);
    fixture_end(&fixture);
}
END_TEST

static enum judgement judged(const struct analysis *analysis, char letter)
{
    size_t count;
    const struct diagnostic *const *all = diagnostics_all(&count);

    for (size_t i = 0; i < count; i++) {
        if (all[i]->letter == letter) {
            return all[i]->judge(analysis);
        }
    }
    ck_abort_msg("no check %c", letter);
    return JUDGE_NOT_RUN;
}

START_TEST(analyses_of_few_variants_say_so)
{
    struct fixture fixture = fixture_begin_results("ieu_bmi_chd");

    for (size_t variants = 0; variants <= 4; variants++) {
        struct pair *pair = golden_first(fixture.pair, variants, fixture.arena);
        struct analysis *analysis = analyse(&fixture, pair);

        ck_assert_str_eq(analysis->main.method->key, variants == 1 ? "wald" : "ivw");
        ck_assert_int_eq(analysis->main.status,
                         variants == 0 ? ESTIMATE_TOO_FEW : ESTIMATE_DONE);
        ck_assert_int_eq(judged(analysis, 'Q') == JUDGE_CANNOT, variants < 2);
        ck_assert_int_eq(judged(analysis, 'E') == JUDGE_CANNOT, variants < 3);
        ck_assert_int_eq(judged(analysis, 'L') == JUDGE_CANNOT, variants < 3);
        ck_assert_int_eq(judged(analysis, 'S') == JUDGE_CANNOT, variants < 1);
        ck_assert_int_eq(judged(analysis, 'R'), JUDGE_NOT_RUN);
        ck_assert_int_eq(judged(analysis, 'F'), JUDGE_NOT_RUN);
        ck_assert_int_eq(isnan(analysis->prediction_lower), variants < 3);
    }
    fixture_end(&fixture);
}
END_TEST

START_TEST(checks_stand_in_order_and_speak)
{
    struct fixture fixture = fixture_begin_results("ieu_bmi_chd");
    struct analysis *whole = analyse(&fixture, fixture.pair);
    struct analysis *empty = analyse(&fixture, golden_first(fixture.pair, 0, fixture.arena));
    const char letters[] = "QELSRF";
    size_t count;
    const struct diagnostic *const *all = diagnostics_all(&count);

    ck_assert_uint_eq(count, strlen(letters));
    for (size_t i = 0; i < count; i++) {
        ck_assert_int_eq(all[i]->letter, letters[i]);
        ck_assert(all[i]->key != NULL && all[i]->name != NULL && all[i]->explains != NULL);
        ck_assert_uint_gt(strlen(all[i]->says(whole, fixture.arena)), 0);
        ck_assert_uint_gt(strlen(all[i]->says(empty, fixture.arena)), 0);
    }
    ck_assert_str_eq(all[0]->says(whole, fixture.arena), "Q 144 on 78 df, p 8.7e-06, I2 46%");
    ck_assert_str_eq(all[1]->says(whole, fixture.arena), "intercept -0.0017, SE 0.004, p .67");
    ck_assert_int_eq(diagnostic_mark(all[0], JUDGE_PASSED), 'Q');
    ck_assert_int_eq(diagnostic_mark(all[0], JUDGE_FAILED), '!');
    ck_assert_int_eq(diagnostic_mark(all[0], JUDGE_CANNOT), '.');
    ck_assert_int_eq(diagnostic_mark(all[0], JUDGE_NOT_RUN), '-');
    fixture_end(&fixture);
}
END_TEST

START_TEST(checks_of_the_body_mass_set)
{
    struct fixture fixture = fixture_begin_results("ieu_bmi_chd");
    struct analysis *analysis = analyse(&fixture, fixture.pair);

    ck_assert_int_eq(judged(analysis, 'Q'), JUDGE_FAILED);
    ck_assert_int_eq(judged(analysis, 'E'), JUDGE_PASSED);
    ck_assert_int_eq(judged(analysis, 'L'), JUDGE_PASSED);
    ck_assert_int_eq(judged(analysis, 'S'), JUDGE_PASSED);
    fixture_end(&fixture);
}
END_TEST

/* Five variants by their outcome effects alone. */
static enum judgement leave_one_out_judges(const double by[5])
{
    const double bx[5] = {0.1, 0.1, 0.1, 0.1, 0.1}, s[5] = {0.01, 0.01, 0.01, 0.01, 0.01};
    struct fixture fixture = fixture_begin();
    enum judgement judgement;

    judgement = judged(analyse(&fixture, golden_pair_of(bx, s, by, s, 5, fixture.arena)), 'L');
    fixture_end(&fixture);
    return judgement;
}

START_TEST(leave_one_out_sees_who_carries_the_claim)
{
    const double steady[] = {0.02, 0.021, 0.019, 0.02, 0.02};
    const double carried[] = {0.03, 0.009, 0.009, 0.008, 0.009};
    const double quiet[] = {0.002, 0.001, 0.003, 0.002, 0.001};
    const double hidden[] = {-0.015, 0.012, 0.013, 0.014, 0.012};
    const double near_zero[] = {0.008, -0.001, -0.0012, -0.001, -0.001};
    const double turning[] = {0.3, -0.03, -0.03, -0.03, -0.03};

    ck_assert_int_eq(leave_one_out_judges(steady), JUDGE_PASSED);
    ck_assert_int_eq(leave_one_out_judges(carried), JUDGE_FAILED);
    ck_assert_int_eq(leave_one_out_judges(quiet), JUDGE_PASSED);
    ck_assert_int_eq(leave_one_out_judges(hidden), JUDGE_FAILED);
    ck_assert_int_eq(leave_one_out_judges(near_zero), JUDGE_PASSED);
    ck_assert_int_eq(leave_one_out_judges(turning), JUDGE_FAILED);
}
END_TEST

START_TEST(a_variant_without_effect_crosses_nothing)
{
    const double bx[] = {0, 0.1, 0.2}, s[] = {0.01, 0.01, 0.01}, by[] = {0.01, 0.02, 0.05};
    struct fixture fixture = fixture_begin();
    struct analysis *analysis =
        analyse(&fixture, golden_pair_of(bx, s, by, s, 3, fixture.arena));

    ck_assert(isnan(analysis->singles[0].b) && isnan(analysis->singles[0].lower));
    ck_assert(!analysis->singles[0].contains_null);
    golden_close("weight", analysis->singles[0].weight_share, 0, 0);
    ck_assert(isfinite(analysis->singles[0].studentised));
    ck_assert_int_eq(analysis->main.status, ESTIMATE_DONE);
    ck_assert_int_eq(judged(analysis, 'S'), JUDGE_CANNOT);
    fixture_end(&fixture);
}
END_TEST

int main(void)
{
    const struct golden_test tests[] = {
        {an_analysis_holds_what_its_parts_say, 1},
        {analyses_of_few_variants_say_so, 1},
        {checks_stand_in_order_and_speak, 1},
        {checks_of_the_body_mass_set, 1},
        {leave_one_out_sees_who_carries_the_claim, 1},
        {a_variant_without_effect_crosses_nothing, 1},
    };

    numeric_start();
    return golden_run_each("diagnose", tests, sizeof tests / sizeof tests[0]);
}
