/*
 * The random numbers of one study, before any model makes something of them.
 * In: a seed, the study's number, how many variants. Out: one number a variant and purpose;
 * each purpose has a stream of its own, so that one more variant moves none of the others'
 * numbers. Private to this room.
 */
#ifndef SIMULATE_CHANCE_H
#define SIMULATE_CHANCE_H

#include "base/arena.h"
#include <stdint.h>

/* What chance gave one study: one entry a variant. */
struct chance {
    double *frequency, *sign; /* of the effect allele; 1 where it raises the exposure, or -1 */
    double *size, *past;      /* standard normal: of effects on the exposure, and past it */
    double *error_x, *error_y, *error_other; /* standard normal */
    size_t *rank;                            /* a random order: the first are invalid */
};

/* In `arena`. */
struct chance chance_of(uint64_t seed, uint64_t study, size_t count, struct arena *arena);

#endif
