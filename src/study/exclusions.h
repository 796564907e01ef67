/*
 * Variants left out by hand, and what that makes of tables of a study whose rows have them.
 * In: ids. Out: a set of them to ask, a list of them as one text, an entry of the ledger as it
 * stands without them.
 */
#ifndef STUDY_EXCLUSIONS_H
#define STUDY_EXCLUSIONS_H

#include "base/map.h"
#include "pair/ledger.h"

struct text;

/* Variants left out by hand, as a set of ids; NULL or empty: none. */
struct exclusions {
    const char *const *variants;
    size_t count;
};

/* The set, which map_destroy ends; NULL (which it takes, too): none are left out. */
struct map *exclusions_ids(const struct exclusions *exclusions);
/* Whether a variant is one of the set; NULL is none. */
bool exclusions_has(const struct map *ids, const char *variant);

/* The ids, appended, with commas between them. */
void exclusions_list(const struct exclusions *exclusions, struct text *text);

/* An entry of the ledger that would be kept, as left out by hand where it is of the set. */
struct ledger_entry exclusions_entry(const struct map *ids, const struct ledger_entry *entry);

#endif
