/*
 * Robust adjusted profile scores as they are published, for tests: losses, equations, and a
 * check that a fit solves them. In: a pair and a fit. Out: what is left of the equations.
 */
#ifndef TESTS_RAPS_DEFINITION_H
#define TESTS_RAPS_DEFINITION_H

#include "estimate/raps.h"

#define LOSSES 3
#define FITS (2 * LOSSES) /* each loss without and with overdispersion */

/* The derivative of a loss (of Tukey's, 6 / k^2 times that), and the loss. */
double raps_psi(enum loss kind, double t);
double raps_rho(enum loss kind, double t);

/* What is left of the two equations, and the size of their terms. */
struct raps_rest {
    double effect, effect_size, excess, excess_size;
};
struct raps_rest raps_rest_at(const struct pair *pair, enum loss kind, bool weighs_by_sx2,
                              double b, double tau2);

/* Fails the test unless both equations hold, that of tau2 at its bound from one side. */
void raps_check_solves(const struct pair *pair, enum loss kind, bool weighs_by_sx2,
                       const struct raps_fit *fit, bool is_overdispersed);

#endif
