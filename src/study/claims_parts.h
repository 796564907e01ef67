/*
 * What of a study bears on claims, as it is gathered slice by slice. Private to claims.c, which
 * makes answers of it, and claims_gather.c. Texts live in the arena of the gathering.
 */
#ifndef STUDY_CLAIMS_PARTS_H
#define STUDY_CLAIMS_PARTS_H

#include "base/array.h"
#include "study/claims.h"

/* What bears on one claim. */
struct claim_found {
    bool has_disease;
    struct array pairs[REVERSE + 1];  /* of abundance: struct claim_answer, by direction */
    const char *trait[REVERSE + 1];   /* of a link: the first of a pair that is about it */
    const char *mediator, *covariate; /* likewise; NULL: none */
};

struct claims_gathering {
    struct arena *arena;
    const struct claim *claims;
    struct claim_found *found; /* of each */
    size_t count;
    struct results_count ways[REVERSE + 1];
    bool has_both; /* directions */
};

#endif
