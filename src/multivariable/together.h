/*
 * All that is to be seen of several exposures at once: every method's effects, each exposure
 * alone beside them, whether the variants tell the exposures apart and whether they agree.
 * In: a wide table. Out: numbers for screens and charts, in one arena of their own.
 */
#ifndef MULTIVARIABLE_TOGETHER_H
#define MULTIVARIABLE_TOGETHER_H

#include "multivariable/multivariable.h"
#include "multivariable/strength.h"

struct together {
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

/* Reads a wide table and computes; on true *several is the caller's, ended by together_end. */
MUST_USE bool together_read(const char *path, const struct estimate_settings *settings,
                            struct together **several, struct error *error);
void together_end(struct together *several);

/* Whether a file is a wide table of two exposures or more; nothing is said of why not. */
bool together_is_table(const char *path);

/* The multivariable IVW among the estimates. */
const struct mv_estimate *together_main(const struct together *several);

#endif
