/*
 * The pairs that are worth a look: those below .05, with what chance gives beside them, and
 * some where none are; each with its verdict, methods and charts, folded.
 */
#include "base/i18n.h"
#include "chart/words.h"
#include "report/sections.h"
#include <math.h>

static void print_chance(const struct report *report, struct text *page)
{
    struct text words = {0};
    struct results_count count = {0};
    for (int direction = FORWARD; direction <= REVERSE; direction++) {
        struct results_count of =
            results_count_of(report->results, NULL, (enum direction)direction);
        count.tested += of.tested;
        count.nominal += of.nominal;
        count.significant += of.significant;
        count.expected += of.expected;
    }
    text_addf(&words,
              _("Tests: %zu. With p < .05: %zu; expected by chance alone: %.1f. With q < .05: "
                "%zu. Shown, the smallest p first: %zu."),
              count.tested, count.nominal, count.expected, count.significant,
              report->looked_count);
    html_element(page, "p", "class=\"chance\"", words.bytes);
    text_drop(&words);
}

static void hit_row(const struct report *report, size_t index, struct text *page)
{
    const struct chart_options how = {.odds_ratio = true};
    const struct pair_result *result = &report->results->pairs[index];
    const struct pair *pair = result->analysis->pair; /* without what was left out by hand */
    const struct estimate *main = family_main(report->results, index);
    bool is_odds = words_exponential(pair, &how);
    html_row(page);
    text_addf(page, "<th scope=\"row\"><a href=\"#pair-%zu\">", index);
    html_text(page, section_pair_name(report, index));
    text_add(page, "</a></th>");
    html_count(page, pair->count);
    html_cell(page, is_odds ? "OR" : "b");
    html_cell(page, words_interval(main, is_odds, ", ", report->arena));
    html_cell(page, chart_p(main->p, main->neglog10_p, report->arena));
    html_cell(page, chart_p(result->q, -log10(result->q), report->arena));
    html_cell(page, section_grade(report, index));
    html_cell(page, report->verdicts[index].words);
    html_row_end(page);
}

static void hits_table(const struct report *report, struct text *page)
{
    double level = report->results->options.settings.level;
    const char *const headings[] = {
        _("pair"),    _("variants"),
        _("scale"),   words_interval_heading(false, level, report->arena),
        "p",          "q",
        _("verdict"), _("in words"),
        NULL};
    html_table_begin(page, "hits-table", _("The smallest p of each direction"), headings, 0x3a);
    for (size_t i = 0; i < report->looked_count; i++) {
        hit_row(report, report->looked[i], page);
    }
    html_table_end(page);
}

void section_hits(struct report *report, struct text *page)
{
    if (report->looked_count == 0) {
        return;
    }
    print_chance(report, page);
    hits_table(report, page);
    for (size_t i = 0; i < report->looked_count; i++) {
        section_pair(report, report->looked[i], page);
    }
}
