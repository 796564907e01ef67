/*
 * The same variant twice in a table: equal rows count once, rows of equal alleles and different
 * figures keep the first, rows of different alleles are different variants.
 * In: a table's rows. Out: the rows without the later ones, which are counted or dropped.
 */
#ifndef GWAS_DUPLICATES_H
#define GWAS_DUPLICATES_H

#include "gwas/gwas.h"

/* Removes the repeated rows of a table of associations, or of a harmonised one, from `first`
 * on. Those that are dropped are added to `dropped` (struct gwas_dropped). */
void duplicates_remove(struct gwas_table *table, size_t first, bool is_harmonised,
                       struct array *dropped);

#endif
