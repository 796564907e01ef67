/*
 * Which taxon of a tree another belongs to, and which pair is a taxon's, found at once however
 * many taxa and outcomes there are.
 * In: the state's study; the tree's taxa, one after the other. Out: places in them.
 */
#ifndef UI_EXPLORER_TAXA_LINEAGE_H
#define UI_EXPLORER_TAXA_LINEAGE_H

#include "base/map.h"
#include "base/text.h"
#include "ui/explorer/state.h"

/* A cohort and names from the kingdom down to a rank, and the first taxon of that rank that has
 * them. */
struct lineage {
    struct map *taxa;
    struct text path; /* of the one that is looked at */
};

struct lineage lineage_begin(void);
void lineage_end(struct lineage *lineage);

/* A taxon of the tree, with its place; the first of the same names stays. */
void lineage_add(struct lineage *lineage, const struct trait *trait, size_t place);

/* The place of the lowest taxon above; false: there is none. */
bool lineage_above(struct lineage *lineage, const struct trait *trait, size_t *place);

/* The pairs of the state's outcome and direction by the keys of their taxa, to be destroyed. */
struct map *lineage_pairs(const struct state *state);

#endif
