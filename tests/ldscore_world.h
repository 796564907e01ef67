/*
 * A made genome whose truth LD score regression is asked for: markers that stand for stretches
 * of different length (their LD scores), the longer the likelier to act, and two samples that
 * share people. In: what the world is like. Out: how near the answers are to the truth, and how
 * often the interval of the corrected effect holds it where heritability and intercept are
 * estimated.
 */
#ifndef TESTS_LDSCORE_WORLD_H
#define TESTS_LDSCORE_WORLD_H

#include "estimate/estimate.h"
#include "ldscore/ldsc.h"

struct ldscore_world {
    const char *name;
    double effect;       /* of the exposure on the outcome, in standard deviations */
    double intercept;    /* correlation of the errors, by people in both samples */
    double heritability; /* of the exposure */
    double own;          /* of the outcome, beside what comes from the exposure */
    double share;        /* of markers that act */
    bool is_unsure;      /* its heritability is too unsure to correct by, mostly */
};

#define LDSCORE_MARKERS 20000
#define LDSCORE_N 20000

/* One draw: z, sizes and scores, and the pair of its instruments. In `arena`. */
struct ldscore_draw {
    struct ldsc_data data;
    struct pair *pair;
};
struct ldscore_draw ldscore_world_draw(const struct ldscore_world *world,
                                       struct random_stream *stream, struct arena *arena);

/* What is asked of a world. */
enum ldscore_asked { ASKED_H2, ASKED_COVARIANCE, ASKED_INTERCEPT, ASKED_EFFECT, ASKED };

/* Of so many draws: the mean estimate and its spread, the mean standard error, and how often
 * the 95% interval held the truth. `refused` draws had no corrected effect. */
struct ldscore_answer {
    double truth, mean, deviation, se, held;
};
struct ldscore_answers {
    struct ldscore_answer of[ASKED];
    int refused;
};
struct ldscore_answers ldscore_world_ask(const struct ldscore_world *world, int draws);

/* The worlds that are tried. */
extern const struct ldscore_world ldscore_worlds[];
extern const size_t ldscore_world_count;

#endif
