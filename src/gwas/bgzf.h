/*
 * BGZF (SAM specification, section 4.1): gzip members of at most 64 KB that say how long they
 * are, so that they unpack side by side. In: an input. Out: pieces of several whole blocks,
 * gathered in order by one thread, unpacked by any. What is no BGZF block ends the gathering:
 * the rest is for unpack_gzip.
 */
#ifndef GWAS_BGZF_H
#define GWAS_BGZF_H

#include "gwas/input.h"
#include <stdint.h>

/* Bytes of a block at most, packed or not. */
#define BGZF_LARGEST_BLOCK ((size_t)65536)

/* Whole blocks, packed, and how many bytes they say they hold. */
struct bgzf_piece {
    unsigned char *packed;
    size_t length;
    size_t unpacked;
};

struct bgzf;

/* Whether the window begins with the header of a BGZF block. */
MUST_USE bool bgzf_is_next(struct input *input, bool *is_bgzf, struct error *error);

/* Room for pieces that unpack to at most `size` bytes (at least 64 KB), and what unpacks. */
struct bgzf_piece *bgzf_piece_create(size_t size);
void bgzf_piece_destroy(struct bgzf_piece *piece);
struct bgzf *bgzf_create(void);
void bgzf_destroy(struct bgzf *bgzf);

/* The next blocks, as many as unpack to `size` bytes; *more says whether others follow. */
MUST_USE bool bgzf_gather(struct input *input, size_t size, struct bgzf_piece *piece,
                          bool *more, struct error *error);

/* The one block that begins at a byte of a file; of length 0 at the end. False where none that
 * is whole begins or the file cannot be read. Any thread may. */
MUST_USE bool bgzf_piece_read(int file, uint64_t at, struct bgzf_piece *piece);

/* Unpacks a piece into `bytes`, which has room for piece->unpacked. */
MUST_USE bool bgzf_unpack(struct bgzf *bgzf, const struct bgzf_piece *piece, const char *name,
                          char *bytes, struct error *error);

#endif
