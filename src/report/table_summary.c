#include "base/i18n.h"
#include "diagnose/agreement.h"
#include "report/kinds.h"
#include "study/corrections.h"
#include "study/verdict.h"

static const char *const columns[] = {
    "exposure", "rank",           "outcome",       "direction",    "nsnp",          "b",
    "se",       "pval",           "qval",          "verdict",      "key",           "lo_ci",
    "up_ci",    "heterogeneity",  "intercept",     "leaveoneout",  "steiger",       "reverse",
    "fdr",      "same_set",       "methods_agree", "p_bonferroni", "p_by",          "q_storey",
    "q_rank",   "q_hierarchical", "p_effective",   "finding",      "verdict_words", NULL};

/* The checks in the order of their columns. */
static const char letters[] = "QELSRF";

static const char *judgement_text(enum judgement judgement)
{
    static const char *const texts[] = {[JUDGE_PASSED] = "passed",
                                        [JUDGE_FAILED] = "failed",
                                        [JUDGE_CANNOT] = "cannot",
                                        [JUDGE_NOT_RUN] = "not run"};
    return texts[judgement];
}

static const struct diagnostic *diagnostic_of(char letter)
{
    size_t count;
    const struct diagnostic *const *diagnostics = diagnostics_all(&count);
    for (size_t i = 0; i < count; i++) {
        if (diagnostics[i]->letter == letter) {
            return diagnostics[i];
        }
    }
    return NULL;
}

static void check_cells(struct table_writer *writer, const struct results *results,
                        size_t index)
{
    for (const char *letter = letters; *letter != '\0'; letter++) {
        const struct diagnostic *diagnostic = diagnostic_of(*letter);
        enum judgement judgement =
            diagnostic == NULL ? JUDGE_NOT_RUN : results_judge(results, index, diagnostic);
        table_text(writer, judgement_text(judgement));
    }
}

static const char *rank_text(const struct pair *pair)
{
    enum trait_rank rank = study_taxon(pair)->rank;
    return rank == RANK_NONE ? NULL : trait_rank_key(rank);
}

/* "9/11": of eleven other methods nine agree. */
static void agreement_cell(struct table_writer *writer, const struct analysis *analysis)
{
    struct agreement agreement = agreement_of(analysis);
    struct text text = {0};

    if (agreement.of == 0) {
        table_text(writer, NULL);
        return;
    }
    text_addf(&text, "%zu/%zu", agreement.agree, agreement.of);
    table_text(writer, text.bytes);
    text_drop(&text);
}

static void correction_cells(struct table_writer *writer, const struct corrections *corrections,
                             size_t index)
{
    const struct correction *correction = &corrections->pairs[index];
    const struct study *study = corrections->results->study;
    table_number(writer, correction->bonferroni);
    table_number(writer, correction->by);
    table_number(writer, correction->storey);
    table_number(writer, correction->rank);
    table_number(writer, correction->tree);
    table_number(writer, correction->effective);
    table_text(writer, study->pairs[correction->finding]->exposure->key);
}

static void add_row(struct table_writer *writer, const struct results *results, size_t index,
                    const struct corrections *corrections, const struct verdict *verdict)
{
    const char grade[2] = {verdict->grade, '\0'};
    const struct pair_result *result = &results->pairs[index];
    const struct pair *pair = result->analysis->pair;
    const struct estimate *main = &result->analysis->main;
    table_text(writer, pair->exposure->key);
    table_text(writer, rank_text(pair));
    table_text(writer, pair->outcome->key);
    table_text(writer, direction_key(pair->direction));
    kind_count(writer, pair->count);
    table_number(writer, main->b);
    table_number(writer, main->se);
    table_probability(writer, main->p, main->neglog10_p);
    table_number(writer, result->q);
    table_text(writer, verdict->grade == '-' ? NULL : grade);
    table_text(writer, main->method == NULL ? NULL : main->method->key);
    table_number(writer, main->lower);
    table_number(writer, main->upper);
    check_cells(writer, results, index);
    kind_count(writer, result->same_set);
    agreement_cell(writer, result->analysis);
    correction_cells(writer, corrections, index);
    table_text(writer, verdict->words);
    table_end_row(writer);
}

static void fill(const struct results *results, struct table_writer *writer)
{
    struct arena *arena = arena_create();
    struct corrections corrections = corrections_of(results, true, arena);
    struct verdicts verdicts = verdicts_begin(results);
    for (size_t i = 0; i < results->study->pair_count; i++) {
        if (results->pairs[i].analysis != NULL) {
            struct verdict verdict = verdicts_at(&verdicts, i);
            add_row(writer, results, i, &corrections, &verdict);
        }
    }
    verdicts_end(&verdicts);
    arena_destroy(arena);
}

const struct table_kind table_summary = {
    .key = "summary",
    .columns = columns,
    .shows = N_("one row a pair: the main estimate and the checks it rests on"),
    .fill = fill,
    .is_of_study = true,
};
