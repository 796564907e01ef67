/*
 * What was kept of whole GWAS files, so that the next run need not read them.
 * In: a table as the reader gave it, and what it depends on: the file and all that was asked of
 * it. Out: the same table. An entry is one file of a folder, written beside and renamed, and
 * ends in a checksum; one that is damaged, or belongs to another key, is as if it were not
 * there.
 *
 * A file is known by its path, size, time of last change and the checksum of its two ends
 * (gwas/checksum.h): reading all of it to be sure would cost what the cache saves. A file whose
 * middle was changed without a trace in size and time is taken for the old one.
 */
#ifndef STUDY_RAW_CACHE_H
#define STUDY_RAW_CACHE_H

#include "gwas/gwas.h"

/* All that a table depends on, as text; `ids` stands for the list of variants. NULL when the
 * file is none that can be known again. The caller frees it. */
char *raw_cache_key(const char *path, const struct gwas_options *options, uint64_t ids);

/* The table of a key, its texts in `arena`; false when there is none. The caller ends it with
 * gwas_table_destroy. */
bool raw_cache_take(const char *folder, const char *key, struct arena *arena,
                    struct gwas_table *table);

/* Keeps a table. What cannot be kept is not, and nobody is told. */
void raw_cache_put(const char *folder, const char *key, const struct gwas_table *table);

struct raw_cache_size {
    size_t entries;
    double bytes;
};

/* What a folder holds; a folder that is not there holds nothing. */
struct raw_cache_size raw_cache_measure(const char *folder);

/* Removes every entry and nothing else; *removed says what went. */
MUST_USE bool raw_cache_clear(const char *folder, struct raw_cache_size *removed,
                              struct error *error);

#endif
