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
    /* what an association's own figures are derived from where the table does not hold them */
    COLUMN_ODDS_RATIO,
    COLUMN_CI_LOWER, /* of the odds ratio where there is one, else of beta; 95% */
    COLUMN_CI_UPPER,
    COLUMN_Z,          /* effect over SE: a z, t or signed root of chi-square */
    COLUMN_NEGLOG10_P, /* -log10 P; its sign does not matter */
    COLUMN_LN_P,       /* ln P where it is negative, else P */
    COLUMN_CASES,      /* with controls the sample size */
    COLUMN_CONTROLS,
    COLUMN_REF, /* of the two, or of REF alone, the other allele is what is not the effect's */
    COLUMN_ALT,
    COLUMN_MINOR_ALLELE, /* whose frequency is given: the minor one, or ALT beside AF_ALT */
    COLUMN_MAF,          /* frequency of that allele; with the allele it gives EAF */
    COLUMN_TEST,         /* only rows of ADD are effects of one copy of an allele */
    COLUMN_ERROR_CODE,   /* rows with a code of a failure are not used */
    COLUMN_SNP_ALLELE,   /* id and effect allele in one cell, rs123-A */
    COLUMN_CI_TEXT,      /* an interval in words, "[1.02-1.10]" or "[0.1-0.3] unit increase" */
    COLUMN_INFO,         /* imputation quality: INFO or R2 of imputation */
    COLUMN_EXPOSURE_COHORT,
    COLUMN_OUTCOME_COHORT,
    COLUMN_TAXON_COHORT, /* of the exposure forward, of the outcome in reverse */
    COLUMN_DISEASE_COHORT,
    COLUMN_GENOTYPES_0, /* people with no effect allele, with one and with two: they give EAF */
    COLUMN_GENOTYPES_1,
    COLUMN_GENOTYPES_2,
    COLUMN_ROLES
};

/* What a table is read as. */
enum column_form {
    FORM_ASSOCIATIONS, /* one trait's effects a row: exposure or outcome alone */
    FORM_HARMONISED,   /* exposure and outcome side by side on the same alleles */
};

#define COLUMN_NONE ((size_t)-1)

struct dialect;

struct columns {
    size_t of[COLUMN_ROLES];      /* index into the header, COLUMN_NONE when absent */
    bool is_chosen[COLUMN_ROLES]; /* by an override */
    enum column_role missing;     /* what columns_find failed for; COLUMN_ROLES: nothing */
    bool has_commas;              /* decimal ones may be there: rows_may_have_commas */
    bool is_assumed; /* which allele is the effect's: no name and no choice says so */
    const struct dialect *dialect; /* whose names these are (dialects.h); NULL: no known one */
};

/* On what scale a column tells P. */
enum column_scale {
    SCALE_NONE,     /* no column tells P: it comes from effect and SE */
    SCALE_P,        /* P itself */
    SCALE_NEGLOG10, /* |x| is -log10 P */
    SCALE_LN_OR_P,  /* ln P where x < 0, else P */
};

/*
 * Which column decides a row's P: sets *column (COLUMN_NONE with SCALE_NONE) and gives its
 * scale. A cell that is missing, and a P of 0 or below the smallest double, does not decide:
 * then -log10 P beside it does, or effect and SE.
 */
enum column_scale columns_p(const struct columns *columns, size_t *column);

/*
 * Finds the columns of `rows` for a form. `overrides` holds `count` texts "role=NAME" (role as
 * in column_role_key), from --col. Fails when two columns claim one needed role, when an
 * override names none, or when a needed column is missing: the message names it and what was
 * there.
 */
MUST_USE bool columns_find(const struct rows *rows, enum column_form form,
                           const char *const *overrides, size_t count, struct columns *columns,
                           struct error *error);

/* Whether people are counted by their genotypes, all three of them. */
bool columns_have_genotypes(const struct columns *columns);

/* The key of a role ("beta", "effect_allele", "outcome_beta" ...), for --col and messages. */
const char *column_role_key(enum column_role role);

#endif
