/*
 * A reading of a table under way, shared by what reads its rows: associations (gwas.c) and
 * harmonised rows (reader_harmonised.c). In: the cells of a row. Out: a row of the table, or
 * one that is dropped.
 */
#ifndef GWAS_READER_H
#define GWAS_READER_H

#include "gwas/gwas.h"
#include "gwas/record.h"

struct wanted;

struct reader {
    const struct gwas_options *options;
    struct arena *arena;
    struct rows *rows;
    struct gwas_table *table;
    struct record record;
    struct array ratios; /* size_t: rows whose SE is of an odds ratio, or of its log */
    double evidence;     /* above 0: of its log */
    struct wanted *wanted;
    bool is_sieved;
};

/* Notes that the row is dropped, and why. */
void reader_drop(struct reader *reader, const char *trait, const char *variant,
                 enum gwas_drop reason);

/* Makes P whole, and counts what was found. */
void reader_mend(struct reader *reader, struct association *association);

/* Reads a row of a harmonised table. */
MUST_USE bool reader_harmonised_row(struct reader *reader, struct error *error);

#endif
