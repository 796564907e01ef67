/*
 * One pair: its verdict rule by rule, every method's estimate, its charts.
 */
#include "base/i18n.h"
#include "chart/words.h"
#include "report/sections.h"
#include <math.h>
#include <string.h>

/* Of the charts there are, those that a page has room for. */
static const char *const charts[] = {"methods", "forest", "scatter", "funnel", "loo"};

/* Millimetres: two stand side by side. */
#define CHART_WIDTH 130

/* More variants than that are not all drawn in rows. */
enum { MOST_ROWS = 150 };

static const struct chart_options how = {.odds_ratio = true, .by_effect = true};

static void rule_row(const struct report *report, const struct verdict *verdict,
                     enum verdict_rule rule, struct text *page)
{
    html_row(page);
    html_row_heading(page, verdict_rule_text(rule)->key);
    html_cell(page, gettext(verdict_rule_text(rule)->asks));
    text_add(page, "<td>");
    html_number(page, verdict->rulings[rule].value);
    text_add(page, "</td><td>");
    html_number(page, report->rules.threshold[rule]);
    text_add(page, "</td>");
    html_cell(page, section_judgement(verdict->rulings[rule].judged));
    html_cell(page, report->rules.grades[rule]);
    html_row_end(page);
}

static void rules_table(const struct report *report, size_t index, struct text *page)
{
    const char *const headings[] = {
        _("rule"),       _("asks"), C_("value of a rule", "number"), _("threshold"), _("holds"),
        _("needed for"), NULL};
    html_table_begin(page, NULL, _("The verdict, rule by rule"), headings, 0xc);
    for (enum verdict_rule rule = RULE_NOMINAL; rule < VERDICT_RULES; rule++) {
        rule_row(report, &report->verdicts[index], rule, page);
    }
    html_table_end(page);
}

static void method_row(const struct report *report, const struct estimate *estimate,
                       bool is_odds, struct text *page)
{
    struct arena *arena = report->arena;
    bool has_value = words_has_value(estimate);
    html_row(page);
    html_row_heading(page, estimate->method->name);
    html_count(page, estimate->variants);
    html_cell(page, has_value ? words_interval(estimate, is_odds, ", ", arena)
                              : words_status(estimate->status));
    html_cell(page, has_value ? chart_p(estimate->p, estimate->neglog10_p, arena) : "-");
    html_cell(page, estimate->note);
    html_row_end(page);
}

static void methods_table(const struct report *report, const struct analysis *analysis,
                          struct text *page)
{
    bool is_odds = words_exponential(analysis->pair, &how);
    const char *const headings[] = {
        _("method"),
        _("variants"),
        words_interval_heading(is_odds, analysis->settings.level, report->arena),
        "p",
        _("note"),
        NULL};
    html_table_begin(page, NULL, _("Every method"), headings, 0xe);
    for (size_t i = 0; i < analysis->estimate_count; i++) {
        const struct estimate *estimate = &analysis->estimates[i];
        size_t most = estimate->method->most;
        bool is_other = most > 0 && analysis->pair->count > most;
        if (estimate->status != ESTIMATE_TOO_FEW && !is_other) {
            method_row(report, estimate, is_odds, page);
        }
    }
    html_table_end(page);
}

/* Checks of the pair itself; what the whole study answers stands among the rules. */
static void checks_list(const struct report *report, size_t index, struct text *page)
{
    const struct analysis *analysis = report->results->pairs[index].analysis;
    size_t count;
    const struct diagnostic *const *all = diagnostics_all(&count);
    text_add(page, "<ul>\n");
    for (size_t i = 0; i < count; i++) {
        bool is_own = all[i]->says != NULL && strchr("QELS", all[i]->letter) != NULL;
        const char *figures = is_own ? all[i]->says(analysis, report->arena) : NULL;
        if (figures != NULL) {
            text_add(page, "<li>");
            html_text(page, gettext(all[i]->name));
            text_add(page, ": ");
            html_text(page, figures);
            text_add(page, "</li>\n");
        }
    }
    text_add(page, "</ul>\n");
}

static void pair_charts(struct report *report, size_t index, struct text *page)
{
    const struct analysis *analysis = report->results->pairs[index].analysis;
    struct chart_options options = how;
    options.fold = analysis->pair->count > MOST_ROWS;
    text_add(page, "<div class=\"figures\">\n");
    for (size_t i = 0; i < sizeof charts / sizeof charts[0]; i++) {
        const struct chart_kind *kind = charts_find(charts[i]);
        if (analysis->pair->count >= kind->least) {
            section_figure(report, kind->function(analysis, &options, report->arena),
                           section_pair_name(report, index), CHART_WIDTH, page);
        }
    }
    text_add(page, "</div>\n");
}

void section_pair(struct report *report, size_t index, struct text *page)
{
    const struct analysis *analysis = report->results->pairs[index].analysis;
    const struct estimate *main = &analysis->main;
    bool is_odds = words_exponential(analysis->pair, &how);
    const char *attributes =
        arena_format(report->arena, "class=\"pair\" id=\"pair-%zu\"", index);
    const char *summary = arena_format(
        report->arena, _("%s: %s %s, p %s, verdict %c"), section_pair_name(report, index),
        is_odds ? "OR" : "b", words_interval(main, is_odds, ", ", report->arena),
        chart_p(main->p, main->neglog10_p, report->arena), report->verdicts[index].grade);
    html_fold(page, attributes, summary);
    html_element(page, "p", NULL,
                 arena_format(report->arena, _("In words: %s. Scale: %s."),
                              report->verdicts[index].words,
                              words_scale(analysis->pair, is_odds, report->arena)));
    section_plain_pair(report, index, page);
    rules_table(report, index, page);
    methods_table(report, analysis, page);
    checks_list(report, index, page);
    pair_charts(report, index, page);
    html_fold_end(page);
}
