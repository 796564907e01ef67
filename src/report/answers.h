/*
 * Answers to the items of checklists, as far as the study tells them.
 * In: the key of an answer, as it stands in the tables of data/. Out: a few words, and where
 * the item is one of risk a rating. Private to this room.
 */
#ifndef REPORT_ANSWERS_H
#define REPORT_ANSWERS_H

#include "report/sections.h"

struct answer {
    const char *facts;  /* in the report's arena; NULL: not known from the study */
    const char *rating; /* "low risk" ...; NULL: not to be judged from the study */
};

/* What a key answers; facts NULL for "author". `is_known` says whether there is such a key. */
struct answer answers_of(struct report *report, const char *key, size_t length, bool *is_known);

#endif
