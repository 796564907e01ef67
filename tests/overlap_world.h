/*
 * A made genome in which the truth of an effect is known: markers that act on the exposure or
 * do not, effects of both samples with errors that people in both share, variants chosen by
 * their P. In: what the world is like. Out: the pair that a study of it would see.
 */
#ifndef TESTS_OVERLAP_WORLD_H
#define TESTS_OVERLAP_WORLD_H

#include "estimate/estimate.h"

struct overlap_world {
    const char *name;
    double effect;       /* of the exposure on the outcome, in standard deviations */
    double intercept;    /* correlation of the errors, by people in both samples */
    double heritability; /* of the exposure */
    double share;        /* of markers that act */
    double p;            /* by which variants are chosen */
    bool misleads;       /* IVW is off: its biases do not cancel */
};

#define OVERLAP_MARKERS 20000
#define OVERLAP_EXPOSURE_N 20000
#define OVERLAP_OUTCOME_N 20000

/* One draw of the world; *settings to analyse it with, its heritability being that of the
 * effects that were drawn. */
struct pair *overlap_world_draw(const struct overlap_world *world, struct random_stream *stream,
                                struct arena *arena, struct estimate_settings *settings);

/* How often the interval of a method holds the truth in so many draws, and its mean effect. */
struct overlap_coverage {
    double held, mean, deviation;
};
struct overlap_coverage overlap_world_coverage(const struct overlap_world *world,
                                               const char *key, int draws);

/* The worlds that are tried. */
extern const struct overlap_world overlap_worlds[];
extern const size_t overlap_world_count;

#endif
