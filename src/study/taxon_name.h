/*
 * A taxon's rank and name out of the name of its trait or file.
 * In: a name as consortia write them: "genus.Abiotrophia.id.2003" (MiBioGen),
 * "k__Bacteria.p__Firmicutes.c__Clostridia" (MetaPhlAn's, of the Dutch Microbiome Project; with
 * | or ; between as well). Out: rank, name and what is told of its lineage.
 */
#ifndef STUDY_TAXON_NAME_H
#define STUDY_TAXON_NAME_H

#include "base/arena.h"
#include "gwas/association.h"

/* Whether a name is that of a taxon. */
bool taxon_name_is(const char *name);

/* Gives a trait whose key is that of a taxon its rank, name and lineage; others stay as they
 * are. */
void taxon_name_take(struct trait *trait, struct arena *arena);

#endif
