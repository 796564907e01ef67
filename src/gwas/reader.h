/*
 * A reading of a table under way, shared by what reads its rows: associations (gwas.c) and
 * harmonised rows (reader_harmonised.c). In: the cells of a row. Out: a row of the table, or
 * one that is dropped.
 */
#ifndef GWAS_READER_H
#define GWAS_READER_H

#include "gwas/gwas.h"
#include "gwas/record.h"
#include "gwas/rows.h"
#include "gwas/sift.h"
#include "gwas/wanted.h"

struct reader {
    const struct gwas_options *options;
    struct arena *arena; /* of the texts of rows */
    struct rows *rows;
    struct gwas_table *table;
    struct record record;
    struct array ratios; /* size_t: rows whose SE is of an odds ratio, or of its log */
    double evidence;     /* above 0: of its log */
    struct wanted *wanted;
    struct sift *sift; /* NULL: all rows are given */
    size_t settled;    /* rows before this one are as they are given */
    bool is_scattered; /* what the sift cannot do: it is to be read again without */
    bool is_sieved;    /* from here on rows that are not wanted are passed over */
};

/* Drops the row that is read. */
void reader_drop(struct reader *reader, const char *trait, const char *variant,
                 enum gwas_drop reason);

/* Makes P whole, and counts. */
void reader_mend(struct reader *reader, struct association *association);

/* Reads the row of a harmonised table in reader->record.cells. False on a cell that is not what
 * its column holds. */
MUST_USE bool reader_harmonised_row(struct reader *reader, struct error *error);

#endif
