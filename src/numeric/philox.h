/*
 * The counter-based generator Philox4x32-10 (Salmon et al. 2011, SC11).
 * In: a counter and a key. Out: four words that depend on nothing else.
 */
#ifndef NUMERIC_PHILOX_H
#define NUMERIC_PHILOX_H

#include <stdint.h>

void philox_block(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4]);

/* The blocks of PHILOX_BATCH counters from `first` on (their high halves 0), side by side: out
 * 2i and 2i + 1 are words 0 (the high half) and 1, and 2 and 3, of the i-th. */
#define PHILOX_BATCH 16
void philox_blocks(uint64_t first, const uint32_t key[2], uint64_t out[2 * PHILOX_BATCH]);

#endif
