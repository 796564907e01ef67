/*
 * The side index as a file: which file it is of, hashes of ids in order, each with the line
 * and the place of a row, and marks on the genome. In: entries and marks, or the path of an
 * index. Out: the index written beside and renamed, or the rows of an id, and the marks. Every
 * block carries a checksum that is verified when it is used.
 */
#ifndef GWAS_INDEX_FILE_H
#define GWAS_INDEX_FILE_H

#include "base/array.h"
#include "base/error.h"
#include "gwas/index_marks.h"
#include <stdint.h>

/* How the file that an index is of can be known again. */
struct index_stamp {
    uint64_t bytes;
    int64_t seconds, nanoseconds; /* when it was written last */
    uint32_t head, tail;          /* CRC-32 of its first and last 64 KB */
};

/* What the index says as a whole. */
struct index_facts {
    struct index_stamp stamp;
    uint64_t rows;
    uint64_t ids;        /* entries */
    uint64_t marks;      /* of index_marks.h */
    uint64_t first;      /* the place of the first row */
    uint64_t first_line; /* its line, from 1 */
    uint64_t columns;    /* what was asked for by --col, as a hash; 0: nothing */
};

/* A row of an id. */
struct index_entry {
    uint32_t hash;
    uint32_t line;
    uint64_t place;
};

/* The hash of an id in entries, without regard to case. */
uint32_t index_hash(const char *id);

/* The stamp of a file as it is now; false when it cannot be read. */
bool index_stamp_of(const char *path, struct index_stamp *stamp);
bool index_stamp_equal(const struct index_stamp *one, const struct index_stamp *other);

/* Writes an index: entries (struct index_entry, sorted here) and marks (struct index_mark). */
MUST_USE bool index_file_write(const char *path, const struct index_facts *facts,
                               struct array *entries, const struct array *marks,
                               struct error *error);

struct index_file;

/* Opens an index. NULL when there is none (*is_bad false), or it is damaged. */
struct index_file *index_file_open(const char *path, bool *is_bad);
void index_file_close(struct index_file *index);
const struct index_facts *index_file_facts(const struct index_file *index);

/* Adds the entries of a hash to `found` (struct index_entry). False when the index is damaged.
 */
MUST_USE bool index_file_find(const struct index_file *index, uint32_t hash,
                              struct array *found);

/* The marks, as many as the facts say, borrowed; NULL when the index is damaged. */
const struct index_mark *index_file_marks(const struct index_file *index);

#endif
