/*
 * Studies of a stated model are what they say, and come back from the tables they are printed
 * as.
 */
#include "diagnose/diagnose.h"
#include "golden.h"
#include "numeric/cholesky.h"
#include "program.h"
#include "simulate/scenario.h"
#include <math.h>
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

static double v_of(const struct pair *pair, size_t j)
{
    double f = pair->rows[pair->row[j]].x.eaf;

    return 2 * f * (1 - f);
}

/* --- what a study is
 * ---------------------------------------------------------------------------- */

START_TEST(a_study_is_its_seed_and_number)
{
    struct scenario scenario = scenario_usual();
    struct arena *arena = arena_create();
    struct scenario_study one = scenario_draw(&scenario, 5, 1, arena);
    struct scenario_study again = scenario_draw(&scenario, 5, 1, arena);
    struct scenario_study next = scenario_draw(&scenario, 5, 2, arena);
    struct scenario_study seeded = scenario_draw(&scenario, 6, 1, arena);
    size_t size = one.pair->count * sizeof *one.pair->bx;

    ck_assert_uint_eq(one.pair->count, 50);
    ck_assert_mem_eq(one.pair->bx, again.pair->bx, size);
    ck_assert_mem_eq(one.pair->by, again.pair->by, size);
    ck_assert_mem_ne(one.pair->bx, next.pair->bx, size);
    ck_assert_mem_ne(one.pair->bx, seeded.pair->bx, size);
    ck_assert_str_eq(one.pair->exposure->key, "exposure.1");
    ck_assert_str_eq(pair_variant(next.pair, 0), "rs51");
    ck_assert(one.pair->outcome->is_simulated);
    arena_destroy(arena);
}
END_TEST

/* A slider moves what it is about and nothing else. */
START_TEST(a_choice_moves_only_what_it_is_about)
{
    struct arena *arena = arena_create();
    struct scenario plain = scenario_usual();
    struct scenario sick = scenario_of("kind=directional invalid=0.4 invalid_mean=0.03");
    struct scenario sicker = scenario_of("kind=directional invalid=0.6 invalid_mean=0.03");
    struct scenario longer = scenario_of("instruments=51 spread=0");
    struct scenario shorter = scenario_of("instruments=50 spread=0");
    struct scenario_study a = scenario_draw(&plain, 1, 0, arena);
    struct scenario_study b = scenario_draw(&sick, 1, 0, arena);
    struct scenario_study c = scenario_draw(&sicker, 1, 0, arena);
    struct scenario_study d = scenario_draw(&longer, 1, 0, arena);
    struct scenario_study e = scenario_draw(&shorter, 1, 0, arena);
    size_t invalid[2] = {0, 0};

    ck_assert_mem_eq(a.pair->bx, b.pair->bx, a.pair->count * sizeof *a.pair->bx);
    for (size_t j = 0; j < 50; j++) {
        ck_assert(b.truth.is_invalid[j] <= c.truth.is_invalid[j]);
        ck_assert(b.truth.is_invalid[j] || b.pair->by[j] == a.pair->by[j]);
        invalid[0] += b.truth.is_invalid[j];
        invalid[1] += c.truth.is_invalid[j];
        golden_close("bx", d.truth.bx[j] * sqrt(51), e.truth.bx[j] * sqrt(50), 1e-12);
        golden_close("sx", d.pair->sx[j], e.pair->sx[j], 0);
    }
    ck_assert_uint_eq(invalid[0], 20);
    ck_assert_uint_eq(invalid[1], 30);
    arena_destroy(arena);
}
END_TEST

/* The variance that the true effects explain, among correlated variants too: b' R^-1 b. */
START_TEST(variants_explain_h2)
{
    static const char *const choices[] = {"h2=0.2", "h2=0.2 ld=0.6", "h2=0.2 null_share=0.5"};
    struct scenario scenario = scenario_of(choices[_i]);
    struct arena *arena = arena_create();
    struct scenario_study study = scenario_draw(&scenario, 3, 0, arena);
    double effects[50], explained = 0;
    size_t null = 0;

    for (size_t j = 0; j < 50; j++) {
        effects[j] = study.truth.bx[j] * sqrt(v_of(study.pair, j));
        null += effects[j] == 0;
    }
    ck_assert_uint_eq(null, _i == 2 ? 25 : 0);
    if (study.pair->ld != NULL) {
        cholesky_whiten(study.pair->ld_root, 50, effects);
    }
    for (size_t j = 0; j < 50; j++) {
        explained += effects[j] * effects[j];
    }
    golden_close("h2", explained, 0.2, 1e-10);
    arena_destroy(arena);
}
END_TEST

/* Errors over their SE: variance 1, the stated correlation between the two samples and between
 * neighbours. */
START_TEST(errors_are_as_stated)
{
    enum { STUDIES = 400, COUNT = 50, ALL = STUDIES * COUNT };
    struct scenario scenario =
        scenario_of("overlap=0.8 confounding=0.4 effect=0.1 n_outcome=30000 ld=0.5");
    double xx = 0, yy = 0, xy = 0, near = 0;
    double shared = scenario_error_correlation(&scenario);
    struct arena *arena = arena_create();

    golden_close("shared", shared, 0.8 * sqrt(18000. / 30000) * 0.5, 1e-12);
    for (uint64_t i = 0; i < STUDIES; i++) {
        struct scenario_study study = scenario_draw(&scenario, 11, i, arena);
        const struct pair *pair = study.pair;
        double last = 0;

        for (size_t j = 0; j < COUNT; j++) {
            double x = (pair->bx[j] - study.truth.bx[j]) / pair->sx[j];
            double y = (pair->by[j] - study.truth.by[j]) / pair->sy[j];

            xx += x * x / ALL;
            yy += y * y / ALL;
            xy += x * y / ALL;
            near += j == 0 ? 0 : x * last * pair->ld[j * COUNT + j - 1] / (ALL - STUDIES);
            last = x;
        }
    }
    ck_assert_double_eq_tol(xx, 1, ERRORS * sqrt(2. / ALL) * 1.3);
    ck_assert_double_eq_tol(yy, 1, ERRORS * sqrt(2. / ALL) * 1.3);
    ck_assert_double_eq_tol(xy, shared, ERRORS * sqrt(1.2 / ALL) * 1.3);
    ck_assert_double_eq_tol(near, 0.25, ERRORS * sqrt(2. / ALL) * 1.3);
    arena_destroy(arena);
}
END_TEST

/* Selection by P: in the same sample effects are those of a normal beyond a bound, in another
 * sample they are as they were. */
START_TEST(the_winner_s_curse)
{
    enum { STUDIES = 400 };
    const char *choices[] = {"spread=0 h2=0.05 p_threshold=1e-5",
                             "spread=0 h2=0.05 p_threshold=1e-5 selection=other_sample"};
    struct scenario scenario = scenario_of(choices[_i]);
    double mean = sqrt(scenario.n_exposure * scenario.h2 / scenario.instruments);
    double bound = 4.417173413469024, sum = 0, square = 0, kept = 0, want, share;
    double density = exp(-0.5 * (bound - mean) * (bound - mean)) / sqrt(2 * M_PI);
    struct arena *arena = arena_create();

    share = 0.5 * erfc((bound - mean) / M_SQRT2);
    want = _i == 0 ? mean + density / share : mean;
    for (uint64_t i = 0; i < STUDIES; i++) {
        struct scenario_study study = scenario_draw(&scenario, 2, i, arena);

        for (size_t j = 0; j < study.pair->count; j++) {
            double sign = study.truth.bx[j] < 0 ? -1 : 1;
            double z = sign * study.pair->bx[j] / study.pair->sx[j];

            sum += z;
            square += z * z;
            kept++;
        }
        ck_assert_uint_eq(study.truth.looked_at, 50);
    }
    ck_assert_double_eq_tol(kept / (STUDIES * 50), share, ERRORS * 0.5 / sqrt(STUDIES * 50));
    ck_assert_double_eq_tol(sum / kept, want,
                            ERRORS * sqrt((square / kept - sum * sum / kept / kept) / kept));
    arena_destroy(arena);
}
END_TEST

/* A variant of the outcome has the ratio 1 / reverse, and Steiger's test sees it. */
START_TEST(reverse_causation)
{
    struct scenario scenario =
        scenario_of("kind=reverse invalid=1 reverse=0.25 effect=0.1 h2=0.02");
    struct estimate_settings settings = estimate_default_settings();
    struct arena *arena = arena_create();
    struct scenario_study study = scenario_draw(&scenario, 2, 0, arena);
    struct steiger steiger = steiger_of(study.pair, &settings);

    for (size_t j = 0; j < study.pair->count; j++) {
        golden_close("ratio", study.truth.by[j] / study.truth.bx[j], 4, 1e-12);
        golden_close("pleiotropy", study.truth.pleiotropy[j], study.truth.bx[j] * 3.9, 1e-12);
    }
    ck_assert(steiger.is_known && !steiger.is_correct);
    arena_destroy(arena);
}
END_TEST

/* --- what is asked for
 * ---------------------------------------------------------------------------- */

static void refuses(const char *choice, const char *part)
{
    struct scenario scenario = scenario_usual();
    struct error error = {0};

    ck_assert_msg(!scenario_take(&scenario, choice, &error), "%s", choice);
    ck_assert_msg(strstr(error.text, part) != NULL, "%s: %s", choice, error.text);
    ck_assert_int_eq(error.code, ERROR_USAGE);
    error_clear(&error);
}

START_TEST(choices_are_checked)
{
    struct scenario scenario = scenario_usual();
    struct error error = {0};

    refuses("colour=3", "null_share");
    refuses("effect", "NAME=VALUE");
    refuses("effect=", "-10");
    refuses("effect=nan", "-10");
    refuses("instruments=2.5", "whole number");
    refuses("instruments=0", "10000");
    refuses("kind=odd", "directional");
    refuses("h2=1.1", "to 1");
    scenario.overlap = 1;
    scenario.n_outcome = scenario.n_exposure;
    scenario.effect = 0.6;
    scenario.confounding = 0.5;
    ck_assert(!scenario_check(&scenario, &error));
    error_clear(&error);
    scenario = scenario_usual();
    scenario.null_share = 0.995;
    ck_assert(!scenario_check(&scenario, &error));
    error_clear(&error);
    scenario = scenario_usual();
    scenario.kind = SCENARIO_REVERSE;
    scenario.reverse = 0;
    ck_assert(!scenario_check(&scenario, &error));
    error_clear(&error);
}
END_TEST

static void shows(const char *line, const char *part)
{
    struct said said = program_say(line);

    ck_assert_msg(said.status == 0, "%s: status %d: %s", line, said.status, said.err);
    ck_assert_msg(strstr(said.out, part) != NULL, "%s: \"%s\" is not in %s", line, part,
                  said.out);
    said_drop(&said);
}

/* Printed and read again, a study gives the same numbers to the last digit. */
START_TEST(tables_are_read_again)
{
    shows("taxamr simulate kind=directional invalid=0.3 case_share=0.3 ld=0.4 -o d && "
          "taxamr mr d/pairs.tsv --methods ivw_fe | cut -f5-8 >a && "
          "taxamr harmonise -x d/exposure.tsv -y d/outcome.tsv --table estimates "
          "--methods ivw_fe | cut -f5-8 >b && cmp a b && echo same",
          "same");
    shows("taxamr mr d/pairs.tsv --ld d/ld.tsv --methods ivw_fe -q | wc -l", "2");
    shows("taxamr run d -o r -q; head -1 r/summary.tsv", "simulated_outcome");
    shows("taxamr simulate --studies 3 --format csv | taxamr mr - --methods ivw_fe | cut -f1",
          "exposure.3");
    shows("taxamr simulate --studies 250 instruments=3 | grep -c exposure", "751");
    shows("taxamr simulate --operating-characteristics --studies 50 --methods ivw | head -1",
          "type1_error\ttype1_error_mcse");
    program_clean();
}
END_TEST

int main(void)
{
    const struct golden_test tests[] = {
        {a_study_is_its_seed_and_number, 1},
        {a_choice_moves_only_what_it_is_about, 1},
        {variants_explain_h2, 3},
        {errors_are_as_stated, 1},
        {the_winner_s_curse, 2},
        {reverse_causation, 1},
        {choices_are_checked, 1},
        {tables_are_read_again, 1},
    };

    return golden_run_each("scenario", tests, sizeof tests / sizeof *tests);
}
