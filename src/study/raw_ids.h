/*
 * The variants that one side of a study asks the other side's whole GWAS for.
 * In: instruments, once chosen. Out: their ids as a set for the reader, and whether a row that
 * it gave is one of them. Case is ignored, as where pairs are joined.
 */
#ifndef STUDY_RAW_IDS_H
#define STUDY_RAW_IDS_H

#include "study/sides.h"

struct raw_ids {
    struct map *forms;  /* as written, in lower and in upper case: what files may hold */
    struct map *folded; /* in lower case */
    struct map *places; /* "7:12345", where they stand, for files that have other ids */
    uint64_t hash;      /* stands for the set, in its order */
};

/* The ids of all that was chosen of these sides, and of the proxies that may stand for it;
 * ended by raw_ids_destroy. */
struct raw_ids raw_ids_of(const struct array *sides, const struct references *references);
void raw_ids_destroy(struct raw_ids *ids);

/* Whether an association has one of the ids, or stands at one of the places. */
bool raw_ids_have(const struct raw_ids *ids, const struct association *association);

#endif
