/* The room src/study: study files, pairs, ledger, results over the whole study. */
#include "base/map.h"
#include "base/memory.h"
#include "base/text.h"
#include "study/results.h"
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* --- help ------------------------------------------------------------------------------ */

static char *data_path(const char *file)
{
    const char *folder = getenv("srcdir");
    struct text path = {0};
    text_addf(&path, "%s/data/%s", folder == NULL ? "." : folder, file);
    return text_take(&path);
}

static struct study *load_data(const char *name)
{
    char *path = data_path(name);
    struct gwas_options options = {0};
    struct error error = {0};
    struct study *study = NULL;
    bool is_loaded = study_load(path, &options, &study, &error);
    char *message = is_loaded ? NULL : error_message(&error);
    ck_assert_msg(is_loaded, "%s", message);
    memory_free(path);
    return study;
}

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

static struct results *run(const struct study *study, const struct method *const *methods,
                           size_t count, size_t boot, struct job_pool *pool)
{
    struct results_options options = {
        .methods = methods, .method_count = count, .settings = estimate_default_settings()};
    options.settings.seed = study->seed;
    options.settings.boot = boot;
    struct results *results = results_finish(results_start(study, &options, pool));
    ck_assert_ptr_nonnull(results);
    return results;
}

static const struct estimate *estimate_of(const struct analysis *analysis, const char *key)
{
    for (size_t i = 0; i < analysis->estimate_count; i++) {
        if (strcmp(analysis->estimates[i].method->key, key) == 0) {
            return &analysis->estimates[i];
        }
    }
    ck_abort_msg("no %s", key);
    return NULL;
}

static void near(double got, double wanted, double relative)
{
    ck_assert_msg(fabs(got - wanted) <= relative * fabs(wanted), "%.12g, not %.12g", got,
                  wanted);
}

/* --- bundled studies ---------------------------------------------------------------------- */

START_TEST(known_answers_of_insomnia_on_alzheimer)
{
    struct study *study = load_data("insomnia-alzheimer");
    ck_assert_uint_eq(study->pair_count, 1);
    ck_assert(!study->is_simulated);
    const struct pair *pair = study->pairs[0];
    ck_assert_uint_eq(pair->row_count, 95);
    ck_assert_uint_eq(pair->count, 94);
    ck_assert_str_eq(pair->exposure->key, "insomnia");
    ck_assert_str_eq(pair->outcome->name, "Alzheimer's disease");
    ck_assert_int_eq(pair->outcome->unit, UNIT_LOG_ODDS);
    size_t counts[REASONS];
    ledger_count(&study->ledger, counts);
    ck_assert_uint_eq(counts[REASON_KEPT], 94);
    ck_assert_uint_eq(counts[REASON_NOT_KEPT], 1);
    const struct method *methods[] = {methods_find("ivw_fe"), methods_find("egger")};
    struct results *results = run(study, methods, 2, 10, NULL);
    const struct analysis *analysis = results->pairs[0].analysis;
    near(estimate_of(analysis, "ivw_fe")->b, -0.00312374387, 1e-8);
    near(estimate_of(analysis, "ivw_fe")->se, 0.06539138804, 1e-9);
    near(estimate_of(analysis, "egger")->b, -0.37096400919, 1e-10);
    near(analysis->egger.intercept, 0.01171375198, 1e-9);
    near(analysis->egger.intercept_se, 0.00769849495, 1e-9);
    near(analysis->heterogeneity.q, 99.0755826099, 1e-11);
    ck_assert_double_eq(analysis->heterogeneity.df, 93);
    near(analysis->heterogeneity_egger.q, 96.6435716105, 1e-11);
    ck_assert_double_eq(analysis->heterogeneity_egger.df, 92);
    near(results->pairs[0].q, analysis->main.p, 1e-15); /* one test needs no correction */
    ck_assert_int_eq(results->pairs[0].reverse, JUDGE_CANNOT);
    results_destroy(results);
    study_destroy(study);
}
END_TEST

START_TEST(learning_sets_load)
{
    struct study *study = load_data("lipid-chd");
    ck_assert_uint_eq(study->pairs[0]->count, 28);
    ck_assert_str_eq(study->outcomes[0]->name, "Coronary heart disease");
    study_destroy(study);
    study = load_data("bmi-chd/study.conf"); /* the file itself will do */
    ck_assert_uint_eq(study->pairs[0]->count, 79);
    ck_assert_double_eq(study->exposures[0]->associations == NULL ? 1 : 0, 1);
    study_destroy(study);
}
END_TEST

static size_t pairs_of(const struct study *study, enum direction direction, size_t rows)
{
    size_t count = 0;
    for (size_t i = 0; i < study->pair_count; i++) {
        const struct pair *pair = study->pairs[i];
        count += pair->direction == direction && (rows == 0 || pair->row_count == rows);
    }
    return count;
}

START_TEST(gut_study_has_its_taxa)
{
    struct study *study = load_data("gut-insomnia");
    ck_assert(study->is_simulated);
    ck_assert_ptr_nonnull(strstr(study->title, "simulated outcome"));
    ck_assert_ptr_nonnull(study->truth);
    ck_assert_uint_eq(study->exposure_count, 211);
    ck_assert_uint_eq(study->outcome_count, 1);
    ck_assert(study->outcomes[0]->is_simulated);
    ck_assert(!study->exposures[0]->is_simulated);
    ck_assert_double_eq(study->outcomes[0]->n, 386533);
    ck_assert_double_eq(study->outcomes[0]->cases, 109402);
    const struct trait *first = study->exposures[0];
    ck_assert_str_eq(first->key, "phylum.Actinobacteria.id.400");
    ck_assert_str_eq(first->name, "Actinobacteria");
    ck_assert_int_eq(first->rank, RANK_PHYLUM);
    ck_assert_str_eq(first->lineage[RANK_KINGDOM], "Bacteria");
    ck_assert_ptr_null(first->lineage[RANK_CLASS]);
    ck_assert_double_eq(first->n, 14306);
    ck_assert_uint_eq(study->warnings.count, 0);
    study_destroy(study);
}
END_TEST

START_TEST(gut_study_has_its_pairs)
{
    struct study *study = load_data("gut-insomnia");
    ck_assert_uint_eq(pairs_of(study, FORWARD, 0), 186);
    ck_assert_uint_eq(pairs_of(study, FORWARD, 1), 39);
    ck_assert_uint_eq(pairs_of(study, FORWARD, 2), 51);
    ck_assert_uint_eq(pairs_of(study, FORWARD, 8), 2);
    ck_assert_uint_eq(pairs_of(study, REVERSE, 0), 211);
    ck_assert_uint_eq(pairs_of(study, REVERSE, 95), 211);
    struct map *variants = map_create();
    size_t associations = 0;
    for (size_t i = 0; i < 186; i++) {
        const struct pair *pair = study->pairs[i];
        ck_assert_int_eq(pair->direction, FORWARD); /* forward first */
        associations += pair->row_count;
        for (size_t j = 0; j < pair->row_count; j++) {
            map_set(variants, pair->rows[j].x.variant, 1);
            ck_assert_ptr_nonnull(pair->rows[j].y_read);
        }
    }
    ck_assert_uint_eq(associations, 516);
    ck_assert_uint_eq(map_count(variants), 383);
    map_destroy(variants);
    size_t index;
    const struct pair *reverse =
        study_find_pair(study, "insomnia", "phylum.Actinobacteria.id.400", REVERSE, &index);
    ck_assert_ptr_nonnull(reverse);
    ck_assert_ptr_eq(study->pairs[index], reverse);
    ck_assert_str_eq(study_taxon(reverse)->name, "Actinobacteria");
    ck_assert_str_eq(study_disease(reverse)->key, "insomnia");
    ck_assert(study_taxon(reverse)->is_simulated);
    ck_assert(!study_disease(reverse)->is_simulated);
    study_destroy(study);
}
END_TEST

START_TEST(ledger_has_every_variant_once)
{
    struct study *study = load_data("gut-insomnia");
    ck_assert_uint_eq(study->ledger.count, 516 + 211 * 95);
    size_t counts[REASONS], kept = 0, sum = 0;
    ledger_count(&study->ledger, counts);
    for (size_t i = 0; i < REASONS; i++) {
        sum += counts[i];
    }
    for (size_t i = 0; i < study->pair_count; i++) {
        kept += study->pairs[i]->count;
    }
    ck_assert_uint_eq(sum, study->ledger.count);
    ck_assert_uint_eq(counts[REASON_KEPT], kept);
    ck_assert_uint_eq(counts[REASON_KEPT] + counts[REASON_AMBIGUOUS], sum);
    ck_assert_uint_gt(counts[REASON_AMBIGUOUS], 0);
    study_destroy(study);
}
END_TEST

/* --- results -------------------------------------------------------------------------------
 */

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
    struct study *study = load_data("gut-insomnia");
    size_t count;
    const struct method *const *methods = methods_all(&count);
    struct results *plain = run(study, methods, count, 20, NULL);
    static const size_t threads[] = {1, 2, 7};
    for (size_t i = 0; i < 3; i++) {
        struct job_pool *pool = job_pool_create(threads[i]);
        struct results *results = run(study, methods, count, 20, pool);
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
    struct study *study = load_data("gut-insomnia");
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
    struct study *study = load_data("gut-insomnia");
    const struct method *methods[] = {methods_find("ivw"), methods_find("weighted_median")};
    struct results *full = run(study, methods, 2, 50, NULL);
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
    struct study *study = load_data("gut-insomnia");
    const struct method *methods[] = {methods_find("ivw")};
    struct results *results = run(study, methods, 1, 10, NULL);
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
    near(count.expected, .05 * (double)usable, 1e-12);
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
            near(q[i], wanted[i], 1e-14);
        }
    }
    static const double even[] = {.05, .01, .04, .02, .03};
    results_adjust(even, 5, q);
    for (size_t i = 0; i < 5; i++) {
        near(q[i], .05, 1e-14);
    }
    static const double large[] = {.9, .95};
    results_adjust(large, 2, q);
    near(q[0], .95, 1e-14);
    results_adjust(p, 0, q);
}
END_TEST

/* --- a small study of our own ----------------------------------------------------------------
 */

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
    struct results *results = run(study, methods, 1, 10, NULL);
    size_t one, two, back;
    study_find_pair(study, "one", "ill", FORWARD, &one);
    study_find_pair(study, "two", "ill", FORWARD, &two);
    study_find_pair(study, "ill", "one", REVERSE, &back);
    ck_assert_int_eq(results->pairs[one].reverse, JUDGE_FAILED);
    ck_assert_int_eq(results->pairs[two].reverse, JUDGE_PASSED);
    ck_assert_int_eq(results->pairs[back].reverse, JUDGE_FAILED);
    ck_assert_int_eq(results->pairs[one].fdr, JUDGE_PASSED);
    ck_assert_int_eq(results->pairs[two].fdr, JUDGE_FAILED);
    near(results->pairs[one].q, 2 * results->pairs[one].analysis->main.p, 1e-12);
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
    struct results *results = run(study, methods, 1, 10, NULL);
    ck_assert(isnan(results->pairs[1].q));
    ck_assert_int_eq(results->pairs[1].fdr, JUDGE_CANNOT);
    ck_assert_uint_eq(results->pairs[1].same_set, 0);
    results_destroy(results);
    study_destroy(study);
}
END_TEST

/* --- study files that are wrong
 * --------------------------------------------------------------- */

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

/* --- harmonised tables and two files
 * ---------------------------------------------------------- */

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

int main(void)
{
    TCase *bundled = tcase_create("bundled");
    tcase_set_timeout(bundled, 300);
    tcase_add_test(bundled, known_answers_of_insomnia_on_alzheimer);
    tcase_add_test(bundled, learning_sets_load);
    tcase_add_test(bundled, gut_study_has_its_taxa);
    tcase_add_test(bundled, gut_study_has_its_pairs);
    tcase_add_test(bundled, ledger_has_every_variant_once);
    tcase_add_test(bundled, threads_do_not_show);
    tcase_add_test(bundled, a_cancelled_job_gives_nothing);
    tcase_add_test(bundled, exclusions_change_only_pairs_that_hold_them);
    tcase_add_test(bundled, nested_taxa_share_their_sets);
    tcase_add_test(bundled, benjamini_hochberg);
    TCase *small = tcase_create("small");
    tcase_set_timeout(small, 60);
    tcase_add_checked_fixture(small, make_folder, remove_folder);
    tcase_add_test(small, a_small_study_is_judged);
    tcase_add_test(small, a_pair_without_variants_is_kept);
    tcase_add_test(small, keys_are_checked);
    tcase_add_test(small, sections_are_checked);
    tcase_add_test(small, files_are_checked);
    tcase_add_test(small, a_table_of_many_pairs);
    tcase_add_test(small, a_table_with_a_wrong_direction);
    tcase_add_test(small, two_files_are_one_pair);
    Suite *suite = suite_create("study");
    suite_add_tcase(suite, bundled);
    suite_add_tcase(suite, small);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
