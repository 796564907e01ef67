/*
 * What is true of a pair, where that is known: of a simulated pair, or of a study whose effects
 * are made up and which ships a file of truth (data/README.md). In: such a file, a pair. Out:
 * effects, a sentence, and the truth drawn into a chart.
 */
#ifndef LESSON_TRUTH_H
#define LESSON_TRUTH_H

#include "chart/chart.h"
#include "lesson/lesson.h"
#include "lesson/quantity.h"

struct truth_row {
    const char *exposure, *outcome;
    double effect;   /* of the exposure itself */
    double apparent; /* what IVW would find in an endless sample */
};

struct truth_table {
    const struct truth_row *rows;
    size_t count;
};

/* Reads the rows of traits. The table lives in `arena`. */
MUST_USE bool truth_read(const char *path, struct arena *arena, struct truth_table *table,
                         struct error *error);

/* Of a pair; NaN where it is not known. */
struct truth_effects {
    double effect, apparent;
};
struct truth_effects truth_of(const struct truth_table *table, const struct pair *pair);

/* Draws the true effect as a dotted line, and dims what does not go through the exposure. */
void truth_draw(struct chart *chart, const struct quantity_source *source, struct arena *arena);

/* What is revealed: the step's own words, then what the simulation or the file knows. */
const char *truth_sentence(const struct lesson_step *step, const struct quantity_source *source,
                           struct arena *arena);

#endif
