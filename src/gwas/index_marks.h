/*
 * Where a file's rows lie on the genome, a mark for every few dozen rows that follow each
 * other: their chromosome and the least and greatest position. In: rows in the file's order,
 * later the marks and wanted places. Out: the marks, and which of them may hold a wanted place.
 */
#ifndef GWAS_INDEX_MARKS_H
#define GWAS_INDEX_MARKS_H

#include "base/array.h"
#include <stdint.h>

struct map;

/* Rows of one chromosome on lines that follow each other. */
struct index_mark {
    uint32_t chromosome; /* hash of its name */
    uint32_t line;       /* the first, from 1 */
    uint32_t lines;      /* blank ones counted */
    uint32_t rows;
    double least, greatest; /* position, base pairs */
    uint64_t place;         /* of the first line */
};

/* Adds a row to `marks` (struct index_mark). Rows without chromosome (NULL) or position (NaN)
 * cannot be wanted for their place; they go with those before them. */
void index_marks_add(struct array *marks, const char *chromosome, double position,
                     uint32_t line, uint64_t place);

/* Adds the marks that may hold one of the places (keys "7:12345", as by place.h) to `found`
 * (const struct index_mark *). */
void index_marks_find(const struct index_mark *marks, size_t count, const struct map *places,
                      struct array *found);

#endif
