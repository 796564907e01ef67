/*
 * Results that are looked at while they are made: in any order, stopped and gone on with, with
 * previews, on top of others that are not complete; the end is the same to the last bit.
 */
#include "base/memory.h"
#include "numeric/start.h"
#include "study_fixture.h"
#include <check.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

static const struct method *methods[2];
static struct study *study;
static struct results *plain;

static struct results_options options_of(bool has_preview)
{
    struct results_options options = {.methods = methods,
                                      .method_count = 2,
                                      .settings = estimate_default_settings(),
                                      .has_preview = has_preview};
    options.settings.seed = study->seed;
    options.settings.boot = 200;
    return options;
}

static void load(void)
{
    study = study_fixture_load("gut-insomnia");
    methods[0] = methods_find("egger");
    methods[1] = methods_find("weighted_median");
    plain = study_fixture_run(study, methods, 2, 200, NULL);
}

static void unload(void)
{
    results_destroy(plain);
    study_destroy(study);
}

static void same_number(double one, double other)
{
    ck_assert(memcmp(&one, &other, sizeof one) == 0 || (isnan(one) && isnan(other)));
}

static void same_estimate(const struct estimate *one, const struct estimate *other)
{
    ck_assert_ptr_eq(one->method, other->method);
    ck_assert_int_eq(one->status, other->status);
    same_number(one->b, other->b);
    same_number(one->se, other->se);
    same_number(one->p, other->p);
    same_number(one->lower, other->lower);
    same_number(one->upper, other->upper);
}

static void same_pair(const struct pair_result *one, const struct pair_result *other)
{
    const struct analysis *a = one->analysis, *b = other->analysis;
    same_number(one->q, other->q);
    ck_assert_int_eq(one->fdr, other->fdr);
    ck_assert_int_eq(one->reverse, other->reverse);
    ck_assert_uint_eq(one->same_set, other->same_set);
    same_estimate(&a->main, &b->main);
    ck_assert_uint_eq(a->estimate_count, b->estimate_count);
    for (size_t i = 0; i < a->estimate_count; i++) {
        same_estimate(&a->estimates[i], &b->estimates[i]);
    }
}

static void same_results(const struct results *one, const struct results *other)
{
    ck_assert(results_are_complete(one));
    for (size_t i = 0; i < study->pair_count; i++) {
        ck_assert(!one->pairs[i].is_preview);
        same_pair(&one->pairs[i], &other->pairs[i]);
    }
}

/* Nothing is said that is not so in the end, and nothing too early. */
static void check_so_far(const struct results *now, const struct results *end)
{
    struct results_count count[] = {results_count_of(now, NULL, FORWARD),
                                    results_count_of(now, NULL, REVERSE)};
    for (size_t i = 0; i < study->pair_count; i++) {
        const struct pair_result *result = &now->pairs[i], *last = &end->pairs[i];
        const struct results_count *family = &count[study->pairs[i]->direction];
        if (result->analysis != NULL) {
            same_estimate(&result->analysis->main, &last->analysis->main);
        }
        if (family->analysed == family->pairs) {
            same_number(result->q, last->q);
            ck_assert_int_eq(result->fdr, last->fdr);
            ck_assert_uint_eq(result->same_set, last->same_set);
        } else {
            ck_assert(isnan(result->q));
            ck_assert_int_eq(result->fdr, JUDGE_NOT_RUN);
        }
        if (result->reverse != JUDGE_NOT_RUN) {
            ck_assert_int_eq(result->reverse, last->reverse);
        }
    }
}

static void prefer_reverse(struct results_job *job)
{
    size_t *pairs = memory_get(study->pair_count, sizeof *pairs), count = 0;
    for (size_t i = study->pair_count; i-- > 0;) {
        if (study->pairs[i]->direction == REVERSE) {
            pairs[count++] = i;
        }
    }
    results_job_prefer(job, pairs, count);
    memory_free(pairs);
}

START_TEST(looking_and_order_change_nothing)
{
    struct results_options options = options_of(_i % 2 == 1);
    struct job_pool *pool = job_pool_create(1 + (size_t)_i);
    struct results_job *job = results_start(study, &options, pool);
    prefer_reverse(job);
    while (!results_job_is_over(job)) {
        check_so_far(results_job_look(job), plain);
        ck_assert(results_job_progress(job) >= 0 && results_job_progress(job) <= 1);
        usleep(500);
    }
    results_job_wait(job);
    ck_assert_uint_eq(results_job_done(job), results_job_count(job));
    same_number(results_job_progress(job), 1);
    same_results(results_job_look(job), plain);
    struct results *results = results_finish(job);
    same_results(results, plain);
    results_destroy(results);
    job_pool_destroy(pool);
}
END_TEST

/* With one worker the order can be seen: when the wanted pair is there, others are not. */
START_TEST(what_is_preferred_comes_first)
{
    struct results_options options = options_of(true);
    options.settings.boot = 20000;
    struct job_pool *pool = job_pool_create(1);
    size_t last = study->pair_count - 1, second = last - 1, wanted[] = {last, second};
    struct results_job *job = results_start(study, &options, pool);
    results_job_prefer(job, wanted, 2);
    results_job_wait_for(job, last, 60);
    const struct results *now = results_job_look(job);
    ck_assert_ptr_nonnull(now->pairs[last].analysis);
    ck_assert(!now->pairs[last].is_preview);
    ck_assert(!results_are_complete(now));
    results_job_destroy(job);
    job_pool_destroy(pool);
}
END_TEST

START_TEST(a_stopped_job_goes_on)
{
    struct results_options options = options_of(_i == 1);
    struct job_pool *pool = job_pool_create(2);
    struct results_job *job = results_start(study, &options, pool);
    for (int i = 0; i < 4; i++) {
        usleep(3000);
        results_cancel(job);
        results_job_wait(job);
        check_so_far(results_job_look(job), plain);
        ck_assert_uint_le(results_job_done(job), results_job_count(job));
        results_job_resume(job);
    }
    results_job_wait(job);
    same_results(results_job_look(job), plain);
    results_job_destroy(job);
    job_pool_destroy(pool);
}
END_TEST

START_TEST(exclusions_follow_results_under_way)
{
    static const char *const ids[] = {"rs2278683", "rs6743537"};
    struct exclusions exclusions = {ids, 2};
    struct results *wanted = results_with_exclusions(plain, &exclusions, NULL);
    struct results_options options = options_of(true);
    struct job_pool *pool = job_pool_create(1), *hands = job_pool_create(2);
    struct results_job *full = results_start(study, &options, pool);
    struct results_job *part = results_start_from(results_job_look(full), &exclusions, hands);
    while (!results_job_is_over(full) || !results_job_is_over(part)) {
        (void)results_job_look(full);
        check_so_far(results_job_look(part), wanted);
        usleep(1000);
    }
    same_results(results_job_look(full), plain);
    same_results(results_job_look(part), wanted);
    results_job_destroy(full);
    results_job_destroy(part); /* looks at nothing that is gone */
    results_destroy(wanted);
    job_pool_destroy(pool);
    job_pool_destroy(hands);
}
END_TEST

START_TEST(without_a_pool_all_is_there_at_once)
{
    struct results_options options = options_of(true);
    struct results_job *job = results_start(study, &options, NULL);
    ck_assert(results_job_is_over(job));
    size_t none = 0;
    results_job_prefer(job, &none, 1);
    results_job_wait_for(job, 0, 1);
    same_results(results_job_look(job), plain);
    results_job_destroy(job);
    results_job_destroy(NULL);
}
END_TEST

int main(void)
{
    numeric_start();
    Suite *suite = suite_create("study_live");
    TCase *tests = tcase_create("study_live");
    tcase_set_timeout(tests, 300);
    tcase_add_unchecked_fixture(tests, load, unload);
    tcase_add_loop_test(tests, looking_and_order_change_nothing, 0, 4);
    tcase_add_test(tests, what_is_preferred_comes_first);
    tcase_add_loop_test(tests, a_stopped_job_goes_on, 0, 2);
    tcase_add_test(tests, exclusions_follow_results_under_way);
    tcase_add_test(tests, without_a_pool_all_is_there_at_once);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
