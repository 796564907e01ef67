/*
 * Mediators and covariates of a study in the making.
 * In: the loader, exposures and outcomes read. Out: study->through. Private to this room.
 */
#ifndef STUDY_THROUGH_SIDES_H
#define STUDY_THROUGH_SIDES_H

#include "study/choose.h"
#include "study/sides.h"

/* Whether the plan names mediators or covariates. */
bool through_is_asked(const struct plan *plan);

/* Fails where a section cannot serve: a covariate without a mediator, no forward direction, no
 * table of effects. */
MUST_USE bool through_check(const struct loader *loader);

/* Reads the tables of mediators and covariates, in a study of tables. */
MUST_USE bool through_read(struct loader *loader);

/* The settings by which the instruments of exposures, mediators and covariates are clumped
 * together: of the first section that is clumped; else false, and those of the first. */
bool through_clumping(const struct loader *loader, struct choose_settings *settings);

/* Gives sections without a reference the one by which all are clumped together, before
 * instruments are chosen; fails where a section has another. */
MUST_USE bool through_share_reference(struct loader *loader);

/* Makes the triples, once all instruments are chosen and forward pairs made (struct pair *). */
MUST_USE bool through_make(struct loader *loader, const struct array *pairs);

#endif
