/*
 * The room src/study: the bundled studies, their traits, pairs and ledger.
 */
#include "base/map.h"
#include "golden.h"
#include "numeric/start.h"
#include "study_fixture.h"
#include <math.h>
#include <string.h>

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

START_TEST(known_answers_of_insomnia_on_alzheimer)
{
    struct study *study = study_fixture_load("insomnia-alzheimer");
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
    struct results *results = study_fixture_run(study, methods, 2, 10, NULL);
    const struct analysis *analysis = results->pairs[0].analysis;
    study_fixture_near(estimate_of(analysis, "ivw_fe")->b, -0.00312374387, 1e-8);
    study_fixture_near(estimate_of(analysis, "ivw_fe")->se, 0.06539138804, 1e-9);
    study_fixture_near(estimate_of(analysis, "egger")->b, -0.37096400919, 1e-10);
    study_fixture_near(analysis->egger.intercept, 0.01171375198, 1e-9);
    study_fixture_near(analysis->egger.intercept_se, 0.00769849495, 1e-9);
    study_fixture_near(analysis->heterogeneity.q, 99.0755826099, 1e-11);
    ck_assert_double_eq(analysis->heterogeneity.df, 93);
    study_fixture_near(analysis->heterogeneity_egger.q, 96.6435716105, 1e-11);
    ck_assert_double_eq(analysis->heterogeneity_egger.df, 92);
    study_fixture_near(results->pairs[0].q, analysis->main.p,
                       1e-15); /* one test needs no correction */
    ck_assert_int_eq(results->pairs[0].reverse, JUDGE_CANNOT);
    results_destroy(results);
    study_destroy(study);
}
END_TEST

START_TEST(learning_sets_load)
{
    struct study *study = study_fixture_load("lipid-chd");
    ck_assert_uint_eq(study->pairs[0]->count, 28);
    ck_assert_str_eq(study->outcomes[0]->name, "Coronary heart disease");
    study_destroy(study);
    study = study_fixture_load("bmi-chd/study.conf"); /* the file itself will do */
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
    struct study *study = study_fixture_load("gut-insomnia");
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
    struct study *study = study_fixture_load("gut-insomnia");
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
    struct study *study = study_fixture_load("gut-insomnia");
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

int main(void)
{
    const struct golden_test tests[] = {
        {known_answers_of_insomnia_on_alzheimer, 1},
        {learning_sets_load, 1},
        {gut_study_has_its_taxa, 1},
        {gut_study_has_its_pairs, 1},
        {ledger_has_every_variant_once, 1},
    };

    numeric_start();
    return golden_run_each("study", tests, sizeof tests / sizeof tests[0]);
}
