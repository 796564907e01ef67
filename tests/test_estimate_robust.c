/*
 * Robust regression (MM) and the methods made of it, against the golden tables and against what
 * defines an MM-estimate.
 */
#include "estimate/methods.h"
#include "estimate/points.h"
#include "fixture.h"
#include "numeric/random.h"
#include "numeric/robust_line.h"
#include "numeric/start.h"
#include "numeric/summary.h"
#include <math.h>

#define IVW_ROBUST "mr_ivw(model=random,weights=simple,robust=TRUE)"
#define IVW_ROBUST_PENALISED "mr_ivw(model=random,weights=simple,robust=TRUE,penalized=TRUE)"
#define IVW_ROBUST_DELTA "mr_ivw(model=random,weights=delta,robust=TRUE)"
#define EGGER_ROBUST "mr_egger(robust=TRUE)"

START_TEST(robust_ivw_and_egger_are_mendelian_randomization_s)
{
    struct fixture fixture = fixture_begin_results(fixture_sets[_i]);
    struct estimate got = fixture_run(&fixture, "ivw_robust");

    fixture_check_effect(&fixture, &got, IVW_ROBUST, 1e-6);
    golden_close("low", got.lower, fixture_want(&fixture, IVW_ROBUST, "ci_low"), 1e-6);
    golden_close("high", got.upper, fixture_want(&fixture, IVW_ROBUST, "ci_high"), 1e-6);
    got = fixture_run(&fixture, "egger_robust");
    fixture_check_effect(&fixture, &got, EGGER_ROBUST, 1e-6);
    golden_close("a", got.intercept, fixture_want(&fixture, EGGER_ROBUST, "intercept"), 1e-5);
    golden_close("a se", got.intercept_se, fixture_want(&fixture, EGGER_ROBUST, "intercept_se"),
                 1e-6);
    golden_close("a p", got.intercept_p, fixture_want(&fixture, EGGER_ROBUST, "intercept_pval"),
                 1e-5);
    ck_assert(isnan(got.q));
    fixture_end(&fixture);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {robust_ivw_and_egger_are_mendelian_randomization_s};
    (void)tests;
    Suite *suite = suite_create("estimate_robust");
    TCase *cases = tcase_create("estimate_robust");
    SRunner *runner;
    int failed;
    numeric_start();
    tcase_add_loop_test(cases, robust_ivw_and_egger_are_mendelian_randomization_s, 0, 2);
    suite_add_tcase(suite, cases);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
