/*
 * One variant's effect on one trait, and the trait that owns such effects.
 * In: what readers found. Out: plain structs that every later room reads. Missing numbers are
 * NaN, missing texts NULL. Strings belong to the arena that the reader was given.
 */
#ifndef GWAS_ASSOCIATION_H
#define GWAS_ASSOCIATION_H

#include <stdbool.h>
#include <stddef.h>

struct association {
    const char *variant;       /* rsid, or chr:pos:ref:alt; never NULL */
    const char *more_ids;      /* all ids of a row that has several, "rs1,rs2"; else NULL */
    const char *chromosome;    /* NULL when the file has none */
    const char *effect_allele; /* upper case */
    const char *other_allele;  /* upper case; NULL when the file has none */
    const char *gene;          /* nearest gene or region, where the file tells */
    double position;           /* base pairs on the file's build; NaN when missing */
    double eaf;                /* frequency of the effect allele, 0 to 1 */
    double beta;       /* effect of one copy of the effect allele, in the trait's unit */
    double se;         /* its standard error, > 0 */
    double p;          /* two-sided; 0 when below the smallest double */
    double neglog10_p; /* the same as -log10, kept when p underflows */
    double n;          /* sample size; may be fractional */
    double info;       /* of imputation; 0 or NaN when missing */
    long line;         /* where it stood in its file */
};

/* The unit of a trait's effects; units are carried and never mixed silently. */
enum trait_unit {
    UNIT_UNKNOWN,
    UNIT_SD,       /* per standard deviation */
    UNIT_LOG_ODDS, /* log odds of a binary trait */
    UNIT_LINEAR,   /* linear model on a 0/1 outcome: a difference in risk */
    UNIT_SCORE,    /* the scale of the study's own, only comparable with itself */
};

/* Ranks of a taxon, kingdom to genus; RANK_NONE for traits that are no taxon. */
enum trait_rank {
    RANK_NONE,
    RANK_KINGDOM,
    RANK_PHYLUM,
    RANK_CLASS,
    RANK_ORDER,
    RANK_FAMILY,
    RANK_GENUS,
    RANK_SPECIES,
    RANK_COUNT
};

/* What was measured, and what every one of its associations has in common. */
struct trait {
    const char *key;         /* unique in its study, e.g. class.Actinobacteria.id.419 */
    const char *name;        /* for people, not unique */
    const char *cohort;      /* GWAS or consortium; may be NULL */
    const char *shared_name; /* of the same trait in all cohorts; NULL: its name */
    const char *file;        /* where the associations came from */
    enum trait_unit unit;
    enum trait_rank rank;
    const char *lineage[RANK_COUNT]; /* names by rank up to its own; NULL above and below */
    double n;                        /* of the whole GWAS; NaN unknown */
    double cases;                    /* of a binary trait; NaN otherwise */
    double prevalence; /* of a binary trait, in the population; NaN or 0 unknown */
    bool is_simulated; /* the effects are made up; every screen says so */
    struct association *associations;
    size_t count;
};

/* Whether a trait is the abundance of a taxon. */
bool trait_is_taxon(const struct trait *trait);

/* The name under which a trait is known in all its cohorts. */
const char *trait_shared_name(const struct trait *trait);

/* The key of a rank in files ("genus"; "" for RANK_NONE), and back (RANK_NONE when unknown). */
const char *trait_rank_key(enum trait_rank rank);
enum trait_rank trait_rank_of(const char *key);

/* The key of a unit in files ("sd", "log-odds", "linear", "score", "unknown"), and back. */
const char *trait_unit_key(enum trait_unit unit);
bool trait_unit_of(const char *key, enum trait_unit *unit);

#endif
