/*
 * Where exposures stand whose ids an outcome does not have, to find them there by place.
 * In: places, then the outcome's. Out: for each exposure the outcome's rows at its place.
 */
#ifndef PAIR_SPOTS_H
#define PAIR_SPOTS_H

#include "gwas/association.h"
#include <stdbool.h>

#define SPOT_NONE ((size_t)-1)

struct spots;

/* The places of those of `x` that are not `is_found`; NULL when none of them has one. The
 * caller ends it with spots_destroy. */
struct spots *spots_create(const struct association *const *x, const bool *is_found,
                           size_t count);
void spots_destroy(struct spots *spots);

/* Enters the outcome's rows, once. */
void spots_enter(struct spots *spots, const struct association *y, size_t count);

/* The first row of the outcome at a place, and the next one behind it, in file order. */
size_t spots_first(const struct spots *spots, const struct association *x);
size_t spots_next(const struct spots *spots, size_t row);

#endif
