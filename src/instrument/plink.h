/*
 * A PLINK 1 reference: PREFIX.bed, PREFIX.bim and PREFIX.fam.
 * In: a prefix, and the ids that are wanted. Out: where these variants stand, their genotypes
 * as rows of the mapped .bed, and who of the people counts on a chromosome. Only founders
 * count, as in PLINK 1.9. The .bim is gone through and not kept, so memory does not grow with
 * the reference.
 */
#ifndef INSTRUMENT_PLINK_H
#define INSTRUMENT_PLINK_H

#include "base/error.h"
#include <stddef.h>
#include <stdint.h>

struct plink;

/* A variant that is looked for. Texts are borrowed. */
struct plink_wanted {
    const char *id;             /* NULL: none */
    const char *chromosome;     /* NULL: not known */
    double position;            /* NaN: not known */
    const char *first, *second; /* its alleles, in either order; NULL: not known */
};

/* How a variant was found. */
enum plink_match {
    PLINK_ABSENT,
    PLINK_ALLELES_DIFFER, /* its id is there, on other alleles */
    PLINK_BY_PLACE,       /* its chromosome, position and alleles are, under another id */
    PLINK_BY_ID,
};

/* A variant as the .bim has it. Texts belong to the reference. */
struct plink_variant {
    const char *id;             /* NULL: not found */
    const char *chromosome;     /* as by plink_chromosome */
    double position;            /* base pairs */
    const char *first, *second; /* A1 and A2 */
    size_t index;               /* its row of the .bed, from 0 */
    enum plink_match match;
};

/*
 * Who counts, as masks over the words of a row of the .bed: the low bit of a person's two.
 * Heterozygous haploid genotypes count as missing.
 */
struct plink_people {
    size_t bytes; /* of a row */
    size_t words; /* of a mask: those bytes in 64-bit words */
    const uint64_t *counted;
    const uint64_t *diploid; /* of those, who may be heterozygous */
    const uint64_t *haploid; /* on X, those with one copy; NULL elsewhere */
};

/*
 * Opens a reference: reads the .fam and maps the .bed. On true *plink is the caller's, ended
 * with plink_close. Refuses PLINK 2 files and says how to convert them.
 */
MUST_USE bool plink_open(const char *prefix, struct plink **plink, struct error *error);
void plink_close(struct plink *plink);

/* How many people the .fam has, and how many of them are founders. */
size_t plink_people_count(const struct plink *plink);
size_t plink_founder_count(const struct plink *plink);

/*
 * Goes through the .bim and finds each of `count` variants, by its id, or else by chromosome,
 * position and alleles; alleles must agree where both sides have them (instrument/match.h), so
 * that of several rows with one id the right one is taken. *found has as many places. Where ids
 * show that most positions are of another build, nothing is found by its place. Refuses two
 * rows of one id and the same alleles that are wanted, and a .bed whose size is not that of
 * these people and variants. Once before plink_genotypes.
 */
MUST_USE bool plink_place(struct plink *plink, const struct plink_wanted *wanted, size_t count,
                          struct plink_variant *found, struct error *error);

/* Called with each row of the .bim, its texts borrowed for the call; false ends the reading,
 * with an error set. */
typedef bool plink_visit(void *context, const struct plink_variant *row, long line,
                         struct error *error);
MUST_USE bool plink_each(struct plink *plink, plink_visit *visit, void *context,
                         struct error *error);

/* An id of the .bim, for messages; NULL before plink_each or when it has none. */
const char *plink_example(const struct plink *plink);

/* A variant's genotypes: two bits a person, 00 twice A1, 01 missing, 10 both, 11 twice A2. */
const unsigned char *plink_genotypes(const struct plink *plink, size_t index);

/* Who counts on a chromosome (a code of plink_chromosome). Borrowed. */
const struct plink_people *plink_people_on(const struct plink *plink, const char *chromosome);

/* The code that PLINK has for a chromosome: without "chr", X, Y, XY and MT as 23 to 26.
 * Borrowed from the text or static. */
const char *plink_chromosome(const char *text);

#endif
