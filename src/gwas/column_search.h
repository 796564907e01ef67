/*
 * The search for columns under way, shared by its parts: by name (columns.c), by what a user
 * chose (column_override.c), and what the names alone leave open (column_settle.c).
 */
#ifndef GWAS_COLUMN_SEARCH_H
#define GWAS_COLUMN_SEARCH_H

#include "gwas/columns.h"

/* What a search works on: the header, also in the form in which names are compared. */
struct column_search {
    const struct rows *rows;
    enum column_form form;
    char **names; /* normalised */
    size_t count;
    struct columns *columns;
};

/* A name in the form in which names are compared. The caller frees it. */
char *column_search_normalise(const char *name);

/* Whether words between blanks are the names of columns: half of them, and three or more. */
bool column_search_is_header(const char *words);

/* The column of a normalised name; *twice when another has it, too. */
size_t column_search_name(const struct column_search *search, const char *name, bool *twice);
bool column_search_has(const struct column_search *search, const char *name);

/* Takes a user's "role=NAME". */
MUST_USE bool column_search_override(struct column_search *search, const char *text,
                                     struct error *error);

/* Sets right which allele a frequency is of, and what REF is, by the columns beside them. */
void column_search_settle(const struct column_search *search);

/* Whether the effect's allele stands under a name that says no more than A1. */
bool column_search_is_assumed(const struct column_search *search);

/* One column cannot hold both alleles, as when a user chose but one of the two. */
MUST_USE bool column_search_check_alleles(const struct column_search *search,
                                          struct error *error);

#endif
