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
    const struct correlations *correlations; /* of the errors of their traits; NULL: none */
};

/*
 * Takes the correlations of the errors of exposures, mediators and covariates from a file
 * (multivariable/correlations.h); it has to name every mediator and covariate. Once, between
 * loading and the first results. Whether they can be together through_check_correlations says.
 */
MUST_USE bool study_take_correlations(struct study *study, const char *path,
                                      struct error *error);

/* Fails where an exposure with all mediators and covariates cannot be correlated so, `between`
 * being what pairs have that no file names. */
MUST_USE bool through_check_correlations(const struct study *study, double between,
                                         struct error *error);

#endif
