/*
 * Compressed bytes in order -> bytes: gzip member after member through ISA-L, each with its
 * checksum verified, and zstd frame after frame. In: an input. Out: blocks, as full as can be.
 * Truncated and corrupt data are errors, and so are bytes behind the last member or frame,
 * other than zeros behind gzip.
 */
#ifndef GWAS_UNPACK_H
#define GWAS_UNPACK_H

#include "gwas/input.h"

struct unpack_gzip;
struct unpack_zstd;

/* Whether the window begins with the first bytes of a member or frame. */
bool unpack_is_gzip(const struct input *input);
bool unpack_is_zstd(const struct input *input);

/* Unpackers at the start of a member or frame; ended with the functions below. */
struct unpack_gzip *unpack_gzip_create(void);
void unpack_gzip_destroy(struct unpack_gzip *unpack);
struct unpack_zstd *unpack_zstd_create(void);
void unpack_zstd_destroy(struct unpack_zstd *unpack);

/* Up to `size` bytes (size < 2^31); *got is below size at the end only. */
MUST_USE bool unpack_gzip(struct unpack_gzip *unpack, struct input *input, char *bytes,
                          size_t size, size_t *got, struct error *error);
MUST_USE bool unpack_zstd(struct unpack_zstd *unpack, struct input *input, char *bytes,
                          size_t size, size_t *got, struct error *error);

#endif
