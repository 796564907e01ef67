/*
 * Clumping: of the variants of a trait, those that stand for what is near and correlated.
 * In: a table with ids and P, a threshold, and a PLINK 1 reference or positions. Out: index
 * variants in the order of their P, as PLINK 1.9 --clump finds them, and what was left out.
 */
#ifndef INSTRUMENT_CLUMP_H
#define INSTRUMENT_CLUMP_H

#include "base/arena.h"
#include "base/array.h"
#include "base/job.h"
#include "base/text.h"
#include "gwas/gwas.h"
#include "instrument/plink.h"

struct clump_settings {
    double p;  /* an index variant has at most this P */
    double r2; /* what has a larger r2 with it belongs to it; not used without a reference */
    double kb; /* and lies nearer than this many thousand base pairs */
    bool wants_r2; /* of what belongs to another, for the ledger */
};

/* What became of a variant. */
enum clump_fate {
    CLUMP_OPEN,
    CLUMP_INDEX,
    CLUMP_CLAIMED,        /* it belongs to an index variant */
    CLUMP_ABSENT,         /* not in the reference */
    CLUMP_ALLELES_DIFFER, /* in the reference on other alleles */
};

/* A variant whose P could make it an index variant. Texts belong to the clumps' arena or to the
 * reference. */
struct clump_variant {
    const char *id, *chromosome; /* chromosome is NULL until it is known */
    const char *effect, *other;  /* alleles of the table; NULL: not known */
    const char *first, *second;  /* alleles of the reference; NULL without one */
    double position;
    double p, neglog10_p;
    size_t order; /* among equal P: the row in the reference, or in the file */
    size_t row;   /* in the reference */
    size_t group; /* its chromosome, counted */
    enum clump_fate fate;
    const struct clump_variant *index; /* that it belongs to; NULL where it does to none */
    double r2;                         /* with it; NaN unless asked for, or by distance */
    size_t tag;                        /* the caller's */
};

/* Clumps under way; created empty. */
struct clump {
    struct arena *arena;
    struct array variants; /* struct clump_variant */
    struct array indices;  /* struct clump_variant *, once found: by P */
    struct array absent;   /* struct clump_variant, not in the reference or on other alleles */
    struct array warnings; /* char *, from memory_get */
};

/* Clumps without variants; ends them and all that they point to. */
struct clump *clump_create(void);
void clump_destroy(struct clump *clump);

/*
 * Reads a table: ids and P, and chromosome and position where there will be no reference. Only
 * what has P up to the threshold is kept. Of rows with one id the smallest P counts. A P of 0
 * or a missing one is computed from effect and SE where the table has them.
 */
MUST_USE bool clump_read(struct clump *clump, const char *path,
                         const struct gwas_options *options,
                         const struct clump_settings *settings, bool has_reference,
                         struct error *error);

/* Places the variants on a reference. Those that it lacks, or has on other alleles, go to
 * `absent`, with a warning; when it lacks all, it fails. */
MUST_USE bool clump_place(struct clump *clump, struct plink *plink, struct error *error);

/* Takes over into a variant what a reference has of it. */
void clump_take(struct clump_variant *variant, const struct plink_variant *found);

/* Finds the index variants: by r2 within the distance, or without a reference (NULL) by
 * distance alone. Chromosomes are done in parallel on `pool`, which may be NULL. */
void clump_find(struct clump *clump, const struct plink *plink,
                const struct clump_settings *settings, struct job_pool *pool);

/*
 * Correlations between the index variants as a square table that ld_read reads, added to
 * `text`: of the number of A1, with names rsID_A1_A2. Variants that do not vary among the
 * founders are left out, with a warning.
 */
MUST_USE bool clump_correlations(struct clump *clump, const struct plink *plink,
                                 struct text *text, struct error *error);

/* A warning, to be freed by clump_destroy. */
void clump_warn(struct clump *clump, const char *format, ...) PRINTF_LIKE(2, 3);

#endif
