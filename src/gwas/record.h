/*
 * How one row becomes an association: cells, by the columns that were found.
 * In: the cells of a row. Out: an association with beta, SE and P, derived where the table
 * holds something else in their place. Only the cells of columns->of are looked at.
 */
#ifndef GWAS_RECORD_H
#define GWAS_RECORD_H

#include "base/arena.h"
#include "base/map.h"
#include "gwas/association.h"
#include "gwas/columns.h"
#include "gwas/derive.h"

/* A row under way. Texts that repeat from row to row are kept once. */
struct record {
    const struct columns *columns;
    const struct rows *rows; /* for messages */
    const char *const *cells;
    struct arena *arena;
    const struct map *wanted; /* ids, of which a row with several takes one; or NULL */
    const char *last[COLUMN_ROLES];
    enum derive_se se; /* out: where the SE of the association last made came from */
    double evidence;   /* out: derive_evidence of the association last made */
};

/* Whether a cell means missing: as rows_is_missing, and #NA, N/A, NR, NULL. */
bool record_is_missing(const char *cell, bool is_text);

/* The cell of a role; NULL when the table has no such column. */
const char *record_cell(const struct record *record, enum column_role role);

/* The same as a text in the arena; NULL when it is missing, too. */
const char *record_text(struct record *record, enum column_role role);

/* The allele in the cell of a role; NULL when it is missing. "-" is a deleted allele: such a
 * row is dropped, as its alleles cannot be compared. */
const char *record_read_allele(struct record *record, enum column_role role);

/* The error of a cell that is not what its column holds; `wanted` says what to write. False. */
bool record_fail(const struct record *record, enum column_role role, const char *wanted,
                 struct error *error);

/* The number in the cell of a role; NaN when it is missing or the table has no such column.
 * Fails on a cell that is no number. */
MUST_USE bool record_number(const struct record *record, enum column_role role, double *value,
                            struct error *error);

/* Whether the row tests something else than one copy of an allele, and whether its program says
 * that it failed. */
bool record_is_other_test(const struct record *record);
bool record_is_failed(const struct record *record);

/* The association of a row of FORM_ASSOCIATIONS: all but the policy's judgement. */
MUST_USE bool record_association(struct record *record, struct association *association,
                                 struct error *error);

/* What a harmonised row says of the exposure, with what both sides share, and of the outcome.
 */
MUST_USE bool record_exposure(struct record *record, struct association *association,
                              struct error *error);
MUST_USE bool record_outcome(struct record *record, struct association *association,
                             struct error *error);

/* Chromosome, position and both alleles in alphabetical order as an id; NULL without one. */
const char *record_made_id(struct record *record, const struct association *association);

/* P of these cells, as P and -log10 P, by columns_p; NaN when no cell tells it. False on a cell
 * that is no number: *role is which. */
bool record_p(const struct columns *columns, const char *const *cells, double *p,
              double *neglog10_p, enum column_role *role);

#endif
