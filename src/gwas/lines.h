/*
 * A stream of lines out of a file as people have it: plain or gzip (through ISA-L), or standard
 * input for "-". In: a path. Out: lines without their ends, one at a time, with their numbers.
 * Refuses directories, NUL bytes, UTF-16, truncated or corrupt gzip and rubbish behind it.
 */
#ifndef GWAS_LINES_H
#define GWAS_LINES_H

#include "base/error.h"
#include <stddef.h>

struct lines;

/* What reading gave. */
enum read_result { READ_ROW, READ_END, READ_ERROR };

/* The longest line and the longest cell that are read; longer ones refuse the file. */
#define LINES_LONGEST ((size_t)16 << 20)
#define LINES_LONGEST_CELL ((size_t)64 << 10)

/* Opens path; on true *lines is the caller's, ended with lines_close. */
MUST_USE bool lines_open(const char *path, struct lines **lines, struct error *error);
void lines_close(struct lines *lines);

/* The next line: *text (NUL-terminated, borrowed until the next call; may be written to). */
MUST_USE enum read_result lines_next(struct lines *lines, char **text, size_t *length,
                                     struct error *error);

/* The number of the line last given, from 1; and the name of the file for messages. */
long lines_number(const struct lines *lines);
const char *lines_name(const struct lines *lines);
/* Bytes of the file that were taken so far. */
size_t lines_taken(const struct lines *lines);

#endif
