/*
 * Tables of results as files of a folder, of one pair or of all.
 * In: results and a path. Out: files, or an error; *count of them.
 */
#ifndef UI_EXPLORER_EXPORT_TABLES_H
#define UI_EXPLORER_EXPORT_TABLES_H

#include "base/error.h"
#include "report/table.h"
#include "ui/explorer/notes.h"

#define EXPORT_ALL ((size_t)-1)

/* A table's text, with a column of the person's notes on taxa where there are some. */
void export_print(const struct table_kind *table, const struct results *results,
                  enum table_format format, const struct notes *notes, struct text *text);

/* Every table as FOLDER/TABLE.tsv; pair: its place in the study, whose rows are then written as
 * they are among all, or EXPORT_ALL. Makes the folder where it is missing. */
MUST_USE bool export_tables(const struct results *results, const struct notes *notes,
                            size_t pair, const char *folder, size_t *count,
                            struct error *error);

#endif
