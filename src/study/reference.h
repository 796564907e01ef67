/*
 * PLINK references of a study in the making, and where its instruments stand in them.
 * In: prefixes, instruments. Out: the row, alleles and frequency of each, and variants in LD
 * with it that may stand for it in an outcome. Private to this room; ended once pairs are made.
 */
#ifndef STUDY_REFERENCE_H
#define STUDY_REFERENCE_H

#include "base/map.h"
#include "instrument/plink.h"
#include "pair/pair.h"

/* A variant of the reference in LD with an instrument. */
struct proxy {
    const char *id;
    const char *chromosome;
    double position;
    const char *first, *second; /* A1 and A2 */
    double first_share;         /* frequency of A1 */
    double r;                   /* above 0: A1 goes with the instrument's A1 */
    double r2;
    double distance; /* base pairs */
    size_t row;
};

/* An instrument in a reference. */
struct reference_place {
    struct plink *plink;
    struct plink_variant variant; /* its id NULL: there on other alleles */
    double first_share;
    bool is_chosen;        /* it stands for an exposure, so that proxies may be needed */
    struct proxy *proxies; /* by r2, the largest first */
    size_t proxy_count;
};

struct references;

/* Without any reference yet; closes those that were opened. */
struct references *references_create(void);
void references_destroy(struct references *references);

/* The reference of a prefix, opened when it is asked for first. */
MUST_USE bool references_open(struct references *references, const char *prefix,
                              struct plink **plink, struct error *error);

/* Remembers where an instrument stands, or that it does on other alleles; the place, borrowed.
 * The same one again changes nothing. */
struct reference_place *references_add(struct references *references, const char *prefix,
                                       const struct association *instrument,
                                       const struct plink_variant *variant);

/* The place of an instrument in a reference, or NULL. */
struct reference_place *references_find(const struct references *references, const char *prefix,
                                        const struct association *instrument);

/*
 * Finds the proxies of all chosen instruments in a reference that have none yet: within `reach`
 * base pairs, with an r2 (haplotypes by EM) of at least `least`.
 */
MUST_USE bool references_find_proxies(struct references *references, const char *prefix,
                                      double least, double reach, struct error *error);

/* The search itself, of `count` places (reference_proxies.c). */
MUST_USE bool proxies_search(struct plink *plink, struct reference_place **places, size_t count,
                             double least, double reach, struct arena *arena,
                             struct error *error);

/* Calls for each proxy of a reference's instruments. */
void references_each_proxy(const struct references *references,
                           void (*visit)(void *context, const struct proxy *proxy),
                           void *context);

/*
 * Whether an association's effect allele is A1 (1) or A2 (-1) of a row of the reference; 0
 * where that cannot be told. Palindromic alleles are told by frequencies: below 0.3 in the
 * reference, as TwoSampleMR's proxies, and on one side of one half in both; with `is_forward`
 * letters alone are enough.
 */
int reference_side(const struct association *association, const char *first, const char *second,
                   double first_share, bool is_forward);

#endif
