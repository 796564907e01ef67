/*
 * How a table is understood, in words: what each column was taken for and why, what is derived,
 * what is missing, whose effect it is, its unit, and the build of its positions.
 * In: a header and the columns that were found; for the build the table itself. Out: lines,
 * each with the exact --col that would say it otherwise.
 */
#ifndef GWAS_EXPLAIN_H
#define GWAS_EXPLAIN_H

#include "base/array.h"
#include "gwas/build.h"
#include "gwas/gwas.h"
#include "gwas/rows.h"

struct explain_line {
    const char *column;   /* as in the header; NULL: of no single column */
    const char *role;     /* a key, of a role or "dialect", "effect", "unit", "build", "se" ...;
                             NULL: the column is not used */
    const char *why;      /* a sentence */
    const char *override; /* "--col beta=NAME"; NULL: there is none */
};

/* One line a column in the header's order, then what is derived and missing. Appends struct
 * explain_line to lines; texts go to `arena`. */
void explain_columns(const struct rows *rows, const struct columns *columns,
                     enum column_form form, struct arena *arena, struct array *lines);

/* Why a column has its role, or none: one sentence, in `arena`. */
const char *explain_column(const struct columns *columns, enum column_form form, size_t column,
                           struct arena *arena);

/*
 * What only the rows tell: the build, by known positions; whether SE beside odds ratios are
 * theirs; whether effects look like odds ratios. Reads the table as `options` say, a large one
 * only at the known variants. Where it cannot be read a line says so, and the error, too.
 */
MUST_USE bool explain_content(const char *path, const struct gwas_options *options,
                              const struct builds *builds, struct arena *arena,
                              struct array *lines, struct error *error);

#endif
