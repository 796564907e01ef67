#include "base/i18n.h"
#include "report/kinds.h"
#include <math.h>

const char *const kind_ledger_columns[] = {"trait",   "SNP",       "stage", "kept", "reason",
                                           "outcome", "direction", "other", "r2",   NULL};

void kind_ledger_row(struct table_writer *writer, const struct ledger_entry *entry)
{
    table_text(writer, entry->trait);
    table_text(writer, entry->variant);
    table_text(writer, stage_text(entry->stage));
    table_flag(writer, entry->reason == REASON_KEPT);
    table_text(writer, reason_text(entry->reason));
    table_text(writer, entry->outcome);
    table_text(writer, entry->outcome == NULL ? NULL : direction_key(entry->direction));
    table_text(writer, entry->other);
    table_number(writer, entry->other == NULL ? NAN : entry->r2);
    table_end_row(writer);
}

static void fill(const struct results *results, struct table_writer *writer)
{
    const struct array *ledger = &results->study->ledger;
    struct map *excluded = exclusions_ids(&results->options.exclusions);
    for (size_t i = 0; i < ledger->count; i++) {
        struct ledger_entry entry = exclusions_entry(excluded, array_at(ledger, i));
        kind_ledger_row(writer, &entry);
    }
    map_destroy(excluded);
}

const struct table_kind table_ledger = {
    .key = "ledger",
    .columns = kind_ledger_columns,
    .shows = N_("every variant that was looked at, and what became of it"),
    .fill = fill,
    .is_of_study = true,
};
