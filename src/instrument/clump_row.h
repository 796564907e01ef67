/*
 * A row of a table that is to be clumped. Private to this room.
 * In: cells. Out: a variant that is kept when its P is small enough, or a counted drop.
 */
#ifndef INSTRUMENT_CLUMP_ROW_H
#define INSTRUMENT_CLUMP_ROW_H

#include "gwas/record.h"
#include "gwas/rows.h"
#include "instrument/clump_parts.h"

/* Why a row was dropped. */
enum clump_drop { DROP_ID, DROP_P, DROP_RANGE, DROP_PLACE, DROP_FIT, DROP_BAD, DROPS };

/* A reading under way. */
struct clump_reader {
    struct clump *clump;
    const struct gwas_options *options;
    const struct clump_settings *settings;
    bool has_reference;
    struct rows *rows;
    struct columns columns;
    struct record record; /* the row, by these columns */
    struct map *places;   /* of the ids that are kept */
    char *trait;
    size_t read, other_tests, dropped[DROPS], recomputed;
    double smallest; /* P, and whose */
    char *whose;
};

/* Fails when the row is of another trait than those before it. */
MUST_USE bool clump_row_trait(struct clump_reader *reader, struct error *error);

/* Keeps or drops the row in reader->record; fails on a cell that is not what its column holds.
 */
MUST_USE bool clump_row_take(struct clump_reader *reader, struct error *error);

#endif
