/*
 * The design of several GWAS: one set of variants, every trait's effect at each of them, all on
 * the same alleles.
 * In: exposures with their instruments and their effects at all variants, an outcome. Out: the
 * union of the instruments, clumped together, as a design; and a ledger that says which variant
 * is missing where.
 */
#ifndef MULTIVARIABLE_JOIN_H
#define MULTIVARIABLE_JOIN_H

#include "base/array.h"
#include "instrument/clump.h"
#include "multivariable/design.h"
#include "pair/ledger.h"

/* A trait of a design. */
struct join_trait {
    const struct trait *trait; /* key and sample size */
    const struct association *const *instruments;
    size_t instrument_count; /* 0 of an outcome */
    const struct association
        *associations; /* at the variants of all traits, its own included */
    size_t count;
};

struct join_settings {
    enum harmonise_action action;
    double kb;                 /* instruments nearer than this are clumped; NaN: none are */
    double r2;                 /* with a reference, those with a larger r2 */
    const struct plink *plink; /* the reference; NULL: by distance alone */
    /* Where a variant stands in the reference; false: it is not there. NULL without one. */
    bool (*place)(const void *context, const struct association *one,
                  struct clump_variant *variant);
    const void *context;
};

/* A design, and what became of every variant. */
struct joined {
    struct design design;
    const struct association **leads; /* of the design's variants: the alleles are theirs */
    size_t *own;                 /* one an exposure: how many of these variants stand for it */
    struct ledger_entry *ledger; /* `outcome` is the trait that was looked into */
    size_t ledger_count;
};

/*
 * Joins: each variant stands once (one id on other alleles is another variant, where both sides
 * have them in letters), with the alleles of the exposure in which its P is smallest; the other
 * traits' effects are harmonised to it. A variant stays when every trait has it. Errors of the
 * exposures count as independent. All in `arena`; borrows the traits' texts.
 */
void join_traits(const struct join_trait *exposures, size_t exposure_count,
                 const struct join_trait *outcome, const struct join_settings *settings,
                 struct arena *arena, struct joined *joined);

#endif
