/*
 * Known truth: effects made up by a stated model, so that a method's answer can be judged.
 * In: real instruments and a model. Out: effects of the same variants on another trait. A
 * variant has one outcome effect, whatever traits it serves.
 */
#ifndef SIMULATE_SIMULATE_H
#define SIMULATE_SIMULATE_H

#include "base/arena.h"
#include "gwas/association.h"
#include <stdint.h>

/* The truth of one trait: its effect on the other side, in log odds (or SD) per SD (or log
 * odds). */
struct simulate_effect {
    const char *trait;
    double effect;
};

/* The truth of one variant. */
struct simulate_variant {
    const char *variant;
    const char *through; /* the trait whose effect it carries, or NULL */
    double pleiotropy;   /* its effect past that trait */
    double total;        /* what was simulated before sampling error */
};

struct simulate_model {
    uint64_t seed;
    const struct simulate_effect *effects; /* traits with a true effect */
    size_t effect_count;
    const char *const *pleiotropic; /* ids of variants with an effect of their own */
    size_t pleiotropic_count;
    double pleiotropy_sd;
    double n;     /* of the outcome GWAS */
    double cases; /* NaN for a continuous outcome */
};

/*
 * Outcome effects at every variant of `traits` (each once, in order of first appearance), in
 * `arena`: beta true total plus normal error, se from n, the allele frequency and the case
 * share (log odds: 1 / sqrt(2 f (1 - f) n v (1 - v)); SD: 1 / sqrt(2 f (1 - f) n)). *truth
 * likewise. Returns how many.
 */
size_t simulate_outcome(const struct trait *const *traits, size_t trait_count,
                        const struct simulate_model *model, struct arena *arena,
                        struct association **outcome, struct simulate_variant **truth);

#endif
