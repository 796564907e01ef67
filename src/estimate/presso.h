/*
 * MR-PRESSO (Verbanck et al. 2018, Nat Genet 50:693): whether the variants scatter more than
 * their errors say, which of them lie outside, and what leaving those out does to the estimate.
 * In: a pair of at least four variants, the number of simulations. Out: the three tests and
 * the two estimates. Its simulations draw from the pair's stream of the key "presso", whoever
 * asks, so that all answers agree.
 */
#ifndef ESTIMATE_PRESSO_H
#define ESTIMATE_PRESSO_H

#include "estimate/estimate.h"

/* The outlier test of a variant. */
struct presso_variant {
    double rss;       /* square of the outcome's effect less what the other variants predict */
    size_t exceeding; /* simulations with a larger one */
    double p;         /* Bonferroni; NaN where the test was not run */
    bool is_outlier;
    const char *note; /* what p alone does not say, or NULL */
};

/* A count of 0 gives the p of a count of 1, with a note. Notes are NULL or say why a number is
 * missing or special. */
struct presso {
    size_t count, sims;

    bool is_done; /* whether there is a global test */
    double rss;   /* of all variants, each predicted by the others, in units of its error */
    size_t exceeding;
    double p;
    const char *note;

    bool has_outlier_test;           /* fewer than 0.05 of the simulations exceed it */
    double least_p;                  /* the smallest p that the outlier test can have */
    size_t sims_needed;              /* for an outlier to be seen at 0.05 */
    struct presso_variant *variants; /* count; NULL where not done */
    size_t outliers;

    double distortion; /* in percent of the estimate without outliers */
    size_t distortion_exceeding;
    double distortion_p;
    const char *distortion_note;

    struct estimate raw, corrected; /* of method_presso and method_presso_corrected */
};

/*
 * All of it, in `arena`, which may be scratch. The package mr_presso (version 1.0) differs:
 * - its distortion test always keeps the outliers in what it draws again; here they are out
 *   unless PARAMETER_PRESSO_DISTORTION says DISTORTION_WITH_OUTLIERS. Draws of the others
 *   alone lie around their own estimate, so that this p is near one half or above it;
 * - with no more simulations than variants it refuses; here the global test stands alone.
 * As in the package, a variant that no simulation exceeds is an outlier, also where the
 * simulations are too few (below 20 a variant) to put its p below 0.05: the note says so.
 */
struct presso *presso_of(const struct pair *pair, const struct estimate_settings *settings,
                         struct arena *scratch, struct arena *arena);

#endif
