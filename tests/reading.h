/*
 * What the tests of src/gwas share: temporary files, tables that must be read, tables that must
 * be refused, and running a list of tests.
 */
#ifndef TESTS_READING_H
#define TESTS_READING_H

#include "base/memory.h"
#include "base/text.h"
#include "gwas/gwas.h"
#include <check.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define HEADER "SNP\teffect_allele\tother_allele\teaf\tbeta\tse\tpval\n"
#define GOOD_ROW "rs1\tA\tG\t0.3\t0.1\t0.01\t1e-22\n"

static char made_path[64];

/* A temporary file of these bytes; gone with the next one, or at the end of the test. */
static inline const char *made(const char *bytes, size_t length)
{
    FILE *file;
    int number;

    snprintf(made_path, sizeof made_path, "/tmp/taxamr-test-XXXXXX");
    number = mkstemp(made_path);
    ck_assert_int_ge(number, 0);
    file = fdopen(number, "wb");
    ck_assert_uint_eq(fwrite(bytes, 1, length, file), length);
    ck_assert_int_eq(fclose(file), 0);
    return made_path;
}

static inline const char *made_text(const char *text)
{
    return made(text, strlen(text));
}

static inline char *source_path(const char *name)
{
    const char *folder = getenv("srcdir");
    struct text text = {0};

    text_addf(&text, "%s/tests/%s", folder == NULL ? "." : folder, name);
    return text_take(&text);
}

/* A table that must be read, and what it lives in. */
struct reading {
    struct arena *arena;
    struct gwas_table table;
};

static inline struct reading read_good(const char *path, enum column_form form,
                                       const struct gwas_options *options)
{
    struct reading reading = {.arena = arena_create()};
    struct error error = {0};
    bool is_read =
        form == FORM_HARMONISED
            ? gwas_read_harmonised(path, options, reading.arena, &reading.table, &error)
            : gwas_read(path, options, reading.arena, &reading.table, &error);

    if (!is_read) {
        ck_abort_msg("%s", error_message(&error));
    }
    return reading;
}

static inline void done(struct reading *reading)
{
    gwas_table_destroy(&reading->table);
    arena_destroy(reading->arena);
    unlink(made_path);
}

static inline const struct association *row(const struct reading *reading, size_t index)
{
    const struct gwas_row *rows = reading->table.rows.items;

    ck_assert_uint_lt(index, reading->table.rows.count);
    return &rows[index].association;
}

static inline const struct gwas_harmonised_row *both(const struct reading *reading,
                                                     size_t index)
{
    const struct gwas_harmonised_row *rows = reading->table.rows.items;

    ck_assert_uint_lt(index, reading->table.rows.count);
    return &rows[index];
}

static inline size_t dropped(const struct reading *reading, enum gwas_drop reason)
{
    const struct gwas_dropped *entries = reading->table.dropped.items;
    size_t count = 0;

    for (size_t i = 0; i < reading->table.dropped.count; i++) {
        count += entries[i].reason == reason;
    }
    return count;
}

/* Expects that reading fails on this line with this text; line -1 is any. */
static inline void expect_refused(const char *path, enum column_form form,
                                  const struct gwas_options *options, long line,
                                  const char *text)
{
    struct arena *arena = arena_create();
    struct error error = {0};
    struct gwas_table table;
    bool is_read = form == FORM_HARMONISED
                       ? gwas_read_harmonised(path, options, arena, &table, &error)
                       : gwas_read(path, options, arena, &table, &error);
    char *message;

    ck_assert_msg(!is_read, "read, though: %s", text);
    message = error_message(&error);
    ck_assert_msg(strstr(message, text) != NULL, "\"%s\" is not in: %s", text, message);
    ck_assert_msg(line < 0 || error.line == line, "not line %ld: %s", line, message);
    ck_assert_ptr_null(strchr(message, '\n'));
    ck_assert_uint_le(strlen(message), 1000);
    memory_free(message);
    error_clear(&error);
    arena_destroy(arena);
    unlink(made_path);
}

static inline void expect_bad(const char *bytes, long line, const char *text)
{
    expect_refused(made_text(bytes), FORM_ASSOCIATIONS, NULL, line, text);
}

static inline int run_tests(const char *name, const TTest *const *tests, size_t count)
{
    Suite *suite = suite_create(name);
    TCase *cases = tcase_create(name);
    SRunner *runner;
    int failed;

    tcase_set_timeout(cases, 60);
    for (size_t i = 0; i < count; i++) {
        tcase_add_test(cases, tests[i]);
    }
    suite_add_tcase(suite, cases);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}

#endif
