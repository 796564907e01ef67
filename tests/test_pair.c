/*
 * The room src/pair: harmonising against the golden rows, joining, the pair and the ledger.
 */
#include "base/memory.h"
#include "gwas/rows.h"
#include "pair/alleles.h"
#include "pair/ledger.h"
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A whole table of text cells; cell(table, row, name). */
struct sheet {
    struct arena *arena;
    const char **names;
    const char **cells;
    size_t columns, rows;
};

static char *golden_path(const char *name)
{
    const char *folder = getenv("srcdir");
    size_t size = strlen(folder == NULL ? "." : folder) + strlen(name) + 64;
    char *path = memory_get(size, 1);

    snprintf(path, size, "%s/tests/golden/harmonise/%s", folder == NULL ? "." : folder, name);
    return path;
}

static struct sheet read_sheet(const char *name)
{
    char *path = golden_path(name);
    struct error error = {0};
    struct sheet sheet = {.arena = arena_create()};
    struct rows *rows;
    const char *const *cells;

    ck_assert_msg(rows_open(path, &rows, &error), "%s", path);
    sheet.columns = rows_columns(rows);
    sheet.names = arena_get(sheet.arena, sheet.columns, sizeof *sheet.names);
    sheet.cells = arena_get(sheet.arena, sheet.columns * 100, sizeof *sheet.cells);
    for (size_t i = 0; i < sheet.columns; i++) {
        sheet.names[i] = arena_text(sheet.arena, rows_column(rows, i));
    }
    while (rows_next(rows, &cells, &error) == READ_ROW) {
        ck_assert_uint_lt(sheet.rows, 100);
        for (size_t i = 0; i < sheet.columns; i++) {
            sheet.cells[sheet.rows * sheet.columns + i] = arena_text(sheet.arena, cells[i]);
        }
        sheet.rows++;
    }
    ck_assert_int_eq(error.code, ERROR_NONE);
    rows_close(rows);
    memory_free(path);
    return sheet;
}

static const char *cell(const struct sheet *sheet, size_t row, const char *name)
{
    for (size_t i = 0; i < sheet->columns; i++) {
        if (strcmp(sheet->names[i], name) == 0) {
            return sheet->cells[row * sheet->columns + i];
        }
    }
    ck_abort_msg("no column %s", name);
    return NULL;
}

static double number(const struct sheet *sheet, size_t row, const char *name)
{
    double value;

    ck_assert(rows_number(cell(sheet, row, name), &value));
    return value;
}

static const char *text(const struct sheet *sheet, size_t row, const char *name)
{
    const char *found = cell(sheet, row, name);

    return rows_is_missing(found, true) ? NULL : found;
}

static struct association side(const struct sheet *sheet, size_t row, const char *which)
{
    char name[5][32];
    static const char *const parts[] = {"effect_allele", "other_allele", "eaf", "beta", "se"};

    for (size_t i = 0; i < 5; i++) {
        snprintf(name[i], sizeof name[i], "%s.%s", parts[i], which);
    }
    return (struct association){.variant = cell(sheet, row, "SNP"),
                                .effect_allele = text(sheet, row, name[0]),
                                .other_allele = text(sheet, row, name[1]),
                                .eaf = number(sheet, row, name[2]),
                                .beta = number(sheet, row, name[3]),
                                .se = number(sheet, row, name[4])};
}

static bool same_number(double one, double other)
{
    return (isnan(one) && isnan(other)) || fabs(one - other) < 1e-12;
}

static bool same_text(const char *one, const char *other)
{
    return one == NULL || other == NULL ? one == other : strcmp(one, other) == 0;
}

static bool is_true(const struct sheet *sheet, size_t row, const char *name)
{
    return strcmp(cell(sheet, row, name), "TRUE") == 0;
}

static bool agrees(const struct harmonised *got, const struct sheet *want, size_t row)
{
    struct association x = side(want, row, "exposure");
    struct association y = side(want, row, "outcome");

    return same_text(got->x.effect_allele, x.effect_allele) &&
           same_text(got->x.other_allele, x.other_allele) &&
           same_text(got->y.effect_allele, y.effect_allele) &&
           same_text(got->y.other_allele, y.other_allele) && same_number(got->x.beta, x.beta) &&
           same_number(got->y.beta, y.beta) && same_number(got->x.se, x.se) &&
           same_number(got->y.se, y.se) && same_number(got->x.eaf, x.eaf) &&
           same_number(got->y.eaf, y.eaf) && got->is_removed == is_true(want, row, "remove") &&
           got->is_palindromic == is_true(want, row, "palindromic") &&
           got->is_ambiguous == is_true(want, row, "ambiguous") &&
           got->keep == is_true(want, row, "mr_keep");
}

/* Whether any input rows of this id harmonise to the golden row. */
static bool any_agrees(const struct sheet *x, const struct sheet *y, const struct sheet *want,
                       size_t row, int action, struct arena *arena)
{
    const char *id = cell(want, row, "SNP");

    for (size_t i = 0; i < x->rows; i++) {
        for (size_t j = 0; j < y->rows; j++) {
            if (strcmp(cell(x, i, "SNP"), id) == 0 && strcmp(cell(y, j, "SNP"), id) == 0) {
                struct association one = side(x, i, "exposure");
                struct association other = side(y, j, "outcome");
                struct harmonised got =
                    harmonise_one(&one, &other, (enum harmonise_action)action, arena);

                if (agrees(&got, want, row)) {
                    return true;
                }
            }
        }
    }
    return false;
}

START_TEST(golden_rows_agree)
{
    static const char *const files[] = {"out_action1.csv", "out_action2.csv",
                                        "out_action3.csv"};
    struct sheet x = read_sheet("input_exposure.csv");
    struct sheet y = read_sheet("input_outcome.csv");
    struct sheet want = read_sheet(files[_i - 1]);

    ck_assert_uint_eq(want.rows, 69);
    for (size_t row = 0; row < want.rows; row++) {
        ck_assert_msg(any_agrees(&x, &y, &want, row, _i, want.arena), "action %d, %s (%s)", _i,
                      cell(&want, row, "SNP"), cell(&want, row, "case"));
    }
    arena_destroy(x.arena);
    arena_destroy(y.arena);
    arena_destroy(want.arena);
}
END_TEST

static struct association made(const char *id, const char *effect, const char *other,
                               double eaf, double beta)
{
    return (struct association){.variant = id,
                                .effect_allele = effect,
                                .other_allele = other,
                                .eaf = eaf,
                                .beta = beta,
                                .se = 0.1};
}

static struct harmonised one(struct association *x, struct association *y,
                             enum harmonise_action action, struct arena *arena)
{
    return harmonise_one(x, y, action, arena);
}

START_TEST(reasons_tell_why)
{
    struct arena *arena = arena_create();
    struct association at = made("rs1", "A", "T", 0.45, 1);
    struct association ag = made("rs1", "A", "G", 0.3, 1);
    struct association ct = made("rs1", "C", "T", 0.7, 1);
    struct association ac = made("rs1", "A", "C", 0.3, 1);
    struct association none = made("rs1", NULL, NULL, 0.3, 1);
    struct association t = made("rs1", "T", NULL, 0.45, 1);
    struct association no_beta = made("rs1", "A", "G", 0.3, NAN);
    struct harmonised row;

    ck_assert_int_eq(one(&at, &at, ACTION_INFER, arena).reason, REASON_AMBIGUOUS);
    ck_assert_int_eq(one(&at, &at, ACTION_FORWARD, arena).reason, REASON_KEPT);
    ck_assert_int_eq(one(&at, &at, ACTION_DROP, arena).reason, REASON_PALINDROMIC);
    ck_assert_int_eq(one(&at, &t, ACTION_INFER, arena).reason, REASON_PALINDROMIC);
    ck_assert_int_eq(one(&ag, &ac, ACTION_INFER, arena).reason, REASON_ALLELES_DIFFER);
    ck_assert_int_eq(one(&ag, &none, ACTION_INFER, arena).reason, REASON_BAD_ALLELES);
    ck_assert_int_eq(one(&ag, &no_beta, ACTION_INFER, arena).reason, REASON_MISSING_NUMBER);
    at.eaf = 0.425;
    ck_assert_int_eq(one(&at, &at, ACTION_INFER, arena).reason, REASON_AMBIGUOUS);
    at.eaf = 0.415;
    ck_assert_int_eq(one(&at, &at, ACTION_INFER, arena).reason, REASON_KEPT);
    row = one(&ag, &ct, ACTION_INFER, arena);
    ck_assert_int_eq(row.reason, REASON_KEPT);
    ck_assert(row.is_flipped && row.is_complemented && row.keep);
    ck_assert_ptr_eq(row.x_read, &ag);
    ck_assert_ptr_eq(row.y_read, &ct);
    ck_assert_double_eq(row.y_read->beta, 1);
    ck_assert_double_eq(row.y.beta, -1);
    arena_destroy(arena);
}
END_TEST

START_TEST(join_matches_by_id_then_alleles)
{
    struct arena *arena = arena_create();
    struct association x[] = {
        made("RS905", "A", "G", 0.3, 0.1), made("rs904", "A", "G", 0.3, 0.13),
        made("rs904", "A", "C", 0.3, 0.14), made("rs902", "A", "G", 0.3, 0.1),
        made("rs1", "A", "G", 0.3, 0.1)};
    struct association y[] = {
        made("rs2", "A", "G", 0.3, 9),      made("rs904", "A", "G", 0.3, 0.23),
        made("rs902", "A", "G", 0.3, 0.2),  made("rs904", "A", "C", 0.3, 0.24),
        made("rs902", "G", "A", 0.7, 0.21), made("rs905", "A", "G", 0.3, 0.2)};
    const struct association *chosen[] = {&x[0], &x[1], &x[2], &x[3], &x[4]};
    struct harmonised *rows;

    harmonise_join(chosen, 5, y, 6, ACTION_INFER, arena, &rows);
    ck_assert_double_eq(rows[0].y.beta, 0.2);
    ck_assert_double_eq(rows[1].y.beta, 0.23);
    ck_assert_double_eq(rows[2].y.beta, 0.24);
    ck_assert_double_eq(rows[3].y.beta, 0.2);
    for (size_t i = 0; i < 4; i++) {
        ck_assert(rows[i].keep);
    }
    ck_assert_int_eq(rows[4].reason, REASON_NOT_IN_OUTCOME);
    ck_assert(!rows[4].keep);
    ck_assert_ptr_null(rows[4].y_read);
    ck_assert(isnan(rows[4].y.beta) && isnan(rows[4].y.p));
    harmonise_join(chosen, 5, NULL, 0, ACTION_INFER, arena, &rows);
    ck_assert_int_eq(rows[0].reason, REASON_NOT_IN_OUTCOME);
    harmonise_join(NULL, 0, y, 6, ACTION_INFER, arena, &rows);
    arena_destroy(arena);
}
END_TEST

static struct association placed(const char *id, const char *chromosome, double position,
                                 const char *effect, const char *other, double beta)
{
    struct association association = made(id, effect, other, 0.3, beta);

    association.chromosome = chromosome;
    association.position = position;
    return association;
}

/* An rsid and a chr:pos:ref:alt are one variant where place and alleles are. */
START_TEST(join_matches_by_place_and_alleles)
{
    struct arena *arena = arena_create();
    struct association x[] = {
        placed("rs1", "1", 100, "A", "G", 0.1), placed("rs2", "X", 200, "AT", "A", 0.1),
        placed("rs3", "2", 300, "A", "G", 0.1), placed("rs4", "2", 300, "A", "C", 0.1),
        placed("rs5", "5", 500, "A", "G", 0.1)};
    struct association y[] = {placed("1:100:G:A", "chr1", 100, "G", "A", 1),
                              placed("23:200:A:AT", "23", 200, "AT", "A", 2),
                              placed("2:300:A:C", "2", 300, "A", "C", 4),
                              placed("2:300:A:G", "2", 300, "A", "G", 3),
                              placed("5:500:A:T", "5", 500, "A", "T", 5),
                              placed("rs9", "9", 900, "A", "G", 9)};
    const struct association *chosen[] = {&x[0], &x[1], &x[2], &x[3], &x[4]};
    struct harmonised *rows;

    harmonise_join(chosen, 5, y, 6, ACTION_INFER, arena, &rows);
    ck_assert_double_eq(rows[0].y.beta, -1);
    ck_assert(rows[0].keep && rows[0].is_flipped);
    for (size_t i = 1; i < 4; i++) {
        ck_assert_double_eq(rows[i].y.beta, (double)(i + 1));
        ck_assert(rows[i].keep);
    }
    ck_assert_int_eq(rows[4].reason, REASON_NOT_IN_OUTCOME);
    /* Positions of the same id that differ are of two builds. */
    y[5] = placed("rs5", "5", 555, "A", "G", 5);
    harmonise_join(chosen, 5, y, 6, ACTION_INFER, arena, &rows);
    ck_assert_int_eq(rows[0].reason, REASON_NOT_IN_OUTCOME);
    ck_assert_double_eq(rows[4].y.beta, 5);
    /* Any of a row's ids is its own. */
    y[5] = placed("rs77", "7", 1, "A", "G", 7);
    y[5].more_ids = "rs77,rs5";
    harmonise_join(chosen, 5, y, 6, ACTION_INFER, arena, &rows);
    ck_assert_double_eq(rows[4].y.beta, 7);
    arena_destroy(arena);
}
END_TEST

/* Four rows: usable, not kept, a keep without a number, usable. */
static const struct harmonised *four_rows(struct arena *arena)
{
    struct harmonised *rows = arena_get(arena, 4, sizeof *rows);

    for (size_t i = 0; i < 4; i++) {
        rows[i].x = made(i == 0 ? "rs0" : "rs3", "A", "G", 0.3, (double)i);
        rows[i].y = made("rs", "A", "G", 0.3, 10 + (double)i);
        rows[i].keep = i != 1;
        rows[i].reason = i == 1 ? REASON_NOT_KEPT : REASON_KEPT;
    }
    rows[2].y.se = 0;
    return rows;
}

START_TEST(pair_takes_usable_rows)
{
    struct arena *arena = arena_create();
    struct trait exposure = {.key = "E"}, outcome = {.key = "O"};
    const struct harmonised *rows = four_rows(arena);
    struct pair *pair = pair_create(arena, &exposure, &outcome, REVERSE, rows, 4);
    struct pair *less = pair_without(arena, pair, (const bool[]){true, false});

    ck_assert_uint_eq(pair->count, 2);
    ck_assert_uint_eq(pair->row[1], 3);
    ck_assert_double_eq(pair->bx[1], 3);
    ck_assert_double_eq(pair->by[0], 10);
    ck_assert_double_eq(pair->sx[0], 0.1);
    ck_assert_double_eq(pair->sy[1], 0.1);
    ck_assert_str_eq(pair_variant(pair, 0), "rs0");
    ck_assert_uint_eq(less->count, 1);
    ck_assert_uint_eq(less->row_count, 4);
    ck_assert_double_eq(less->by[0], 13);
    ck_assert_int_eq(less->direction, REVERSE);
    ck_assert_str_eq(direction_key(less->direction), "reverse");
    ck_assert_uint_eq(pair_create(arena, &exposure, &outcome, FORWARD, rows, 0)->count, 0);
    arena_destroy(arena);
}
END_TEST

START_TEST(ledger_has_one_reason_a_row)
{
    struct arena *arena = arena_create();
    struct trait exposure = {.key = "E"}, outcome = {.key = "O"};
    struct array ledger = ARRAY_OF(struct ledger_entry);
    size_t counts[REASONS];
    struct pair *pair = pair_create(arena, &exposure, &outcome, FORWARD, four_rows(arena), 4);
    const struct ledger_entry *entry;

    ledger_add_pair(&ledger, pair_without(arena, pair, (const bool[]){false, true}));
    ledger_count(&ledger, counts);
    ck_assert_uint_eq(ledger.count, 4);
    ck_assert_uint_eq(counts[REASON_KEPT], 1);
    ck_assert_uint_eq(counts[REASON_NOT_KEPT], 1);
    ck_assert_uint_eq(counts[REASON_MISSING_NUMBER], 1);
    ck_assert_uint_eq(counts[REASON_EXCLUDED], 1);
    entry = array_at(&ledger, 3);
    ck_assert_int_eq(entry->stage, STAGE_HAND);
    ck_assert_str_eq(entry->trait, "E");
    ck_assert_str_eq(entry->outcome, "O");
    ck_assert_str_eq(entry->variant, "rs3");
    for (int i = 0; i < REASONS; i++) {
        ck_assert_uint_gt(strlen(reason_text((enum reason)i)), 2);
    }
    ck_assert_str_eq(stage_text(STAGE_HARMONISE), "harmonise");
    array_destroy(&ledger);
    arena_destroy(arena);
}
END_TEST

START_TEST(alleles_are_told_apart)
{
    struct arena *arena = arena_create();

    ck_assert(alleles_are_palindromic("A", "T") && alleles_are_palindromic("G", "C"));
    ck_assert(!alleles_are_palindromic("A", "G") && !alleles_are_palindromic("AT", "TA"));
    ck_assert_str_eq(alleles_complement("ACGTN", arena), "TGCAN");
    ck_assert_str_eq(alleles_upper("at", arena), "AT");
    ck_assert(!alleles_equal(NULL, NULL));
    arena_destroy(arena);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("pair");
    TCase *cases = tcase_create("pair");
    SRunner *runner;
    int failed;

    tcase_add_loop_test(cases, golden_rows_agree, 1, 4);
    tcase_add_test(cases, reasons_tell_why);
    tcase_add_test(cases, join_matches_by_id_then_alleles);
    tcase_add_test(cases, join_matches_by_place_and_alleles);
    tcase_add_test(cases, pair_takes_usable_rows);
    tcase_add_test(cases, ledger_has_one_reason_a_row);
    tcase_add_test(cases, alleles_are_told_apart);
    suite_add_tcase(suite, cases);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
