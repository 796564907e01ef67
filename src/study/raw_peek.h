/*
 * What the first row of a table tells before it is read.
 * In: a path and how its columns are found. Out: the trait it names, and whether its rows tell
 * their places. Only of plain files: a pipe can be read once.
 */
#ifndef STUDY_RAW_PEEK_H
#define STUDY_RAW_PEEK_H

#include "gwas/gwas.h"

struct raw_peek {
    char *trait;       /* NULL: none */
    bool tells_places; /* by columns, or by its id */
};

/* What cannot be looked at names no trait and may tell places. Ended by raw_peek_drop. */
struct raw_peek raw_peek_at(const char *path, const struct gwas_options *options);
void raw_peek_drop(struct raw_peek *peek);

#endif
