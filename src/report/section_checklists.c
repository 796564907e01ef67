/*
 * Checklists: their items, filled in where the study tells, "for the author to answer"
 * elsewhere. The items are tables in data/.
 */
#include "base/i18n.h"
#include "report/answers.h"
#include <string.h>

#include "report_review.inc" /* report_review_text: data/microbiome-mr.tsv as one text */
#include "report_strobe.inc" /* report_strobe_text: data/strobe-mr.tsv as one text */

enum { ITEM, TITLE, ASKS, ANSWER, COLUMNS };

/* The cells of a line; returns the next, NULL behind the last. */
static const char *read_item(const char *at, const char *cells[COLUMNS],
                             size_t lengths[COLUMNS])
{
    if (*at == '\0') {
        return NULL;
    }
    for (int i = 0; i < COLUMNS; i++) {
        cells[i] = at;
        lengths[i] = strcspn(at, "\t\n");
        at += lengths[i];
        at += *at == '\t' ? 1 : 0;
    }
    return at + strcspn(at, "\n") + 1;
}

static void cell(struct report *report, const char *text, size_t length, struct text *page)
{
    html_cell(page, gettext(arena_bytes(report->arena, text, length)));
}

static void answer_cell(const struct answer *answer, struct text *page)
{
    if (answer->facts == NULL) {
        text_add(page, "<td class=\"author\">");
        html_text(page, _("For the author to answer"));
        text_add(page, "</td>");
    } else {
        html_cell(page, answer->facts);
    }
}

static void item_row(struct report *report, const char *cells[COLUMNS],
                     const size_t lengths[COLUMNS], bool has_ratings, struct text *page)
{
    bool is_known;
    struct answer answer = answers_of(report, cells[ANSWER], lengths[ANSWER], &is_known);
    html_row(page);
    html_row_heading(page, arena_bytes(report->arena, cells[ITEM], lengths[ITEM]));
    cell(report, cells[TITLE], lengths[TITLE], page);
    cell(report, cells[ASKS], lengths[ASKS], page);
    answer_cell(&answer, page);
    if (has_ratings) {
        html_cell(page, answer.rating == NULL ? _("for the author") : answer.rating);
    }
    html_row_end(page);
}

static void print_items(struct report *report, const char *table, const char *id,
                        const char *caption, bool has_ratings, struct text *page)
{
    const char *const headings[] = {
        _("item"), _("title"), _("asks"), _("answer"), has_ratings ? _("rating") : NULL, NULL};
    const char *cells[COLUMNS];
    size_t lengths[COLUMNS];
    const char *at = read_item(table, cells, lengths);
    html_table_begin(page, id, caption, headings, 0);
    while ((at = read_item(at, cells, lengths)) != NULL) {
        item_row(report, cells, lengths, has_ratings, page);
    }
    html_table_end(page);
}

void section_strobe(struct report *report, struct text *page)
{
    html_element(page, "p", NULL,
                 _("The twenty items of STROBE-MR (Skrivankova et al. 2021, JAMA 326:1614), in "
                   "words of our own."));
    print_items(report, report_strobe_text, "table-strobe",
                _("STROBE-MR, as far as the study tells"), false, page);
}

void section_review(struct report *report, struct text *page)
{
    html_element(page, "p", NULL,
                 _("The items by which Wade et al. 2025 (medRxiv 2025.06.03.25328787) rated "
                   "studies of the microbiome, in words of our own. A rating stands only where "
                   "the study decides it."));
    print_items(report, report_review_text, "table-review",
                _("Items of the review, as far as the study tells"), true, page);
}
