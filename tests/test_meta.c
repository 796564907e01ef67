/*
 * Several cohorts: keys of traits, pooling against a published example, groups, units that do
 * not mix, replication, the forest of cohorts.
 */
#include "chart/study_charts.h"
#include "golden.h"
#include "numeric/pooling.h"
#include "numeric/start.h"
#include "numeric/tail.h"
#include "report/table.h"
#include "study/meta.h"
#include "study_fixture.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* BCG vaccine against tuberculosis, 13 trials (Colditz et al. 1994): cases and others among the
 * vaccinated, cases and others among controls. metafor's documentation prints its results. */
static const double bcg[13][4] = {
    {4, 119, 11, 128},       {6, 300, 29, 274},        {3, 228, 11, 209},
    {62, 13536, 248, 12619}, {33, 5036, 47, 5761},     {180, 1361, 372, 1079},
    {8, 2537, 10, 619},      {505, 87886, 499, 87892}, {29, 7470, 45, 7232},
    {17, 1699, 65, 1600},    {186, 50448, 141, 27197}, {5, 2493, 3, 2338},
    {27, 16886, 29, 17825},
};

static void fill_bcg(double *effects, double *variances)
{
    for (size_t i = 0; i < 13; i++) {
        double treated = bcg[i][0] + bcg[i][1], control = bcg[i][2] + bcg[i][3];
        effects[i] = log(bcg[i][0] / treated / (bcg[i][2] / control));
        variances[i] = 1 / bcg[i][0] - 1 / treated + 1 / bcg[i][2] - 1 / control;
    }
}

static void printed(double got, double wanted, double digits)
{
    ck_assert_msg(fabs(got - wanted) <= digits, "%.8g, not %.8g", got, wanted);
}

/* -2 times the restricted log-likelihood without its constant. */
static double restricted(const double *effects, const double *variances, double tau2)
{
    struct pooling at = pooling_at(effects, variances, 13, tau2);
    double sum = log(at.weight) + at.q;
    for (size_t i = 0; i < 13; i++) {
        sum += log(variances[i] + tau2);
    }
    return sum;
}

START_TEST(pooling_a_published_example)
{
    double b[13], v[13], reml, pm;
    fill_bcg(b, v);
    struct pooling fixed = pooling_at(b, v, 13, 0);
    printed(fixed.mean, -0.4303, 5e-5);
    printed(1 / sqrt(fixed.weight), 0.0405, 5e-5);
    printed(fixed.q, 152.2330, 5e-5);
    double dl = pooling_tau2_dl(b, v, 13);
    printed(dl, 0.3088, 5e-5);
    printed(pooling_at(b, v, 13, dl).mean, -0.7141, 5e-5);
    ck_assert(pooling_tau2_reml(b, v, 13, &reml));
    printed(reml, 0.3132, 5e-5);
    printed(pooling_at(b, v, 13, reml).mean, -0.7145, 5e-5);
    printed(1 / sqrt(pooling_at(b, v, 13, reml).weight), 0.1798, 5e-5);
    ck_assert(pooling_tau2_pm(b, v, 13, &pm));
    printed(pm, 0.3181, 5e-5);
    golden_close("q", pooling_at(b, v, 13, pm).q, 12, 1e-8);
    for (double step = 1e-3; step < .1; step *= 3) {
        ck_assert(restricted(b, v, reml) < restricted(b, v, reml - step));
        ck_assert(restricted(b, v, reml) < restricted(b, v, reml + step));
    }
}
END_TEST

START_TEST(pooling_without_scatter)
{
    static const double b[] = {1, 1.01, .99}, v[] = {1, 2, 3};
    double tau2 = 7;
    ck_assert(pooling_tau2_dl(b, v, 3) == 0 && pooling_tau2_dl(b, v, 1) == 0);
    ck_assert(pooling_tau2_reml(b, v, 3, &tau2) && tau2 == 0);
    ck_assert(pooling_tau2_pm(b, v, 1, &tau2) && tau2 == 0);
    /* The unit of the effects is the unit of the square of tau. */
    double effects[13], variances[13], small, large;
    fill_bcg(effects, variances);
    ck_assert(pooling_tau2_reml(effects, variances, 13, &large));
    for (size_t i = 0; i < 13; i++) {
        effects[i] *= 1e-9;
        variances[i] *= 1e-18;
    }
    ck_assert(pooling_tau2_reml(effects, variances, 13, &small));
    golden_close("tau2", small, large * 1e-18, 1e-8);
}
END_TEST

static const struct pair *found(const struct study *study, const char *exposure,
                                const char *outcome, enum direction direction)
{
    size_t index;
    const struct pair *pair = study_find_pair(study, exposure, outcome, direction, &index);
    ck_assert_msg(pair != NULL, "%s on %s", exposure, outcome);
    return pair;
}

#define EUROPEAN "Gastric cancer (Sakaue 2021 European GCST90018849)"

/* Equal ids of different cohorts are different rows, none is dropped. */
START_TEST(cohorts_are_pairs_of_their_own)
{
    struct study *study = study_fixture_load("gut-gastric");
    size_t rows = 0, forward = 0;
    for (size_t i = 0; i < study->pair_count; i++) {
        rows += study->pairs[i]->row_count;
        forward += study->pairs[i]->direction == FORWARD;
    }
    ck_assert_uint_eq(rows, 95);
    ck_assert_uint_eq(study->pair_count, 12);
    ck_assert_uint_eq(forward, 10);
    ck_assert_uint_eq(study->warnings.count, 0);
    const struct pair *pair = found(study, "Veillonella (Swedish 2026)", EUROPEAN, FORWARD);
    ck_assert_uint_eq(pair->count, 10);
    ck_assert_str_eq(pair->exposure->cohort, "Swedish 2026");
    ck_assert_str_eq(trait_shared_name(pair->exposure), "Veillonella");
    ck_assert_int_eq(pair->exposure->rank, RANK_GENUS);
    ck_assert_str_eq(pair->exposure->lineage[RANK_FAMILY], "Veillonellaceae");
    ck_assert_str_eq(pair->outcome->cohort, "European");
    ck_assert_int_eq(pair->outcome->unit, UNIT_LOG_ODDS);
    pair = found(study, EUROPEAN, "Veillonellaceae (MiBioGen)", REVERSE);
    ck_assert_uint_eq(pair->count, 4);
    ck_assert_str_eq(pair->exposure->cohort, "European");
    ck_assert_int_eq(pair->outcome->rank, RANK_FAMILY);
    study_destroy(study);
}
END_TEST

static struct meta_groups groups_of(const struct results *results, struct arena *arena)
{
    return meta_groups_of(results->study, arena);
}

START_TEST(cohorts_are_put_together)
{
    struct study *study = study_fixture_load("gut-gastric");
    struct results *results = study_fixture_run(study, NULL, 0, 10, NULL);
    struct arena *arena = arena_create();
    struct meta_groups groups = groups_of(results, arena);
    static const size_t counts[] = {3, 3, 5, 3, 3, 5};
    ck_assert_uint_eq(groups.count, 6);
    for (size_t g = 0; g < 6; g++) {
        ck_assert_int_eq(groups.groups[g].across, (enum meta_across)(g % 3));
        ck_assert_uint_eq(groups.groups[g].count, counts[g]);
    }
    struct meta meta = meta_of(results, &groups.groups[3], arena); /* Veillonellaceae */
    ck_assert_ptr_null(meta.refusal);
    double w = 0, sum = 0, q = 0, weights = 0;
    for (size_t i = 0; i < 3; i++) {
        const struct estimate *main = &results->pairs[meta.items[i].pair].analysis->main;
        w += 1 / (main->se * main->se);
        sum += main->b / (main->se * main->se);
        weights += meta.items[i].weight;
    }
    for (size_t i = 0; i < 3; i++) {
        q += pow((meta.items[i].b - sum / w) / meta.items[i].se, 2);
    }
    golden_close("fixed", meta.fits[META_FIXED].b, sum / w, 1e-12);
    golden_close("se", meta.fits[META_FIXED].se, 1 / sqrt(w), 1e-12);
    golden_close("q", meta.q, q, 1e-12);
    golden_close("weights", weights, 1, 1e-12);
    ck_assert_uint_eq(meta.same_sign, 2); /* the Swedish one has the other */
    const struct meta_fit *reml = &meta.fits[META_REML], *hk = &meta.fits[META_REML_HK];
    ck_assert(reml->tau2 > 0 && reml->tau2 == hk->tau2 && reml->b == hk->b);
    double scatter = 0, weight = 0;
    for (size_t i = 0; i < 3; i++) {
        double of = 1 / (meta.items[i].se * meta.items[i].se + reml->tau2);
        scatter += of * pow(meta.items[i].b - reml->b, 2);
        weight += of;
    }
    golden_close("HK", hk->se, sqrt(scatter / 2 / weight), 1e-12);
    golden_close("HK p", hk->p, tail_t_two_sided(hk->b / hk->se, 2), 1e-12);
    golden_close("HK upper", hk->upper - hk->b, hk->se * 4.302652729911275, 1e-9);
    golden_close("prediction", reml->prediction_upper - reml->b,
                 12.706204736432095 * sqrt(reml->tau2 + reml->se * reml->se), 1e-8);
    ck_assert(isnan(meta.items[0].replication_p));
    golden_close("one-sided", meta.items[1].replication_p,
                 1 - results->pairs[meta.items[1].pair].analysis->main.p / 2, 1e-12);
    arena_destroy(arena);
    results_destroy(results);
    study_destroy(study);
}
END_TEST

START_TEST(replication_counts)
{
    struct study *study = study_fixture_load("gut-gastric");
    struct results *results = study_fixture_run(study, NULL, 0, 10, NULL);
    struct arena *arena = arena_create();
    const struct replication *all = meta_replications(results, arena);
    size_t index;
    study_find_pair(study, "Veillonellaceae (MiBioGen)", EUROPEAN, FORWARD, &index);
    ck_assert_uint_eq(all[index].asked,
                      2); /* FinnGen and the East Asians, not the Dutch taxon */
    ck_assert_uint_eq(all[index].same_sign, 2);
    ck_assert_uint_eq(all[index].replicated, 0);
    study_find_pair(study, "Veillonellaceae (Dutch Microbiome Project)", EUROPEAN, FORWARD,
                    &index);
    ck_assert_uint_eq(all[index].asked, 2);
    study_find_pair(study, EUROPEAN, "Veillonella (MiBioGen)", REVERSE, &index);
    ck_assert_uint_eq(all[index].asked, 0);
    arena_destroy(arena);
    results_destroy(results);
    study_destroy(study);
}
END_TEST

/* A study of one taxon in two cohorts; the outcome of the second has this section. */
static struct study *made(const char *section, const char *second)
{
    char folder[] = "/tmp/test_meta.XXXXXX";
    ck_assert_ptr_nonnull(mkdtemp(folder));
    char path[64], pairs[64];
    snprintf(path, sizeof path, "%s/study.conf", folder);
    snprintf(pairs, sizeof pairs, "%s/pairs.tsv", folder);
    FILE *file = fopen(pairs, "w");
    fprintf(file,
            "exposure outcome cohort.exposure cohort.outcome SNP bx sx by sy\n"
            "Dialister insomnia A one rs1 .1 .01 .03 .01\n"
            "Dialister insomnia A one rs2 .2 .01 .04 .01\n"
            "%s insomnia B two rs1 .1 .01 .006 .002\n"
            "%s insomnia B two rs2 .2 .01 .008 .002\n",
            second, second);
    fclose(file);
    file = fopen(path, "w");
    fprintf(file,
            "pairs = \"pairs.tsv\"\n"
            "exposure \"Dialister\" {\n unit = \"sd\"\n}\n"
            "exposure \"dialister\" {\n unit = \"sd\"\n}\n"
            "outcome \"insomnia (one)\" {\n unit = \"log-odds\"\n}\n"
            "outcome \"insomnia (two)\" {\n%s\n}\n",
            section);
    fclose(file);
    struct gwas_options reading = {0};
    struct error error = {0};
    struct study *study = NULL;
    bool is_loaded = study_load(folder, &reading, &study, &error);
    ck_assert_msg(is_loaded, "%s", is_loaded ? "" : error_message(&error));
    unlink(path);
    unlink(pairs);
    rmdir(folder);
    return study;
}

/* The only group of a made study, refused or not; where it is not, its pooled effect. */
static double pooled(const char *section, const char *second, bool converts, const char **why)
{
    struct study *study = made(section, second);
    struct results_options options = {.settings = estimate_default_settings()};
    options.settings.parameters[PARAMETER_CONVERT] = converts;
    struct results *results = results_finish(results_start(study, &options, NULL));
    struct arena *arena = arena_create();
    struct meta_groups groups = groups_of(results, arena);
    ck_assert_uint_eq(groups.count, 1);
    struct meta meta = meta_of(results, &groups.groups[0], arena);
    static char said[400];
    snprintf(said, sizeof said, "%s", meta.refusal == NULL ? "" : meta.refusal);
    *why = said;
    struct text text = {0};
    table_print(tables_find("meta"), results, TABLE_TSV, &text);
    ck_assert((strstr(text.bytes, "refused") != NULL) == (meta.refusal != NULL));
    text_drop(&text);
    double b = meta.refusal == NULL ? meta.fits[META_FIXED].b : NAN;
    arena_destroy(arena);
    results_destroy(results);
    study_destroy(study);
    return b;
}

START_TEST(units_do_not_mix)
{
    const char *why;
    ck_assert(isnan(
        pooled(" unit = \"linear\"\n n = 1000\n cases = 200\n", "Dialister", false, &why)));
    ck_assert(strstr(why, "log-odds") != NULL && strstr(why, "linear") != NULL);
    ck_assert(strstr(why, "convert=yes") != NULL);
    ck_assert(isnan(pooled(" unit = \"sd\"\n", "Dialister", true, &why)));
    ck_assert(isnan(pooled(" unit = \"linear\"\n", "Dialister", true, &why)));
    ck_assert(strstr(why, "cases") != NULL);
    ck_assert(isnan(pooled("", "Dialister", true, &why))); /* unknown beside known */
    ck_assert(!isnan(pooled(" unit = \"log-odds\"\n", "Dialister", false, &why)));
    ck_assert_str_eq(why, "");
}
END_TEST

/* .2 cases: linear effects over .16. Both cohorts have the ratio .22 of IVW then, or nearly. */
START_TEST(units_are_converted_on_request)
{
    const char *why;
    double one = (.1 * .03 + .2 * .04) / .05;
    double two = (.1 * .006 + .2 * .008) / .05 / .16;
    double se_one = .01 / sqrt(.05), se_two = .002 / sqrt(.05) / .16;
    double sigma = sqrt(pow(.03 - one * .1, 2) + pow(.04 - one * .2, 2)) / .01;
    se_one *= fmax(1, sigma);
    se_two *=
        fmax(1, sqrt(pow(.006 - two * .16 * .1, 2) + pow(.008 - two * .16 * .2, 2)) / .002);
    double w_one = 1 / (se_one * se_one), w_two = 1 / (se_two * se_two);
    double b = pooled(" unit = \"linear\"\n n = 1000\n cases = 200\n", "dialister", true, &why);
    ck_assert_str_eq(why, "");
    golden_close("converted", b, (one * w_one + two * w_two) / (w_one + w_two), 1e-12);
}
END_TEST

/* Names of one cohort that stand for two traits, and unknown ones, do not match. */
START_TEST(the_bundled_study_has_one_cohort)
{
    struct study *study = study_fixture_load("gut-insomnia");
    struct arena *arena = arena_create();
    ck_assert_uint_eq(meta_groups_of(study, arena).count, 0);
    arena_destroy(arena);
    study_destroy(study);
}
END_TEST

/* MiBioGen and the Dutch Microbiome Project name twelve taxa alike that both have variants of;
 * the outcome is that of gut-insomnia at MiBioGen's variants. */
START_TEST(two_cohorts_of_taxa)
{
    struct study *study = study_fixture_load("gut-two-cohorts");
    struct study *one = study_fixture_load("gut-insomnia");
    struct arena *arena = arena_create();
    struct meta_groups groups = meta_groups_of(study, arena);
    ck_assert_uint_eq(study->pair_count, 186 + 37);
    ck_assert_uint_eq(groups.count, 12);
    for (size_t g = 0; g < groups.count; g++) {
        const struct pair *second = study->pairs[groups.groups[g].member[1]];
        ck_assert_uint_eq(groups.groups[g].count, 2);
        ck_assert_int_eq(groups.groups[g].across, META_EXPOSURE_COHORTS);
        ck_assert_str_eq(groups.groups[g].first->exposure->cohort, "MiBioGen");
        ck_assert_str_eq(second->exposure->cohort, "Dutch Microbiome Project");
        ck_assert_str_eq(second->exposure->name, groups.groups[g].first->exposure->name);
        ck_assert_int_eq(second->exposure->rank, groups.groups[g].first->exposure->rank);
    }
    for (size_t i = 0; i < 186; i++) {
        const struct pair *pair = study->pairs[i], *same = one->pairs[i];
        ck_assert_uint_eq(pair->count, same->count);
        for (size_t j = 0; j < pair->count; j++) {
            ck_assert(pair->by[j] == same->by[j] && pair->sy[j] == same->sy[j]);
        }
    }
    arena_destroy(arena);
    study_destroy(one);
    study_destroy(study);
}
END_TEST

START_TEST(the_forest_of_cohorts)
{
    struct study *study = study_fixture_load("gut-gastric");
    struct results *results = study_fixture_run(study, NULL, 0, 10, NULL);
    struct arena *arena = arena_create();
    struct chart_options how = {.odds_ratio = true};
    const struct study_chart_kind *kind = study_charts_find("meta");
    const struct chart *chart = kind->function(results, FORWARD, NULL, &how, arena);
    size_t data = 0, summaries = 0;
    for (size_t i = 0; i < chart->row_count; i++) {
        data += chart->rows[i].kind == ROW_DATA;
        summaries += chart->rows[i].kind == ROW_SUMMARY;
    }
    ck_assert_uint_eq(data, 10);
    ck_assert_uint_eq(summaries, 4);
    ck_assert(chart->x.is_exponential);
    for (size_t i = 0; i < chart->mark_count; i++) {
        const struct mark *mark = &chart->marks[i];
        ck_assert(mark->contains_null == (mark->x_lower <= 0 && 0 <= mark->x_upper));
    }
    ck_assert_ptr_nonnull(strstr(chart->sentence, "8 of 10"));
    chart = kind->function(results, FORWARD, EUROPEAN, &how, arena);
    ck_assert_ptr_nonnull(strstr(chart->sentence, "4 of 6"));
    chart = kind->function(results, REVERSE, NULL, &how, arena);
    ck_assert_uint_eq(chart->row_count, 0);
    arena_destroy(arena);
    results_destroy(results);
    study_destroy(study);
}
END_TEST

int main(void)
{
    const struct golden_test tests[] = {
        {pooling_a_published_example, 1},
        {pooling_without_scatter, 1},
        {cohorts_are_pairs_of_their_own, 1},
        {cohorts_are_put_together, 1},
        {replication_counts, 1},
        {units_do_not_mix, 1},
        {units_are_converted_on_request, 1},
        {the_bundled_study_has_one_cohort, 1},
        {two_cohorts_of_taxa, 1},
        {the_forest_of_cohorts, 1},
    };

    numeric_start();
    return golden_run_each("meta", tests, sizeof tests / sizeof tests[0]);
}
