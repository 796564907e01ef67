#include "pair/ledger.h"
#include <string.h>

static enum stage stage_of(enum reason reason)
{
    if (reason >= REASON_TOO_WEAK && reason <= REASON_LAST_CHOICE) {
        return STAGE_INSTRUMENT;
    }
    switch (reason) {
    case REASON_EXCLUDED:
        return STAGE_HAND;
    case REASON_NO_ID:
    case REASON_BAD_SE:
    case REASON_BAD_P:
    case REASON_BAD_EAF:
    case REASON_BAD_POSITION:
    case REASON_DUPLICATE:
    case REASON_BAD_ROW:
        return STAGE_READING;
    default:
        return STAGE_HARMONISE;
    }
}

/* A row that might be used and is not lacks a number, or was taken out of the pair. */
static enum reason reason_of(const struct pair *pair, size_t row, bool is_used)
{
    const struct harmonised *harmonised = &pair->rows[row];

    if (is_used || !harmonised->keep) {
        return harmonised->reason;
    }
    return pair_is_usable(harmonised) ? REASON_EXCLUDED : REASON_MISSING_NUMBER;
}

void ledger_add_pair(struct array *ledger, const struct pair *pair)
{
    size_t used = 0;

    for (size_t row = 0; row < pair->row_count; row++) {
        struct ledger_entry *entry = array_add(ledger);
        bool is_used = used < pair->count && pair->row[used] == row;

        used += is_used;
        entry->trait = pair->exposure->key;
        entry->outcome = pair->outcome->key;
        entry->variant = pair->rows[row].x.variant;
        entry->direction = pair->direction;
        entry->reason = reason_of(pair, row, is_used);
        entry->stage = stage_of(entry->reason);
        entry->other = pair->rows[row].proxy;
        entry->r2 = pair->rows[row].proxy_r2;
    }
}

void ledger_count(const struct array *ledger, size_t counts[REASONS])
{
    memset(counts, 0, REASONS * sizeof *counts);
    for (size_t i = 0; i < ledger->count; i++) {
        const struct ledger_entry *entry = array_at(ledger, i);

        counts[entry->reason]++;
    }
}
