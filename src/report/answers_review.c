/*
 * The items of the review of microbiome MR (data/README.md), rated where the study tells.
 */
#include "base/i18n.h"
#include "report/answer_facts.h"
#include <math.h>

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

/* Instruments in all pairs: how many, how many of genome-wide significance, and how many in
 * pleiotropic regions. */
static void count_instruments(const struct report *report, size_t *all, size_t *strong,
                              size_t *marked)
{
    *all = *strong = *marked = 0;
    for (size_t i = 0; i < report->study->pair_count; i++) {
        const struct analysis *analysis = report->results->pairs[i].analysis;
        const struct pair *pair = analysis == NULL ? NULL : analysis->pair;
        for (size_t j = 0; pair != NULL && j < pair->count; j++) {
            const struct harmonised *row = &pair->rows[pair->row[j]];
            ++*all;
            *strong += row->x.neglog10_p > GENOME_WIDE;
            *marked += row->region != NULL;
        }
    }
}

struct answer answer_threshold(struct report *report)
{
    size_t all, strong, marked;
    count_instruments(report, &all, &strong, &marked);
    const char *words = arena_format(
        report->arena, _("%zu of the %zu instruments in pairs have P < 5e-8 for the exposure."),
        strong, all);
    return (struct answer){words, all == 0 ? NULL : strong == all ? low() : high()};
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
    size_t all, strong, marked;
    count_instruments(report, &all, &strong, &marked);
    return (struct answer){
        arena_format(
            report->arena,
            _("%zu of %zu instruments in pairs lie in pleiotropic regions such as LCT, "
              "ABO and HLA. For the author: other associations of the variants."),
            marked, all),
        NULL};
}

/* Methods that do not take every variant as valid. */
static size_t robust_methods(const struct report *report)
{
    const struct results_options *options = &report->results->options;
    size_t count = 0;
    for (size_t i = 0; i < options->method_count; i++) {
        enum method_group group = options->methods[i]->group;
        count += group != GROUP_SINGLE && group != GROUP_IVW;
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
        _("Version, seed and every setting stand below; results are equal to "
          "the last bit. For the author: data and study file."),
        NULL};
}
