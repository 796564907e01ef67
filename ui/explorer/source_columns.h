/*
 * The header of a table and its first rows, and which column is taken for which.
 * In: a path and overrides. Out: names, samples, roles; or why the table is not understood.
 */
#ifndef UI_EXPLORER_SOURCE_COLUMNS_H
#define UI_EXPLORER_SOURCE_COLUMNS_H

#include "base/arena.h"
#include "base/array.h"
#include "gwas/columns.h"

enum { SOURCE_SAMPLES = 3 };

struct source_columns {
    size_t count;
    const char **names;   /* clean, in the arena */
    const char **written; /* as in the file, in the arena */
    const char **samples; /* SOURCE_SAMPLES a column, NULL none; clean */
    size_t sample_count;
    bool is_harmonised;
    bool is_understood;
    struct columns columns; /* roles, where it is understood */
    const char *problem;    /* one sentence, where it is not; NULL */
};

/* Reads the beginning of a file; false with *error when it is no table. `overrides` holds
 * char *. */
MUST_USE bool source_columns_read(const char *path, const struct array *overrides,
                                  struct arena *arena, struct source_columns *columns,
                                  struct error *error);

/* The key of a column's role, or NULL. */
const char *source_columns_role(const struct source_columns *columns, size_t column);

#endif
