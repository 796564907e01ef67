/*
 * Tables of diagnostics: the cells that stand for influence, direction, selection, power and
 * agreement, and leave-one-out of methods that were named.
 */
#include "base/memory.h"
#include "golden.h"
#include "program.h"
#include "report/table.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What `taxamr LINE` prints; it must succeed. To be freed. */
static char *prints(const char *line)
{
    struct text text = {0};
    text_addf(&text, "taxamr %s", line);
    struct said said = program_say(text.bytes);
    ck_assert_msg(said.status == 0, "%s: %s", line, said.err);
    char *out = memory_copy_text(said.out);
    said_drop(&said);
    text_drop(&text);
    return out;
}

/* A table of the body mass study's pair, through a study file, which knows units and cases. */
static char *study_table(const char *key, const char *more)
{
    struct text line = {0};
    text_addf(&line, "run bmi-chd -o t --table %s %s --quiet && cat t/%s.tsv", key, more, key);
    char *table = prints(line.bytes);
    text_drop(&line);
    return table;
}

#define PAIRS "mr \"$ROOT/data/bmi-chd/pairs.csv\" "

static size_t lines_of(const char *table)
{
    size_t lines = 0;
    for (const char *at = table; *at != '\0'; at++) {
        lines += *at == '\n';
    }
    return lines;
}

/* A cell of the first row whose cell in column `key` is `value`, to be freed. */
static char *cell_where(const char *table, const char *key, const char *value,
                        const char *column)
{
    size_t key_at = 0, column_at = 0, place = 0;
    for (const char *at = table; *at != '\n'; at += *at == '\t') {
        size_t length = strcspn(at, "\t\n");
        key_at = strncmp(at, key, length) == 0 && key[length] == '\0' ? place : key_at;
        column_at =
            strncmp(at, column, length) == 0 && column[length] == '\0' ? place : column_at;
        at += length;
        place++;
        if (*at == '\n') {
            break;
        }
    }
    for (const char *line = strchr(table, '\n'); line != NULL && line[1] != '\0';
         line = strchr(line + 1, '\n')) {
        const char *found = NULL, *at = line + 1;
        bool is_row = false;
        for (size_t i = 0; i < place; i++) {
            size_t length = strcspn(at, "\t\n");
            is_row |= i == key_at && strncmp(at, value, length) == 0 && value[length] == '\0';
            found = i == column_at ? at : found;
            at += length + 1;
        }
        if (is_row) {
            return memory_copy_bytes(found, strcspn(found, "\t\n"));
        }
    }
    ck_abort_msg("no row where %s is %s", key, value);
    return NULL;
}

static void check_text(const char *table, const char *key, const char *value,
                       const char *column, const char *wanted)
{
    char *cell = cell_where(table, key, value, column);
    ck_assert_msg(strcmp(cell, wanted) == 0, "%s: %s, not %s", column, cell, wanted);
    memory_free(cell);
}

static double number_of(const char *table, const char *key, const char *value,
                        const char *column)
{
    char *cell = cell_where(table, key, value, column);
    double number = strcmp(cell, "NA") == 0 ? NAN : strtod(cell, NULL);
    memory_free(cell);
    return number;
}

/* The answers that all tests are about. */
static struct golden golden;
static struct arena *arena;

static void begin(void)
{
    arena = arena_create();
    golden = golden_results("ieu_bmi_chd", arena);
}

static void end(void)
{
    arena_destroy(arena);
}

static double want(const char *function, const char *method, const char *quantity)
{
    return golden_find(&golden, NULL, function, method, quantity)->value;
}

START_TEST(selection_is_a_table)
{
    begin();
    char *table = prints(PAIRS "--table rucker");
    ck_assert_uint_eq(lines_of(table), 1 + 3 + 4 + 2);
    golden_close("Q", number_of(table, "model", "Q_diff", "Q"),
                 want("mr_rucker", "Q_diff", "Q"), 1e-8);
    golden_close("se", number_of(table, "model", "Egger fixed effects", "se"),
                 want("mr_rucker", "Egger fixed effects", "se"), 1e-8);
    check_text(table, "model", "IVW random effects", "selected", "TRUE");
    check_text(table, "model", "IVW fixed effects", "selected", "FALSE");
    check_text(table, "model", "Rucker", "note", "model B, IVW random effects");
    ck_assert_double_lt(number_of(table, "model", "Rucker (CD)", "nsnp"), 79);
    memory_free(table);
    table = prints("mr \"$ROOT/tests/golden/corners/small2.csv\" --table rucker");
    ck_assert_uint_eq(lines_of(table), 2);
    check_text(table, "model", "Rucker", "note", "needs three variants");
    memory_free(table);
    end();
}
END_TEST

START_TEST(influence_is_a_table)
{
    begin();
    char *table = prints(PAIRS "--table influence");
    const char *function = "ivw_radial(alpha=0.05,weights=3,tol=1e-4)";
    size_t seen = 0, outliers = 0;
    ck_assert_uint_eq(lines_of(table), 80);
    for (size_t i = 0; i < golden.count; i++) {
        const struct golden_row *row = &golden.rows[i];
        if (strcmp(row->function, "mr_rucker") == 0 && strcmp(row->quantity, "cooks") == 0) {
            golden_close("Cook", number_of(table, "SNP", row->snp, "cooks_d"), row->value,
                         1e-8);
            seen++;
        }
        if (strcmp(row->function, "mr_leaveoneout") == 0 && strcmp(row->snp, "All") != 0 &&
            strcmp(row->quantity, "estimate") == 0) {
            golden_close("b", number_of(table, "SNP", row->snp, "b_without"), row->value, 1e-8);
            seen++;
        }
    }
    ck_assert_uint_eq(seen, 2 * 79);
    for (const char *at = table; (at = strstr(at, "\tTRUE\t")) != NULL; at++) {
        outliers += strncmp(at + 6, "TRUE\t", 5) == 0 || strncmp(at + 6, "FALSE\t", 6) == 0;
    }
    ck_assert_uint_eq(outliers, (size_t)want(function, NULL, "n_outliers"));
    golden_close("cutoff", number_of(table, "SNP", "rs1000940", "cooks_cutoff"), 4.0 / 79,
                 1e-14);
    memory_free(table);
    end();
}
END_TEST

START_TEST(directions_are_tables)
{
    begin();
    char *table = prints(PAIRS "--table directionality");
    golden_close("ratio", number_of(table, "exposure", "exposure", "sensitivity_ratio"),
                 want("mr_steiger", NULL, "sensitivity_ratio"), 1e-8);
    golden_close("kept", number_of(table, "exposure", "exposure", "nsnp_steiger"), 79, 0);
    golden_close("b", number_of(table, "exposure", "exposure", "b_steiger"),
                 want("mr_ivw", NULL, "estimate"), 1e-10);
    check_text(table, "exposure", "exposure", "note", "NA");
    memory_free(table);
    table = study_table("directionality", "");
    check_text(table, "exposure", "bmi", "note",
               "outcome: binary trait without a prevalence: R2 is on the observed scale, from "
               "P and N");
    memory_free(table);
    table = study_table("directionality", "--set prevalence.outcome=0.06");
    check_text(table, "exposure", "bmi", "note", "outcome: R2 is on the liability scale");
    memory_free(table);
    table = prints(PAIRS "--table steiger");
    ck_assert_uint_eq(lines_of(table), 80);
    for (size_t i = 0; i < golden.count; i++) {
        const struct golden_row *row = &golden.rows[i];
        if (strcmp(row->function, "steiger_filtering") == 0 &&
            strcmp(row->quantity, "pval") == 0) {
            golden_close(row->snp, number_of(table, "SNP", row->snp, "steiger_pval"),
                         row->value, 1e-7);
        }
    }
    memory_free(table);
    table = prints("mr \"$ROOT/tests/golden/corners/small3.csv\" --table directionality");
    check_text(table, "exposure", "exposure", "note", "sample sizes are missing");
    check_text(table, "exposure", "exposure", "nsnp_steiger", "NA");
    memory_free(table);
    end();
}
END_TEST

START_TEST(power_is_a_table)
{
    begin();
    char *table = study_table("power", "");
    double share = 60801.0 / 184305, r2 = want("directionality_test", NULL, "r2_exposure");
    double b = share * (1.1 / (1 + share * 0.1) - 1);
    double shift = sqrt(b * b * 184305 * r2 / (share * (1 - share) - b * b));
    double power = 0.5 * erfc((1.959963984540054 - shift) / sqrt(2)) +
                   0.5 * erfc((1.959963984540054 + shift) / sqrt(2));
    golden_close("power", number_of(table, "exposure", "bmi", "power_or_1.1"), power, 1e-8);
    check_text(table, "exposure", "bmi", "n_outcome", "184305");
    check_text(table, "exposure", "bmi", "alpha", "0.05");
    check_text(table, "exposure", "bmi", "power_b_0.1", "NA");
    check_text(table, "exposure", "bmi", "note", "NA");
    memory_free(table);
    end();
}
END_TEST

START_TEST(old_tables_grew_at_their_end)
{
    begin();
    char *table = prints(PAIRS "--table heterogeneity");
    const char *ivw = "Inverse variance weighted";
    ck_assert_double_gt(number_of(table, "method", ivw, "tau2"), 0);
    ck_assert_double_lt(number_of(table, "method", ivw, "prediction_lo"),
                        number_of(table, "method", ivw, "prediction_up"));
    check_text(table, "method", "MR Egger", "prediction_lo", "NA");
    memory_free(table);
    table = prints(PAIRS "--table strength");
    golden_close("I2", number_of(table, "exposure", "exposure", "I2_GX_weighted"),
                 want("Isq(abs(bx)/sy,sx/sy)", NULL, "I2"), 1e-8);
    memory_free(table);
    table = prints(PAIRS "--table summary");
    check_text(table, "exposure", "exposure", "methods_agree", "4/4");
    memory_free(table);
    table = prints(PAIRS "--table summary --methods ivw");
    check_text(table, "exposure", "exposure", "methods_agree", "NA");
    memory_free(table);
    end();
}
END_TEST

START_TEST(leave_one_out_is_of_methods_named)
{
    begin();
    static const char *const main_only[] = {"", "--methods ivw", "--methods default"};
    char *usual = prints(PAIRS "--table leaveoneout");
    ck_assert_uint_eq(lines_of(usual), 81);
    for (size_t i = 0; i < sizeof main_only / sizeof *main_only; i++) {
        struct text line = {0};
        text_addf(&line, PAIRS "--table leaveoneout %s", main_only[i]);
        char *table = prints(line.bytes);
        ck_assert_str_eq(table, usual);
        memory_free(table);
        text_drop(&line);
    }
    memory_free(usual);
    char *table = prints(PAIRS "--table leaveoneout --methods default,egger,ivw_fe");
    ck_assert_uint_eq(lines_of(table), 1 + 2 * 80);
    for (size_t i = 0; i < golden.count; i++) {
        const struct golden_row *row = &golden.rows[i];
        if (strcmp(row->function, "mr_leaveoneout(method=mr_egger_regression)") == 0 &&
            strcmp(row->quantity, "se") == 0) {
            golden_close(row->snp, number_of(table, "SNP", row->snp, "se"), row->value, 1e-8);
        }
    }
    memory_free(table);
    end();
}
END_TEST

/* Draws depend on the pair and the method alone. */
START_TEST(named_methods_do_not_see_threads)
{
    begin();
    char *one = prints(PAIRS "--table leaveoneout --methods weighted_median,egger_simex "
                             "--boot 20 --threads 1");
    char *four = prints(PAIRS "--table leaveoneout --methods weighted_median,egger_simex "
                              "--boot 20 --threads 4");
    ck_assert_uint_eq(lines_of(one), 1 + 2 * 80);
    ck_assert_str_eq(one, four);
    check_text(one, "SNP", "All", "method", "Weighted median");
    memory_free(one);
    memory_free(four);
    end();
}
END_TEST

int main(void)
{
    const TTest *tests[] = {
        selection_is_a_table,
        influence_is_a_table,
        directions_are_tables,
        power_is_a_table,
        old_tables_grew_at_their_end,
        leave_one_out_is_of_methods_named,
        named_methods_do_not_see_threads,
    };
    int failed = golden_run("report_more", tests, sizeof tests / sizeof *tests);
    program_clean();
    return failed;
}
