/*
 * The verdict: its rules as data/verdict.tsv has them, each by itself on studies made so that
 * it alone fails, and the words that a grade may use. Thresholds side by side.
 */
#include "golden.h"
#include "numeric/random.h"
#include "numeric/start.h"
#include "report/table.h"
#include "study/verdict.h"
#include "study_fixture.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char *rules_text(void)
{
    const char *folder = getenv("srcdir");
    char path[400], *text = NULL;
    size_t room = 0;
    snprintf(path, sizeof path, "%s/data/verdict.tsv", folder == NULL ? "." : folder);
    FILE *file = fopen(path, "r");
    ck_assert_ptr_nonnull(file);
    ck_assert(getdelim(&text, &room, '\0', file) > 0);
    fclose(file);
    return text;
}

START_TEST(the_rules_are_those_of_the_file)
{
    char *text = rules_text();
    struct verdict_rules built_in = verdict_rules(), read;
    ck_assert(verdict_rules_parse(text, &read));
    for (enum verdict_rule rule = RULE_NOMINAL; rule < VERDICT_RULES; rule++) {
        ck_assert(built_in.threshold[rule] == read.threshold[rule]);
        ck_assert_str_eq(built_in.grades[rule], read.grades[rule]);
        ck_assert_ptr_nonnull(strstr(text, verdict_rule_text(rule)->key));
    }
    ck_assert_str_eq(read.grades[RULE_NOMINAL], "ABCD");
    ck_assert_str_eq(read.grades[RULE_POWER], "");
    ck_assert(read.threshold[RULE_METHODS] == .75);
    free(text);
}
END_TEST

/* Replaces the first `from` of the rules' text, and expects the parser to refuse it. */
static void refuse(const char *from, const char *to)
{
    char *text = rules_text(), *at = strstr(text, from);
    struct text changed = {0};
    struct verdict_rules rules;
    ck_assert_ptr_nonnull(at);
    text_add_bytes(&changed, text, (size_t)(at - text));
    text_addf(&changed, "%s%s", to, at + strlen(from));
    ck_assert_msg(!verdict_rules_parse(changed.bytes, &rules), "%s instead of %s", to, from);
    text_drop(&changed);
    free(text);
}

START_TEST(other_tables_are_no_rules)
{
    struct verdict_rules rules;
    ck_assert(!verdict_rules_parse("", &rules));
    ck_assert(!verdict_rules_parse("rule\tthreshold\tgrades\n", &rules));
    refuse("fdr\t", "nominal\t");
    refuse("fdr\t", "luck\t");
    refuse("fdr\t0.05", "fdr\tsmall");
    refuse("\tABC\t", "\tACE\t");
    refuse("0.05\tABC\t", "0.05 ABC ");
}
END_TEST

/* How a made study differs from one without a fault. */
struct fault {
    const char *name;
    double effect, scatter; /* true effect; pleiotropy in units of sy */
    double one;             /* pleiotropy of the first variant, in units of sy */
    double directional;     /* of all, in units of sy */
    double exposure_z;      /* of the instruments */
    double n_outcome;
    double reverse; /* true effect of the other direction */
    double second;  /* true effect in the second cohort; NaN: no such cohort */
    size_t variants;
    bool is_same_outcome; /* the second cohort of the exposure has no outcome of its own */
    enum trait_unit unit; /* of every trait */
};

static const struct fault sound = {"sound", .3, 0, 0, 0, 12, 2e5, 0, .3, 12, false, UNIT_SD};

static void write_pair(FILE *file, const struct fault *fault, const char *names,
                       const char *prefix, double effect, double z, bool is_reverse)
{
    struct random_stream stream = random_stream_of(11, names, prefix, "verdict");
    double sx = .01, sy = is_reverse ? .02 : .012;
    for (size_t j = 0; j < fault->variants; j++) {
        double x = z * sx * (1 + .06 * (double)j);
        double noise = .4 * random_normal(&stream);
        double y = effect * x + sy * (noise + fault->scatter * (j % 2 == 0 ? 1 : -1));
        y += sy * (fault->directional + (j == 0 ? fault->one : 0));
        double t = x / sx;
        fprintf(file, "%s %s%zu A G %.6f %.6f %.3e 20000 %.6f %.6f NA %.0f\n", names, prefix, j,
                x, sx, erfc(t / sqrt(2)) + 1e-300, y, sy, fault->n_outcome);
    }
}

static struct study *made(const struct fault *fault)
{
    char path[] = "/tmp/test_verdict.XXXXXX";
    FILE *file = fdopen(mkstemp(path), "w");
    fputs(
        "exposure outcome direction cohort.exposure cohort.outcome SNP effect_allele "
        "other_allele beta.exposure se.exposure pval.exposure samplesize.exposure beta.outcome "
        "se.outcome pval.outcome samplesize.outcome\n",
        file);
    struct fault plain = sound;
    plain.variants = fault->variants;
    write_pair(file, fault, "Dorea insomnia forward A U", "rs1", fault->effect,
               fault->exposure_z, false);
    if (!isnan(fault->second)) {
        write_pair(file, &plain,
                   fault->is_same_outcome ? "Dorea insomnia forward B U"
                                          : "Dorea insomnia forward B V",
                   fault->is_same_outcome ? "rs1" : "rs2", fault->second, 12, false);
    }
    write_pair(file, &plain, "insomnia Dorea reverse U A", "rs3", fault->reverse, 12, true);
    fclose(file);
    struct gwas_options reading = {0};
    struct error error = {0};
    struct study *study;
    bool is_loaded = study_load_harmonised(path, &reading, &study, &error);
    ck_assert_msg(is_loaded, "%s", is_loaded ? "" : error_message(&error));
    unlink(path);
    for (size_t i = 0; i < study->pair_count; i++) {
        *(enum trait_unit *)&study->pairs[i]->exposure->unit = fault->unit;
        *(enum trait_unit *)&study->pairs[i]->outcome->unit = fault->unit;
    }
    return study;
}

static struct results *run(const struct study *study, bool with_methods)
{
    static const char *const keys[] = {"ivw", "egger", "weighted_median", "simple_mode",
                                       "weighted_mode"};
    const struct method *methods[5];
    for (size_t i = 0; i < 5; i++) {
        methods[i] = methods_find(keys[i]);
    }
    return study_fixture_run(study, methods, with_methods ? 5 : 0, 200, NULL);
}

/* The verdict of the first pair of a made study. */
static struct verdict judge(const struct fault *fault)
{
    struct study *study = made(fault);
    struct results *results = run(study, true);
    struct arena *arena = arena_create();
    struct verdict verdict = verdict_of(results, 0, arena);
    struct verdicts all = verdicts_begin(results);
    for (size_t i = 0; i < study->pair_count; i++) {
        struct verdict alone = verdict_of(results, i, arena), among = verdicts_at(&all, i);
        ck_assert_int_eq(alone.grade, among.grade);
        ck_assert_ptr_eq(alone.words, among.words);
    }
    verdicts_end(&all);
    arena_destroy(arena);
    results_destroy(results);
    study_destroy(study);
    return verdict;
}

static void failed(const struct fault *fault, enum verdict_rule rule, enum judgement judged,
                   char grade)
{
    struct verdict verdict = judge(fault);
    const struct ruling *ruling = &verdict.rulings[rule];
    ck_assert_msg(ruling->judged == judged, "%s: %s is %d at %g", fault->name,
                  verdict_rule_text(rule)->key, (int)ruling->judged, ruling->value);
    ck_assert_msg(verdict.grade == grade, "%s: %c", fault->name, verdict.grade);
    ck_assert((strstr(verdict.words, "causal") != NULL) == (grade == 'A'));
}

START_TEST(a_sound_study_has_an_a)
{
    struct verdict verdict = judge(&sound);
    for (enum verdict_rule rule = RULE_NOMINAL; rule < RULE_POWER; rule++) {
        ck_assert_msg(verdict.rulings[rule].judged == JUDGE_PASSED, "%s is %d at %g",
                      verdict_rule_text(rule)->key, (int)verdict.rulings[rule].judged,
                      verdict.rulings[rule].value);
    }
    ck_assert_int_eq(verdict.grade, 'A');
    ck_assert_ptr_nonnull(strstr(verdict.words, "causal"));
}
END_TEST

START_TEST(each_fault_costs_its_grade)
{
    struct fault fault = sound;
    fault.name = "not replicated";
    fault.second = -.3;
    failed(&fault, RULE_REPLICATED, JUDGE_FAILED, 'B');
    fault.name = "no second cohort";
    fault.second = NAN;
    failed(&fault, RULE_REPLICATED, JUDGE_CANNOT, 'B');
    fault = sound;
    fault.name = "the same outcome data again";
    fault.is_same_outcome = true;
    failed(&fault, RULE_REPLICATED, JUDGE_CANNOT, 'B');
    fault = sound;
    fault.name = "reverse";
    fault.reverse = .5;
    failed(&fault, RULE_REVERSE, JUDGE_FAILED, 'B');
    fault = sound;
    fault.name = "not genome-wide";
    fault.exposure_z = 4;
    fault.variants = 4;
    fault.effect = 1.2;
    failed(&fault, RULE_GENOME_WIDE, JUDGE_FAILED, 'C');
    fault = sound;
    fault.name = "heterogeneous";
    fault.scatter = 2;
    fault.effect = .6;
    failed(&fault, RULE_HETEROGENEITY, JUDGE_FAILED, 'C');
    fault = sound;
    fault.name = "two variants";
    fault.variants = 2;
    failed(&fault, RULE_VARIANTS, JUDGE_FAILED, 'D');
    fault = sound;
    fault.name = "one carries it";
    fault.effect = .04;
    fault.one = 8;
    struct verdict verdict = judge(&fault);
    ck_assert_int_eq(verdict.rulings[RULE_OUTLIERS].judged, JUDGE_FAILED);
    ck_assert(verdict.grade >= 'D');
}
END_TEST

START_TEST(nulls_are_told_apart)
{
    struct fault fault = sound;
    fault.name = "informative";
    fault.effect = 0;
    fault.n_outcome = 2e6;
    failed(&fault, RULE_POWER, JUDGE_PASSED, 'E');
    ck_assert_ptr_nonnull(strstr(judge(&fault).words, "informative"));
    ck_assert_ptr_null(strstr(judge(&fault).words, "uninformative"));
    struct fault wide = fault;
    wide.name = "wide";
    wide.effect = .06;
    wide.scatter = 7;
    failed(&wide, RULE_POWER, JUDGE_FAILED, 'E');
    ck_assert_ptr_nonnull(strstr(judge(&wide).words, "not excluded"));
    struct fault bare = fault;
    bare.name = "no units";
    bare.unit = UNIT_UNKNOWN;
    failed(&bare, RULE_POWER, JUDGE_CANNOT, 'E');
    ck_assert_ptr_nonnull(strstr(judge(&bare).words, "unknown power"));
    fault.n_outcome = 500;
    failed(&fault, RULE_POWER, JUDGE_FAILED, 'E');
    ck_assert_ptr_nonnull(strstr(judge(&fault).words, "uninformative"));
}
END_TEST

/* Without the methods it cannot be known; nor before all is done. */
START_TEST(what_was_not_run_has_no_grade)
{
    struct study *study = made(&sound);
    struct results *results = run(study, false);
    struct arena *arena = arena_create();
    struct verdict verdict = verdict_of(results, 0, arena);
    ck_assert_int_eq(verdict.rulings[RULE_METHODS].judged, JUDGE_CANNOT);
    ck_assert_int_eq(verdict.grade, 'D');
    ck_assert_ptr_nonnull(strstr(verdict.words, "too few other methods"));
    results->pairs[0].is_preview = true;
    ck_assert_int_eq(verdict_of(results, 0, arena).grade, '-');
    results->pairs[0].is_preview = false;
    results->pairs[0].analysis = NULL;
    ck_assert_int_eq(verdict_of(results, 0, arena).grade, '-');
    arena_destroy(arena);
    results_destroy(results);
    study_destroy(study);
}
END_TEST

/* Grades follow from rulings and table alone; no word above the grade. */
START_TEST(grades_of_the_bundled_study)
{
    struct study *study = study_fixture_load("gut-insomnia");
    struct results *results = run(study, true);
    struct verdicts all = verdicts_begin(results);
    const struct verdict_rules rules = verdict_rules();
    for (size_t i = 0; i < study->pair_count; i++) {
        const struct verdict verdict = verdicts_at(&all, i);
        char best = 'A';
        for (enum verdict_rule rule = RULE_NOMINAL; rule < VERDICT_RULES; rule++) {
            size_t needed = strlen(rules.grades[rule]);
            char cost = (char)('A' + (char)needed);
            best = verdict.rulings[rule].judged != JUDGE_PASSED && cost > best ? cost : best;
        }
        ck_assert_int_eq(verdict.grade, best);
        double p = results->pairs[i].analysis->main.p;
        ck_assert((p < .05) == (verdict.grade < 'E'));
        ck_assert(verdict.grade == 'A' || strstr(verdict.words, "causal") == NULL);
    }
    struct text text = {0};
    table_print(tables_find("verdict"), results, TABLE_TSV, &text);
    size_t lines = 0;
    for (const char *at = text.bytes; *at != '\0'; at++) {
        lines += *at == '\n';
    }
    ck_assert_uint_eq(lines, 1 + 397 * VERDICT_RULES);
    text_drop(&text);
    verdicts_end(&all);
    results_destroy(results);
    study_destroy(study);
}
END_TEST

/* The cell of a line and column, both from 0. */
static double number_at(const char *table, size_t line, size_t column)
{
    for (; line > 0; line--) {
        table = strchr(table, '\n') + 1;
    }
    for (; column > 0; column--) {
        table = strchr(table, '\t') + 1;
    }
    return strncmp(table, "NA", 2) == 0 ? NAN : strtod(table, NULL);
}

START_TEST(thresholds_side_by_side)
{
    struct study *study = study_fixture_load("gut-insomnia");
    struct results *results = study_fixture_run(study, NULL, 0, 10, NULL);
    struct text text = {0};
    table_print(tables_find("thresholds"), results, TABLE_TSV, &text);
    static const double limits[] = {5e-8, 1e-6, 1e-5, INFINITY};
    for (size_t i = 0; i < 60; i++) {
        const struct pair *pair = study->pairs[i];
        for (size_t t = 0; t < 4; t++) {
            size_t line = 1 + 4 * i + t;
            double count = 0, xy = 0, xx = 0;
            for (size_t j = 0; j < pair->count; j++) {
                if (pair->rows[pair->row[j]].x.p < limits[t]) {
                    double w = 1 / (pair->sy[j] * pair->sy[j]);
                    count++;
                    xy += w * pair->bx[j] * pair->by[j];
                    xx += w * pair->bx[j] * pair->bx[j];
                }
            }
            ck_assert(number_at(text.bytes, line, 4) == count);
            golden_close("b", number_at(text.bytes, line, 6), count > 0 ? xy / xx : NAN, 1e-12);
        }
        ck_assert(number_at(text.bytes, 4 + 4 * i, 8) == results->pairs[i].analysis->main.p);
    }
    text_drop(&text);
    results_destroy(results);
    study_destroy(study);
}
END_TEST

/* Two cohorts' taxa with the same variants in the same outcome data have one estimate twice. */
START_TEST(one_finding_is_not_put_together)
{
    struct fault fault = sound;
    fault.is_same_outcome = true;
    struct study *study = made(&fault);
    struct results *results = run(study, false);
    struct text text = {0};
    table_print(tables_find("meta"), results, TABLE_TSV, &text);
    ck_assert_ptr_nonnull(strstr(text.bytes, "refused"));
    ck_assert_ptr_nonnull(strstr(text.bytes, "one finding, with nothing to put together"));
    text_drop(&text);
    results_destroy(results);
    study_destroy(study);
}
END_TEST

int main(void)
{
    const struct golden_test tests[] = {
        {one_finding_is_not_put_together, 1}, {the_rules_are_those_of_the_file, 1},
        {other_tables_are_no_rules, 1},       {a_sound_study_has_an_a, 1},
        {each_fault_costs_its_grade, 1},      {nulls_are_told_apart, 1},
        {what_was_not_run_has_no_grade, 1},   {grades_of_the_bundled_study, 1},
        {thresholds_side_by_side, 1},
    };

    numeric_start();
    return golden_run_each("verdict", tests, sizeof tests / sizeof tests[0]);
}
