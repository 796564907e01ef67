/*
 * The ledger: every variant that was looked at, for every trait, and what became of it.
 * In: entries as they are decided. Out: rows for a table and a screen, and counts by reason.
 */
#ifndef PAIR_LEDGER_H
#define PAIR_LEDGER_H

#include "base/array.h"
#include "pair/pair.h"

struct ledger_entry {
    const char *trait;   /* key of the exposure, or file name where the trait is not known */
    const char *outcome; /* key of the other side; NULL before pairing */
    const char *variant;
    enum direction direction;
    enum stage stage;
    enum reason reason; /* REASON_KEPT: kept */
    /* The index variant that it is in LD with or near, or the proxy that stands for it in the
     * outcome; NULL: none. r2 with it: NaN where not known. */
    const char *other;
    double r2;
};

/* Entries of an `array` of struct ledger_entry, one a row of the pair. */
void ledger_add_pair(struct array *ledger, const struct pair *pair);

/* How many entries have each reason: counts has REASONS places. */
void ledger_count(const struct array *ledger, size_t counts[REASONS]);

#endif
