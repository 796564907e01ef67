/*
 * The room src/instrument: choosing by P, F, and R2 against the golden rows.
 */
#include "base/memory.h"
#include "gwas/rows.h"
#include "instrument/instrument.h"
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One golden row of a function: what it was given (as text) and what it answered. */
typedef void golden_check(const char *given, double want);

/* Calls `check` for every row of scalar_functions whose function is `name`. */
static size_t each_golden(const char *name, golden_check *check)
{
    const char *folder = getenv("srcdir");
    char path[4096];
    struct error error = {0};
    struct rows *rows;
    const char *const *cells;
    size_t count = 0;

    snprintf(path, sizeof path, "%s/tests/golden/scalar_functions/results.csv",
             folder == NULL ? "." : folder);
    ck_assert(rows_open(path, &rows, &error));
    ck_assert_str_eq(rows_column(rows, 3), "function");
    ck_assert_str_eq(rows_column(rows, 6), "value");
    ck_assert_str_eq(rows_column(rows, 10), "snp");
    while (rows_next(rows, &cells, &error) == READ_ROW) {
        double want;

        if (strcmp(cells[3], name) == 0 && rows_number(cells[6], &want)) {
            check(cells[10], want);
            count++;
        }
    }
    ck_assert_int_eq(error.code, ERROR_NONE);
    rows_close(rows);
    return count;
}

/* The number behind "name=" in "p=0.05;n=1000". */
static double given_number(const char *given, const char *name)
{
    const char *at = strstr(given, name);
    char cell[64] = "";
    double value;

    ck_assert_ptr_nonnull(at);
    at += strlen(name);
    memcpy(cell, at, strcspn(at, ";"));
    ck_assert(rows_number(cell, &value));
    return value;
}

static void check_pn(const char *given, double want)
{
    double p = given_number(given, "p=");
    double r2 = instrument_r2_pn(p, -log10(p), given_number(given, "n="));
    /* Near 1 the package's quantile itself is only good to some 4e-6; below the smallest
     * normal double the digits of P are few, or it has no quantile. */
    double tolerance = p > 0.99 ? 1e-5 : p < 1e-307 ? 1e-6 : 1e-8;

    if (isnan(want)) {
        ck_assert_msg(isnan(r2), "%s", given);
    } else if (p > 1e-299 || !isnan(r2)) {
        ck_assert_msg(fabs(sqrt(r2) - want) <= tolerance * want, "%s: %.12g, not %.12g", given,
                      sqrt(r2), want);
    }
}

START_TEST(golden_r_from_p_and_n)
{
    ck_assert_uint_ge(each_golden("get_r_from_pn", check_pn), 40);
}
END_TEST

static void check_bsen(const char *given, double want)
{
    double r2 = instrument_r2_bsen(given_number(given, "b="), given_number(given, "se="),
                                   given_number(given, "n="));

    ck_assert_msg(fabs(sqrt(r2) - fabs(want)) <= 1e-8 * fabs(want), "%s: %.12g", given,
                  sqrt(r2));
}

START_TEST(golden_r_from_effect_and_n)
{
    ck_assert_uint_ge(each_golden("get_r_from_bsen", check_bsen), 8);
}
END_TEST

static struct association made(double p, double n, double eaf)
{
    return (struct association){.variant = "rs1",
                                .beta = 0.2,
                                .se = 0.02,
                                .eaf = eaf,
                                .p = p,
                                .neglog10_p = -log10(p),
                                .n = n};
}

START_TEST(r2_says_how_it_came_about)
{
    struct association association = made(0.05, 1000, 0.3);
    enum r2_basis basis;

    ck_assert_double_eq_tol(instrument_r2(&association, &basis),
                            0.0619973403197651 * 0.0619973403197651, 1e-11);
    ck_assert_int_eq(basis, R2_PN);
    association = made(0, 1000, 0.3);
    ck_assert_double_eq_tol(instrument_r2(&association, &basis), 100.0 / 1098, 1e-12);
    ck_assert_int_eq(basis, R2_BSEN);
    association = made(0.05, NAN, 0.3);
    ck_assert_double_eq_tol(instrument_r2(&association, &basis), 2 * 0.3 * 0.7 * 0.04, 1e-14);
    ck_assert_int_eq(basis, R2_EAF);
    association = made(0.05, NAN, NAN);
    ck_assert(isnan(instrument_r2(&association, &basis)));
    ck_assert_int_eq(basis, R2_UNKNOWN);
    ck_assert(isnan(instrument_r2(&association, NULL)));
    ck_assert(isnan(instrument_r2_pn(0.05, 1.3, 2)));
    for (int i = R2_UNKNOWN; i <= R2_LOG_ODDS; i++) {
        ck_assert_uint_gt(strlen(instrument_r2_text((enum r2_basis)i)), 5);
    }
}
END_TEST

START_TEST(f_is_z_squared)
{
    struct association association = made(0.05, 1000, 0.3);

    ck_assert_double_eq_tol(instrument_f(&association), 100, 1e-12);
}
END_TEST

START_TEST(instruments_are_chosen_by_p)
{
    struct instrument_settings by_p = {.p_threshold = 1e-5};
    struct instrument_settings all = {.all = true, .p_threshold = 1e-5};
    struct association weak = made(2e-5, 1000, 0.3);
    struct association at = made(1e-5, 1000, 0.3);
    struct association strong = made(9e-6, 1000, 0.3);
    struct association tiny = {.beta = 1, .se = 1, .p = 0, .neglog10_p = 400};
    struct association by_z = {.beta = 0.2, .se = 0.02, .p = NAN, .neglog10_p = NAN};

    ck_assert(!instrument_is_chosen(&weak, &by_p));
    ck_assert(instrument_is_chosen(&weak, &all));
    ck_assert(!instrument_is_chosen(&at, &by_p));
    ck_assert(instrument_is_chosen(&strong, &by_p));
    ck_assert(instrument_is_chosen(&tiny, &by_p));
    ck_assert(instrument_is_chosen(&by_z, &by_p));
    by_z.se = 0.1;
    ck_assert(!instrument_is_chosen(&by_z, &by_p));
    by_z.se = NAN;
    ck_assert(!instrument_is_chosen(&by_z, &by_p));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("instrument");
    TCase *cases = tcase_create("instrument");
    SRunner *runner;
    int failed;

    tcase_add_test(cases, golden_r_from_p_and_n);
    tcase_add_test(cases, golden_r_from_effect_and_n);
    tcase_add_test(cases, r2_says_how_it_came_about);
    tcase_add_test(cases, f_is_z_squared);
    tcase_add_test(cases, instruments_are_chosen_by_p);
    suite_add_tcase(suite, cases);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
