/*
 * Mediators of a study: every exposure, mediator and outcome with the designs that tell them
 * apart. In: sections `mediator` and `covariate` of the study file. Out: for each triple its
 * pairs, the design of exposure, mediator and covariates on the outcome, and a ledger of who
 * lacks which variant. Part of the study, frozen once loaded.
 */
#ifndef STUDY_THROUGH_H
#define STUDY_THROUGH_H

#include "multivariable/join.h"
#include "multivariable/mediation.h"
#include "study/study.h"

/* One exposure, mediator and outcome. */
struct through_triple {
    const struct trait *exposure, *mediator, *outcome;
    struct pair *total, *first; /* exposure on outcome, and on mediator */
    struct joined joined;       /* exposure, mediator and covariates on the outcome */
};

/* An exposure and outcome with all mediators at once. */
struct through_network {
    const struct trait *exposure, *outcome;
    struct pair *total;
    struct pair **first;  /* on each mediator */
    struct joined joined; /* exposure, mediators and covariates on the outcome */
    /* Of each trait on each other, row by row: the exposure, the mediators, the outcome. NULL
     * on the diagonal and of the outcome, which is taken to change none. */
    struct pair **pairs;
};

struct through {
    struct trait **mediators, **covariates;
    size_t mediator_count, covariate_count;
    struct through_triple *triples; /* by outcome, exposure, mediator, in file order */
    size_t triple_count;
    struct through_network *networks; /* by outcome, exposure */
    size_t network_count;
};

#endif
