/*
 * The items of the review of microbiome MR (data/README.md), rated where the study tells.
 */
#include "base/i18n.h"
#include "report/answer_facts.h"
#include <math.h>
#include <string.h>

#define GENOME_WIDE 7.301029995663981 /* 5e-8 as -log10 */

static const char *low(void)
{
    return _("low risk");
}

static const char *moderate(void)
{
    return _("moderate risk");
}

static const char *high(void)
{
    return _("high risk");
}

/* Instruments in all pairs: how many, how many of genome-wide significance, of how many the
 * position is known, and how many lie in pleiotropic regions. */
struct instrument_counts {
    size_t all, strong, placed, marked;
};

static void count_row(struct instrument_counts *counts, const struct harmonised *row)
{
    counts->all++;
    counts->strong += row->x.neglog10_p > GENOME_WIDE;
    counts->placed += row->x.chromosome != NULL && !isnan(row->x.position);
    counts->marked += row->region != NULL;
}

static struct instrument_counts count_instruments(const struct report *report)
{
    struct instrument_counts counts = {0};
    for (size_t i = 0; i < report->study->pair_count; i++) {
        const struct analysis *analysis = report->results->pairs[i].analysis;
        const struct pair *pair = analysis == NULL ? NULL : analysis->pair;
        for (size_t j = 0; pair != NULL && j < pair->count; j++) {
            count_row(&counts, &pair->rows[pair->row[j]]);
        }
    }
    return counts;
}

struct answer answer_threshold(struct report *report)
{
    struct instrument_counts counts = count_instruments(report);
    const char *words = arena_format(
        report->arena, _("%zu of the %zu instruments in pairs have P < 5e-8 for the exposure."),
        counts.strong, counts.all);
    return (struct answer){words, counts.all == 0               ? NULL
                                  : counts.strong == counts.all ? low()
                                                                : high()};
}

struct answer answer_selection(struct report *report)
{
    size_t by_ld = answer_reasons(report, REASON_IN_LD),
           near = answer_reasons(report, REASON_NEAR),
           by_f = answer_reasons(report, REASON_LOW_F),
           by_region = answer_reasons(report, REASON_IN_REGION);
    const char *words = arena_format(
        report->arena,
        _("Left out here: by LD %zu, by distance %zu, by F %zu, by region %zu; no exposure for "
          "having few variants. For the author: how tables of instruments were clumped."),
        by_ld, near, by_f, by_region);
    return (struct answer){words, by_f + by_region > 0 ? moderate() : NULL};
}

struct answer answer_strength(struct report *report)
{
    double least = NAN;
    for (size_t i = 0; i < report->study->pair_count; i++) {
        const struct analysis *analysis = report->results->pairs[i].analysis;
        if (analysis != NULL && analysis->pair->count > 0) {
            least = fmin(least, analysis->strength.f_least);
        }
    }
    if (isnan(least)) {
        return (struct answer){NULL, NULL};
    }
    const char *words =
        arena_format(report->arena,
                     _("The least F of an instrument is %.1f. A threshold on P alone makes F "
                       "large: it does not speak against winner's curse."),
                     least);
    return (struct answer){words, least > 10 ? low() : high()};
}

struct answer answer_regions(struct report *report)
{
    struct instrument_counts counts = count_instruments(report);
    if (counts.placed == 0) {
        return (struct answer){NULL, NULL};
    }
    return (struct answer){
        arena_format(report->arena,
                     _("%zu of the %zu instruments whose position is known lie in pleiotropic "
                       "regions such as LCT, ABO and HLA; of %zu it is not known. For the "
                       "author: other associations of the variants."),
                     counts.marked, counts.placed, counts.all - counts.placed),
        NULL};
}

/* Methods that do not take every variant as valid; maximum likelihood is no IVW, and does. */
static size_t robust_methods(const struct report *report)
{
    const struct results_options *options = &report->results->options;
    size_t count = 0;
    for (size_t i = 0; i < options->method_count; i++) {
        const struct method *method = options->methods[i];
        count += method->group != GROUP_SINGLE && method->group != GROUP_IVW &&
                 strcmp(method->key, "maxlik") != 0;
    }
    return count;
}

struct answer answer_robust(struct report *report)
{
    size_t count = robust_methods(report);
    return (struct answer){
        arena_format(report->arena,
                     _("%zu methods that are robust to pleiotropy, the intercept of MR Egger, "
                       "outliers of radial MR."),
                     count),
        count > 0 ? low() : moderate()};
}

struct answer answer_both_ways(struct report *report)
{
    const bool *has = report->study->has_direction;
    bool is_both = has[FORWARD] && has[REVERSE];
    return (struct answer){is_both ? _("Both directions were analysed and are reported.")
                                   : _("One direction was analysed."),
                           is_both ? low() : moderate()};
}

struct answer answer_harmonising(struct report *report)
{
    return (struct answer){
        arena_format(
            report->arena,
            _("By TwoSampleMR's action %d; %zu entries were palindromic and ambiguous, "
              "%zu had alleles that differ."),
            (int)report->study->action, answer_reasons(report, REASON_AMBIGUOUS),
            answer_reasons(report, REASON_ALLELES_DIFFER)),
        low()};
}

struct answer answer_main(struct report *report)
{
    (void)report;
    return (struct answer){
        _("Inverse variance weighted, or the Wald ratio: told apart from all others."), low()};
}

struct answer answer_all_methods(struct report *report)
{
    bool is_any = robust_methods(report) > 0;
    return (struct answer){is_any ? _("All of them are reported, for every pair.")
                                  : _("No method but the main one was asked for."),
                           is_any ? low() : high()};
}

struct answer answer_replication(struct report *report)
{
    struct meta_groups groups = meta_groups_of(report->study, report->arena);
    const char *words =
        groups.count == 0
            ? _("No exposure or outcome has a second cohort in this study.")
            : arena_format(report->arena,
                           _("%zu questions are asked of several cohorts, and put together."),
                           groups.count);
    return (struct answer){words, groups.count == 0 ? high() : low()};
}

static struct answer unit_of(const struct report *report, const struct trait *const *traits,
                             size_t count)
{
    size_t known = 0;
    for (size_t i = 0; i < count; i++) {
        known += traits[i]->unit != UNIT_UNKNOWN;
    }
    return (struct answer){
        arena_format(report->arena,
                     _("The unit of %zu of %zu traits is given. For the author: how they were "
                       "measured."),
                     known, count),
        known < count ? moderate() : NULL};
}

struct answer answer_exposure_unit(struct report *report)
{
    return unit_of(report, (const struct trait *const *)report->study->exposures,
                   report->study->exposure_count);
}

struct answer answer_outcome_unit(struct report *report)
{
    return unit_of(report, (const struct trait *const *)report->study->outcomes,
                   report->study->outcome_count);
}

struct answer answer_variants_known(struct report *report)
{
    (void)report;
    return (struct answer){_("Every variant stands in the ledger with what became of it."),
                           low()};
}

struct answer answer_reporting(struct report *report)
{
    (void)report;
    return (struct answer){_("Every test is reported with effect, interval and p. For the "
                             "author: caution in the words."),
                           NULL};
}

struct answer answer_repeat(struct report *report)
{
    (void)report;
    return (struct answer){
        _("Version, seed and the settings of the estimates stand below; results are equal to "
          "the last bit. For the author: data and study file."),
        NULL};
}
