/*
 * Whether methods that rest on different assumptions say the same.
 * In: an analysis. Out: how many of its other estimates agree with its main one.
 */
#ifndef DIAGNOSE_AGREEMENT_H
#define DIAGNOSE_AGREEMENT_H

#include "diagnose/diagnose.h"

/* An estimate agrees with the main one where it has the same sign and their intervals overlap.
 * Of the estimates asked for, those count that have a value and an interval and are not the
 * main method's own. */
struct agreement {
    size_t agree, of;
};
struct agreement agreement_of(const struct analysis *analysis);

#endif
