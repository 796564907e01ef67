/*
 * What a study notes of its tables, taken from it and given back, so that tables are noted in
 * the order of the study file whatever the order that they are read in.
 * In: a study while it is loaded. Out: its entries of the ledger, files and warnings.
 */
#ifndef STUDY_NOTED_H
#define STUDY_NOTED_H

#include "study/study.h"

struct noted {
    struct array ledger, files, warnings; /* as in struct study */
};

/* All that the study has noted, which it has no longer; ended by noted_give. */
struct noted noted_take(struct study *study);

/* Puts them behind those of the study. */
void noted_give(struct study *study, struct noted *notes);

/* The study forgets what it has noted but for the files. */
void noted_hush(struct study *study);

#endif
