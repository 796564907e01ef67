/*
 * The checksum of a file as it lies on the disk, to tell whether it is the one that was read.
 * In: a path. Out: its bytes and their CRC-32, the one of gzip and of `crc32 FILE`. It finds
 * files that differ by accident; it is no proof against intent.
 */
#ifndef GWAS_CHECKSUM_H
#define GWAS_CHECKSUM_H

#include "base/error.h"
#include <stddef.h>
#include <stdint.h>

/* What a checksum is of. */
enum checksum_extent {
    CHECKSUM_WHOLE,
    CHECKSUM_ENDS, /* the first and last 64 KB */
    CHECKSUM_NONE, /* there is none: a pipe can be read once only */
    CHECKSUM_EXTENTS
};

struct checksum {
    uint64_t bytes;
    uint32_t crc32;
    enum checksum_extent extent;
};

/* The CRC-32 of bytes, going on from `before` (0: the start). */
uint32_t checksum_bytes(uint32_t before, const void *bytes, size_t length);

/*
 * What tells one version of a file from another without reading all of it: size, time of the
 * last change, and the CRC-32 of its first and last 64 KB. A change in the middle that keeps
 * the size and sets the time back is not seen.
 */
struct checksum_ends {
    uint64_t bytes;
    int64_t changed; /* nanoseconds since 1970 */
    uint32_t crc32;
};

/* False for what is no plain file or cannot be read. */
MUST_USE bool checksum_ends_of(const char *path, struct checksum_ends *ends);

/* Reads the whole file. */
MUST_USE bool checksum_of(const char *path, struct checksum *checksum, struct error *error);

/* As much as costs little beside reading the file itself once: of a file above 256 MB its ends,
 * of what is no plain file none. */
MUST_USE bool checksum_in_passing(const char *path, struct checksum *checksum,
                                  struct error *error);

#endif
