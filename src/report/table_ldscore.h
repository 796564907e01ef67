/*
 * What LD score regression found of two GWAS, as a table: a row a trait, and one of both.
 * In: the fits and the names of the traits. Out: rows through a writer.
 */
#ifndef REPORT_TABLE_LDSCORE_H
#define REPORT_TABLE_LDSCORE_H

#include "ldscore/found.h"
#include "report/table.h"

/* What --table calls it. It is of one command's own, so it is in no list of a study's tables,
 * and has no rows there. */
extern const struct table_kind table_ldscore;

/* Appends the table; names are of exposure and outcome. */
void table_ldscore_print(const struct found *found, const char *const names[2],
                         enum table_format format, struct text *text);

#endif
