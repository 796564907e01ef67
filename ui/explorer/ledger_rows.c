#include "ui/explorer/ledger_rows.h"
#include "base/i18n.h"
#include "base/text.h"
#include <math.h>
#include <string.h>

enum { OF_VARIANT, OF_TRAIT, OF_OUTCOME, OF_STAGE, OF_REASON, OF_OTHER };

static const struct expression_column columns[] = {
    {"stage", EXPRESSION_TEXT, NULL, OF_STAGE},
    {"reason", EXPRESSION_TEXT, NULL, OF_REASON},
    {"variant", EXPRESSION_TEXT, NULL, OF_VARIANT},
    {"trait", EXPRESSION_TEXT, NULL, OF_TRAIT},
    {"outcome", EXPRESSION_TEXT, NULL, OF_OUTCOME},
    {"other", EXPRESSION_TEXT, NULL, OF_OTHER},
};

const struct expression_column *ledger_columns(size_t *count)
{
    *count = sizeof columns / sizeof columns[0];
    return columns;
}

static struct expression_value value_of(const void *row, int id)
{
    const struct ledger_entry *entry = row;
    switch (id) {
    case OF_VARIANT:
        return (struct expression_value){NAN, entry->variant};
    case OF_TRAIT:
        return (struct expression_value){NAN, entry->trait};
    case OF_OUTCOME:
        return (struct expression_value){NAN, entry->outcome};
    case OF_OTHER:
        return (struct expression_value){NAN, entry->other};
    case OF_STAGE:
        return (struct expression_value){NAN, stage_text(entry->stage)};
    default:
        return (struct expression_value){NAN, reason_text(entry->reason)};
    }
}

static bool has(const char *whole, const char *part)
{
    return whole != NULL && text_contains_fold(whole, part);
}

/* A word by its key, or as it is shown in the language of sentences. */
static bool has_word(const char *word, const char *part)
{
    return has(word, part) || has(gettext(word), part);
}

bool ledger_matches(const struct ledger_entry *entry, const char *text)
{
    return has(entry->trait, text) || has(entry->variant, text) || has(entry->outcome, text) ||
           has(entry->other, text) || has_word(stage_text(entry->stage), text) ||
           has_word(reason_text(entry->reason), text);
}

static bool passes(const struct ledger_entry *entry, const struct filter *filter)
{
    struct expression_row row = {entry, value_of};
    return filter == NULL ||
           (filter->expression == NULL ? ledger_matches(entry, filter->text)
                                       : expression_holds(filter->expression, &row));
}

static bool is_of(const struct ledger_entry *entry, const char *trait)
{
    return trait == NULL || (entry->trait != NULL && strcmp(entry->trait, trait) == 0) ||
           (entry->outcome != NULL && strcmp(entry->outcome, trait) == 0);
}

void ledger_rows(const struct state *state, const char *trait, const struct filter *filter,
                 struct array *rows)
{
    array_clear(rows);
    for (size_t i = 0; i < state->study->ledger.count; i++) {
        struct ledger_entry entry =
            *(const struct ledger_entry *)array_at(&state->study->ledger, i);
        if (entry.reason == REASON_KEPT && entry.variant != NULL &&
            history_is_excluded(&state->history, entry.variant)) {
            entry.stage = STAGE_HAND;
            entry.reason = REASON_EXCLUDED;
        }
        if (is_of(&entry, trait) && passes(&entry, filter)) {
            *(struct ledger_entry *)array_add(rows) = entry;
        }
    }
}

const struct trait *ledger_taxon(const struct state *state, const struct ledger_entry *entry)
{
    const struct trait *taxon = state_taxon(state, entry->trait);
    return taxon == NULL && entry->outcome != NULL ? state_taxon(state, entry->outcome) : taxon;
}
