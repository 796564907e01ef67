/*
 * Blocks of text out of a file, in order: plain, gzip, BGZF or zstd, or standard input for "-".
 * In: a path. Out: blocks of decompressed bytes. From the second block on other threads work
 * ahead: gzip and zstd unpack in a thread of their own, blocks of plain files and of BGZF are
 * read, unpacked and sieved side by side. Lines, and what is sieved of them, are the same
 * for any number of threads.
 */
#ifndef GWAS_STREAM_H
#define GWAS_STREAM_H

#include "base/error.h"
#include "gwas/sieve.h"
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

struct stream;

/* Bytes that may be read, and mean nothing, behind a block. */
#define STREAM_BEHIND SIEVE_BEHIND

/* A block, borrowed until the next is asked for; its bytes may be written to. */
struct stream_block {
    char *bytes;
    size_t length;               /* 0 at the end only */
    const struct sieved *sieved; /* its whole lines but the first, or NULL: not sieved */
};

/* Opens path and looks what it is; on true *stream is the caller's (stream_close). */
MUST_USE bool stream_open(const char *path, struct stream **stream, struct error *error);
/* The same of bytes in memory, copied; they count as plain. `name` is for messages. */
struct stream *stream_open_bytes(const char *name, const char *bytes, size_t length);
void stream_close(struct stream *stream);

/* How many threads may work ahead: 0 as many as processors, 1 none. Before the second block. */
void stream_threads(struct stream *stream, size_t threads);

/* Adds the bytes of the file that were read so far to *consumed (NULL: nowhere), and all that
 * are read from now on. Before the second block. */
void stream_count_bytes(struct stream *stream, _Atomic uint64_t *consumed);

/* Later blocks may come sieved; `sieve` is borrowed until stream_close. */
void stream_sieve(struct stream *stream, const struct sieve *sieve);

MUST_USE bool stream_next(struct stream *stream, struct stream_block *block,
                          struct error *error);

/* The name for messages, borrowed. */
const char *stream_name(const struct stream *stream);

#endif
