/*
 * What the parts that make an index share.
 * In: a file, row by row. Out: facts about it and an entry for each id of each row.
 */
#ifndef GWAS_INDEX_PARTS_H
#define GWAS_INDEX_PARTS_H

#include "gwas/index.h"
#include "gwas/index_file.h"
#include "gwas/index_source.h"
#include "gwas/lines.h"

/* A making under way. */
struct index_maker {
    const char *path;
    const struct gwas_options *options;
    struct arena *arena;
    struct index_source *source;
    long line; /* of the source, given last */
    struct index_facts facts;
    size_t other_tests;   /* rows of another TEST than ADD */
    struct array entries; /* struct index_entry */
    struct array marks;   /* struct index_mark */
    struct text id;       /* scratch */
};

/* Adds an id of the row at a place and line. */
MUST_USE bool index_add(struct index_maker *maker, const char *id, long line, uint64_t place,
                        struct error *error);
/* Notes a row, of which the first says where the header ends. */
void index_note_row(struct index_maker *maker, long line, uint64_t place);
bool index_is_blank(const char *line, size_t length);

/* The rows of a VCF; ends `lines`. */
MUST_USE bool index_make_vcf(struct index_maker *maker, struct lines *lines,
                             struct error *error);

#endif
