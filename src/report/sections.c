/*
 * What several sections of the report need: tables as the program prints them, charts, names.
 */
#include "report/sections.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "chart/words.h"
#include "report/figure.h"
#include "report/strongest.h"
#include "report/table.h"
#include <math.h>
#include <string.h>

/* A longer table is folded. */
enum { LONG_TABLE = 30 };

static size_t lines_of(const struct text *text)
{
    size_t lines = 0;
    for (size_t i = 0; i < text->length; i++) {
        lines += text->bytes[i] == '\n';
    }
    return lines;
}

bool section_fold(struct text *page, const char *title, size_t rows)
{
    if (rows <= LONG_TABLE) {
        return false;
    }
    struct text summary = {0};
    text_addf(&summary, ngettext("%s (%zu row)", "%s (%zu rows)", rows), title, rows);
    html_fold(page, NULL, summary.bytes);
    text_drop(&summary);
    return true;
}

void section_fold_end(struct text *page, bool is_folded)
{
    if (is_folded) {
        html_fold_end(page);
    }
}

void section_table_of(struct report *report, const struct table_kind *kind,
                      const char *const *columns, struct text *page)
{
    struct text tsv = {0}, id = {0};
    table_print(kind, report->results, TABLE_TSV, &tsv);
    size_t rows = lines_of(&tsv) - 1;
    text_addf(&id, "table-%s", kind->key);
    bool is_by_strength =
        rows > SECTION_ROWS && strongest_first(report->study, report->strongest, &tsv);
    struct html_table how = {id.bytes, gettext(kind->shows), columns, SECTION_ROWS,
                             is_by_strength};
    bool is_folded = section_fold(page, kind->key, rows);
    if (rows > 0) {
        html_table_of(page, &how, tsv.bytes);
    }
    section_fold_end(page, is_folded);
    text_drop(&id);
    text_drop(&tsv);
}

void section_table(struct report *report, const char *key, const char *const *columns,
                   struct text *page)
{
    section_table_of(report, tables_find(key), columns, page);
}

void section_figure(struct report *report, const struct chart *chart, const char *title,
                    double millimetres, struct text *page)
{
    struct figure_options how = {.title = title, .width = millimetres, .dots = 72};
    struct error error = {0};
    struct text id = {0};
    text_addf(&id, "f%zu", ++report->figures);
    text_addf(page, "<figure class=\"%s\">\n", millimetres > 150 ? "whole" : "half");
    if (!figure_inline(chart, &how, id.bytes, page, &error)) {
        char *message = error_message(&error);
        html_element(page, "p", NULL, message);
        memory_free(message);
        error_clear(&error);
    }
    text_add(page, "</figure>\n");
    text_drop(&id);
}

const char *section_pair_name(const struct report *report, size_t pair)
{
    const struct pair *of = report->study->pairs[pair];
    return arena_format(report->arena, "%s → %s", words_trait(of->exposure, report->arena),
                        words_trait(of->outcome, report->arena));
}

static bool has_row_people(const struct pair *pair, bool is_exposure)
{
    for (size_t i = 0; i < pair->row_count; i++) {
        const struct harmonised *row = &pair->rows[i];
        if (!isnan(is_exposure ? row->x.n : row->y.n)) {
            return true;
        }
    }
    return false;
}

bool section_has_row_people(const struct study *study, const struct trait *trait)
{
    for (size_t i = 0; i < study->pair_count; i++) {
        const struct pair *pair = study->pairs[i];
        bool is_exposure = strcmp(pair->exposure->key, trait->key) == 0;
        if ((is_exposure || strcmp(pair->outcome->key, trait->key) == 0) &&
            has_row_people(pair, is_exposure)) {
            return true;
        }
    }
    return false;
}

bool section_has_steiger(const struct report *report)
{
    for (size_t i = 0; i < report->study->pair_count; i++) {
        const struct analysis *analysis = report->results->pairs[i].analysis;
        if (analysis != NULL && analysis->steiger.is_known) {
            return true;
        }
    }
    return false;
}

size_t section_cite(struct report *report, const char *citation)
{
    for (size_t i = 0; i < report->references.count; i++) {
        if (strcmp(*(const char **)array_at(&report->references, i), citation) == 0) {
            return i + 1;
        }
    }
    *(const char **)array_add(&report->references) = citation;
    return report->references.count;
}

const char *section_judgement(enum judgement judged)
{
    switch (judged) {
    case JUDGE_PASSED:
        return _("yes");
    case JUDGE_FAILED:
        return _("no");
    case JUDGE_CANNOT:
        return _("cannot be judged");
    default:
        return _("not run");
    }
}

const char *section_grade(const struct report *report, size_t pair)
{
    const struct verdict *verdict = &report->verdicts[pair];
    return arena_format(report->arena, "%c", verdict->grade);
}
