/*
 * What goes from a pair's exposure through its study's mediator, for a lesson.
 * In: a study, a pair of it. Out: the first mediator's triple with what was computed of it.
 */
#ifndef LESSON_THROUGH_H
#define LESSON_THROUGH_H

#include "study/mediations.h"

/* NULL where the study has no mediator of the pair. In `arena`. */
struct mediated_triple *lesson_through(const struct study *study, const struct pair *pair,
                                       struct arena *scratch, struct arena *arena);

#endif
