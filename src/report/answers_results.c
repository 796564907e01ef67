/*
 * STROBE-MR's items on results and discussion, as far as the study tells them.
 */
#include "base/i18n.h"
#include "report/answer_facts.h"
#include <math.h>

static struct answer facts(const char *words)
{
    return (struct answer){words, NULL};
}

struct answer answer_flow(struct report *report)
{
    return facts(arena_format(report->arena,
                              _("%zu exposures, %zu pairs, %zu entries of the ledger of which "
                                "%zu were kept; see the flow and the ledger."),
                              report->study->exposure_count, report->study->pair_count,
                              report->study->ledger.count,
                              answer_reasons(report, REASON_KEPT)));
}

struct answer answer_overlap(struct report *report)
{
    (void)report;
    return facts(NULL);
}

struct answer answer_associations(struct report *report)
{
    (void)report;
    return facts(_("Of every variant in the table harmonised, which taxamr run writes; of the "
                   "pairs worth a look in the scatter plots."));
}

struct answer answer_estimates(struct report *report)
{
    return facts(arena_format(report->arena,
                              _("Every pair and method, with intervals at %g%%, above."),
                              100 * report->results->options.settings.level));
}

struct answer answer_plots(struct report *report)
{
    return facts(arena_format(report->arena,
                              _("Methods, forest, scatter, funnel and leave-one-out of %zu "
                                "pairs; taxamr plot draws those of any other."),
                              report->looked_count));
}

/* How many pairs passed a check and how many failed it, of those that it could judge. */
static void count_rule(const struct report *report, enum verdict_rule rule, size_t *passed,
                       size_t *judged)
{
    *passed = *judged = 0;
    for (size_t i = 0; i < report->study->pair_count; i++) {
        enum judgement is = report->verdicts[i].rulings[rule].judged;
        *passed += is == JUDGE_PASSED;
        *judged += is == JUDGE_PASSED || is == JUDGE_FAILED;
    }
}

struct answer answer_validity(struct report *report)
{
    size_t intercept, of_intercept, direction, of_direction;
    count_rule(report, RULE_INTERCEPT, &intercept, &of_intercept);
    count_rule(report, RULE_DIRECTION, &direction, &of_direction);
    return facts(
        arena_format(report->arena,
                     _("The intercept shows nothing in %zu of %zu pairs, Steiger's "
                       "direction is right in %zu of %zu. Not detected is not absent."),
                     intercept, of_intercept, direction, of_direction));
}

struct answer answer_heterogeneity(struct report *report)
{
    size_t passed, judged;
    count_rule(report, RULE_HETEROGENEITY, &passed, &judged);
    return facts(arena_format(report->arena,
                              _("Q shows no heterogeneity in %zu of %zu pairs; Q and I2 "
                                "stand above."),
                              passed, judged));
}

struct answer answer_agreement(struct report *report)
{
    size_t passed, judged;
    count_rule(report, RULE_METHODS, &passed, &judged);
    return facts(arena_format(report->arena,
                              _("Other methods agree with the main one in %zu of the %zu pairs "
                                "where three or more can be compared."),
                              passed, judged));
}

struct answer answer_thresholds(struct report *report)
{
    (void)report;
    return facts(_("The same with instruments at 5e-8, 1e-6 and 1e-5, and permuted outcomes, "
                   "above."));
}

struct answer answer_direction(struct report *report)
{
    const bool *has = report->study->has_direction;
    bool is_both = has[FORWARD] && has[REVERSE];
    if (!section_has_steiger(report)) {
        return facts(is_both ? _("Both directions were analysed and are reported.")
                             : _("One direction was analysed."));
    }
    return facts(is_both ? _("Both directions were analysed, and Steiger's test is shown.")
                         : _("One direction was analysed; Steiger's test is shown."));
}

struct answer answer_found(struct report *report)
{
    size_t grades[5] = {0};
    for (size_t i = 0; i < report->study->pair_count; i++) {
        char grade = report->verdicts[i].grade;
        if (grade >= 'A' && grade <= 'E') {
            grades[grade - 'A']++;
        }
    }
    return facts(
        arena_format(report->arena,
                     _("Grades: A %zu, B %zu, C %zu, D %zu, E %zu. For the author: what "
                       "they say of the objectives."),
                     grades[0], grades[1], grades[2], grades[3], grades[4]));
}

struct answer answer_limits(struct report *report)
{
    size_t genome, of_genome, of_power = 0, power = 0;
    count_rule(report, RULE_GENOME_WIDE, &genome, &of_genome);
    for (size_t i = 0; i < report->study->pair_count; i++) {
        power += report->verdicts[i].has_power;
        of_power += !isnan(report->verdicts[i].rulings[RULE_POWER].value);
    }
    return facts(arena_format(report->arena,
                              _("%zu of %zu pairs have an instrument of genome-wide "
                                "significance; %zu of %zu have power for a small effect. For "
                                "the author: bias of other kinds."),
                              genome, of_genome, power, of_power));
}

struct answer answer_sharing(struct report *report)
{
    (void)report;
    return facts(_("The program is free; taxamr run writes every table. For the author: where "
                   "the data are."));
}
