/*
 * Ranks and lineage of traits that a harmonised table names.
 * In: the traits, a study file's sections. Out: rank, lineage and sample size from the table of
 * taxa of each section, by a trait's key or by its name in all cohorts. Private to this room.
 */
#ifndef STUDY_LINEAGE_H
#define STUDY_LINEAGE_H

#include "study/build.h"

/* Of both lists: the taxa as exposures, and as outcomes. */
MUST_USE bool lineage_take(struct trait_list *forward, struct trait_list *reverse,
                           struct study *study, const struct array *sections,
                           struct error *error);

#endif
