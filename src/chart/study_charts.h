/*
 * A whole study as a picture: charts of many pairs at once.
 * In: results, a direction and a disease. Out: a struct chart whose marks stand for pairs,
 * taxa, associations or counts, so that cursor and mouse work as on any chart. A kind is one
 * file here and one row in study_charts.c.
 */
#ifndef CHART_STUDY_CHARTS_H
#define CHART_STUDY_CHARTS_H

#include "chart/chart.h"

/* `disease` is a key; NULL: all diseases of the study together. The chart lives in `arena` and
 * borrows from the results. */
typedef struct chart *study_chart_function(const struct results *results,
                                           enum direction direction, const char *disease,
                                           const struct chart_options *options,
                                           struct arena *arena);

struct study_chart_kind {
    const char *key;      /* of `taxamr plot` */
    const char *name;     /* for tabs, N_() */
    const char *shows;    /* one sentence, N_() */
    bool is_of_direction; /* all diseases stand in it unless one is asked for */
    bool is_of_study;     /* both directions stand in it too */
    bool has_methods;     /* draws other methods than the main one too */
    study_chart_function *function;
};

extern const struct study_chart_kind chart_of_volcano, chart_of_qq, chart_of_manhattan,
    chart_of_map, chart_of_flow, chart_of_meta, chart_of_circular, chart_of_published;

/* In the order of tabs. */
const struct study_chart_kind *const *study_charts_all(size_t *count);
const struct study_chart_kind *study_charts_find(const char *key);

/* What is known of what a mark of these charts stands for, in one line; "" for nothing. */
const char *study_charts_figures(const struct results *results, struct identity of,
                                 const struct chart_options *options, struct arena *arena);

#endif
