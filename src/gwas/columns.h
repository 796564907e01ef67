/*
 * Which column of a table is which: names of columns as people have them -> roles.
 * In: header names, and overrides of the user's. Out: for each role the column, or none. Names
 * are matched without regard to case, dots, underscores, spaces and dashes.
 */
#ifndef GWAS_COLUMNS_H
#define GWAS_COLUMNS_H

#include "base/error.h"
#include "gwas/rows.h"
#include <stdbool.h>
#include <stddef.h>

/* What a column can hold. The exposure's and the outcome's of harmonised tables are apart. */
enum column_role {
    COLUMN_TRAIT, /* the name or key of the trait that a row belongs to */
    COLUMN_VARIANT,
    COLUMN_CHROMOSOME,
    COLUMN_POSITION,
    COLUMN_EFFECT_ALLELE,
    COLUMN_OTHER_ALLELE,
    COLUMN_EAF,
    COLUMN_BETA,
    COLUMN_SE,
    COLUMN_P,
    COLUMN_N,
    COLUMN_GENE,
    /* of the outcome in a harmonised table */
    COLUMN_OUTCOME,
    COLUMN_OUTCOME_EFFECT_ALLELE,
    COLUMN_OUTCOME_OTHER_ALLELE,
    COLUMN_OUTCOME_EAF,
    COLUMN_OUTCOME_BETA,
    COLUMN_OUTCOME_SE,
    COLUMN_OUTCOME_P,
    COLUMN_OUTCOME_N,
    COLUMN_MR_KEEP,
    COLUMN_DIRECTION,
    COLUMN_EXPOSURE_COHORT,
    COLUMN_OUTCOME_COHORT,
    COLUMN_TAXON_COHORT, /* of the exposure forward, of the outcome in reverse */
    COLUMN_DISEASE_COHORT,
    COLUMN_ROLES
};

/* What a table is read as. */
enum column_form {
    FORM_ASSOCIATIONS, /* one trait's effects a row: exposure or outcome alone */
    FORM_HARMONISED,   /* exposure and outcome side by side on the same alleles */
};

#define COLUMN_NONE ((size_t)-1)

struct columns {
    size_t of[COLUMN_ROLES]; /* index into the header, COLUMN_NONE when absent */
};

/*
 * Finds the columns of `rows` for a form. `overrides` holds `count` texts "role=NAME" (role as
 * in column_role_key), from --col. Fails when two columns claim one needed role, when an
 * override names none, or when a needed column is missing: the message names it and what was
 * there.
 */
MUST_USE bool columns_find(const struct rows *rows, enum column_form form,
                           const char *const *overrides, size_t count, struct columns *columns,
                           struct error *error);

/* The key of a role ("beta", "effect_allele", "outcome_beta" ...), for --col and messages. */
const char *column_role_key(enum column_role role);

#endif
