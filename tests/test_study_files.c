/*
 * Studies of files of our own: what is read, judged and refused.
 */
#include "base/memory.h"
#include "base/text.h"
#include "study_fixture.h"
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A folder for a test's own files, made anew. */
static char folder[64];

static void make_folder(void)
{
    strcpy(folder, "/tmp/taxamr-test-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void remove_folder(void)
{
    char command[128];
    snprintf(command, sizeof command, "rm -r %s", folder);
    ck_assert_int_eq(system(command), 0);
}

static char *write_file(const char *name, const char *text)
{
    struct text path = {0};
    text_addf(&path, "%s/%s", folder, name);
    FILE *file = fopen(path.bytes, "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(text, file), 0);
    ck_assert_int_eq(fclose(file), 0);
    return text_take(&path);
}

static void put(const char *name, const char *text)
{
    memory_free(write_file(name, text));
}

/* Loading must fail on this line (0: none) with this in the message. */
static void refuse_path(const char *path, long line, const char *part)
{
    struct gwas_options options = {0};
    struct error error = {0};
    struct study *study = NULL;
    ck_assert(!study_load(path, &options, &study, &error));
    char *message = error_message(&error);
    ck_assert_msg(strstr(message, part) != NULL, "\"%s\" is not in: %s", part, message);
    ck_assert_msg(error.line == line, "line %ld: %s", error.line, message);
    ck_assert_ptr_null(strchr(message, '\n'));
    memory_free(message);
    error_clear(&error);
}

static void refuse(const char *text, long line, const char *part)
{
    put("study.conf", text);
    refuse_path(folder, line, part);
}

static struct study *load_folder(void)
{
    struct gwas_options options = {0};
    struct error error = {0};
    struct study *study = NULL;
    bool is_loaded = study_load(folder, &options, &study, &error);
    ck_assert_msg(is_loaded, "%s", error.text);
    return study;
}

#define SMALL_HEAD "SNP\teffect_allele\tother_allele\teaf\tbeta\tse\tpval\tn\n"
#define SMALL_TAXA                                                                             \
    "taxon\tname\trank\tkingdom\tphylum\tn\n"                                                  \
    "one\tOne\tphylum\tBacteria\tOne\t100\n"                                                   \
    "two\tTwo\tphylum\tBacteria\tTwo\t100\n"                                                   \
    "none\tNone\tphylum\tBacteria\tNone\t100\n"
#define SMALL_STUDY(more, inside)                                                              \
    more "exposure \"gut\" {\n"                                                                \
         "  instruments = \"x.tsv\"\n  associations = \"xy.tsv\"\n  lineage = \"taxa.tsv\"\n"  \
         "  unit = \"sd\"\n" inside "}\n"                                                      \
         "outcome \"ill\" {\n"                                                                 \
         "  instruments = \"yx.tsv\"\n  associations = \"y.tsv\"\n  unit = \"log-odds\"\n"     \
         "  p_threshold = 1e-50\n}\n"

static void put_small_study(void)
{
    put("taxa.tsv", SMALL_TAXA);
    put("x.tsv", "taxon\tSNP\teffect_allele\tother_allele\teaf\tbeta\tse\tpval\tn\n"
                 "one\trs1\tA\tG\t.3\t.1\t.01\t1e-20\t100\n"
                 "one\trs2\tA\tG\t.3\t.1\t.02\t5e-7\t100\n"
                 "one\trs3\tA\tG\t.3\t.1\t.05\t.0455\t100\n"
                 "two\trs4\tC\tT\t.3\t.1\t.01\t1e-20\t100\n"
                 "two\trs9\tC\tT\t.3\t.1\t.01\t1e-20\t100\n");
    put("y.tsv", SMALL_HEAD "rs1\tA\tG\t.3\t.05\t.01\t5e-7\t100\n"
                            "rs2\tG\tA\t.7\t-.05\t.01\t5e-7\t100\n"
                            "rs3\tA\tG\t.3\t.05\t.01\t5e-7\t100\n"
                            "rs4\tC\tT\t.3\t.001\t.01\t.92\t100\n"
                            "rs5\tC\tT\t.3\t.001\t0\t.92\t100\n");
    put("yx.tsv", SMALL_HEAD "rs7\tA\tG\t.3\t.2\t.01\t1e-80\t100\n"
                             "rs8\tA\tG\t.3\t.2\t.01\t1e-80\t100\n"
                             "rs9\tA\tG\t.3\t.2\t.05\t6e-5\t100\n");
    put("xy.tsv", "taxon\tSNP\teffect_allele\tother_allele\teaf\tbeta\tse\tpval\tn\n"
                  "one\trs7\tA\tG\t.3\t.2\t.01\t1e-80\t100\n"
                  "one\trs8\tA\tG\t.3\t.2\t.01\t1e-80\t100\n"
                  "two\trs7\tA\tG\t.3\t.001\t.01\t.92\t100\n"
                  "two\trs8\tA\tG\t.3\t.001\t.01\t.92\t100\n");
}

static size_t reason_count(const struct study *study, enum reason reason)
{
    size_t counts[REASONS];
    ledger_count(&study->ledger, counts);
    return counts[reason];
}

START_TEST(a_small_study_is_judged)
{
    put_small_study();
    put("study.conf",
        SMALL_STUDY("title = \"Small\"\ndirections = {\"forward\", \"reverse\"}\n",
                    "  p_threshold = 1e-5\n"));
    struct study *study = load_folder();
    ck_assert_str_eq(study->title, "Small");
    ck_assert_uint_eq(study->exposure_count, 3);
    ck_assert_uint_eq(study->pair_count, 4);
    ck_assert_uint_eq(reason_count(study, REASON_TOO_WEAK), 2);
    ck_assert_uint_eq(reason_count(study, REASON_NOT_IN_OUTCOME), 1);
    ck_assert_uint_eq(reason_count(study, REASON_BAD_SE), 1);
    ck_assert_uint_eq(study->warnings.count, 1);
    ck_assert_ptr_nonnull(strstr(*(char **)array_at(&study->warnings, 0), "y.tsv"));
    ck_assert_uint_eq(study->pairs[0]->count, 2);
    ck_assert_double_eq(study->pairs[0]->by[1], .05); /* brought to the exposure's allele */
    const struct method *methods[] = {methods_find("ivw")};
    struct results *results = study_fixture_run(study, methods, 1, 10, NULL);
    size_t one, two, back;
    study_find_pair(study, "one", "ill", FORWARD, &one);
    study_find_pair(study, "two", "ill", FORWARD, &two);
    study_find_pair(study, "ill", "one", REVERSE, &back);
    ck_assert_int_eq(results->pairs[one].reverse, JUDGE_FAILED);
    ck_assert_int_eq(results->pairs[two].reverse, JUDGE_PASSED);
    ck_assert_int_eq(results->pairs[back].reverse, JUDGE_FAILED);
    ck_assert_int_eq(results->pairs[one].fdr, JUDGE_PASSED);
    ck_assert_int_eq(results->pairs[two].fdr, JUDGE_FAILED);
    study_fixture_near(results->pairs[one].q, 2 * results->pairs[one].analysis->main.p, 1e-12);
    results_destroy(results);
    study_destroy(study);
}
END_TEST

START_TEST(a_pair_without_variants_is_kept)
{
    put_small_study();
    put("y.tsv", SMALL_HEAD "rs1\tA\tG\t.3\t.05\t.01\t5e-7\t100\n");
    put("study.conf", SMALL_STUDY("", "  all_instruments = true\n"));
    struct study *study = load_folder();
    ck_assert(study->has_direction[FORWARD] && !study->has_direction[REVERSE]);
    ck_assert_uint_eq(study->pair_count, 2);
    ck_assert_uint_eq(study->pairs[1]->count, 0);
    const struct method *methods[] = {methods_find("ivw")};
    struct results *results = study_fixture_run(study, methods, 1, 10, NULL);
    ck_assert(isnan(results->pairs[1].q));
    ck_assert_int_eq(results->pairs[1].fdr, JUDGE_CANNOT);
    ck_assert_uint_eq(results->pairs[1].same_set, 0);
    results_destroy(results);
    study_destroy(study);
}
END_TEST

START_TEST(keys_are_checked)
{
    put_small_study();
    refuse("title = \"a\"\ncolour = \"red\"\n", 2, "colour");
    refuse("title = \"a\"\n\ntitle = \"b\"\n", 3, "only once");
    refuse("directions = {\"forward\"}\ndirections = {\"reverse\"}\n", 2, "only once");
    refuse("directions = {\"forward\"}\n# so\n\ndirections += {\"reverse\"}\n", 4, "only once");
    refuse("directions = forward\n/* and\n so */ directions = reverse\n", 3, "only once");
    refuse("# one\n// two '\ntitle = \"#\" # three\ncolour = 2\n", 4, "colour");
    refuse("directions = {\"sideways\"}\n", 1, "forward");
    refuse("action = 4\n", 1, "1, 2 or 3");
    refuse("seed = -1\n", 1, "whole number");
    refuse("simulated = maybe\n", 1, "true or false");
    refuse("exposure \"a\" {\n  unit = \"kg\"\n}\n", 2, "log-odds");
    refuse("exposure \"a\" {\n  unit = \"sd\"\n  unit = \"sd\"\n}\n", 3, "only once");
    refuse("exposure \"a\" {\n  colour = 1\n}\n", 2, "unknown key");
    refuse("exposure \"a\" {\n}\nexposure \"a\" {\n}\n", 3, "two sections called 'a'");
    refuse("exposure \"a\" {\n  p_threshold = 2\n}\n", 2, "above 0");
    refuse("exposure \"a\" {\n  n = many\n}\n", 2, "number above 0");
    refuse("exposure \"a\" {\n  instruments = \"\"\n}\n", 2, "between the quotes");
    refuse("exposure \"a\" {\n  instruments = \"a\033[2J\"\n}\n", 2, "control characters");
    refuse("exposure \"a\" {\n", 0, "end of the file");
    refuse("title = \"a\n", 0, "end of the file");
    refuse("/* a comment", 0, "end of the file");
    refuse("title \"a\"\n", 1, "mistake");
    refuse("end-of-study-file = 1\n", 3, "leave this key out");
    refuse("\" state\" = 1\n", 1, "leave this key out");
    refuse("", 0, "exposure");
    refuse("exposure \"a\" {\n}\n", 0, "no section outcome");
}
END_TEST

START_TEST(sections_are_checked)
{
    put_small_study();
    refuse(SMALL_STUDY("", ""), 0, "p_threshold = 1e-5");
    refuse(SMALL_STUDY("", "all_instruments = true\np_threshold = 1e-5\n"), 0, "keep one");
    refuse(SMALL_STUDY("", "all_instruments = true\nn = 5\ncases = 5\n"), 0, "cases");
    refuse("exposure \"a\" {\n}\noutcome \"b\" {\n}\n", 0, "no instruments");
    refuse("directions = {\"reverse\"}\nexposure \"a\" {\n}\noutcome \"b\" {\n}\n", 0,
           "no associations");
    refuse(SMALL_STUDY("", "p_threshold = 1e-5\n") "exposure \"more\" {\n"
                                                   "  instruments = \"x.tsv\"\n"
                                                   "  p_threshold = 1e-5\n}\n",
           0, "two sections");
    put("y.tsv", "trait\t" SMALL_HEAD "a\trs1\tA\tG\t.3\t.05\t.01\t5e-7\t100\n"
                 "b\trs1\tA\tG\t.3\t.05\t.01\t5e-7\t100\n");
    refuse(SMALL_STUDY("", "p_threshold = 1e-5\n"), 0, "section of its own");
}
END_TEST

START_TEST(files_are_checked)
{
    refuse_path("/nowhere/at/all", 0, "/nowhere/at/all");
    refuse_path(folder, 0, "study.conf");
    put_small_study();
    put("study.conf", SMALL_STUDY("", "all_instruments = true\n"));
    put("taxa.tsv", "taxon\trank\nfirst\tphylum\nfirst\tphylum\n");
    refuse_path(folder, 3, "second time");
    put("taxa.tsv", "taxon\trank\nfirst\ttribe\n");
    refuse_path(folder, 2, "tribe");
    put("taxa.tsv", "taxon\trank\tn\nfirst\tgenus\t1,5\n");
    refuse_path(folder, 2, "1,5");
    put("taxa.tsv", "name\trank\nfirst\ttribe\n");
    refuse_path(folder, 1, "taxon");
    put("taxa.tsv", SMALL_TAXA);
    char *path = write_file("x.tsv", "");
    ck_assert_int_eq(unlink(path), 0);
    memory_free(path);
    refuse_path(folder, 0, "x.tsv");
}
END_TEST

START_TEST(a_table_of_many_pairs)
{
    char *path = write_file("pairs.tsv",
                            "exposure\toutcome\tdirection\tSNP\tbeta.exposure\tse.exposure\t"
                            "beta.outcome\tse.outcome\tmr_keep\n"
                            "ill\tone\treverse\trs7\t.2\t.01\t.1\t.01\tTRUE\n"
                            "one\till\tforward\trs1\t.1\t.01\t.05\t.01\tTRUE\n"
                            "two\till\tforward\trs1\t.1\t.01\t.05\t.01\tTRUE\n"
                            "one\till\tforward\trs2\t.1\t.01\t.05\t.01\tFALSE\n");
    struct gwas_options options = {0};
    struct error error = {0};
    struct study *study;
    ck_assert(study_load_harmonised(path, &options, &study, &error));
    ck_assert_str_eq(study->title, "pairs");
    ck_assert_uint_eq(study->pair_count, 3);
    ck_assert_str_eq(study->pairs[0]->exposure->key, "one");
    ck_assert_uint_eq(study->pairs[0]->row_count, 2);
    ck_assert_uint_eq(study->pairs[0]->count, 1);
    ck_assert_int_eq(study->pairs[2]->direction, REVERSE);
    ck_assert_uint_eq(study->exposure_count, 2);
    ck_assert_uint_eq(study->outcome_count, 1);
    ck_assert(study->has_direction[REVERSE]);
    study_destroy(study);
    memory_free(path);
}
END_TEST

START_TEST(a_table_with_a_wrong_direction)
{
    char *path = write_file("pairs.tsv", "direction\tSNP\tbx\tsx\tby\tsy\n"
                                         "forward\trs7\t.2\t.01\t.1\t.01\n"
                                         "upward\trs8\t.2\t.01\t.1\t.01\n");
    struct gwas_options options = {0};
    struct error error = {0};
    struct study *study;
    ck_assert(!study_load_harmonised(path, &options, &study, &error));
    ck_assert_int_eq(error.line, 3);
    ck_assert_str_eq(error.column, "direction");
    error_clear(&error);
    memory_free(path);
}
END_TEST

START_TEST(two_files_are_one_pair)
{
    put_small_study();
    char *x = write_file("first.tsv", SMALL_HEAD "rs1\tA\tG\t.3\t.1\t.01\t1e-20\t100\n"
                                                 "rs2\tA\tG\t.3\t.1\t.02\t5e-7\t100\n"
                                                 "rs6\tA\tG\t.3\t.1\t.02\t5e-7\t100\n");
    char *y = write_file("second.csv", "SNP,effect_allele,other_allele,eaf,beta,se\n"
                                       "rs2,G,A,.7,-.05,.01\nrs1,A,G,.3,.05,.01\n");
    struct gwas_options options = {0};
    struct error error = {0};
    struct study *study;
    ck_assert(study_load_two_files(x, y, ACTION_INFER, &options, &study, &error));
    ck_assert_uint_eq(study->pair_count, 1);
    ck_assert_str_eq(study->pairs[0]->exposure->key, "first");
    ck_assert_str_eq(study->pairs[0]->outcome->key, "second");
    ck_assert_uint_eq(study->pairs[0]->row_count, 3);
    ck_assert_uint_eq(study->pairs[0]->count, 2);
    ck_assert_double_eq(study->pairs[0]->by[1], .05);
    study_destroy(study);
    memory_free(x);
    memory_free(y);
}
END_TEST

/* Of an outcome the exposures' variants are read, whatever their case; an outcome without any
 * is an outcome still, and one file may hold several. */
START_TEST(of_an_outcome_the_exposures_variants_are_read)
{
    static const char *const outcomes[] = {
        "SNP\teffect_allele\tother_allele\tbeta\tse\nRS1\tA\tG\t.2\t.1\nrs8\tA\tG\t.2\t.1\n",
        "SNP\teffect_allele\tother_allele\tbeta\tse\nrs7\tA\tG\t.2\t.1\nrs8\tA\tG\t.2\t.1\n",
        "trait\tSNP\teffect_allele\tother_allele\tbeta\tse\none\trs1\tA\tG\t.2\t.1\n"
        "two\trs8\tA\tG\t.2\t.1\n"};
    static const size_t pairs[] = {1, 1, 2}, kept[] = {1, 0, 1}, read[] = {1, 0, 1};
    char *x = write_file("first.tsv", SMALL_HEAD "rs1\tA\tG\t.3\t.1\t.01\t1e-20\t100\n");
    struct gwas_options options = {0};
    for (size_t i = 0; i < 3; i++) {
        struct error error = {0};
        struct study *study;
        char *y = write_file("second.tsv", outcomes[i]);
        ck_assert(study_load_two_files(x, y, ACTION_FORWARD, &options, &study, &error));
        ck_assert_uint_eq(study->pair_count, pairs[i]);
        ck_assert_uint_eq(study->pairs[0]->row_count, 1);
        ck_assert_uint_eq(study->pairs[0]->count, kept[i]);
        ck_assert_uint_eq(study->outcomes[0]->count, read[i]);
        study_destroy(study);
        memory_free(y);
    }
    memory_free(x);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("study_files");
    TCase *cases = tcase_create("study_files");
    SRunner *runner;
    int failed;

    tcase_set_timeout(cases, 60);
    tcase_add_checked_fixture(cases, make_folder, remove_folder);
    tcase_add_test(cases, a_small_study_is_judged);
    tcase_add_test(cases, a_pair_without_variants_is_kept);
    tcase_add_test(cases, keys_are_checked);
    tcase_add_test(cases, sections_are_checked);
    tcase_add_test(cases, files_are_checked);
    tcase_add_test(cases, a_table_of_many_pairs);
    tcase_add_test(cases, a_table_with_a_wrong_direction);
    tcase_add_test(cases, two_files_are_one_pair);
    tcase_add_test(cases, of_an_outcome_the_exposures_variants_are_read);
    suite_add_tcase(suite, cases);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
