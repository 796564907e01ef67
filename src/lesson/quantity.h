/*
 * Numbers by their names, as lessons write them: "ivw.b", "rs123.ratio", "study.expected".
 * In: a name, and what is on the board. Out: the number, read off the data, so that no lesson
 * holds one that has grown old. The names stand in one table (quantity.c).
 */
#ifndef LESSON_QUANTITY_H
#define LESSON_QUANTITY_H

#include "diagnose/diagnose.h"
#include "simulate/scenario.h"
#include "study/mediations.h"
#include "study/results.h"

/* What numbers are read off; what is not there is NULL. */
struct quantity_source {
    const struct analysis *analysis; /* of the step's pair */
    const struct results *results;   /* of the whole study, where its chart is shown */
    enum direction direction;        /* of the results that are counted */
    const char *disease;
    const struct scenario *scenario;       /* of a simulated pair */
    const struct scenario_truth *truth;    /* likewise */
    const struct mediated_triple *through; /* of a study with a mediator */
    double effect, apparent;               /* of a study's file of truth; NaN: it has none */
};

/* Whether a name is of a known form: what can be said without data. */
bool quantity_is_name(const char *name);

/* The number of a name. False: there is no such thing here; it may be NaN where it is not
 * known. */
bool quantity_of(const struct quantity_source *source, const char *name, double *value);

/* The names there are, with commas between; in `arena`. */
const char *quantity_list(struct arena *arena);

#endif
