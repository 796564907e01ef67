/*
 * The workings that both ways to a constrained fit share: turns, which move true effects and
 * the effect in their turn and choose who is invalid, and what they act on. In: loaded effects.
 * Out: the same work, further on.
 */
#ifndef ESTIMATE_CML_WORK_H
#define ESTIMATE_CML_WORK_H

#include "estimate/cml.h"
#include "numeric/wide.h"
#include <math.h>
#include <stdint.h>
#include <string.h>

/* After so many turns a fit is what it is. */
#define CML_WORK_MOST_TURNS 100

/* A variant and how badly it fits. */
struct candidate {
    double distance;
    size_t j;
};

/*
 * Effects in standard errors of the outcome: y = by / sy, x = bx / sy, r2 = (sx / sy)^2, and m,
 * the true effect on the exposure, likewise. All arrays are filled up to whole vectors with
 * valid variants that weigh nothing.
 */
struct cml_work {
    size_t count, padded;
    const double *sy;
    double *y, *x, *r2;
    double *m, *next_m;
    double *distance;          /* (y - theta m)^2 */
    uint64_t *is_valid;        /* all bits or none */
    struct candidate *order;   /* the first by distance at the effect 0 */
    double *first;             /* the effect after the first turn, by number of invalid */
    struct candidate *choices; /* scratch of choose() */
    double unit;               /* the standard error of the fixed-effect IVW */
};

/* The lowest distance of an invalid variant and the highest of a valid one, kept lane by lane
 * while variants go by. */
struct cml_work_extremes {
    wide_doubles highest_valid, lowest_invalid;
};

/* Lanes of yes where all bits of mask are set, of no where none is. */
WIDE_BODY void cml_work_blend(const wide_words *mask, const wide_doubles *yes,
                              const wide_doubles *no, wide_doubles *out)
{
    *out = (wide_doubles)((*mask & (wide_words)*yes) | (~*mask & (wide_words)*no));
}

/* None seen yet. */
WIDE_BODY void cml_work_forget(struct cml_work_extremes *extremes)
{
    extremes->highest_valid = (wide_doubles){-1, -1, -1, -1};
    extremes->lowest_invalid = (wide_doubles){INFINITY, INFINITY, INFINITY, INFINITY};
}

WIDE_BODY void cml_work_see(struct cml_work_extremes *extremes, const wide_words *valid,
                            const wide_doubles *distance)
{
    wide_words is_new = *valid & (wide_words)(*distance > extremes->highest_valid);

    cml_work_blend(&is_new, distance, &extremes->highest_valid, &extremes->highest_valid);
    is_new = ~*valid & (wide_words)(*distance < extremes->lowest_invalid);
    cml_work_blend(&is_new, distance, &extremes->lowest_invalid, &extremes->lowest_invalid);
}

/* Sum, highest and lowest of the lanes. */
double cml_work_sum(const wide_doubles *lanes);
double cml_work_highest(const wide_doubles *lanes);
double cml_work_lowest(const wide_doubles *lanes);

/* The first turn's effect is 0, where only y tells who is invalid. */
void cml_work_start(struct cml_work *work, size_t invalid);

/* One turn with the right variants; whether they were the same as before. */
bool cml_work_turn(struct cml_work *work, size_t invalid, double *theta);

/* Misfit and standard error at the end of turns, from the valid variants. */
struct cml_fit cml_work_measure(const struct cml_work *work, double theta);

#endif
