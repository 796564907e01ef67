/*
 * What was asked for when a study was loaded, in words: with it a run can be repeated.
 * In: the study file's choices, those of a command line over them. Out: items with a name and a
 * value, in study->asked, for manifests.
 */
#ifndef STUDY_ASKED_H
#define STUDY_ASKED_H

#include "study/sides.h"

struct study_asked {
    const char *item; /* "study", "choice", "option" */
    const char *name;
    const char *value; /* NULL of an option without one */
};

/* Appends copies. */
void asked_note(struct study *study, const char *item, const char *name, const char *value);

/* The directions, the action, and for every section which instruments it takes: what its study
 * file says, and over that what loading asks for. Of the first slice (slices.h) alone. */
void asked_note_plan(const struct loader *loader);

#endif
