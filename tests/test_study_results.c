/*
 * Results over a whole study: threads, cancelling, exclusions, taxa that share their variants,
 * multiple testing.
 */
#include "golden.h"
#include "numeric/start.h"
#include "study_fixture.h"
#include <math.h>
#include <string.h>
#include <unistd.h>

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
    same_number(one->intercept_p, other->intercept_p);
}

static void same_results(const struct results *one, const struct results *other)
{
    for (size_t i = 0; i < one->study->pair_count; i++) {
        const struct analysis *a = one->pairs[i].analysis, *b = other->pairs[i].analysis;
        same_number(one->pairs[i].q, other->pairs[i].q);
        ck_assert_int_eq(one->pairs[i].reverse, other->pairs[i].reverse);
        ck_assert_uint_eq(one->pairs[i].same_set, other->pairs[i].same_set);
        ck_assert_uint_eq(a->estimate_count, b->estimate_count);
        for (size_t j = 0; j < a->estimate_count; j++) {
            same_estimate(&a->estimates[j], &b->estimates[j]);
        }
        ck_assert_uint_eq(a->leave_one_out_count, b->leave_one_out_count);
        for (size_t j = 0; j < a->leave_one_out_count; j++) {
            same_estimate(&a->leave_one_out[j], &b->leave_one_out[j]);
        }
        same_number(a->heterogeneity.q, b->heterogeneity.q);
        same_number(a->steiger.p, b->steiger.p);
    }
}

START_TEST(threads_do_not_show)
{
    struct study *study = study_fixture_load("gut-insomnia");
    size_t count;
    const struct method *const *methods = methods_all(&count);
    struct results *plain = study_fixture_run(study, methods, count, 20, NULL);
    static const size_t threads[] = {1, 2, 7};
    for (size_t i = 0; i < 3; i++) {
        struct job_pool *pool = job_pool_create(threads[i]);
        struct results *results = study_fixture_run(study, methods, count, 20, pool);
        same_results(plain, results);
        results_destroy(results);
        job_pool_destroy(pool);
    }
    results_destroy(plain);
    study_destroy(study);
}
END_TEST

START_TEST(a_cancelled_job_gives_nothing)
{
    struct study *study = study_fixture_load("gut-insomnia");
    size_t count;
    struct results_options options = {.methods = methods_all(&count),
                                      .settings = estimate_default_settings()};
    options.method_count = count;
    struct job_pool *pool = job_pool_create(2);
    struct results_job *job = results_start(study, &options, pool);
    ck_assert_uint_eq(results_job_count(job), 397);
    results_cancel(job);
    while (!results_job_is_over(job)) {
        usleep(1000);
    }
    ck_assert_uint_lt(results_job_done(job), 397);
    ck_assert_ptr_null(results_finish(job));
    job_pool_destroy(pool);
    study_destroy(study);
}
END_TEST

static bool holds(const struct pair *pair, const char *variant)
{
    for (size_t j = 0; j < pair->count; j++) {
        if (strcmp(pair_variant(pair, j), variant) == 0) {
            return true;
        }
    }
    return false;
}

/* rs2278683 (LCT) serves phylum and class Actinobacteria and what is below them. */
START_TEST(exclusions_change_only_pairs_that_hold_them)
{
    static const char *const ids[] = {"rs2278683"};
    struct study *study = study_fixture_load("gut-insomnia");
    const struct method *methods[] = {methods_find("ivw"), methods_find("weighted_median")};
    struct results *full = study_fixture_run(study, methods, 2, 50, NULL);
    struct exclusions exclusions = {ids, 1}, none = {0};
    struct results *less = results_with_exclusions(full, &exclusions, NULL);
    size_t changed = 0;
    for (size_t i = 0; i < study->pair_count; i++) {
        const struct analysis *before = full->pairs[i].analysis;
        const struct analysis *after = less->pairs[i].analysis;
        if (!holds(study->pairs[i], ids[0])) {
            ck_assert_ptr_eq(before, after);
            continue;
        }
        changed++;
        ck_assert_uint_eq(after->pair->count + 1, before->pair->count);
        ck_assert(!holds(after->pair, ids[0]));
        ck_assert_ptr_eq(before->pair, study->pairs[i]);
    }
    ck_assert_uint_ge(changed, 3);
    struct results *again = results_with_exclusions(less, &none, NULL);
    same_results(full, again);
    struct results_options options = full->options;
    options.exclusions = exclusions;
    struct results *anew = results_finish(results_start(study, &options, NULL));
    same_results(less, anew);
    results_destroy(anew);
    results_destroy(again);
    results_destroy(less);
    results_destroy(full);
    study_destroy(study);
}
END_TEST

START_TEST(nested_taxa_share_their_sets)
{
    struct study *study = study_fixture_load("gut-insomnia");
    const struct method *methods[] = {methods_find("ivw")};
    struct results *results = study_fixture_run(study, methods, 1, 10, NULL);
    size_t family, class, lonely;
    study_find_pair(study, "family.Bifidobacteriaceae.id.433", "insomnia", FORWARD, &family);
    study_find_pair(study, "phylum.Actinobacteria.id.400", "insomnia", FORWARD, &class);
    study_find_pair(study, "insomnia", "phylum.Actinobacteria.id.400", REVERSE, &lonely);
    ck_assert_uint_eq(results->pairs[family].same_set, 2); /* its order and its genus */
    ck_assert_uint_eq(results->pairs[class].same_set, 0);
    ck_assert_uint_eq(results->pairs[lonely].same_set, 0);
    struct results_count count = results_count_of(results, "insomnia", FORWARD);
    size_t usable = 0, nominal = 0;
    for (size_t i = 0; i < 186; i++) {
        usable += study->pairs[i]->count > 0;
        nominal += results->pairs[i].analysis->main.p < .05;
    }
    ck_assert_uint_eq(count.tested, usable);
    ck_assert_uint_eq(count.nominal, nominal);
    study_fixture_near(count.expected, .05 * (double)usable, 1e-12);
    ck_assert_uint_eq(results_count_of(results, NULL, REVERSE).tested, 211);
    ck_assert_uint_eq(results_count_of(results, "asthma", FORWARD).tested, 0);
    results_destroy(results);
    study_destroy(study);
}
END_TEST

/* The worked values are ranks times P by hand; R's p.adjust(p, "BH") gives the same. */
START_TEST(benjamini_hochberg)
{
    static const double p[] = {.041, .001, NAN, .042, .039, .008, .06, .074};
    static const double wanted[] = {.042 * 7 / 5, .007, NAN,           .042 * 7 / 5,
                                    .042 * 7 / 5, .028, .06 * 7 / 6.0, .074};
    double q[8];
    results_adjust(p, 8, q);
    for (size_t i = 0; i < 8; i++) {
        if (isnan(wanted[i])) {
            ck_assert(isnan(q[i]));
        } else {
            study_fixture_near(q[i], wanted[i], 1e-14);
        }
    }
    static const double even[] = {.05, .01, .04, .02, .03};
    results_adjust(even, 5, q);
    for (size_t i = 0; i < 5; i++) {
        study_fixture_near(q[i], .05, 1e-14);
    }
    static const double large[] = {.9, .95};
    results_adjust(large, 2, q);
    study_fixture_near(q[0], .95, 1e-14);
    results_adjust(p, 0, q);
}
END_TEST

int main(void)
{
    const struct golden_test tests[] = {
        {threads_do_not_show, 1},
        {a_cancelled_job_gives_nothing, 1},
        {exclusions_change_only_pairs_that_hold_them, 1},
        {nested_taxa_share_their_sets, 1},
        {benjamini_hochberg, 1},
    };

    numeric_start();
    return golden_run_each("study_results", tests, sizeof tests / sizeof tests[0]);
}
