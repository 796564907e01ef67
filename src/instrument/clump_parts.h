/*
 * What reading, placing and clumping share. Private to this room.
 * In: variants one by one. Out: each kept once.
 */
#ifndef INSTRUMENT_CLUMP_PARTS_H
#define INSTRUMENT_CLUMP_PARTS_H

#include "base/map.h"
#include "instrument/clump.h"

struct clump_variant *clump_at(const struct clump *clump, size_t i);

/*
 * Keeps a variant, its texts copied. Of two with one id and alleles that agree, the one of
 * smaller P; other alleles make another variant. `places` has the ids that are there already.
 */
void clump_keep(struct clump *clump, struct map *places, const struct clump_variant *variant,
                size_t order);

/* Finds the columns of a table that need not have effects or alleles. */
MUST_USE bool clump_columns(const struct rows *rows, const struct gwas_options *options,
                            struct columns *columns, struct error *error);

/* clump_read of a VCF, whose lines have a place and alleles; ends `lines`. */
MUST_USE bool clump_read_vcf(struct clump *clump, const char *path, struct lines *lines,
                             const struct gwas_options *options,
                             const struct clump_settings *settings, struct error *error);

#endif
