#include "golden.h"
#include "base/array.h"
#include "gwas/gwas.h"
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where the columns of a golden row stand in a table. */
enum place { DATASET, PACKAGE, FUNCTION, METHOD, QUANTITY, VALUE, SD, SNP, NOTE, PLACES };

static const char *path_of(const char *name, struct arena *arena)
{
    const char *folder = getenv("srcdir");

    return arena_format(arena, "%s/tests/golden/%s", folder == NULL ? "." : folder, name);
}

static const char *cell(const char *const *cells, const int places[PLACES], enum place place,
                        struct arena *arena)
{
    return places[place] < 0 ? "" : arena_text(arena, cells[places[place]]);
}

static double number(const char *text)
{
    double value = NAN;

    return rows_number(text, &value) ? value : NAN;
}

static void add_row(struct array *rows, const char *const *cells, const int places[PLACES],
                    struct arena *arena)
{
    struct golden_row *row = array_add(rows);

    row->dataset = cell(cells, places, DATASET, arena);
    row->package = cell(cells, places, PACKAGE, arena);
    row->function = cell(cells, places, FUNCTION, arena);
    row->method = cell(cells, places, METHOD, arena);
    row->quantity = cell(cells, places, QUANTITY, arena);
    row->snp = cell(cells, places, SNP, arena);
    row->note = cell(cells, places, NOTE, arena);
    row->value = number(cell(cells, places, VALUE, arena));
    row->sd = number(cell(cells, places, SD, arena));
}

static struct golden read_table(const char *name, const int places[PLACES], const char *dataset,
                                struct arena *arena)
{
    struct array found = ARRAY_OF(struct golden_row);
    struct golden golden;
    struct error error = {0};
    struct rows *rows;
    const char *const *cells;

    ck_assert(rows_open(path_of(name, arena), &rows, &error));
    while (rows_next(rows, &cells, &error) == READ_ROW) {
        if (dataset == NULL || strcmp(cells[places[DATASET]], dataset) == 0) {
            add_row(&found, cells, places, arena);
        }
    }
    ck_assert_int_eq(error.code, ERROR_NONE);
    rows_close(rows);
    ck_assert_uint_gt(found.count, 0);
    golden.count = found.count;
    golden.rows = arena_get(arena, found.count, sizeof *golden.rows);
    memcpy(golden.rows, found.items, found.count * sizeof *golden.rows);
    array_destroy(&found);
    return golden;
}

struct golden golden_results(const char *folder, struct arena *arena)
{
    const int places[PLACES] = {0, 1, 3, 4, 5, 6, 8, 10, 11};

    return read_table(arena_format(arena, "%s/results.csv", folder), places, NULL, arena);
}

struct golden golden_corner(const char *dataset, struct arena *arena)
{
    const int places[PLACES] = {0, 1, 2, -1, 3, 4, -1, -1, -1};

    return read_table("corners/expected.csv", places, dataset, arena);
}

static bool matches(const char *have, const char *want)
{
    return want == NULL || want[0] == '\0' || strcmp(have, want) == 0;
}

const struct golden_row *golden_find(const struct golden *golden, const char *package,
                                     const char *function, const char *method,
                                     const char *quantity)
{
    for (size_t i = 0; i < golden->count; i++) {
        const struct golden_row *row = &golden->rows[i];

        if (matches(row->package, package) && matches(row->function, function) &&
            matches(row->method, method) && matches(row->quantity, quantity)) {
            return row;
        }
    }
    ck_abort_msg("no golden row %s, %s, %s", function, method == NULL ? "" : method, quantity);
    return NULL;
}

static struct trait *trait_of(const char *key, struct arena *arena)
{
    struct trait *trait = arena_get(arena, 1, sizeof *trait);

    trait->key = trait->name = key;
    trait->n = trait->cases = NAN;
    return trait;
}

static struct harmonised *rows_of(const struct gwas_table *table, struct arena *arena)
{
    const struct gwas_harmonised_row *from = table->rows.items;
    struct harmonised *rows = arena_get(arena, table->rows.count, sizeof *rows);

    for (size_t i = 0; i < table->rows.count; i++) {
        rows[i].x = from[i].x;
        rows[i].y = from[i].y;
        rows[i].keep = from[i].mr_keep;
    }
    return rows;
}

static struct pair *pair_of(const struct harmonised *rows, size_t count, struct arena *arena)
{
    return pair_create(arena, trait_of("exposure", arena), trait_of("outcome", arena), FORWARD,
                       rows, count);
}

struct pair *golden_pair(const char *name, struct arena *arena)
{
    struct gwas_table table;
    struct error error = {0};
    struct pair *pair;

    if (!gwas_read_harmonised(path_of(name, arena), NULL, arena, &table, &error)) {
        ck_abort_msg("%s", error_message(&error));
    }
    pair = pair_of(rows_of(&table, arena), table.rows.count, arena);
    gwas_table_destroy(&table);
    return pair;
}

static struct association association_of(const char *variant, double beta, double se)
{
    return (struct association){.variant = variant,
                                .position = NAN,
                                .eaf = NAN,
                                .beta = beta,
                                .se = se,
                                .p = NAN,
                                .neglog10_p = NAN,
                                .n = NAN};
}

struct pair *golden_pair_of(const double *bx, const double *sx, const double *by,
                            const double *sy, size_t count, struct arena *arena)
{
    struct harmonised *rows = arena_get(arena, count, sizeof *rows);

    for (size_t i = 0; i < count; i++) {
        const char *variant = arena_format(arena, "v%zu", i + 1);

        rows[i].x = association_of(variant, bx[i], sx[i]);
        rows[i].y = association_of(variant, by[i], sy[i]);
        rows[i].keep = true;
    }
    return pair_of(rows, count, arena);
}

struct pair *golden_first(const struct pair *pair, size_t count, struct arena *arena)
{
    bool *is_excluded = arena_get(arena, pair->count, sizeof *is_excluded);

    for (size_t j = count; j < pair->count; j++) {
        is_excluded[j] = true;
    }
    return pair_without(arena, pair, is_excluded);
}

void golden_close(const char *what, double got, double want, double precision)
{
    double scale = want == 0 ? 1 : fabs(want);

    if (isnan(want) && isnan(got)) {
        return;
    }
    ck_assert_msg(fabs(got - want) <= precision * scale, "%s: got %.15g, want %.15g", what, got,
                  want);
}

int golden_run_each(const char *name, const struct golden_test *tests, size_t count)
{
    Suite *suite = suite_create(name);
    TCase *cases = tcase_create(name);
    SRunner *runner;
    int failed;

    tcase_set_timeout(cases, 300);
    for (size_t i = 0; i < count; i++) {
        tcase_add_loop_test(cases, tests[i].test, 0, tests[i].times);
    }
    suite_add_tcase(suite, cases);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}

int golden_run(const char *name, const TTest *const *tests, size_t count)
{
    struct arena *arena = arena_create();
    struct golden_test *each = arena_get(arena, count, sizeof *each);
    int failed;

    for (size_t i = 0; i < count; i++) {
        each[i] = (struct golden_test){tests[i], 1};
    }
    failed = golden_run_each(name, each, count);
    arena_destroy(arena);
    return failed;
}
