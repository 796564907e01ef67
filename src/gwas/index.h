/*
 * A side index of a file: where the rows of each id stand, for look-ups in milliseconds.
 * In: a plain or BGZF table or VCF. Out: FILE.taxamr-index beside it, or in the cache folder of
 * the XDG base directories where the file's folder cannot be written to; later the lines of
 * wanted ids. An index knows by size, time and checksums whether its file is still the same.
 */
#ifndef GWAS_INDEX_H
#define GWAS_INDEX_H

#include "gwas/part.h"

/* What was made. */
struct index_made {
    char *path; /* where; the caller frees it */
    size_t rows, ids;
};

/* Makes the index of a file; options->overrides may say which columns make the id. Refuses
 * files with a bad row: an index stands for the whole file. */
MUST_USE bool index_make(const char *path, const struct gwas_options *options,
                         struct index_made *made, struct error *error);

/* Where the index of a file is: beside it, or in the cache. The caller frees it; the cache's is
 * NULL without a home. */
char *index_beside(const char *path);
char *index_in_cache(const char *path);

/* A number that stands for the --col options which decide what an id is; 0: none. */
uint64_t index_columns(const struct gwas_options *options);

/* The lines of the wanted ids of a file with a fresh index. False when there is none, or it is
 * stale, damaged or made with other columns: then part->note says so. */
bool index_find(const char *path, const struct gwas_options *options, struct arena *arena,
                struct part *part);

#endif
