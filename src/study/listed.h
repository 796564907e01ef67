/*
 * The variants that are looked for in tables of effects: by their ids, and by their places.
 * In: associations. Out: what a reading is told to keep.
 */
#ifndef STUDY_LISTED_H
#define STUDY_LISTED_H

#include "gwas/gwas.h"

struct listed {
    struct map *ids, *places;
};

/* An empty list; the caller ends it with listed_end. */
struct listed listed_begin(void);
void listed_end(struct listed *listed);

void listed_add(struct listed *listed, const struct association *association);

/* The rows that may be one of them; borrows the lists. */
struct gwas_wanted listed_wanted(const struct listed *listed);

#endif
