/*
 * The names that columns have in the files of the field, each with its role.
 * A table and nothing else: a new dialect is new rows. Names are in the form in which they are
 * compared: lower case, without dots, underscores, spaces, dashes and '#'.
 */
#ifndef GWAS_COLUMN_NAMES_H
#define GWAS_COLUMN_NAMES_H

#include "gwas/columns.h"

struct column_name {
    enum column_form form;
    enum column_role role;
    int rank; /* names of one rank exclude each other; those of the first rank found win */
    const char *name;
    const char *beside; /* counts only where this column is there as well; or NULL */
};

extern const struct column_name column_names[];
extern const size_t column_name_count;

/* The key of each role, by enum column_role. */
extern const char *const column_keys[COLUMN_ROLES];

#endif
