/*
 * Known truth: effects made up by a stated model, so that a method's answer can be judged.
 * In: real instruments and a model. Out: effects of the same variants on another trait, and the
 * truth behind them. A variant has one outcome effect, whatever traits it serves, so a taxon
 * that shares variants with a truly active one inherits part of its effect.
 */
#ifndef SIMULATE_SIMULATE_H
#define SIMULATE_SIMULATE_H

#include "base/arena.h"
#include "base/array.h"
#include "base/error.h"
#include "base/map.h"
#include "base/text.h"
#include "gwas/gwas.h"
#include <stdint.h>

/* A true effect: change of the outcome (log odds or SD) per unit of the exposure. */
struct simulate_effect {
    const char *exposure, *outcome;
    double effect;
};

/* A trait to be simulated, and the size of its GWAS. */
struct simulate_target {
    const char *key;
    double n;
    double cases; /* NaN for a continuous trait */
};

/* Everything that is made up. Texts belong to the arena it was read into. */
struct simulate_model {
    uint64_t seed;
    const char *exposure;       /* of instruments without a trait column */
    struct array targets;       /* struct simulate_target */
    struct array effects;       /* struct simulate_effect */
    struct map *effect_of;      /* "exposure, outcome" to its place in effects */
    struct array pleiotropic;   /* const char *, variants with an effect past the exposure */
    struct map *is_pleiotropic; /* the same, by id */
    double pleiotropy_sd;
    double missing; /* largest share of people without a variant's genotype */
};

/* The truth of one variant. */
struct simulate_variant {
    const char *through; /* the trait whose effect it carries, or NULL */
    double pleiotropy;   /* its effect past that trait */
    double total;        /* what was simulated before sampling error */
};

/* Simulated effects of one target: one a variant, in order of first appearance. */
struct simulated {
    const struct simulate_target *target;
    struct association *associations;
    struct simulate_variant *truth;
    size_t count;
};

/*
 * Reads a model: a table with columns key, exposure, outcome, SNP, value (data/README.md says
 * what each key means). On true the caller ends it with simulate_model_destroy.
 */
MUST_USE bool simulate_model_read(const char *path, struct arena *arena,
                                  struct simulate_model *model, struct error *error);
void simulate_model_destroy(struct simulate_model *model);

/* Adds the taxa of a table (columns taxon and n) as continuous targets. */
MUST_USE bool simulate_model_add_taxa(const char *path, struct arena *arena,
                                      struct simulate_model *model, struct error *error);

/* Fails when the model names a trait or variant that is not there to be simulated: a typing
 * error would otherwise show as no effect. `path` is the model's, for the message. */
MUST_USE bool simulate_model_check(const struct simulate_model *model, const struct array *rows,
                                   const char *path, struct error *error);

/*
 * Effects of one target at the variants of `rows` (struct gwas_row), in `arena`: true total
 * plus normal error, SE from n, the allele frequency and the case share (log odds:
 * 1 / sqrt(2 f (1 - f) n v (1 - v)); SD: 1 / sqrt(2 f (1 - f) n)). Variants without a frequency
 * get no number. Each draws from its own stream, of (seed, variant, target).
 */
struct simulated simulate_target_effects(const struct array *rows,
                                         const struct simulate_model *model,
                                         const struct simulate_target *target,
                                         struct arena *arena);

/* The effects as lines of a table, with a trait column when the model has several targets; and
 * what is true of each exposure and variant. Both begin with a header line. */
void simulate_print_effects(const struct array *rows, const struct simulate_model *model,
                            struct text *text);
void simulate_print_truth(const struct array *rows, const struct simulate_model *model,
                          struct text *text);

#endif
