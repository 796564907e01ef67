/*
 * A study of very many outcomes in slices, a few outcomes each, so that what is in memory does
 * not grow with their number.
 * In: a study file. Out: how many slices it has, and which of its outcomes are in one. What is
 * compared with each other is in one slice: a slice has all exposures and mediators, and all
 * there is of an outcome; outcomes that share a name are several cohorts of one, and are not
 * taken apart. Nor are studies of pairs and of whole GWAS, whose files hold all outcomes or are
 * read at once.
 */
#ifndef STUDY_SLICES_H
#define STUDY_SLICES_H

#include "study/plan.h"

/* 1 or more; false where the study file cannot be read. */
MUST_USE bool slices_count(const char *path, size_t *count, struct error *error);

/* The outcomes from *from up to before *end are in a slice of so many; count 0: all are. */
void slices_range(const struct plan *plan, size_t slice, size_t count, size_t *from,
                  size_t *end);

#endif
