/*
 * A few columns of numbers out of a large table, every row: for what looks at a whole GWAS and
 * keeps little of it. In: a path, names of columns. Out: their numbers, as rows_number reads
 * them, some rows at a time and in file order.
 */
#ifndef GWAS_NUMBERS_H
#define GWAS_NUMBERS_H

#include "base/error.h"
#include "gwas/sieve.h"

/*
 * Hands the numbers of `count` columns, NaN where they are missing, to `take`, row after row.
 * `threads` as in struct gwas_options. A ragged row, and a cell that is no number, are errors
 * with their line; a name that the header lacks is one, too.
 */
MUST_USE bool numbers_read(const char *path, const char *const *names, size_t count,
                           size_t threads, sieve_take *take, void *context,
                           struct error *error);

#endif
