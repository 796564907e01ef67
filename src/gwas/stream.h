/*
 * Bytes out of a file, plain or gzip, or of standard input for "-".
 * In: a path. Out: blocks of decompressed bytes. gzip goes through ISA-L, member after member,
 * each with its checksum verified; this and checksum.c are the files that know ISA-L.
 */
#ifndef GWAS_STREAM_H
#define GWAS_STREAM_H

#include "base/error.h"
#include <stddef.h>

struct stream;

/* Opens path and looks whether it is gzip; on true *stream is the caller's (stream_close). */
MUST_USE bool stream_open(const char *path, struct stream **stream, struct error *error);
void stream_close(struct stream *stream);

/* Up to `size` bytes (size < 2^31) into buffer; *got is 0 at the end only. */
MUST_USE bool stream_read(struct stream *stream, char *buffer, size_t size, size_t *got,
                          struct error *error);

/* Bytes of the file that were taken so far, as they lie there. */
size_t stream_taken(const struct stream *stream);

/* The name for messages, borrowed. */
const char *stream_name(const struct stream *stream);

#endif
