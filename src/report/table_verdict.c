#include "base/i18n.h"
#include "report/kinds.h"
#include "study/verdict.h"
#include <math.h>

static const char *const verdict_columns[] = {"exposure",  "outcome", "direction",  "verdict",
                                              "words",     "rule",    "asks",       "value",
                                              "threshold", "holds",   "needed_for", NULL};

static const char *holds_text(enum judgement judged)
{
    static const char *const texts[] = {[JUDGE_PASSED] = "yes",
                                        [JUDGE_FAILED] = "no",
                                        [JUDGE_CANNOT] = "cannot",
                                        [JUDGE_NOT_RUN] = "not run"};
    return texts[judged];
}

static void verdict_rows(const struct pair *pair, const struct verdict *verdict,
                         const struct verdict_rules *rules, struct table_writer *writer)
{
    char grade[2] = {verdict->grade, '\0'};
    for (enum verdict_rule rule = RULE_NOMINAL; rule < VERDICT_RULES; rule++) {
        kind_pair_cells(writer, pair);
        table_text(writer, verdict->grade == '-' ? NULL : grade);
        table_text(writer, verdict->words);
        table_text(writer, verdict_rule_text(rule)->key);
        table_text(writer, gettext(verdict_rule_text(rule)->asks));
        table_number(writer, verdict->rulings[rule].value);
        table_number(writer, rules->threshold[rule]);
        table_text(writer, holds_text(verdict->rulings[rule].judged));
        table_text(writer, rules->grades[rule][0] == '\0' ? NULL : rules->grades[rule]);
        table_end_row(writer);
    }
}

static void verdict_fill(const struct results *results, struct table_writer *writer)
{
    struct verdicts verdicts = verdicts_begin(results);
    for (size_t i = 0; i < results->study->pair_count; i++) {
        if (results->pairs[i].analysis != NULL) {
            struct verdict verdict = verdicts_at(&verdicts, i);
            verdict_rows(results->pairs[i].analysis->pair, &verdict, &verdicts.rules, writer);
        }
    }
    verdicts_end(&verdicts);
}

const struct table_kind table_verdict = {
    .key = "verdict",
    .columns = verdict_columns,
    .shows =
        N_("what each estimate is worth: one row a pair and rule of data/verdict.tsv, with "
           "its number and whether it holds"),
    .fill = verdict_fill,
    .is_of_study = true,
};

static const char *const thresholds_columns[] = {
    "exposure", "outcome",  "direction", "p_threshold", "nsnp",  "F_min",
    "b",        "se",       "pval",      "lo_ci",       "up_ci", "or",
    "or_lci95", "or_uci95", "key",       "note",        NULL};

/* Side by side; the last takes every instrument of the study. */
static const double thresholds[] = {5e-8, 1e-6, 1e-5, 1};

static void thresholds_row(const struct analysis *analysis, const struct pair *pair,
                           double threshold, struct table_writer *writer, struct arena *arena)
{
    const struct method *method = methods_find(pair->count == 1 ? "wald" : "ivw");
    struct estimate estimate = estimate_run(method, pair, &analysis->settings, arena, arena);
    bool is_done = estimate.status == ESTIMATE_DONE;
    bool is_odds = is_done && pair->outcome->unit == UNIT_LOG_ODDS;
    bool is_95 = fabs(analysis->settings.level - 0.95) < 1e-12;
    kind_pair_cells(writer, pair);
    table_number(writer, threshold);
    kind_count(writer, pair->count);
    table_number(writer, pair->count == 0 ? NAN : strength_of(pair).f_least);
    table_number(writer, is_done ? estimate.b : NAN);
    table_number(writer, is_done ? estimate.se : NAN);
    table_probability(writer, is_done ? estimate.p : NAN, estimate.neglog10_p);
    table_number(writer, is_done ? estimate.lower : NAN);
    table_number(writer, is_done ? estimate.upper : NAN);
    table_number(writer, is_odds ? exp(estimate.b) : NAN);
    table_number(writer, is_odds && is_95 ? exp(estimate.lower) : NAN);
    table_number(writer, is_odds && is_95 ? exp(estimate.upper) : NAN);
    table_text(writer, is_done ? method->key : NULL);
    table_text(writer, is_done            ? NULL
                       : pair->count == 0 ? _("no instrument below the threshold")
                                          : estimate.note);
    table_end_row(writer);
}

static void thresholds_rows(const struct analysis *analysis, struct table_writer *writer,
                            struct arena *arena)
{
    const struct pair *pair = analysis->pair;
    bool *is_out = arena_get(arena, pair->count, sizeof *is_out);
    for (size_t t = 0; t < sizeof thresholds / sizeof thresholds[0]; t++) {
        bool takes_all = !(thresholds[t] < 1);
        for (size_t j = 0; j < pair->count; j++) {
            double p = pair->rows[pair->row[j]].x.neglog10_p;
            is_out[j] = !takes_all && !(p > -log10(thresholds[t]));
        }
        thresholds_row(analysis, takes_all ? pair : pair_without(arena, pair, is_out),
                       thresholds[t], writer, arena);
    }
}

static void thresholds_fill(const struct results *results, struct table_writer *writer)
{
    kind_each_analysis_with_memory(results, writer, thresholds_rows);
}

const struct table_kind table_thresholds = {
    .key = "thresholds",
    .columns = thresholds_columns,
    .shows = N_("IVW of the instruments with P below 5e-8, 1e-6 and 1e-5, and of all, side by "
                "side"),
    .fill = thresholds_fill,
};
