/*
 * One trait measured in several cohorts: a trait of its own in each.
 * In: names and cohorts as rows give them. Out: keys that tell them apart. Private to this
 * room.
 */
#ifndef STUDY_COHORTS_H
#define STUDY_COHORTS_H

#include "base/arena.h"
#include "base/map.h"

/* Begin with cohorts_create, note every name with its cohort (NULL: unknown), then ask. */
struct cohorts {
    struct map *first;   /* of each name, the number of the cohort met first */
    struct map *numbers; /* of cohorts */
    struct map *several; /* names that have more than one */
};
struct cohorts cohorts_create(void);
void cohorts_destroy(struct cohorts *cohorts);
void cohorts_note(struct cohorts *cohorts, const char *name, const char *cohort);

/* "Veillonella (MiBioGen)" where a name has several cohorts; the name itself otherwise. */
const char *cohorts_key(const struct cohorts *cohorts, const char *name, const char *cohort,
                        struct arena *arena);

#endif
