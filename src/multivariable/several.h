/*
 * All that is to be seen of several exposures at once: every method's effects, each exposure
 * alone beside them, whether the variants tell the exposures apart and whether they agree.
 * In: a wide table. Out: numbers for screens and charts, in one arena of their own.
 */
#ifndef MULTIVARIABLE_SEVERAL_H
#define MULTIVARIABLE_SEVERAL_H

#include "multivariable/multivariable.h"
#include "multivariable/strength.h"

struct several {
    struct arena *arena;
    const char *path;
    struct design design;
    size_t dropped; /* rows of the table that were left out */
    struct estimate_settings settings;
    struct mv_estimate *estimates; /* of every method that answers at once */
    size_t count;
    struct mv_estimate *alone; /* K: mv_ivw of one exposure by itself, on the same variants */
    struct mv_strength *strengths; /* K */
    double joint;                  /* F of the weakest direction */
    struct mv_heterogeneity heterogeneity;
};

/* Reads a wide table and computes; on true *several is the caller's, ended by several_end. */
MUST_USE bool several_read(const char *path, const struct estimate_settings *settings,
                           struct several **several, struct error *error);
void several_end(struct several *several);

/* Whether a file is a wide table of two exposures or more; nothing is said of why not. */
bool several_is_table(const char *path);

/* The multivariable IVW among the estimates. */
const struct mv_estimate *several_main(const struct several *several);

#endif
