/*
 * The room src/report: tables as text in three formats, and files that are whole or not there.
 */
#include "base/memory.h"
#include "base/write.h"
#include "golden.h"
#include "program.h"
#include "report/table.h"
#include <dirent.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct study *load_pairs(const char *path)
{
    struct gwas_options options = {0};
    struct error error = {0};
    struct study *study = NULL;
    bool is_loaded = study_load_harmonised(path, &options, &study, &error);
    ck_assert_msg(is_loaded, "%s", is_loaded ? "" : error_message(&error));
    return study;
}

static struct results *compute(const struct study *study, const char *method, double level)
{
    const struct method *methods[] = {methods_find(method)};
    struct results_options options = {
        .methods = methods, .method_count = 1, .settings = estimate_default_settings()};
    options.settings.level = level;
    options.settings.wants_presso = true;
    return results_finish(results_start(study, &options, NULL));
}

/* A table of a file under tests/golden. */
static char *table_by(const char *method, const char *path, const char *key,
                      enum table_format format, double level)
{
    struct study *study = load_pairs(path);
    struct results *results = compute(study, method, level);
    struct text text = {0};
    table_print(tables_find(key), results, format, &text);
    results_destroy(results);
    study_destroy(study);
    return text_take(&text);
}

static char *table_of(const char *path, const char *key, enum table_format format, double level)
{
    return table_by("ivw", path, key, format, level);
}

static char *golden_table(const char *file, const char *key, enum table_format format)
{
    struct text path = {0};
    const char *root = getenv("srcdir");
    text_addf(&path, "%s/tests/golden/%s", root == NULL ? "." : root, file);
    char *table = table_of(path.bytes, key, format, 0.95);
    text_drop(&path);
    return table;
}

/* Writes a file of the test's own and returns its path, to be freed. */
static char *made(const char *name, const char *content)
{
    struct error error = {0};
    struct text path = {0};
    text_addf(&path, "%s/%s", program_folder(), name);
    ck_assert(write_whole(path.bytes, content, strlen(content), &error));
    return text_take(&path);
}

/* Cell `column` of line `line` (0 the header) of tab separated text, to be freed. */
static char *cell_at(const char *table, size_t line, size_t column)
{
    const char *at = table;
    for (; line > 0; line--) {
        at = strchr(at, '\n');
        ck_assert_ptr_nonnull(at);
        at++;
    }
    for (; column > 0; column--) {
        at += strcspn(at, "\t\n");
        ck_assert_msg(*at == '\t', "too few cells");
        at++;
    }
    return memory_copy_bytes(at, strcspn(at, "\t\n"));
}

static size_t column_named(const char *table, const char *name)
{
    for (size_t column = 0;; column++) {
        char *cell = cell_at(table, 0, column);
        bool is_found = strcmp(cell, name) == 0;
        memory_free(cell);
        if (is_found) {
            return column;
        }
    }
}

static void check_cell(const char *table, size_t line, const char *column, const char *wanted)
{
    char *cell = cell_at(table, line, column_named(table, column));
    ck_assert_msg(strcmp(cell, wanted) == 0, "%s: %s, not %s", column, cell, wanted);
    memory_free(cell);
}

static double number_at(const char *table, size_t line, const char *column)
{
    char *cell = cell_at(table, line, column_named(table, column));
    double value = strcmp(cell, "NA") == 0 ? NAN : strtod(cell, NULL);
    memory_free(cell);
    return value;
}

/* The contract: names only grow, at the end. */
START_TEST(columns_are_the_contract)
{
    static const char *const contract[][2] = {
        {"estimates",
         "exposure outcome direction method nsnp b se pval lo_ci up_ci or or_lci95 "
         "or_uci95 key note"},
        {"heterogeneity", "exposure outcome direction method Q Q_df Q_pval I2 I2_lo I2_up "
                          "tau2 prediction_lo prediction_up"},
        {"pleiotropy", "exposure outcome direction egger_intercept se pval"},
        {"singlesnp", "exposure outcome direction SNP method b se p"},
        {"leaveoneout", "exposure outcome direction SNP method b se p"},
        {"directionality",
         "exposure outcome direction snp_r2.exposure snp_r2.outcome "
         "correct_causal_direction steiger_pval sensitivity_ratio nsnp_steiger "
         "b_steiger se_steiger pval_steiger note"},
        {"presso", "exposure outcome direction test SNP RSSobs pval b se"},
        {"strength", "exposure outcome direction nsnp F_mean F_min R2 I2_GX I2_GX_weighted"},
        {"influence", "exposure outcome direction SNP weight_share q_share studentised cooks_d "
                      "cooks_cutoff b_without radial_q radial_p is_outlier "
                      "is_outlier_bonferroni note"},
        {"steiger", "exposure outcome direction SNP r2.exposure r2.outcome steiger_dir "
                    "steiger_pval"},
        {"rucker", "exposure outcome direction model nsnp Q Q_df Q_pval b se pval selected "
                   "note"},
        {"power", "exposure outcome direction nsnp R2 n_outcome case_share alpha "
                  "power_at_estimate n_at_estimate power_or_1.1 power_or_1.2 power_b_0.1 "
                  "least_b note"},
        {"harmonised",
         "exposure outcome direction SNP effect_allele other_allele beta.exposure "
         "se.exposure eaf.exposure pval.exposure beta.outcome se.outcome "
         "eaf.outcome pval.outcome palindromic ambiguous mr_keep reason"},
        {"ledger", "trait SNP stage kept reason"},
        {"summary", "exposure rank outcome direction nsnp b se pval qval verdict"},
    };
    for (size_t i = 0; i < sizeof contract / sizeof contract[0]; i++) {
        struct text names = {0};
        const struct table_kind *kind = tables_find(contract[i][0]);
        ck_assert_ptr_nonnull(kind);
        for (size_t j = 0; kind->columns[j] != NULL; j++) {
            text_addf(&names, "%s%s", j == 0 ? "" : " ", kind->columns[j]);
        }
        text_add(&names, " ");
        size_t length = strlen(contract[i][1]);
        ck_assert_msg(strncmp(names.bytes, contract[i][1], length) == 0 &&
                          names.bytes[length] == ' ',
                      "%s", names.bytes);
        text_drop(&names);
    }
}
END_TEST

START_TEST(every_table_is_there_once)
{
    size_t count;
    const struct table_kind *const *kinds = tables_all(&count);
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < i; j++) {
            ck_assert_str_ne(kinds[i]->key, kinds[j]->key);
        }
    }
}
END_TEST

/* Every row has as many cells as its header, in every table. */
START_TEST(rows_are_complete)
{
    size_t count;
    const struct table_kind *const *kinds = tables_all(&count);
    for (size_t i = 0; i < count; i++) {
        char *table = golden_table("ieu_bmi_chd/input.csv", kinds[i]->key, TABLE_TSV);
        size_t tabs = 0, in_header = 0, lines = 0;
        for (const char *at = table; *at != '\0'; at++) {
            tabs += *at == '\t';
            if (*at == '\n') {
                in_header = lines == 0 ? tabs : in_header;
                ck_assert_uint_eq(tabs, in_header);
                tabs = 0;
                lines++;
            }
        }
        static const char *const empty[] = {"meta", "card", "published"};
        bool may_be_empty = kinds[i]->needs_mediators; /* one cohort, no taxon, no mediator */
        for (size_t k = 0; k < sizeof empty / sizeof *empty; k++) {
            may_be_empty |= strcmp(kinds[i]->key, empty[k]) == 0;
        }
        ck_assert_uint_gt(lines, may_be_empty ? 0 : 1);
        memory_free(table);
    }
}
END_TEST

START_TEST(estimates_equal_golden)
{
    struct arena *arena = arena_create();
    struct golden golden = golden_results("ieu_bmi_chd", arena);
    char *table = golden_table("ieu_bmi_chd/input.csv", "estimates", TABLE_TSV);
    double b = golden_find(&golden, "TwoSampleMR", "mr_ivw", "mr_ivw", "estimate")->value;
    double se = golden_find(&golden, "TwoSampleMR", "mr_ivw", "mr_ivw", "se")->value;
    golden_close("b", number_at(table, 1, "b"), b, 1e-8);
    golden_close("se", number_at(table, 1, "se"), se, 1e-8);
    golden_close("or", number_at(table, 1, "or"), exp(b), 1e-8);
    golden_close("lo_ci", number_at(table, 1, "lo_ci"), b - 1.959963984540054 * se, 1e-4);
    golden_close("or_uci95", log(number_at(table, 1, "or_uci95")), number_at(table, 1, "up_ci"),
                 1e-12);
    check_cell(table, 1, "method", "Inverse variance weighted");
    check_cell(table, 1, "key", "ivw");
    check_cell(table, 1, "direction", "forward");
    check_cell(table, 1, "nsnp", "79");
    check_cell(table, 1, "note", "NA");
    memory_free(table);
    arena_destroy(arena);
}
END_TEST

/* or_lci95 says 95 and means it. */
START_TEST(other_levels_have_no_95)
{
    char *path = made("two.tsv", "SNP\tbx\tsx\tby\tsy\nrs1\t.1\t.01\t.2\t.05\n"
                                 "rs2\t.2\t.01\t.3\t.05\n");
    char *table = table_of(path, "estimates", TABLE_TSV, 0.9);
    check_cell(table, 1, "or_lci95", "NA");
    double half = (number_at(table, 1, "up_ci") - number_at(table, 1, "lo_ci")) / 2;
    golden_close("half width", half / number_at(table, 1, "se"), 1.6448536269514722, 1e-9);
    memory_free(table);
    memory_free(path);
}
END_TEST

/* Of signs that agree there is a share and a p, and nothing to take the exponent of. */
START_TEST(a_share_has_no_odds_ratio)
{
    char *path = made("six.tsv", "SNP\tbx\tsx\tby\tsy\nrs1\t.1\t.01\t.2\t.05\n"
                                 "rs2\t.2\t.01\t.3\t.05\nrs3\t.2\t.01\t.1\t.05\n"
                                 "rs4\t.1\t.01\t.3\t.05\nrs5\t.3\t.01\t.2\t.05\n"
                                 "rs6\t.4\t.01\t.1\t.05\n");
    char *table = table_by("sign", path, "estimates", TABLE_TSV, 0.95);
    check_cell(table, 1, "b", "1");
    check_cell(table, 1, "or", "NA");
    check_cell(table, 1, "or_lci95", "NA");
    check_cell(table, 1, "or_uci95", "NA");
    golden_close("p", number_at(table, 1, "pval"), 2.0 / 64, 1e-12);
    memory_free(table);
    memory_free(path);
}
END_TEST

START_TEST(variants_end_in_all)
{
    char *single = golden_table("corners/small3.csv", "singlesnp", TABLE_TSV);
    check_cell(single, 1, "method", "Wald ratio");
    check_cell(single, 4, "SNP", "All - Inverse variance weighted");
    check_cell(single, 5, "SNP", "All - MR Egger");
    char *without = golden_table("corners/small3.csv", "leaveoneout", TABLE_TSV);
    check_cell(without, 4, "SNP", "All");
    ck_assert_double_eq(number_at(without, 4, "b"), number_at(single, 4, "b"));
    ck_assert_double_ne(number_at(without, 1, "b"), number_at(single, 4, "b"));
    memory_free(single);
    memory_free(without);
}
END_TEST

/* The tests in their order, then the estimates; what is missing says why. */
START_TEST(presso_has_a_row_a_test)
{
    char *table = golden_table("lipid_ldl_chd/input.csv", "presso", TABLE_TSV);
    check_cell(table, 1, "test", "Global Test");
    check_cell(table, 1, "SNP", "NA");
    golden_close("RSSobs", number_at(table, 1, "RSSobs"), 102.715789725295, 1e-12);
    check_cell(table, 1, "pval", "0.001");
    check_cell(table, 1, "exceeding", "0");
    check_cell(table, 1, "nsim", "1000");
    check_cell(table, 1, "note", "no simulation exceeds it: p is below 1/1000");
    check_cell(table, 13, "test", "Outlier Test");
    check_cell(table, 13, "SNP", "snp12");
    golden_close("RSSobs", number_at(table, 13, "RSSobs"), 0.0386915279637173, 1e-12);
    check_cell(table, 13, "pval", "0.028");
    check_cell(table, 30, "test", "Distortion Test");
    golden_close("distortion", number_at(table, 30, "b"), 6.1147434143671, 1e-11);
    check_cell(table, 31, "test", "Raw");
    golden_close("raw", number_at(table, 31, "se"), 0.52979948855643, 1e-12);
    check_cell(table, 32, "test", "Outlier-corrected");
    golden_close("corrected", number_at(table, 32, "b"), 2.67089553033321, 1e-12);
    memory_free(table);
    table = golden_table("corners/small3.csv", "presso", TABLE_TSV);
    check_cell(table, 1, "note", "needs 4 variants, has 3");
    check_cell(table, 1, "pval", "NA");
    check_cell(table, 2, "test", "Distortion Test");
    check_cell(table, 4, "b", "NA");
    memory_free(table);
}
END_TEST

START_TEST(heterogeneity_has_two_rows)
{
    char *table = golden_table("corners/small3.csv", "heterogeneity", TABLE_TSV);
    check_cell(table, 1, "method", "Inverse variance weighted");
    check_cell(table, 1, "Q_df", "2");
    check_cell(table, 2, "method", "MR Egger");
    check_cell(table, 2, "Q_df", "1");
    memory_free(table);
}
END_TEST

/* A harmonised table that we print is one that we read: nothing is lost on the way. */
START_TEST(harmonised_comes_back)
{
    char *table = golden_table("lipid_ldl_chd/input.csv", "harmonised", TABLE_TSV);
    char *path = made("again.tsv", table);
    char *first = golden_table("lipid_ldl_chd/input.csv", "estimates", TABLE_TSV);
    char *again = table_of(path, "estimates", TABLE_TSV, 0.95);
    ck_assert_str_eq(first, again);
    memory_free(first);
    memory_free(again);
    memory_free(path);
    memory_free(table);
}
END_TEST

/* What a file calls its traits is text, whatever it looks like. */
static char *hostile(enum table_format format)
{
    char *path = made("hostile.tsv", "exposure\toutcome\tSNP\tbx\tsx\tby\tsy\n"
                                     "=1+1\ta\"b,\\c\033[2J\trs1\t.1\t.01\t.2\t.05\n");
    char *table = table_of(path, "strength", format, 0.95);
    memory_free(path);
    return table;
}

START_TEST(texts_are_escaped)
{
    char *tsv = hostile(TABLE_TSV);
    char *csv = hostile(TABLE_CSV);
    char *json = hostile(TABLE_JSON);
    ck_assert_ptr_nonnull(strstr(tsv, "\n=1+1\ta\"b,\\c\xef\xbf\xbd[2J\tforward\t1\t"));
    ck_assert_ptr_nonnull(strstr(csv, "\n'=1+1,\"a\"\"b,\\c\xef\xbf\xbd[2J\",forward,1,"));
    ck_assert_ptr_nonnull(strstr(json, "\n  {\"exposure\": \"=1+1\", \"outcome\": "
                                       "\"a\\\"b,\\\\c\xef\xbf\xbd[2J\", "));
    ck_assert_ptr_null(strchr(tsv, '\033'));
    ck_assert_ptr_nonnull(strstr(json, "\"R2\": null"));
    ck_assert_ptr_nonnull(strstr(csv, ",NA,"));
    memory_free(tsv);
    memory_free(csv);
    memory_free(json);
}
END_TEST

START_TEST(small_probabilities_survive)
{
    char *path = made("tiny.tsv", "SNP\tbx\tsx\tby\tsy\nrs1\t.1\t.001\t.2\t.002\n");
    char *table = table_of(path, "singlesnp", TABLE_TSV, 0.95);
    char *p = cell_at(table, 1, column_named(table, "p"));
    const char *exponent = strstr(p, "e-");
    ck_assert_msg(exponent != NULL && atoi(exponent + 2) > 2000, "%s", p);
    memory_free(p);
    memory_free(table);
    memory_free(path);
}
END_TEST

START_TEST(formats_have_names)
{
    static const char *const names[] = {"tsv", "csv", "json"};
    for (size_t i = 0; i < 3; i++) {
        enum table_format format;
        ck_assert(table_format_of(names[i], &format));
        ck_assert_str_eq(table_format_key(format), names[i]);
    }
    enum table_format format;
    ck_assert(!table_format_of("xml", &format));
    ck_assert_ptr_null(tables_find("no such"));
}
END_TEST

static size_t files_in(const char *path)
{
    size_t count = 0;
    DIR *folder = opendir(path);
    ck_assert_ptr_nonnull(folder);
    while (readdir(folder) != NULL) {
        count++;
    }
    closedir(folder);
    return count;
}

START_TEST(files_are_whole)
{
    char *path = made("kept.txt", "old");
    memory_free(made("kept.txt", "new and longer"));
    size_t files = files_in(program_folder());
    char *content = program_file(path);
    ck_assert_str_eq(content, "new and longer");
    memory_free(content);

    struct error error = {0};
    struct text missing = {0};
    text_addf(&missing, "%s/no/such/folder.txt", program_folder());
    ck_assert(!write_whole(missing.bytes, "x", 1, &error));
    ck_assert_int_eq(error.code, ERROR_SYSTEM);
    ck_assert_str_eq(error.file, missing.bytes);
    error_clear(&error);
    /* A folder stands where the file should go: the temporary file is gone again. */
    text_drop(&missing);
    text_addf(&missing, "%s/bin", program_folder());
    ck_assert(!write_whole(missing.bytes, "x", 1, &error));
    error_clear(&error);
    ck_assert_uint_eq(files_in(program_folder()), files);
    text_drop(&missing);
    memory_free(path);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        columns_are_the_contract,
        every_table_is_there_once,
        rows_are_complete,
        estimates_equal_golden,
        other_levels_have_no_95,
        variants_end_in_all,
        heterogeneity_has_two_rows,
        presso_has_a_row_a_test,
        harmonised_comes_back,
        texts_are_escaped,
        small_probabilities_survive,
        formats_have_names,
        files_are_whole,
        a_share_has_no_odds_ratio,
    };
    program_folder();
    int failed = golden_run("report", tests, sizeof tests / sizeof tests[0]);
    program_clean();
    return failed;
}
