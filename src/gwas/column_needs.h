/*
 * What an association cannot do without, given what else its table holds: an effect may come
 * from an odds ratio or from Z, an SE from an interval, from Z or from P.
 * In: the columns that were found. Out: whether a role must still be named.
 */
#ifndef GWAS_COLUMN_NEEDS_H
#define GWAS_COLUMN_NEEDS_H

#include "gwas/columns.h"

/* Whether a table of associations with these columns needs one for the role. */
bool columns_need(const struct columns *columns, enum column_role role);

/* Forgets the columns that no row can need: each would be parsed in every row. */
void columns_forget_spare(struct columns *columns);

#endif
