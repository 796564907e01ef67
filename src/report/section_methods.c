/*
 * A paragraph of methods out of what was really done, with its references.
 */
#include "base/i18n.h"
#include "report/sections.h"
#include "study/calibration.h"
#include "study/through.h"
#include <math.h>

/* A sentence, and what it rests on: "[3]" behind it. */
static void say(struct report *report, struct text *page, const char *sentence,
                const char *citation)
{
    text_add(page, " ");
    html_text(page, sentence);
    if (citation != NULL) {
        size_t number = section_cite(report, citation);
        text_addf(page, " <a href=\"#reference-%zu\">[%zu]</a>", number, number);
    }
}

static const char *instruments_words(const struct report *report)
{
    const struct instrument_settings *settings = &report->study->instruments;
    return settings->all || !(settings->p_threshold > 0)
               ? _("Instruments were all the variants that the study's tables of instruments "
                   "list for each exposure.")
               : arena_format(report->arena,
                              _("Instruments were the variants with P below %g for their "
                                "exposure."),
                              settings->p_threshold);
}

/* What choosing and harmonising left out, by reason. */
static const char *removed_words(const struct report *report)
{
    size_t counts[REASONS] = {0};
    const char *list = NULL;
    ledger_count(&report->study->ledger, counts);
    for (int reason = REASON_KEPT + 1; reason < REASONS; reason++) {
        if (counts[reason] > 0) {
            list = arena_format(report->arena, "%s%s%s (%zu)", list == NULL ? "" : list,
                                list == NULL ? "" : ", ",
                                gettext(reason_text((enum reason)reason)), counts[reason]);
        }
    }
    return list == NULL
               ? _("No variant was left out.")
               : arena_format(report->arena, _("Entries left out, by reason: %s."), list);
}

static const char *action_words(enum harmonise_action action)
{
    switch (action) {
    case ACTION_FORWARD:
        return _("Alleles were taken as on the forward strand, palindromic variants kept.");
    case ACTION_INFER:
        return _("The strand of palindromic variants was inferred from their frequencies; "
                 "those that frequencies do not tell were left out.");
    default:
        return _("Palindromic variants were left out.");
    }
}

/* Of a study with mediators: what their errors have in common. */
static const char *errors_words(const struct report *report)
{
    const struct through *through = report->study->through;
    double all = report->results->options.settings.parameters[PARAMETER_MV_CORRELATION];
    if (through->correlations != NULL) {
        return arena_format(report->arena,
                            _("The errors of exposures, mediators and covariates were taken as "
                              "correlated pair by pair as %s has it (%g for pairs that it does "
                              "not name)."),
                            section_short_path(report->study, through->correlations->path),
                            all);
    }
    return all == 0 ? _("The errors of exposures, mediators and covariates were taken as "
                        "independent.")
                    : arena_format(report->arena,
                                   _("The errors of any two of exposures, mediators and "
                                     "covariates were taken as correlated by %g."),
                                   all);
}

static void data_paragraph(struct report *report, struct text *page)
{
    const struct study *study = report->study;
    text_add(page, "<p>");
    say(report, page,
        arena_format(report->arena,
                     _("Two-sample Mendelian randomisation on summary statistics; exposures: "
                       "%zu, outcomes: %zu, %s."),
                     study->exposure_count, study->outcome_count,
                     study->has_direction[FORWARD] && study->has_direction[REVERSE]
                         ? _("in both directions")
                     : study->has_direction[REVERSE] ? _("in reverse")
                                                     : _("forward")),
        NULL);
    say(report, page, instruments_words(report), NULL);
    say(report, page, _("Effects of exposure and outcome were brought onto the same alleles."),
        "Hemani et al. 2018, eLife 7:e34408");
    say(report, page, action_words(study->action), NULL);
    say(report, page, removed_words(report), NULL);
    if (report->study->through != NULL) {
        say(report, page, errors_words(report), NULL);
    }
    text_add(page, "</p>\n");
}

static bool is_main(const struct method *method)
{
    return method == methods_find("ivw") || method == methods_find("wald");
}

/* What was asked for beside the main estimate, by the names that tables have. */
static void other_methods(struct report *report, struct text *page)
{
    const struct results_options *options = &report->results->options;
    bool is_any = false;
    for (size_t i = 0; i < options->method_count; i++) {
        if (!is_main(options->methods[i])) {
            html_text(page, is_any ? "," : _(" Beside it stand:"));
            say(report, page, options->methods[i]->name, options->methods[i]->citation);
            is_any = true;
        }
    }
    text_add(page, is_any ? "." : "");
}

static void estimates_paragraph(struct report *report, struct text *page)
{
    const struct results_options *options = &report->results->options;
    text_add(page, "<p>");
    say(report, page,
        _("The main estimate is inverse variance weighted with multiplicative random effects, "
          "never below fixed,"),
        methods_find("ivw")->citation);
    say(report, page, _("and the Wald ratio where one variant stands for the exposure."),
        methods_find("wald")->citation);
    other_methods(report, page);
    say(report, page,
        arena_format(report->arena,
                     _("Intervals are at %g%%; methods that draw random numbers had seed %llu "
                       "and %zu repetitions."),
                     100 * options->settings.level, (unsigned long long)options->settings.seed,
                     options->settings.boot),
        NULL);
    text_add(page, "</p>\n");
}

static void checks_paragraph(struct report *report, struct text *page)
{
    static const struct {
        const char *words, *citation;
    } checks[] = {
        {N_("Heterogeneity is Cochran's Q with I2,"),
         "Higgins and Thompson 2002, Stat Med 21:1539"},
        {N_("directional pleiotropy the intercept of MR Egger,"),
         "Bowden, Davey Smith and Burgess 2015, Int J Epidemiol 44:512"},
        {N_("outliers those of radial MR."), "Bowden et al. 2018, Int J Epidemiol 47:1264"},
        {N_("Each variant was left out in turn. The strength of instruments is F and, for "
            "Egger, I2 of the exposure."),
         "Bowden et al. 2016, Int J Epidemiol 45:1961"},
    };
    bool has_steiger = section_has_steiger(report);
    text_add(page, "<p>");
    for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++) {
        say(report, page, gettext(checks[i].words), checks[i].citation);
    }
    if (has_steiger) {
        say(report, page, _("The direction was tested by Steiger's test,"),
            "Hemani, Tilling and Davey Smith 2017, PLoS Genet 13:e1007081");
    }
    say(report, page,
        has_steiger ? _("power computed for two samples.")
                    : _("Power was computed for two samples."),
        "Brion, Shakhbazov and Visscher 2013, Int J Epidemiol 42:1497");
    text_add(page, "</p>\n");
}

static void testing_paragraph(struct report *report, struct text *page)
{
    struct meta_groups groups = meta_groups_of(report->study, report->arena);
    text_add(page, "<p>");
    say(report, page,
        _("The false discovery rate was controlled over the tests of a direction and disease,"),
        "Benjamini and Hochberg 1995, JRSS B 57:289");
    say(report, page, _("with these beside it: any dependence,"),
        "Benjamini and Yekutieli 2001, Ann Stat 29:1165");
    say(report, page, _("q-values,"), "Storey 2002, JRSS B 64:479");
    say(report, page, _("down the taxonomy,"), "Yekutieli 2008, JASA 103:309");
    say(report, page, _("the effective number of tests."),
        "Galwey 2009, Genet Epidemiol 33:559");
    say(report, page,
        arena_format(report->arena,
                     _("Exposures whose instruments have a Jaccard index of %g or more count "
                       "as one finding. Calibration deals the outcome's effects out anew among "
                       "the variants, up to %d times."),
                     FINDINGS_JACCARD, CALIBRATION_DEALS),
        "Westfall and Young 1993, Resampling-based multiple testing, Wiley");
    if (groups.count > 0) {
        say(report, page, _("Cohorts were put together by fixed and by random effects."),
            "DerSimonian and Laird 1986, Control Clin Trials 7:177");
    }
    say(report, page,
        _("Verdicts from A to E follow the rules shown above; a null is called uninformative "
          "where power for a small effect is low or its interval contains one."),
        NULL);
    text_add(page, "</p>\n");
}

static void references_list(const struct report *report, struct text *page)
{
    html_element(page, "h3", NULL, _("References"));
    text_add(page, "<ol class=\"references\">\n");
    for (size_t i = 0; i < report->references.count; i++) {
        const char *citation = *(const char **)array_at(&report->references, i);
        html_element(page, "li", arena_format(report->arena, "id=\"reference-%zu\"", i + 1),
                     citation);
    }
    text_add(page, "</ol>\n");
}

void section_methods(struct report *report, struct text *page)
{
    data_paragraph(report, page);
    estimates_paragraph(report, page);
    checks_paragraph(report, page);
    testing_paragraph(report, page);
    references_list(report, page);
}
