/*
 * Cells that hold more than one thing: several ids, an id with an allele, an interval in words.
 * In: such a cell. Out: its parts, in an association or in the figures of a row.
 */
#ifndef GWAS_RECORD_PARTS_H
#define GWAS_RECORD_PARTS_H

#include "base/arena.h"
#include "base/map.h"
#include "gwas/association.h"
#include "gwas/derive.h"

/* An allele in upper case; single bases take no memory. */
const char *record_allele(struct arena *arena, const char *text, size_t length);

/* The next id of a list at *at, which moves behind it, and its length; 0 at the end. */
size_t record_next_id(const char **at, const char **id);

/*
 * Of ids such as "rs1,rs2" the one that is wanted, else the first; *more is then the whole
 * text, else NULL. `ids` belongs to the arena.
 */
const char *record_one_id(struct arena *arena, const char *ids, const struct map *wanted,
                          const char **more);

/* Whether one of the ids is in the map; *found is where it starts, *length how long it is. */
bool record_finds_id(const char *ids, const struct map *wanted, const char **found,
                     size_t *length);

/* Id and effect allele of "rs123-A"; "rs123-?" has no allele. Only what is missing is filled.
 */
void record_snp_allele(struct arena *arena, const char *cell, struct association *association);

/*
 * What an id that is a place tells: chromosome and position where they are missing, the other
 * allele beside an effect allele; with `has_alleles` its second allele is the effect's.
 */
void record_use_id(struct arena *arena, bool has_alleles, struct association *association);

/*
 * An interval in words. "[1.02-1.10]" is of the odds ratio; with words behind the bracket the
 * figure is no odds ratio but a beta, below 0 where they say decrease.
 */
void record_interval(const char *text, struct derive_figures *figures);

#endif
