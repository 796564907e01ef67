/*
 * A pair as another might have written it down: other alleles, units, order.
 * In: a pair. Out: a new one in the arena, with rows of its own, traits shared.
 */
#ifndef TESTS_VARIATIONS_H
#define TESTS_VARIATIONS_H

#include "numeric/random.h"
#include "pair/pair.h"

/* The same with sample sizes and allele frequencies, for methods that need them. */
struct pair *variation_known(const struct pair *pair, double n, double eaf,
                             struct arena *arena);

/* Every step-th variant by its other allele, from `first` on. */
struct pair *variation_flipped(const struct pair *pair, size_t first, size_t step,
                               struct arena *arena);

/* Effects and errors of the exposure times x, of the outcome times y. */
struct pair *variation_scaled(const struct pair *pair, double x, double y, struct arena *arena);

/* Last first; in an order that the stream draws. */
struct pair *variation_reversed(const struct pair *pair, struct arena *arena);
struct pair *variation_shuffled(const struct pair *pair, struct random_stream *stream,
                                struct arena *arena);

#endif
