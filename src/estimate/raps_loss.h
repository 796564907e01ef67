/*
 * The losses of robust adjusted profile scores: squares, Huber's and Tukey's biweight, with the
 * constants that give each 95% efficiency under the normal. In: a squared standardised
 * residual. Out: the loss, the weight psi(t) / t, and the moments under the normal that the
 * standard errors need.
 */
#ifndef ESTIMATE_RAPS_LOSS_H
#define ESTIMATE_RAPS_LOSS_H

#include "estimate/parameters.h"
#include <math.h>

/* With N standard normal and psi the derivative of the loss (Zhao et al. 2020). */
struct raps_loss {
    enum loss kind;
    double k;     /* where the loss stops growing like a square; infinite for squares */
    double delta; /* E[N psi(N)] */
    double c1;    /* E[psi(N)^2] */
    double c2;    /* Var[N psi(N)] */
    double c3;    /* E[N^2 psi'(N)] */
};

/* The loss of a kind, its moments in closed form. */
struct raps_loss raps_loss_of(enum loss kind);

/* psi(t) / t of the residual whose square is t2 >= 0: 1 near 0, less far away. */
static inline double raps_loss_weight(const struct raps_loss *loss, double t2)
{
    double k2 = loss->k * loss->k, rest;

    if (loss->kind == LOSS_L2) {
        return 1;
    }
    if (loss->kind == LOSS_HUBER) {
        return t2 <= k2 ? 1 : loss->k / sqrt(t2);
    }
    rest = 1 - t2 / k2;
    return rest > 0 ? rest * rest : 0;
}

/* How fast t psi(t) falls as the variance of t grows by itself: half of t times its slope. */
static inline double raps_loss_fall(const struct raps_loss *loss, double t2)
{
    double k2 = loss->k * loss->k, u = t2 / k2;

    if (loss->kind == LOSS_L2) {
        return t2;
    }
    if (loss->kind == LOSS_HUBER) {
        return t2 <= k2 ? t2 : 0.5 * loss->k * sqrt(t2);
    }
    return u < 1 ? t2 * (1 - u) * (1 - 3 * u) : 0;
}

/* The loss itself, 0 at 0; Tukey's is 1 at most, and psi is k^2 / 6 of its derivative. */
static inline double raps_loss_value(const struct raps_loss *loss, double t2)
{
    double k = loss->k, rest;

    if (loss->kind == LOSS_L2 || (loss->kind == LOSS_HUBER && t2 <= k * k)) {
        return 0.5 * t2;
    }
    if (loss->kind == LOSS_HUBER) {
        return k * (sqrt(t2) - 0.5 * k);
    }
    rest = fmax(0, 1 - t2 / (k * k));
    return 1 - rest * rest * rest;
}

#endif
