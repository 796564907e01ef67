/*
 * The tables of a multivariable analysis.
 * In: a design and what the methods say of it. Out: rows through a writer, with the columns
 * that the tables of a study have, one row an exposure.
 */
#ifndef REPORT_TABLE_MV_H
#define REPORT_TABLE_MV_H

#include "multivariable/multivariable.h"
#include "report/table.h"

struct mv_results {
    const struct design *design;
    const struct estimate_settings *settings;
    const struct mv_estimate *estimates;
    size_t count;
    struct arena *scratch;
    const struct ledger_entry *ledger; /* of a joined design; NULL of a table that was one */
    size_t ledger_count;
};

/* Appends the table of a key: estimates, heterogeneity, pleiotropy, strength, harmonised or
 * ledger. False when a multivariable analysis has no such table. */
MUST_USE bool table_mv_print(const char *key, const struct mv_results *results,
                             enum table_format format, struct text *text);

#endif
