/*
 * The installed studies that lessons show, each read once.
 * In: a name. Out: the study, what its file of truth says, and the results of all of its pairs
 * where a chart of the whole study is shown.
 */
#ifndef LESSON_STUDIES_H
#define LESSON_STUDIES_H

#include "lesson/truth.h"
#include "study/results.h"

struct lesson_studied {
    const char *name;
    struct study *study;
    struct truth_table truth;
    struct results *results; /* NULL until they were wanted */
};

struct studies;

/* Nothing is read yet; `folder` is where studies are installed, and is copied. Ends every study
 * that was read. */
struct studies *studies_create(const char *folder);
void studies_destroy(struct studies *studies);

/* The study of a name, with results or without; NULL: it cannot be read. Borrowed. */
const struct lesson_studied *studies_find(struct studies *studies, const char *name,
                                          bool wants_results, struct error *error);

#endif
