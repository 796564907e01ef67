/*
 * The part of a file that a list of wanted ids needs, found without reading the rest.
 * In: a path and what is wanted. Out: the file's header and the lines that hold these ids, as
 * text to be read like a file of its own; where each line stood.
 */
#ifndef GWAS_PART_H
#define GWAS_PART_H

#include "base/text.h"
#include "gwas/gwas.h"

struct part {
    struct text text;
    struct array numbers; /* long: the line of the file that each line of text is; 0: unknown */
    size_t rows;          /* of the whole file; 0: unknown */
    size_t picked;        /* lines behind the header */
    const char *note;     /* why an index that is there was of no use, or NULL; in the arena */
};

/*
 * True when there is such a part: ids are wanted and no threshold, and the file has a fresh
 * side index (gwas/index.h), or is a VCF with a tabix or CSI index and the ids say where they
 * stand. The caller ends it with part_destroy, also on false.
 */
bool part_find(const char *path, const struct gwas_options *options, struct arena *arena,
               struct part *part);
void part_destroy(struct part *part);

/* The line of the file that line `number` of the text is. */
long part_line(const struct part *part, long number);

#endif
