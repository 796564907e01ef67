/*
 * What the study's screen says, as rows: files with their checksums, traits, settings, counts,
 * warnings, each with what it leads to.
 * In: a state and the checksums so far. Out: rows in an arena.
 */
#ifndef UI_EXPLORER_STUDY_ROWS_H
#define UI_EXPLORER_STUDY_ROWS_H

#include "gwas/checksum.h"
#include "ui/explorer/state.h"

/* What Enter on a row does. */
enum study_link {
    LINK_NONE,
    LINK_LEDGER, /* target: what its rows contain; NULL all */
    LINK_TAXON,  /* target: key */
    LINK_OUTCOMES,
    LINK_METHODS,
    LINK_CHECKSUM, /* index: of the file, whose checksum is still to be made */
};

struct study_row {
    bool is_heading;
    bool is_warning;
    const char *label, *text;
    enum study_link link;
    const char *target;
    size_t index;
};

/* The checksum of a file of the study, made once. */
struct study_checksum {
    bool is_asked;
    char *problem; /* why there is none; NULL */
    struct checksum checksum;
};

/* Adds the rows (struct study_row); checksums has one a file. */
void study_rows(const struct state *state, const struct study_checksum *checksums,
                struct arena *arena, struct array *rows);

#endif
