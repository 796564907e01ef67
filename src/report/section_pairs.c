/*
 * Every pair in one row, and the rules of its verdict in another.
 */
#include "base/i18n.h"
#include "report/sections.h"
#include <math.h>

void section_pairs(struct report *report, struct text *page)
{
    static const char *const columns[] = {
        "exposure",      "outcome",   "direction",   "nsnp",    "b",
        "lo_ci",         "up_ci",     "pval",        "qval",    "verdict",
        "heterogeneity", "intercept", "leaveoneout", "steiger", "reverse",
        "methods_agree", "same_set",  "finding",     NULL};
    section_table(report, "summary", columns, page);
}

/* The mark says in words too what the cell's number says: "yes .03". */
static void ruling_cell(const struct ruling *ruling, struct text *page)
{
    static const char *const marks[] = {[JUDGE_PASSED] = "✓",
                                        [JUDGE_FAILED] = "✗",
                                        [JUDGE_CANNOT] = "?",
                                        [JUDGE_NOT_RUN] = "-"};
    text_addf(page, "<td>%s", marks[ruling->judged]);
    if (!isnan(ruling->value)) {
        text_addf(page, " %.3g", ruling->value);
    }
    text_add(page, "</td>");
}

static void verdict_row(const struct report *report, size_t index, struct text *page)
{
    html_row(page);
    html_row_heading(page, section_pair_name(report, index));
    html_cell(page, section_grade(report, index));
    for (enum verdict_rule rule = RULE_NOMINAL; rule < VERDICT_RULES; rule++) {
        ruling_cell(&report->verdicts[index].rulings[rule], page);
    }
    html_row_end(page);
}

static void rules_table(const struct report *report, struct text *page)
{
    const char *const headings[] = {_("rule"), _("asks"), _("threshold"), _("needed for"),
                                    NULL};
    html_table_begin(page, "rules", _("The rules"), headings, 0x4);
    for (enum verdict_rule rule = RULE_NOMINAL; rule < VERDICT_RULES; rule++) {
        html_row(page);
        html_row_heading(page, verdict_rule_text(rule)->key);
        html_cell(page, gettext(verdict_rule_text(rule)->asks));
        text_add(page, "<td>");
        html_number(page, report->rules.threshold[rule]);
        text_add(page, "</td>");
        html_cell(page, report->rules.grades[rule]);
        html_row_end(page);
    }
    html_table_end(page);
}

static void verdicts_table(const struct report *report, struct text *page)
{
    size_t pairs = report->study->pair_count;
    const char *headings[VERDICT_RULES + 3] = {_("pair"), _("verdict")};
    struct text caption = {0};
    for (enum verdict_rule rule = RULE_NOMINAL; rule < VERDICT_RULES; rule++) {
        headings[rule + 2] = verdict_rule_text(rule)->key;
    }
    text_addf(&caption,
              ngettext("Each rule's number, and whether it holds: %zu row",
                       "Each rule's number, and whether it holds: %zu rows", pairs),
              pairs);
    if (pairs > SECTION_ROWS) {
        text_addf(&caption,
                  _("; %zu of them, of the pairs with the smallest P, taxamr run writes all"),
                  (size_t)SECTION_ROWS);
    }
    html_table_begin(page, "table-verdict", caption.bytes, headings, 0x7ffc);
    for (size_t i = 0; i < pairs && i < SECTION_ROWS; i++) {
        verdict_row(report, pairs > SECTION_ROWS ? report->strongest[i] : i, page);
    }
    html_table_end(page);
    text_drop(&caption);
}

void section_verdicts(struct report *report, struct text *page)
{
    html_element(page, "p", NULL,
                 _("A grade is the best all of whose rules hold; what cannot be judged does "
                   "not hold. ✓ holds, ✗ does not, ? cannot be judged."));
    rules_table(report, page);
    html_fold(page, NULL, _("The rules of every pair"));
    verdicts_table(report, page);
    html_fold_end(page);
}
