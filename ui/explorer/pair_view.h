/*
 * The pair screen's own state, shared by its files: one taxon with the outcome, as charts in
 * tabs. The cursor is what a row of a chart stands for (a variant, a method).
 */
#ifndef UI_EXPLORER_PAIR_VIEW_H
#define UI_EXPLORER_PAIR_VIEW_H

#include "ui/explorer/draw.h"
#include "ui/explorer/views.h"

/* What a chart was made from: as long as nothing of it changes, it is not made again. Densities
 * of many variants take a while. */
struct pair_source {
    const struct analysis *analysis, *full;
    unsigned turn; /* of the results */
    size_t tab;
    bool odds_ratio, by_effect, is_unfolded;
};

struct pair_made {
    struct pair_source source;
    struct arena *arena; /* NULL: nothing was made */
    struct chart *chart;
};

struct pair_view {
    struct view base;
    const struct trait *taxon;
    size_t tab; /* index into charts_all */
    struct paint_state paint;
    const char *variant; /* that the cursor was on last, for charts of variants; NULL none */
    bool by_effect, is_unfolded;
    struct rectangle area; /* of the chart when it was drawn last */
    size_t at, count;      /* which of how many rows the cursor was on then; count 0: none */
    struct pair_made *made;
};

/* The pair shown, or NULL where the study has none in this direction; its place. */
const struct pair *pair_view_pair(const struct pair_view *view, const struct state *state,
                                  size_t *index);

/* The chart of the tab, the view's until the next is; NULL while nothing was computed. */
const struct chart *pair_view_chart(const struct pair_view *view, const struct state *state);

/* Rows of a chart that the cursor can stand on: the next of them from `row` in a direction
 * (1, -1), or CHART_NO_MARK. */
size_t pair_view_next(const struct chart *chart, size_t row, int step);
/* The row of the cursor, or CHART_NO_MARK. */
size_t pair_view_row(const struct pair_view *view, const struct chart *chart);
/* Sets it where the chart has no such row: on its first variant or its main method. */
void pair_view_stand(struct pair_view *view, const struct state *state,
                     const struct chart *chart);
void pair_view_go(struct pair_view *view, const struct chart *chart, size_t row);

void pair_view_draw(struct view *view, const struct drawing *drawing);
const char *pair_view_title(const struct view *view, const struct state *state,
                            struct arena *scratch);
const char *pair_view_position(const struct view *view, const struct state *state,
                               struct arena *scratch);
const char *pair_view_sentence(const struct view *view, const struct state *state,
                               struct arena *scratch);
const char *pair_view_line(const struct view *view, const struct state *state,
                           struct arena *scratch);

/* The chart's rows as they are shown, as TSV; the chart as text, every row of it. False while
 * nothing was computed. */
bool pair_view_table(const struct view *view, const struct state *state, struct text *text);
bool pair_view_picture(const struct view *view, const struct state *state, size_t columns,
                       struct text *text);

#endif
