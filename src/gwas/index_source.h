/*
 * A plain or BGZF file as lines with the places where they begin.
 * In: a path. Out: lines in order, or the line at a place: a byte of a plain file, a virtual
 * offset of a BGZF one. Plain gzip and other compressions have no such places.
 */
#ifndef GWAS_INDEX_SOURCE_H
#define GWAS_INDEX_SOURCE_H

#include "base/error.h"
#include "base/text.h"
#include <stdint.h>

struct index_source;

/* Opens a file; refuses what cannot be entered in the middle and says what to do. On true the
 * caller ends *source with index_source_close. */
MUST_USE bool index_source_open(const char *path, struct index_source **source,
                                struct error *error);
void index_source_close(struct index_source *source);

/* Which places, in ascending order, lines will be asked for, so that a BGZF file's blocks can
 * be unpacked side by side, on so many threads (0: as many as processors). */
void index_source_expect(struct index_source *source, const uint64_t *places, size_t count,
                         size_t threads);

/* The line at a place that index_source_next gave, without its end, borrowed until the next
 * call. False when there is none. */
MUST_USE bool index_source_line(struct index_source *source, uint64_t place, const char **line,
                                size_t *length);

/* The next line without its end, borrowed until the next call, and where it begins. *line is
 * NULL at the end. */
MUST_USE bool index_source_next(struct index_source *source, const char **line, size_t *length,
                                uint64_t *place, struct error *error);

/* Goes to a place, so that index_source_next gives the line there. */
MUST_USE bool index_source_go(struct index_source *source, uint64_t place);

#endif
