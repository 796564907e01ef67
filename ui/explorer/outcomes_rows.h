/*
 * The families of tests of a study as rows: an outcome in one direction, and what its tests
 * show.
 * In: a state, an order, a filter. Out: rows from top to bottom, and what a condition can ask
 * of them.
 */
#ifndef UI_EXPLORER_OUTCOMES_ROWS_H
#define UI_EXPLORER_OUTCOMES_ROWS_H

#include "ui/explorer/filter.h"
#include "ui/explorer/state.h"

struct outcomes_row {
    size_t outcome; /* index into study->outcomes */
    enum direction direction;
    const struct trait *trait;
    struct results_count count;
    bool is_counted; /* all its pairs are computed */
};

enum outcomes_sort {
    OUTCOMES_FILE,
    OUTCOMES_NAME,
    OUTCOMES_TESTED,
    OUTCOMES_NOMINAL,
    OUTCOMES_SIGNIFICANT,
    OUTCOMES_SORTS
};

const char *outcomes_sort_key(enum outcomes_sort sort);
const char *outcomes_sort_name(enum outcomes_sort sort);
bool outcomes_sort_of(const char *key, enum outcomes_sort *sort);

const struct expression_column *outcomes_columns(size_t *count);

/* Fills rows (struct outcomes_row); counts go from high to low, or turned round. */
void outcomes_rows(const struct state *state, enum outcomes_sort sort, bool is_turned,
                   const struct filter *filter, struct array *rows);

#endif
