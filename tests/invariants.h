/*
 * What must hold of every method's answer, whatever the data, and the exceptions by name.
 * In: an estimate, or two that should be the same. Out: a count of faults, each said in words
 * on standard error, so that one run of a suite names them all.
 */
#ifndef TESTS_INVARIANTS_H
#define TESTS_INVARIANTS_H

#include "estimate/estimate.h"
#include <stdbool.h>
#include <stddef.h>

enum property {
    HAS_ERROR,       /* a standard error stands beside every effect */
    HAS_INTERVAL,    /* and an interval */
    HAS_UNIT,        /* the effect is in the outcome's unit per unit of exposure */
    SCALES_EFFECT,   /* other units give the same effect in other words */
    SCALES_ERROR,    /* and so has its standard error */
    HAS_ORIENTATION, /* which allele is counted is known even where bx is exactly 0 */
    KEEPS_VARIANTS   /* other draws leave the same variants in */
};

/* Why a method is excused from a property, or NULL. */
const char *invariants_excuse(const struct method *method, enum property property);

/* To how many digits, as a relative error, a method must answer the same to the same: closed
 * forms to ten, what searches for an optimum to six. */
double invariants_precision(const struct method *method);

struct faults {
    const char *data; /* what the methods were run on, for the words */
    size_t count;
};

/* That an answer makes sense in itself: numbers where it is done, a reason where it is not. */
void invariants_valid(struct faults *faults, const struct estimate *estimate);

/* How two answers are compared. */
struct comparison {
    const char *what;   /* "flipped alleles" */
    double factor;      /* the second's b and se are the first's times this */
    double precision;   /* relative; 0: to the last bit */
    bool is_drawn_anew; /* random methods may differ by the noise of so many draws */
    size_t draws;
};
void invariants_same(struct faults *faults, const struct estimate *first,
                     const struct estimate *second, const struct comparison *comparison);

#endif
