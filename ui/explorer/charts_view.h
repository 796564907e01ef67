/*
 * The charts of a whole study, as tabs of one screen, and the list of what a number counts.
 * In: results, a direction and an outcome. Out: a chart with a cursor, which is an identity: a
 * pair, an association, a number of the flow.
 */
#ifndef UI_EXPLORER_CHARTS_VIEW_H
#define UI_EXPLORER_CHARTS_VIEW_H

#include "chart/study_charts.h"
#include "ui/explorer/draw.h"
#include "ui/explorer/views.h"

/* What a chart was made from: as long as nothing of it changes, the chart need not be made
 * again. Ten thousands of pairs take a while. */
struct study_source {
    const struct results *results;
    unsigned turn;
    enum direction direction;
    size_t outcome, tab;
    struct identity number;
    bool odds_ratio, by_p;
    double progress; /* of a computation under way */
};

struct study_made {
    struct study_source source;
    struct arena *arena; /* NULL: nothing was made */
    struct chart *chart;
};

struct charts_view {
    struct view base;
    size_t tab; /* index into study_charts_all */
    struct paint_state paint;
    struct identity number; /* whose list is shown; OF_NOTHING: the tab's chart */
    bool by_p;              /* rows by their p, where a chart has file order */
    char *spot;             /* what :select takes to come back here; NULL nothing */
    struct rectangle area;  /* of the chart when it was drawn last */
    struct study_made *made;
};

/* The kind of the tab. */
const struct study_chart_kind *charts_view_kind_of(const struct charts_view *view);

/* The chart shown, the view's until the next is; NULL while nothing was computed. */
const struct chart *charts_view_chart(const struct charts_view *view,
                                      const struct state *state);
/* The outcome that the chart is of; NULL: of all. */
const char *charts_view_disease(const struct charts_view *view, const struct state *state);
struct chart_options charts_view_options(const struct charts_view *view,
                                         const struct state *state);

/* The place of the cursor among what it can stand on, from 0; CHART_NO_MARK: nowhere. What it
 * can stand on: `study_cursor_count` of them. */
size_t study_cursor_at(const struct charts_view *view, const struct chart *chart);
size_t study_cursor_count(const struct chart *chart);
struct identity study_cursor_of(const struct chart *chart, size_t at);

/* Puts it on an identity; moves it by rows and columns (of a grid). */
void study_cursor_set(struct charts_view *view, const struct state *state, struct identity of);
void study_cursor_move(struct charts_view *view, const struct state *state,
                       const struct chart *chart, int rows, int columns);

/* Where the chart does not have it: to the same taxon, or to the first. */
void study_cursor_stand(struct charts_view *view, const struct state *state,
                        const struct chart *chart);

/* The first place from `start` on (step 1) or back (step -1), round the end, whose name has the
 * text, or is `whole` itself. */
size_t study_cursor_find(const struct chart *chart, const struct state *state, const char *text,
                         size_t start, int step);

/* What :select takes for an identity, in `arena`; NULL for nothing. */
const char *study_cursor_spot(const struct state *state, struct identity of,
                              struct arena *arena);

void charts_view_draw(struct view *view, const struct drawing *drawing);
const char *charts_view_title(const struct view *view, const struct state *state,
                              struct arena *scratch);
const char *charts_view_position(const struct view *view, const struct state *state,
                                 struct arena *scratch);
const char *charts_view_sentence(const struct view *view, const struct state *state,
                                 struct arena *scratch);
const char *charts_view_line(const struct view *view, const struct state *state,
                             struct arena *scratch);

/* Which tab stands at a column of the first row, or CHART_NO_MARK. */
size_t charts_view_tab_at(const struct charts_view *view, size_t column);

#endif
