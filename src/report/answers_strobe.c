/*
 * STROBE-MR's items on design and methods, as far as the study tells them.
 */
#include "base/i18n.h"
#include "config.h"
#include "report/answer_facts.h"
#include <math.h>

static struct answer facts(const char *words)
{
    return (struct answer){words, NULL};
}

size_t answer_reasons(const struct report *report, enum reason reason)
{
    size_t counts[REASONS] = {0};
    ledger_count(&report->study->ledger, counts);
    return counts[reason];
}

struct answer answer_objectives(struct report *report)
{
    const struct study *study = report->study;
    const char *ways = study->has_direction[FORWARD] && study->has_direction[REVERSE]
                           ? _("in both directions")
                       : study->has_direction[REVERSE] ? _("in reverse")
                                                       : _("forward");
    return facts(arena_format(report->arena,
                              _("Exposures: %zu, outcomes: %zu, %s. For the author: which "
                                "hypotheses stood beforehand."),
                              study->exposure_count, study->outcome_count, ways));
}

static const char *people_words(const struct study *study, const struct trait *trait,
                                struct arena *arena)
{
    if (!isnan(trait->n)) {
        return arena_format(arena, _("%.0f people"), trait->n);
    }
    return section_has_row_people(study, trait) ? _("number of people given by variant")
                                                : _("number of people not given");
}

/* "Insomnia: 386533 people, 109402 cases". */
static const char *trait_words(const struct study *study, const struct trait *trait,
                               struct arena *arena)
{
    const char *people = people_words(study, trait, arena);
    const char *cases =
        isnan(trait->cases) ? "" : arena_format(arena, _(", %.0f cases"), trait->cases);
    return arena_format(arena, "%s: %s%s", trait->name, people, cases);
}

struct answer answer_data(struct report *report)
{
    enum { MOST = 6 };
    const struct study *study = report->study;
    const char *list = arena_format(report->arena, _("Exposures: %zu"), study->exposure_count);
    for (size_t i = 0; i < study->outcome_count && i < MOST; i++) {
        list = arena_format(report->arena, "%s; %s", list,
                            trait_words(study, study->outcomes[i], report->arena));
    }
    return facts(arena_format(
        report->arena, _("%s. For the author: the studies, their places and times."), list));
}

struct answer answer_variants(struct report *report)
{
    const struct instrument_settings *settings = &report->study->instruments;
    return facts(settings->all || !(settings->p_threshold > 0)
                     ? _("All variants of the study's tables of instruments; the ledger tells "
                         "what was left out. For the author: how the tables were made.")
                     : arena_format(report->arena,
                                    _("Variants with P below %g for their exposure; the ledger "
                                      "tells what was left out. For the author: genotyping and "
                                      "its checks."),
                                    settings->p_threshold));
}

/* The distinct units of some traits, with commas between. */
static const char *units_of(struct trait *const *traits, size_t count, struct arena *arena)
{
    bool is_named[UNIT_SCORE + 1] = {false};
    const char *list = "";
    for (size_t i = 0; i < count; i++) {
        enum trait_unit unit = traits[i]->unit;
        if (!is_named[unit]) {
            list = arena_format(arena, "%s%s%s", list, list[0] == '\0' ? "" : ", ",
                                trait_unit_key(unit));
            is_named[unit] = true;
        }
    }
    return list;
}

struct answer answer_units(struct report *report)
{
    const struct study *study = report->study;
    if (study->exposure_count == 0 || study->outcome_count == 0) {
        return facts(NULL);
    }
    return facts(arena_format(report->arena,
                              _("Effects are as in the sources. Units of exposures: %s; units "
                                "of outcomes: %s; known units that differ are not put "
                                "together."),
                              units_of(study->exposures, study->exposure_count, report->arena),
                              units_of(study->outcomes, study->outcome_count, report->arena)));
}

struct answer answer_assumptions(struct report *report)
{
    (void)report;
    return facts(_("Variants are associated with the exposure (F shown), share no cause with "
                   "the outcome, and act on it through the exposure alone (heterogeneity and "
                   "intercept shown); effects are linear. The second cannot be tested here."));
}

struct answer answer_weights(struct report *report)
{
    (void)report;
    return facts(_("Each variant's effect on the outcome over that on the exposure, weighted "
                   "by the inverse variance of the former."));
}

struct answer answer_estimator(struct report *report)
{
    return facts(arena_format(report->arena,
                              _("Inverse variance weighted with multiplicative random effects, "
                                "the Wald ratio of one variant; %zu methods in all."),
                              report->results->options.method_count));
}

struct answer answer_missing(struct report *report)
{
    return facts(arena_format(
        report->arena,
        _("%zu entries were not in the outcome, %zu lacked an effect or its error; proxies "
          "stand only where the ledger says so."),
        answer_reasons(report, REASON_NOT_IN_OUTCOME),
        answer_reasons(report, REASON_MISSING_NUMBER)));
}

struct answer answer_multiple(struct report *report)
{
    (void)report;
    return facts(
        _("By the false discovery rate over each direction and disease, with "
          "Bonferroni, by rank, down the taxonomy and by the effective number of tests "
          "beside it; what chance gives is told with every list of hits."));
}

struct answer answer_checks(struct report *report)
{
    if (!section_has_steiger(report)) {
        return facts(_("F and R2, Cochran's Q, the intercept of MR Egger, leave-one-out, "
                       "outliers of radial MR, power. Steiger's test could not be made from "
                       "these data."));
    }
    return facts(
        _("F and R2, Cochran's Q, the intercept of MR Egger, leave-one-out, outliers of "
          "radial MR, Steiger's test, power."));
}

struct answer answer_sensitivity(struct report *report)
{
    (void)report;
    return facts(_("Methods that rest on other assumptions, each variant left out in turn, "
                   "instruments at three thresholds, permuted outcomes."));
}

struct answer answer_software(struct report *report)
{
    return facts(arena_format(
        report->arena, _("taxamr %s, seed %llu; the settings of the estimates stand below."),
        PACKAGE_VERSION, (unsigned long long)report->results->options.settings.seed));
}
