/*
 * How many tests there were, how many hits, and how many chance alone gives: a row a direction
 * and disease.
 */
#include "base/i18n.h"
#include "report/sections.h"

#define LEVEL .05

static void count_grades(const struct report *report, const struct test_family *family,
                         size_t grades[5])
{
    for (size_t i = 0; i < family->count; i++) {
        char grade = report->verdicts[family->member[i]].grade;
        if (grade >= 'A' && grade <= 'E') {
            grades[grade - 'A']++;
        }
    }
}

static const char *family_title(const struct report *report, const struct test_family *family)
{
    return arena_format(report->arena, family->direction == FORWARD ? _("on %s") : _("of %s"),
                        family->disease->name);
}

static void found_row(const struct report *report, size_t f, struct text *page)
{
    const struct test_family *family = &report->corrections.families.families[f];
    struct correction_hits hits = corrections_hits(&report->corrections, f, RANK_COUNT, LEVEL);
    size_t grades[5] = {0};
    count_grades(report, family, grades);
    html_row(page);
    html_row_heading(page, family_title(report, family));
    html_count(page, hits.tested);
    html_count(page, hits.findings);
    html_count(page, hits.nominal);
    text_addf(page, "<td>%.1f</td>", LEVEL * (double)hits.tested);
    html_count(page, hits.bonferroni);
    html_count(page, hits.bh);
    for (size_t i = 0; i < 5; i++) {
        html_count(page, grades[i]);
    }
    html_row_end(page);
}

void section_found(struct report *report, struct text *page)
{
    const char *const headings[] = {_("tests"),
                                    _("number"),
                                    _("distinct"),
                                    _("p < .05"),
                                    _("expected by chance"),
                                    _("Bonferroni"),
                                    _("q < .05"),
                                    "A",
                                    "B",
                                    "C",
                                    "D",
                                    "E",
                                    NULL};
    html_element(page, "p", NULL,
                 _("Of tests that show nothing, one in twenty has p < .05: a number of hits "
                   "says something only beside the number that chance gives. Distinct tests "
                   "have different instruments, or in reverse different outcomes. Grades A to "
                   "E are those of the verdict."));
    html_table_begin(page, "found-table", _("Tests, hits and grades"), headings, 0xffe);
    for (size_t f = 0; f < report->corrections.families.count; f++) {
        found_row(report, f, page);
    }
    html_table_end(page);
}
