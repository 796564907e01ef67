/*
 * Eight bytes of text at a time, as one word of 64 bits: the first byte is the lowest, on every
 * machine. In: text of which eight bytes can be read. Out: words to compute with.
 */
#ifndef GWAS_WORDS_H
#define GWAS_WORDS_H

#include "numeric/wide.h"
#include <endian.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* The word of eight equal bytes. */
#define WORDS_EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

WIDE_BODY uint64_t words_load(const void *at)
{
    uint64_t word;

    memcpy(&word, at, sizeof word);
    return le64toh(word);
}

/* The first `count` of eight bytes, the digit 0 behind them. */
WIDE_BODY uint64_t words_load_some(const char *at, size_t count)
{
    uint64_t within = count < 8 ? (UINT64_C(1) << 8 * count) - 1 : ~UINT64_C(0);

    return (words_load(at) & within) | (WORDS_EACH('0') & ~within);
}

#endif
