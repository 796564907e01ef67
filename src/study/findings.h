/*
 * Exposures whose instruments are the same, or nearly, as one finding: what one of them shows
 * the others cannot but show.
 * In: pairs of one outcome. Out: which of them belong together, and how close they are.
 */
#ifndef STUDY_FINDINGS_H
#define STUDY_FINDINGS_H

#include "study/shared_variants.h"

/* Sets of variants whose Jaccard index (shared over all) is at least this are nearly the same.
 */
#define FINDINGS_JACCARD 0.8

struct finding {
    size_t leader;  /* the first of its pairs, in the order given */
    size_t count;   /* of its pairs */
    double nearest; /* greatest Jaccard index with another of them; NaN alone */
    double least;   /* least index between any two of them; NaN alone */
};

/* One a pair, in `arena`. Pairs are joined where their index is high enough, and with all that
 * are joined to those; `least` shows how far that went. Pairs without variants stand alone. */
struct finding *findings_of(const struct shared_variants *shared, struct arena *arena);

#endif
