/*
 * A study: traits, their files, and all pairs, forward and reverse, as a study file names them.
 * In: a folder or study file (read by libconfuse). Out: traits with their associations, pairs
 * on the same alleles, the ledger of every variant, warnings about the files. Frozen once
 * loaded: its arena is never written to afterwards, so threads may read it.
 */
#ifndef STUDY_STUDY_H
#define STUDY_STUDY_H

#include "base/array.h"
#include "base/error.h"
#include "base/job.h"
#include "estimate/estimate.h"
#include "gwas/checksum.h"
#include "gwas/gwas.h"
#include "instrument/instrument.h"
#include "instrument/regions.h"
#include "pair/ledger.h"
#include "pair/pair.h"
#include "study/choose.h"

/* A file that the study read, for its screen and manifests. */
struct study_file {
    const char *path;
    size_t rows;         /* data rows read */
    size_t dropped;      /* by the policy on bad rows */
    size_t times;        /* that it was read from end to end; 0: what was kept of it served */
    struct checksum sum; /* where a manifest is made; else zeros */
};

struct through;

struct study {
    struct arena *arena; /* owns all that the study points to */
    const char *folder;  /* where its files are */
    const char *title;
    bool is_simulated; /* any effect is made up: stands in every title */
    const char *truth; /* path of the file of known truth, or NULL */
    uint64_t seed;
    enum harmonise_action action;
    struct instrument_settings instruments;
    bool has_direction[2];    /* [FORWARD], [REVERSE] */
    struct trait **exposures; /* all taxa, in file order, also those without an instrument */
    size_t exposure_count;
    struct trait **outcomes;
    size_t outcome_count;
    /* Reverse pairs point to traits of their own, with the same keys and other associations:
     * compare keys, not pointers. */
    struct pair **pairs; /* forward first; within a direction by outcome, then exposure order */
    size_t pair_count;
    const struct through *through; /* mediators (through.h); NULL: none */
    struct array ledger;           /* struct ledger_entry */
    struct regions regions;        /* pleiotropic ones; none where their table was not read */
    int build;                     /* of positions: 37, 38, or 0: not known */
    struct array files;            /* struct study_file */
    struct array warnings;         /* char *, one line each, in the arena */
    struct array asked;            /* struct study_asked (asked.h), for manifests */
};

/*
 * Loads a study from a folder (its file study.conf) or a study file. On true *study is the
 * caller's, ended with study_destroy. An unknown or repeated key is an error.
 */
MUST_USE bool study_load(const char *path, const struct gwas_options *options,
                         struct study **study, struct error *error);

/* How far the reading of a study's files is. */
struct study_progress {
    double bytes, all_bytes; /* as they lie on the disk, of all files together */
    size_t files, all_files; /* done, and in all; one that is read twice counts twice */
};

/* Called now and then while files are read, by the thread that loads, and once at the end. */
typedef void study_progress_function(void *context, const struct study_progress *progress);

/* How a study is loaded. Only `reading`, `choosing` and `regions` matter to what comes out. */
struct study_loading {
    struct gwas_options reading;
    struct job_pool *pool; /* files side by side; NULL: one after the other */
    const char *cache;     /* folder of what was kept of whole GWAS (raw_cache.h); NULL: none */
    study_progress_function *progress; /* or NULL */
    void *context;                     /* of progress */
    const struct choose_settings
        *choosing;                 /* over what the study file asks for; NULL: nothing */
    const char *regions;           /* table of pleiotropic regions; NULL: none */
    const char *error_correlation; /* file, in place of the study file's; NULL: that one */
    size_t slice, slice_count;     /* which outcomes, from 0 (slices.h); slice_count 0: all */
    bool is_for_pairs; /* associations that no pair rests on need not be in memory */
};

/* study_load with more hands. */
MUST_USE bool study_load_with(const char *path, const struct study_loading *loading,
                              struct study **study, struct error *error);

/*
 * A study made of one harmonised table: every (exposure, outcome, direction) in it is a pair; a
 * table without these columns is the one pair "exposure", "outcome". `mr` is built on it.
 */
MUST_USE bool study_load_harmonised(const char *path, const struct gwas_options *options,
                                    struct study **study, struct error *error);

/* Makes one pair of two association files, for `harmonise`; traits are named after the files.
 */
MUST_USE bool study_load_two_files(const char *exposure_path, const char *outcome_path,
                                   enum harmonise_action action,
                                   const struct gwas_options *options, struct study **study,
                                   struct error *error);

/* One file as a side of a pair, and what is known of its trait. */
struct study_side {
    const char *path;
    struct gwas_options options;
    const char *name; /* of its only trait; NULL: after the file */
    enum trait_unit unit;
};

/*
 * The same with columns, names and units of each side's own. `instruments` says which variants
 * of the exposure's file stand for it.
 */
MUST_USE bool study_load_sides(const struct study_side *exposure,
                               const struct study_side *outcome, enum harmonise_action action,
                               const struct instrument_settings *instruments,
                               struct study **study, struct error *error);

/*
 * Gives every pair the correlations between its variants from an LD file (instrument/ld.h).
 * Variants that are not in it, or on other alleles, leave their pairs and say so in the ledger;
 * a correlation that is not listed counts as 0. A matrix without names is taken in the order of
 * the variants of the study's only file. Adds warnings. Fails when a pair's correlations are
 * not positive definite. Only between loading and the first results.
 */
MUST_USE bool study_take_ld(struct study *study, const char *path, struct error *error);
void study_destroy(struct study *study);

/*
 * Reads the table of pleiotropic regions (instrument/regions.h) and marks the variants of pairs
 * that lie in them. Only between loading and the first results; study_load_with does it itself.
 */
MUST_USE bool study_take_regions(struct study *study, const char *path, struct error *error);

/* The pair of exposure and outcome in a direction (keys), or NULL; its index in *index. */
const struct pair *study_find_pair(const struct study *study, const char *exposure,
                                   const char *outcome, enum direction direction,
                                   size_t *index);

/* The side of a pair that is the taxon: its exposure forward, its outcome in reverse; and the
 * other side, the disease. */
const struct trait *study_taxon(const struct pair *pair);
const struct trait *study_disease(const struct pair *pair);

#endif
