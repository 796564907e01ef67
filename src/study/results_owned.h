/*
 * Results with the memory that they own. Private to this room.
 * In: a study and options. Out: results without any analysis, and an arena for each worker.
 */
#ifndef STUDY_RESULTS_OWNED_H
#define STUDY_RESULTS_OWNED_H

#include "study/results.h"

/* Each worker has an arena of its own, so that workers
 * never wait for each other; which analysis lies where does not show in any number. */
struct owned {
    struct results results;
    struct arena *arena;
    struct arena **analyses; /* one a worker */
    size_t workers;
};

/* Options are copied; ended by results_destroy. */
struct owned *owned_create(const struct study *study, const struct results_options *options,
                           size_t workers);

/* So many arenas; ends them. */
struct arena **owned_arenas(size_t count);
void owned_end_arenas(struct arena **arenas, size_t count);

#endif
