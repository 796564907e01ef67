/*
 * What becomes of an association that was read: not wanted, dropped by the policy with its
 * reason, or kept. In: a table that was begun. Out: its rows, its dropped rows and its counts.
 */
#ifndef GWAS_KEEP_H
#define GWAS_KEEP_H

#include "gwas/gwas.h"
#include "gwas/lines.h"

/* Whether another row is read, `read` having been: READ_END when they were enough, READ_ERROR
 * when the reading was stopped. */
MUST_USE enum read_result keep_going(const struct gwas_options *options, size_t read,
                                     const char *name, struct error *error);

/* Where the bytes that are read are counted, or NULL. */
_Atomic uint64_t *keep_consumed(const struct gwas_options *options);

/* Keeps a row of a table of associations, or drops it with the policy's reason. */
void keep_row(struct gwas_table *table, const char *trait,
              const struct association *association);

/*
 * Behind the last row: removes repeated rows and asks whether what was dropped refuses the
 * file. A part of a file (`is_part`: only the lines that were looked for) may have no row.
 */
MUST_USE bool keep_finish(const char *path, struct gwas_table *table, bool is_part,
                          struct error *error);

#endif
