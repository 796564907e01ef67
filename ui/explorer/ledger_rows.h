/*
 * The rows of the ledger's screen: the study's own, and what was left out by hand.
 * In: the study, a taxon, a text to filter by. Out: entries.
 */
#ifndef UI_EXPLORER_LEDGER_ROWS_H
#define UI_EXPLORER_LEDGER_ROWS_H

#include "ui/explorer/filter.h"
#include "ui/explorer/state.h"

/* What a condition may ask of an entry: its columns by their headings; static. */
const struct expression_column *ledger_columns(size_t *count);

/* Fills rows (struct ledger_entry); trait NULL: all; filter NULL: all. */
void ledger_rows(const struct state *state, const char *trait, const struct filter *filter,
                 struct array *rows);

/* Whether an entry contains a text anywhere. */
bool ledger_matches(const struct ledger_entry *entry, const char *text);

/* The taxon that an entry is about, whichever side it stands on; NULL none. */
const struct trait *ledger_taxon(const struct state *state, const struct ledger_entry *entry);

#endif
