/*
 * Each method's formula in plain characters, and the parameters of --set that concern it.
 * In: a method. Out: text for its help page, in the words of one table, so that a method that
 * has none is found by a test.
 */
#ifndef ESTIMATE_FORMULAS_H
#define ESTIMATE_FORMULAS_H

#include "estimate/estimate.h"

enum { FORMULA_PARAMETERS = 3 };

/*
 * bx and sx are a variant's effect on the exposure and its error, by and sy those on the
 * outcome; r = by/bx. `text` has a line a step, in ASCII.
 */
struct formula {
    const char *method; /* key */
    const char *text;   /* N_() */
    size_t parameter_count;
    enum parameter_id parameters[FORMULA_PARAMETERS];
};

/* The formula of a method, or NULL. Static. */
const struct formula *formulas_of(const struct method *method);

/* What the letters of the formulas stand for, in one sentence, N_(). */
const char *formulas_letters(void);

/* The name of a group of methods for people, N_(). */
const char *formulas_group(enum method_group group);

#endif
