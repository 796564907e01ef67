/*
 * A table of associations as bytes, and back.
 * In: a table as the reader gave it. Out: bytes that give an equal table on the same machine.
 */
#ifndef STUDY_RAW_TABLE_H
#define STUDY_RAW_TABLE_H

#include "base/text.h"
#include "gwas/gwas.h"

/* Adds the table to `bytes`. */
void raw_table_pack(const struct gwas_table *table, struct text *bytes);

/* The table of so many bytes, its texts in `arena`; false when they are none. On true the
 * caller ends it with gwas_table_destroy. */
bool raw_table_unpack(const char *bytes, size_t length, struct arena *arena,
                      struct gwas_table *table);

/* A copy whose texts live in `arena`. Those equal to the last copy's are shared with it. */
struct association raw_table_copy(const struct association *from,
                                  const struct association *last, struct arena *arena);

#endif
