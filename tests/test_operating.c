/*
 * Methods do on simulated studies what theory says, within four Monte Carlo errors.
 */
#include "diagnose/power.h"
#include "golden.h"
#include "simulate/operating.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ERRORS 4

/* The usual scenario with these choices, "effect=0.2 h2=0.5". */
static struct scenario scenario_of(const char *choices)
{
    struct scenario scenario = scenario_usual();
    struct error error = {0};
    char *copy = strdup(choices), *rest = copy, *word;

    while ((word = strsep(&rest, " ")) != NULL) {
        ck_assert_msg(word[0] == '\0' || scenario_take(&scenario, word, &error), "%s: %s", word,
                      error.text);
    }
    ck_assert(scenario_check(&scenario, &error));
    free(copy);
    return scenario;
}

/* How one method does over so many studies. */
static struct operating judge(const char *choices, const char *key, size_t studies)
{
    struct scenario scenario = scenario_of(choices);
    const struct method *method = methods_find(key);
    struct job_pool *pool = job_pool_create(2);
    struct operating_options options = {.methods = &method,
                                        .method_count = 1,
                                        .settings = estimate_default_settings(),
                                        .studies = studies,
                                        .pool = pool};
    struct arena *arena = arena_create();
    struct operating row = *operating_of(&scenario, &options, arena);

    arena_destroy(arena);
    job_pool_destroy(pool);
    ck_assert_uint_eq(row.studies, studies);
    return row;
}

static void within(const char *what, struct operating_number got, double want, double more)
{
    ck_assert_msg(fabs(got.value - want) <= ERRORS * got.error + more,
                  "%s: got %g with error %g, want %g", what, got.value, got.error, want);
}

/* --- what theory says
 * ---------------------------------------------------------------------------- */

#define STRONG "n_exposure=10000000 h2=0.3 "

START_TEST(ivw_covers_and_errs_as_it_should)
{
    static const char *const choices[] = {STRONG "n_outcome=50000",
                                          STRONG "n_outcome=50000 case_share=0.25",
                                          STRONG "n_outcome=50000 ld=0.6"};
    struct operating row = judge(choices[_i], "ivw_fe", 1500);

    within("bias", row.bias, 0, 2e-5);
    within("coverage", row.coverage, 0.95, 0);
    within("type 1 error", row.type1, 0.05, 0);
    within("standard error", row.spread, row.mean_se, 0);
}
END_TEST

/* Multiplicative random effects cover where pleiotropy is balanced; fixed effects do not. */
START_TEST(balanced_pleiotropy_widens)
{
    const char *choices =
        STRONG "n_outcome=50000 kind=balanced invalid=1 invalid_sd=0.02 spread=0";
    struct operating fixed = judge(choices, "ivw_fe", 800);
    struct operating random = judge(choices, "ivw_mre", 800);

    within("bias", random.bias, 0, 0);
    ck_assert_double_lt(fixed.coverage.value, 0.8);
    ck_assert_double_gt(random.coverage.value, 0.92);
}
END_TEST

/* Burgess 2014; power_at has the sampling variance of the outcome given the exposure. */
START_TEST(power_is_the_formula_s)
{
    static const struct {
        const char *choices;
        double effect, n, share;
    } cases[] = {{STRONG "effect=0.02 n_outcome=50000", 0.02, 50000, NAN},
                 {STRONG "effect=0.03 n_outcome=20000", 0.03, 20000, NAN},
                 {STRONG "effect=0.06 n_outcome=50000 case_share=0.1", 0.06, 50000, 0.1}};
    struct operating row = judge(cases[_i].choices, "ivw_fe", 1500);
    double want = power_at(cases[_i].effect, 0.3, cases[_i].n, cases[_i].share, 0.05);

    ck_assert_double_gt(want, 0.3);
    ck_assert_double_lt(want, 0.95);
    within("power", row.power, want, 0.01);
}
END_TEST

/* Bowden, Del Greco, Minelli et al. 2016, IJE 45:1961: IVW is diluted to (F - 1) / F. */
START_TEST(weak_instruments_dilute)
{
    static const char *const choices[] = {"spread=0 instruments=200 h2=0.02 effect=0.3",
                                          "spread=1 instruments=200 h2=0.1 effect=-0.3"};
    struct scenario scenario = scenario_of(choices[_i]);
    double f = scenario_mean_f(&scenario);
    struct operating row = judge(choices[_i], "ivw_fe", 1500);

    within("bias", row.bias, -scenario.effect / f, 0.005 * fabs(scenario.effect));
}
END_TEST

/* Burgess, Davies and Thompson 2016: towards the confounded association, by its 1 / F. */
START_TEST(overlap_biases)
{
    static const double overlaps[] = {0, 0.5, 1};
    char choices[200];
    struct scenario scenario;
    struct operating row;

    (void)snprintf(choices, sizeof choices,
                   "effect=0 spread=0 instruments=100 h2=0.05 n_outcome=18000 confounding=0.5 "
                   "overlap=%g",
                   overlaps[_i]);
    scenario = scenario_of(choices);
    row = judge(choices, "ivw_fe", 800);
    within("bias", row.bias, 0.5 * overlaps[_i] / scenario_mean_f(&scenario), 0.002);
}
END_TEST

/* Bowden, Davey Smith and Burgess 2015, IJE 44:512: directional, InSIDE holds. */
START_TEST(egger_stands_directional_pleiotropy)
{
    const char *inside =
        STRONG "kind=directional invalid=1 invalid_mean=0.03 invalid_sd=0.01 n_outcome=50000";
    const char *violated =
        STRONG "kind=correlated invalid=0.5 invalid_mean=0.03 invalid_sd=0.03 n_outcome=50000";
    struct operating egger = judge(inside, "egger", 800);
    struct operating ivw = judge(inside, "ivw", 500);
    struct operating fooled = judge(violated, "egger", 500);

    within("bias of Egger", egger.bias, 0, 1e-4);
    ck_assert_double_gt(egger.coverage.value, 0.93);
    ck_assert_double_gt(ivw.bias.value, 0.1);
    ck_assert_double_gt(fooled.bias.value, 20 * fooled.bias.error);
}
END_TEST

START_TEST(a_median_stands_a_minority)
{
    const char *choices =
        STRONG "kind=directional invalid=0.3 invalid_mean=0.1 invalid_sd=0 n_outcome=1000000";
    struct operating median = judge(choices, "simple_median", 20);
    struct operating ivw = judge(choices, "ivw", 20);

    ck_assert_double_lt(fabs(median.bias.value), 0.1 * ivw.bias.value);
}
END_TEST

/* --- how they are judged
 * ---------------------------------------------------------------------------- */

START_TEST(threads_change_nothing)
{
    static const char *const keys[] = {"ivw", "egger", "weighted_mode", "sign"};
    struct scenario scenario = scenario_of("p_threshold=1e-5 instruments=10 h2=0.01");
    const struct method *methods[4];
    struct operating_options options = {.methods = methods,
                                        .method_count = 4,
                                        .settings = estimate_default_settings(),
                                        .studies = 120};
    struct arena *arena = arena_create();
    struct operating *alone, *many;

    for (size_t i = 0; i < 4; i++) {
        methods[i] = methods_find(keys[i]);
    }
    options.settings.boot = 20;
    alone = operating_of(&scenario, &options, arena);
    options.pool = job_pool_create(3);
    many = operating_of(&scenario, &options, arena);
    ck_assert_mem_eq(alone, many, 4 * sizeof *alone);
    ck_assert_uint_lt(alone[1].answered, alone[0].answered);
    ck_assert(isnan(alone[3].bias.value) && isnan(alone[3].coverage.value));
    ck_assert_uint_eq(alone[0].studies, 120);
    job_pool_destroy(options.pool);
    arena_destroy(arena);
}
END_TEST

START_TEST(without_effect_there_is_no_power)
{
    struct operating row = judge("effect=0", "ivw_fe", 200);

    ck_assert(isnan(row.power.value));
    ck_assert(!isnan(row.type1.value));
    golden_close("cover", row.coverage.value, 1 - row.type1.value, 1e-12);
}
END_TEST

int main(void)
{
    const struct golden_test tests[] = {
        {ivw_covers_and_errs_as_it_should, 3},
        {balanced_pleiotropy_widens, 1},
        {power_is_the_formula_s, 3},
        {weak_instruments_dilute, 2},
        {overlap_biases, 3},
        {egger_stands_directional_pleiotropy, 1},
        {a_median_stands_a_minority, 1},
        {threads_change_nothing, 1},
        {without_effect_there_is_no_power, 1},
    };

    return golden_run_each("operating", tests, sizeof tests / sizeof *tests);
}
