/*
 * The ledger: counts by stage and reason, then every variant, those of one pair and reason in
 * one row.
 */
#include "base/i18n.h"
#include "base/text.h"
#include "report/sections.h"
#include <math.h>

enum { STAGES = STAGE_HAND + 1, MOST_VARIANTS = 1000 };

static const struct ledger_entry *entry_at(const struct array *ledger, size_t index)
{
    return array_at(ledger, index);
}

static void counts_table(const struct array *ledger, struct text *page)
{
    const char *const headings[] = {_("stage"), _("reason"), _("entries"), NULL};
    size_t counts[STAGES][REASONS] = {{0}};
    for (size_t i = 0; i < ledger->count; i++) {
        counts[entry_at(ledger, i)->stage][entry_at(ledger, i)->reason]++;
    }
    html_table_begin(page, "ledger-counts", _("Variants looked at, by what became of them"),
                     headings, 0x4);
    for (size_t stage = 0; stage < STAGES; stage++) {
        for (size_t reason = 0; reason < REASONS; reason++) {
            if (counts[stage][reason] > 0) {
                html_row(page);
                html_row_heading(page, gettext(stage_text((enum stage)stage)));
                html_cell(page, gettext(reason_text((enum reason)reason)));
                html_count(page, counts[stage][reason]);
                html_row_end(page);
            }
        }
    }
    html_table_end(page);
}

/* The entries from `begin` on that belong to one trait, outcome, direction and stage. */
static size_t run_end(const struct array *ledger, size_t begin)
{
    const struct ledger_entry *first = entry_at(ledger, begin);
    size_t end = begin + 1;
    while (end < ledger->count) {
        const struct ledger_entry *entry = entry_at(ledger, end);
        if (entry->stage != first->stage || entry->direction != first->direction ||
            !text_equal(entry->trait, first->trait) ||
            !text_equal(entry->outcome, first->outcome)) {
            break;
        }
        end++;
    }
    return end;
}

/* "rs1, rs2 (rs3, r2 .9)": behind a variant what it gives way to, or what stands for it. */
static void add_variant(const struct ledger_entry *entry, bool is_first, struct text *words)
{
    text_addf(words, "%s%s", is_first ? "" : ", ",
              entry->variant == NULL ? "-" : entry->variant);
    if (entry->other != NULL) {
        text_addf(words, " (%s", entry->other);
        if (!isnan(entry->r2)) {
            text_addf(words, ", r2 %.2g", entry->r2);
        }
        text_add(words, ")");
    }
}

static void add_variants(const struct array *ledger, size_t begin, size_t end,
                         enum reason reason, struct text *page)
{
    struct text words = {0};
    size_t count = 0;
    for (size_t i = begin; i < end; i++) {
        const struct ledger_entry *entry = entry_at(ledger, i);
        if (entry->reason == reason && count++ < MOST_VARIANTS) {
            add_variant(entry, count == 1, &words);
        }
    }
    if (count > MOST_VARIANTS) {
        text_addf(&words, _(" and %zu more"), count - MOST_VARIANTS);
    }
    html_count(page, count);
    html_cell(page, words.bytes);
    text_drop(&words);
}

static size_t run_rows(const struct array *ledger, size_t begin, size_t end, struct text *page)
{
    const struct ledger_entry *first = entry_at(ledger, begin);
    bool has[REASONS] = {false};
    size_t rows = 0;
    for (size_t i = begin; i < end; i++) {
        has[entry_at(ledger, i)->reason] = true;
    }
    for (size_t reason = 0; reason < REASONS; reason++) {
        if (has[reason]) {
            html_row(page);
            html_row_heading(page, first->trait);
            html_cell(page, first->outcome);
            html_cell(page, gettext(stage_text(first->stage)));
            html_cell(page, gettext(reason_text((enum reason)reason)));
            add_variants(ledger, begin, end, (enum reason)reason, page);
            html_row_end(page);
            rows++;
        }
    }
    return rows;
}

static void full_table(const struct array *ledger, struct text *page)
{
    const char *const headings[] = {_("trait"),  _("outcome"),  _("stage"), _("reason"),
                                    _("number"), _("variants"), NULL};
    struct text rows = {0}, caption = {0};
    size_t begin = 0;
    for (size_t count = 0; begin < ledger->count && count < SECTION_ROWS;) {
        size_t end = run_end(ledger, begin);
        count += run_rows(ledger, begin, end, &rows);
        begin = end;
    }
    text_add(&caption, _("Every variant, by trait, outcome and reason"));
    if (begin < ledger->count) {
        text_add(&caption, _("; the first ones, taxamr run writes all"));
    }
    html_fold(page, NULL, _("Every variant"));
    html_table_begin(page, "table-ledger", caption.bytes, headings, 0x10);
    text_add_bytes(page, rows.bytes, rows.length);
    html_table_end(page);
    html_fold_end(page);
    text_drop(&rows);
    text_drop(&caption);
}

void section_ledger(struct report *report, struct text *page)
{
    const struct array *whole = &report->study->ledger;
    struct map *excluded = exclusions_ids(&report->results->options.exclusions);
    struct array ledger = ARRAY_OF(struct ledger_entry);
    for (size_t i = 0; i < whole->count; i++) {
        *(struct ledger_entry *)array_add(&ledger) =
            exclusions_entry(excluded, entry_at(whole, i));
    }
    if (ledger.count > 0) {
        counts_table(&ledger, page);
        full_table(&ledger, page);
    }
    array_destroy(&ledger);
    map_destroy(excluded);
}
