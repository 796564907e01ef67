#include "ui/explorer/ledger_rows.h"

#include "base/text.h"
#include <string.h>

static bool has(const char *whole, const char *part)
{
    return whole != NULL && text_contains_fold(whole, part);
}

bool ledger_matches(const struct ledger_entry *entry, const char *text)
{
    return has(entry->trait, text) || has(entry->variant, text) || has(entry->outcome, text) ||
           has(stage_text(entry->stage), text) || has(reason_text(entry->reason), text);
}

static bool is_of(const struct ledger_entry *entry, const char *trait)
{
    return trait == NULL || (entry->trait != NULL && strcmp(entry->trait, trait) == 0) ||
           (entry->outcome != NULL && strcmp(entry->outcome, trait) == 0);
}

void ledger_rows(const struct state *state, const char *trait, const char *filter,
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
        if (is_of(&entry, trait) && (filter == NULL || ledger_matches(&entry, filter))) {
            *(struct ledger_entry *)array_add(rows) = entry;
        }
    }
}

const struct trait *ledger_taxon(const struct state *state, const struct ledger_entry *entry)
{
    const struct trait *taxon = state_taxon(state, entry->trait);
    return taxon == NULL && entry->outcome != NULL ? state_taxon(state, entry->outcome) : taxon;
}
