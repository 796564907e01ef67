/*
 * The trait that the first row of a table names, for tables of which no row is kept.
 * In: a path and how its columns are found. Out: a name. Only of plain files: a pipe can be
 * read once.
 */
#ifndef STUDY_RAW_PEEK_H
#define STUDY_RAW_PEEK_H

#include "gwas/gwas.h"

/* NULL: none. The caller frees it. */
char *raw_peek_trait(const char *path, const struct gwas_options *options);

#endif
