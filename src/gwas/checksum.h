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

struct checksum {
    uint64_t bytes;
    uint32_t crc32;
};

/* Reads the whole file. */
MUST_USE bool checksum_of(const char *path, struct checksum *checksum, struct error *error);

/* The CRC-32 of bytes, continuing from `crc` (start with 0). */
uint32_t checksum_bytes(uint32_t crc, const void *bytes, size_t length);

#endif
