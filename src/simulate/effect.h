/*
 * What simulating and printing the truth both ask of a model.
 * In: names, or two writings of one variant. Out: a true effect, a beta on the right allele.
 * Private to this room.
 */
#ifndef SIMULATE_EFFECT_H
#define SIMULATE_EFFECT_H

#include "simulate/simulate.h"

/* The true effect of an exposure on an outcome; 0 when the model names none. */
double simulate_effect_of(const struct simulate_model *model, const char *exposure,
                          const char *outcome);

/* beta of `from` per effect allele of `to`: the same variant may be written from its other
 * allele in another trait's rows. */
double simulate_aligned_beta(const struct association *from, const struct association *to);

#endif
