/*
 * Blocks of a BGZF file here and there, each unpacked once: those that will be asked for side
 * by side and some at a time, so that memory does not grow with their number; others when they
 * are asked for. In: an open file, and the places that will be wanted. Out: unpacked blocks.
 */
#ifndef GWAS_INDEX_BLOCKS_H
#define GWAS_INDEX_BLOCKS_H

#include "base/error.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct index_blocks;

/* A block, borrowed until the next is asked for. */
struct index_block {
    const char *bytes;
    size_t length; /* unpacked; 0 also of an empty block, with which files end */
    uint64_t next; /* where the block behind it begins; its own place at the end of the file */
};

/* The file stays the caller's and must be open until index_blocks_destroy. */
struct index_blocks *index_blocks_create(int file);
void index_blocks_destroy(struct index_blocks *blocks);

/* Which places (as in index_source.h) will be asked for, in ascending order, on how many
 * threads (0: as many as processors). Replaces what was expected before. */
void index_blocks_expect(struct index_blocks *blocks, const uint64_t *places, size_t count,
                         size_t threads);

/* The block that begins at a byte of the file. False where there is none that is whole. */
MUST_USE bool index_blocks_get(struct index_blocks *blocks, uint64_t at,
                               struct index_block *block);

#endif
