/*
 * Whether two pairs of alleles are those of one variant.
 * In: two alleles of each side, as files have them. Out: whether they agree, which of them
 * stand for each other, and whether only their letters tell the strand.
 */
#ifndef INSTRUMENT_MATCH_H
#define INSTRUMENT_MATCH_H

#include <stdbool.h>

enum match {
    MATCH_NONE,    /* alleles of another variant */
    MATCH_SAME,    /* first is first */
    MATCH_SWAPPED, /* first is second */
    MATCH_UNKNOWN, /* nothing to compare: no alleles, or codes (I, D, 0) in place of letters */
};

/*
 * Case is ignored. What does not agree as written is read on the other strand, but for
 * palindromic alleles (A/T, C/G), which agree on either. A missing second allele (NULL) agrees
 * with any.
 */
enum match match_alleles(const char *first, const char *second, const char *other_first,
                         const char *other_second);

/* A/T or C/G: the letters do not tell the strand. */
bool match_is_palindromic(const char *first, const char *second);

#endif
