/*
 * LD score regression: the program ldsc's answers on the made genome of data/overlap-simulated,
 * and what is refused.
 */
#include "base/memory.h"
#include "fixture.h"
#include "ldscore/effects.h"
#include "study/two_clumped.h"
#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Closed forms, but for decimals of the files and the order of sums. */
#define CLOSE 1e-9

/* The example, read. */
struct example {
    struct arena *arena;
    struct scores scores;
    struct effects sides[2];
    struct ldsc_data data;
    struct ldsc_fit fits[2], both;
};

static const char *path_of(struct arena *arena, const char *name)
{
    return arena_format(arena, "%s/data/overlap-simulated/%s",
                        getenv("srcdir") != NULL ? getenv("srcdir") : ".", name);
}

static struct example begin(void)
{
    struct example example = {.arena = arena_create()};
    const struct gwas_options options = {0};
    struct error error = {0};
    struct arena *arena = example.arena;

    ck_assert_msg(scores_read(path_of(arena, "ld-scores"), arena, &example.scores, &error) &&
                      effects_read(path_of(arena, "simulated-exposure.tsv.gz"), &options,
                                   &example.scores, arena, &example.sides[0], &error) &&
                      effects_read(path_of(arena, "simulated-outcome.tsv.gz"), &options,
                                   &example.scores, arena, &example.sides[1], &error) &&
                      effects_join(&example.scores, &example.sides[0], &example.sides[1], arena,
                                   &example.data, &error),
                  "%s", error_message(&error));
    for (int side = 0; side < 2; side++) {
        example.fits[side] = ldsc_heritability(&example.data, side, arena);
    }
    example.both = ldsc_covariance(&example.data, &example.fits[0], &example.fits[1], arena);
    return example;
}

static void end(struct example *example)
{
    scores_drop(&example->scores);
    arena_destroy(example->arena);
}

static void hold(const struct golden *golden, const char *name, const struct ldsc_fit *fit)
{
    const struct {
        const char *quantity;
        double got;
    } all[] = {{"total", fit->slope},
               {"total_se", fit->slope_se},
               {"intercept", fit->intercept},
               {"intercept_se", fit->intercept_se}};

    ck_assert_ptr_null(fit->failure);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        golden_close(all[i].quantity, all[i].got,
                     golden_find(golden, "ldsc", "RG", name, all[i].quantity)->value, CLOSE);
    }
}

START_TEST(ldsc_answers_the_same)
{
    struct example example = begin();
    struct golden golden = golden_results("ldscore", example.arena);
    struct ldsc_correlation rg =
        ldsc_correlation(&example.fits[0], &example.fits[1], &example.both);

    hold(&golden, "exposure", &example.fits[0]);
    hold(&golden, "outcome", &example.fits[1]);
    hold(&golden, "both", &example.both);
    for (int side = 0; side < 2; side++) {
        const char *name = side == 0 ? "exposure" : "outcome";

        golden_close("mean", example.fits[side].mean,
                     golden_find(&golden, NULL, NULL, name, "mean_chisq")->value, CLOSE);
        golden_close("lambda", example.fits[side].inflation,
                     golden_find(&golden, NULL, NULL, name, "lambda_gc")->value, CLOSE);
    }
    golden_close("rg", rg.r, golden_find(&golden, NULL, NULL, "both", "rg")->value, CLOSE);
    golden_close("rg_se", rg.se, golden_find(&golden, NULL, NULL, "both", "rg_se")->value,
                 CLOSE);
    ck_assert_uint_eq(example.data.count, 2554);
    end(&example);
}
END_TEST

/* A folder of files made for one test. */
static const char *made_folder(struct arena *arena)
{
    char *folder = arena_text(arena, "/tmp/taxamr-test-XXXXXX");

    ck_assert_ptr_nonnull(mkdtemp(folder));
    return folder;
}

/* The end of such a folder. */
static void remove_folder(const char *folder)
{
    DIR *listing = opendir(folder);
    const struct dirent *entry;

    ck_assert_ptr_nonnull(listing);
    while ((entry = readdir(listing)) != NULL) {
        if (entry->d_name[0] != '.') {
            ck_assert_int_eq(unlinkat(dirfd(listing), entry->d_name, 0), 0);
        }
    }
    closedir(listing);
    ck_assert_int_eq(rmdir(folder), 0);
}

static const char *make(struct arena *arena, const char *folder, const char *name,
                        const char *text)
{
    const char *path = arena_format(arena, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");

    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(text, file), 0);
    ck_assert_int_eq(fclose(file), 0);
    return path;
}

#define HEAD "CHR\tSNP\tBP\tCM\tMAF\tL2\n"

/* What is refused of LD scores: files, and what the message names. */
static const struct {
    const char *names[4], *texts[4], *file, *words;
} refused_scores[] = {
    {{NULL}, {NULL}, "/1.l2.ldscore.gz", "no such file"},
    {{"1.l2.ldscore"}, {HEAD "1\trs1\t10\t0\t.2\t3\n"}, "/1.l2.M_5_50", ""},
    {{"1.l2.ldscore", "1.l2.M_5_50", "3.l2.ldscore", "3.l2.M_5_50"},
     {HEAD "1\trs1\t10\t0\t.2\t3\n", "9\n", HEAD "3\trs3\t10\t0\t.2\t4\n", "9\n"},
     "/2.l2.ldscore.gz",
     "no such file"},
    {{"1.l2.ldscore", "1.l2.M_5_50"},
     {HEAD "1\trs1\t10\t0\t.2\t3\n1\trs2\t20\t0\t.2\t3\n", "9\n"},
     "",
     "no two LD scores that differ"},
    {{"1.l2.ldscore", "1.l2.M_5_50"},
     {HEAD "1\trs1\t10\t0\t.2\t3\n1\trs2\t20\t0\t.2\tx\n", "9\n"},
     "/1.l2.ldscore",
     "line 3, column L2"},
    {{"1.l2.ldscore", "1.l2.M_5_50"},
     {"CHR\tSNP\tBP\tbaseL2\tcodingL2\n1\trs1\t10\t3\t1\n", "9\n"},
     "/1.l2.ldscore",
     "L2"},
    {{"1.l2.ldscore", "1.l2.M_5_50"},
     {HEAD "1\trs1\t10\t0\t.2\t3\n1\trs2\t20\t0\t.2\t4\n", "9 4\n"},
     "/1.l2.M_5_50",
     "single number above 0"},
    {{"1.l2.ldscore", "1.l2.M_5_50"},
     {HEAD "1\trs1\t10\t0\t.2\t3\n1\trs2\t20\t0\t.2\t4\n", "0\n"},
     "/1.l2.M_5_50",
     "single number above 0"},
    {{"1.l2.ldscore", "1.l2.M_5_50"},
     {HEAD "1\trs1\t10\t0\t.2\t3\n1\trs2\t20\t0\t.2\tinf\n", "9\n"},
     "/1.l2.ldscore",
     "line 3, column L2"},
    {{"1.l2.ldscore", "1.l2.M_5_50"},
     {HEAD "1\trs1\t10\t0\t.2\t3\n1\trs2\tNA\t0\t.2\t4\n", "9\n"},
     "/1.l2.ldscore",
     "line 3, column BP"},
    {{"1.l2.ldscore", "1.l2.M_5_50"},
     {HEAD "NA\trs1\t10\t0\t.2\t3\n1\trs2\t20\t0\t.2\t4\n", "9\n"},
     "/1.l2.ldscore",
     "line 2, column CHR"},
};
#define REFUSED_SCORES (int)(sizeof refused_scores / sizeof *refused_scores)

START_TEST(scores_that_cannot_be_used_are_named)
{
    struct arena *arena = arena_create();
    const char *folder = made_folder(arena);
    struct scores scores;
    struct error error = {0};
    char *message;

    for (int i = 0; i < 4 && refused_scores[_i].names[i] != NULL; i++) {
        make(arena, folder, refused_scores[_i].names[i], refused_scores[_i].texts[i]);
    }
    ck_assert(!scores_read(folder, arena, &scores, &error));
    message = error_message(&error);
    ck_assert_ptr_nonnull(
        strstr(message, arena_format(arena, "%s%s", folder, refused_scores[_i].file)));
    ck_assert_msg(strstr(message, refused_scores[_i].words) != NULL, "%s", message);
    remove_folder(folder);
    memory_free(message);
    error_clear(&error);
    arena_destroy(arena);
}
END_TEST

/* A score of 0, or below, is one; rows come in any order, an id counts once. */
START_TEST(scores_are_in_the_order_of_the_genome)
{
    struct arena *arena = arena_create();
    const char *folder = made_folder(arena);
    struct scores scores;
    struct error error = {0};
    size_t place;

    make(arena, folder, "1.l2.ldscore",
         "CHR\tSNP\tBP\tL2\n1\trs9\t900\t0\n1\trs1\t100\t-0.25\n1\trs5\t500\tNA\n"
         "1\trs1\t950\t7\n");
    make(arena, folder, "1.l2.M_5_50", "1000\n");
    make(arena, folder, "2.l2.ldscore", "CHR SNP BP L2\n2 RS2 5 2.5\n");
    make(arena, folder, "2.l2.M_5_50", "500 \n");
    ck_assert(scores_read(folder, arena, &scores, &error));
    ck_assert_uint_eq(scores.count, 3);
    ck_assert_int_eq(scores.chromosomes, 2);
    ck_assert_double_eq(scores.markers, 1500);
    ck_assert_double_eq(scores.scores[0], -0.25);
    ck_assert_double_eq(scores.scores[1], 0);
    ck_assert(map_get(scores.places, "rs2", &place) && place == 2);
    remove_folder(folder);
    scores_drop(&scores);
    arena_destroy(arena);
}
END_TEST

/* What is refused of a GWAS beside the example's scores. */
static const struct {
    const char *text, *words;
} refused_files[] = {
    {"SNP\teffect_allele\tother_allele\tbeta\tse\nrs900001\tA\tC\t.1\t.1\n", "no sample sizes"},
    {"SNP\teffect_allele\tother_allele\tbeta\tse\tN\nrs5\tA\tC\t.1\t.1\t1000\n",
     "no variant that has an LD score"},
    {"phenotype\tSNP\teffect_allele\tother_allele\tbeta\tse\tN\n"
     "bmi\trs900001\tA\tC\t.1\t.1\t1000\nheight\tRS900008\tA\tC\t.1\t.1\t1000\n",
     "found traits bmi and height"},
};
#define REFUSED_FILES (int)(sizeof refused_files / sizeof *refused_files)

START_TEST(files_that_cannot_be_used_are_named)
{
    struct arena *arena = arena_create();
    const struct gwas_options options = {0};
    const char *folder = made_folder(arena);
    const char *path = make(arena, folder, "gwas.tsv", refused_files[_i].text);
    struct scores scores;
    struct effects effects;
    struct error error = {0};
    char *message;

    ck_assert(scores_read(path_of(arena, "ld-scores"), arena, &scores, &error));
    ck_assert(!effects_read(path, &options, &scores, arena, &effects, &error));
    message = error_message(&error);
    ck_assert_ptr_nonnull(strstr(message, path));
    ck_assert_msg(strstr(message, refused_files[_i].words) != NULL, "%s", message);
    remove_folder(folder);
    memory_free(message);
    error_clear(&error);
    scores_drop(&scores);
    arena_destroy(arena);
}
END_TEST

/* A GWAS without what the other one has; both on other alleles. */
START_TEST(files_with_too_little_in_common_are_refused)
{
    struct example example = begin();
    struct effects few = example.sides[1];
    double *z = arena_get(example.arena, example.scores.count, sizeof *z);
    struct error error = {0};
    struct ldsc_data data;

    for (size_t i = 0; i < example.scores.count; i++) {
        z[i] = i < 900 ? few.z[i] : NAN;
    }
    few.z = z;
    ck_assert(
        !effects_join(&example.scores, &example.sides[0], &few, example.arena, &data, &error));
    ck_assert_int_eq(error.code, ERROR_DATA);
    error_clear(&error);
    end(&example);
}
END_TEST

/* Turning the outcome's alleles, or the sign of all its effects, does what it must. */
START_TEST(signs_turn_what_is_shared_alone)
{
    struct example example = begin();
    double *turned = arena_get(example.arena, example.data.count, sizeof *turned);
    struct ldsc_data data = example.data;
    struct ldsc_fit y, both;

    for (size_t i = 0; i < data.count; i++) {
        turned[i] = -data.z[1][i];
    }
    data.z[1] = turned;
    y = ldsc_heritability(&data, 1, example.arena);
    both = ldsc_covariance(&data, &example.fits[0], &y, example.arena);
    ck_assert_double_eq(y.slope, example.fits[1].slope);
    golden_close("covariance", both.slope, -example.both.slope, 1e-12);
    golden_close("intercept", both.intercept, -example.both.intercept, 1e-12);
    golden_close("se", both.slope_se, example.both.slope_se, 1e-12);
    end(&example);
}
END_TEST

/* Where nothing can be fitted that is said, and no number given. */
START_TEST(regressions_without_an_answer_say_why)
{
    struct example example = begin();
    double *same = arena_get(example.arena, example.data.count, sizeof *same);
    struct ldsc_data flat = example.data, few = example.data, large = example.data;
    struct ldsc_fit fit;

    few.count = LDSC_LEAST_VARIANTS - 1;
    fit = ldsc_heritability(&few, 0, example.arena);
    ck_assert_str_eq(fit.failure, "too few variants");
    ck_assert(isnan(fit.slope) && isnan(fit.intercept_se));
    for (size_t i = 0; i < flat.count; i++) {
        same[i] = 10;
    }
    large.z[0] = same;
    fit = ldsc_heritability(&large, 0, example.arena);
    ck_assert_ptr_nonnull(strstr(fit.failure, "chi-square below 30"));
    flat.scores = flat.n[0] = same;
    fit = ldsc_heritability(&flat, 0, example.arena);
    ck_assert_ptr_nonnull(strstr(fit.failure, "do not differ"));
    end(&example);
}
END_TEST

/* Instruments of one place: what the outcome has stands for it, though another is stronger;
 * where the outcome has none, the strongest stands, and is not used. */
START_TEST(instruments_are_those_that_the_outcome_has)
{
    struct arena *arena = arena_create();
    const char *folder = made_folder(arena), *head = "SNP CHR BP effect_allele other_allele "
                                                     "EAF BETA SE N\n";
    const char *x = make(arena, folder, "x.tsv",
                         arena_format(arena, "%s%s", head,
                                      "rs1 1 100000 A G .2 .9 .1 9000\n"
                                      "rs2 1 200000 A G .2 .8 .1 9000\n"
                                      "rs3 1 900000 A G .2 .7 .1 9000\n"
                                      "rs4 2 100000 A G .2 .7 .1 9000\n"
                                      "rs5 2 110000 A G .2 .65 .1 9000\n"
                                      "rs6 3 100000 A G .2 .1 .1 9000\n"));
    const char *y =
        make(arena, folder, "y.tsv",
             arena_format(arena, "%s%s", head,
                          "rs2 1 200000 A G .2 .1 .1 8000\nrs3 1 900000 G A .8 .1 .1 8000\n"
                          "rs6 3 100000 A G .2 .1 .1 8000\n"));
    const struct two_clumped asked = {
        .exposure = x, .outcome = y, .action = ACTION_INFER, .p = 5e-8, .r2 = 0.1, .kb = 500};
    struct two_clumped none = asked;
    struct study *study;
    struct error error = {0};
    const struct pair *pair;
    char *message;

    ck_assert_msg(two_clumped_load(&asked, &study, &error), "%s", error_message(&error));
    pair = study->pairs[0];
    ck_assert_uint_eq(pair->row_count, 3);
    ck_assert_uint_eq(pair->count, 2);
    ck_assert_str_eq(pair_variant(pair, 0), "rs2");
    ck_assert_str_eq(pair_variant(pair, 1), "rs3");
    ck_assert_str_eq(pair->rows[2].x.variant, "rs4");
    ck_assert_uint_eq(study->ledger.count, 5);
    for (size_t i = 0; i < study->ledger.count; i++) {
        const struct ledger_entry *entry = array_at(&study->ledger, i);
        bool is_near = strcmp(entry->variant, "rs1") == 0 || strcmp(entry->variant, "rs5") == 0;

        ck_assert_int_eq(entry->reason == REASON_NEAR, is_near);
        ck_assert(!is_near || strcmp(entry->other, i == 0 ? "rs2" : "rs4") == 0);
    }
    study_destroy(study);
    none.p = 1e-300;
    ck_assert(!two_clumped_load(&none, &study, &error));
    message = error_message(&error);
    ck_assert_msg(strstr(message, "no variant with a P below 1e-300") != NULL, "%s", message);
    memory_free(message);
    error_clear(&error);
    remove_folder(folder);
    arena_destroy(arena);
}
END_TEST

/* With a block left out whose heritability falls below 0 there is no error. */
START_TEST(correlations_need_heritabilities_without_each_block)
{
    struct example example = begin();
    double *slopes[2];
    struct ldsc_fit fits[2] = {example.fits[0], example.fits[1]};
    struct ldsc_correlation rg;

    for (int side = 0; side < 2; side++) {
        slopes[side] = arena_get(example.arena, LDSC_BLOCKS, sizeof(double));
        memcpy(slopes[side], fits[side].slopes, LDSC_BLOCKS * sizeof(double));
        slopes[side][7] *= -1;
        fits[side].slopes = slopes[side];
    }
    rg = ldsc_correlation(&fits[0], &fits[1], &example.both);
    ck_assert(isfinite(rg.r) && isnan(rg.se));
    end(&example);
}
END_TEST

int main(void)
{
    const struct golden_test tests[] = {
        {ldsc_answers_the_same, 1},
        {scores_that_cannot_be_used_are_named, REFUSED_SCORES},
        {scores_are_in_the_order_of_the_genome, 1},
        {files_that_cannot_be_used_are_named, REFUSED_FILES},
        {files_with_too_little_in_common_are_refused, 1},
        {signs_turn_what_is_shared_alone, 1},
        {regressions_without_an_answer_say_why, 1},
        {instruments_are_those_that_the_outcome_has, 1},
        {correlations_need_heritabilities_without_each_block, 1}};

    return golden_run_each("LD score regression", tests, sizeof tests / sizeof *tests);
}
