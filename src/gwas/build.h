/*
 * Which build of the human genome a table's positions are on, told by variants whose positions
 * on both are known. In: a table of known positions, associations. Out: how many of the known
 * variants were met, and how many fit each build.
 */
#ifndef GWAS_BUILD_H
#define GWAS_BUILD_H

#include "base/error.h"
#include "base/map.h"
#include "gwas/association.h"

struct builds;

/* Reads known positions: columns rsid, chromosome, grch37 and grch38. On true *builds is the
 * caller's, ended with builds_destroy. */
MUST_USE bool builds_read(const char *path, struct builds **builds, struct error *error);
void builds_destroy(struct builds *builds);

/* What to ask a table for, as in struct gwas_wanted: the ids, and the places on both builds. */
const struct map *builds_ids(const struct builds *builds);
const struct map *builds_places(const struct builds *builds);

/* What was met so far; starts at zero. */
struct build_fit {
    size_t met;          /* known variants with a position */
    size_t on_37, on_38; /* of them, that stand where they stand on that build */
};

/* Counts one association: by its id where that is an rsid, by its place where it has none. */
void builds_count(const struct builds *builds, const struct association *association,
                  struct build_fit *fit);

/* 37 or 38 where nine in ten of what was met fit it; 0 when nothing was met, or neither fits.
 */
int build_of(const struct build_fit *fit);

#endif
