/*
 * Regions of the genome whose variants act on many traits at once, so that an instrument there
 * may reach an outcome by another way than its exposure.
 * In: a table with columns region, build, chromosome, from, to, why and source
 * (data/regions.tsv). Out: the region that a position lies in, and whether a list of names
 * takes it in.
 */
#ifndef INSTRUMENT_REGIONS_H
#define INSTRUMENT_REGIONS_H

#include "base/arena.h"
#include "base/array.h"
#include "base/error.h"
#include "gwas/association.h"

struct region_bounds {
    const char *name;
    const char *marked; /* the name with a mark behind it, for lists: "LCT !" */
    int build;          /* of GRCh: 37 or 38 */
    const char *chromosome;
    double from, to; /* base pairs, both in it */
    const char *why, *source;
};

struct regions {
    const struct region_bounds *bounds; /* in `arena` of the reading */
    size_t count;
};

/* Reads a table of regions; texts go to `arena`. */
MUST_USE bool regions_read(const char *path, struct arena *arena, struct regions *regions,
                           struct error *error);

/* The region that a variant lies in on a build (0: not known, then on either); NULL: none, or
 * its position is not known. */
const struct region_bounds *regions_find(const struct regions *regions,
                                         const struct association *variant, int build);

/* Why it counts, in the language of sentences where the catalogue has it. */
const char *regions_why(const struct region_bounds *region);

/* Whether `list`, names with commas between them or "all", has this region. */
bool regions_has(const char *list, const char *name);

/* Fails where the list has a name that is no region's. */
MUST_USE bool regions_check(const struct regions *regions, const char *list,
                            struct error *error);

#endif
