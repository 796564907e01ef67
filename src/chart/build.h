/*
 * Builds a chart of rows, piece by piece. In: columns, rows, marks and notes as they come. Out:
 * a struct chart in one arena. What is added may point into that arena.
 */
#ifndef CHART_BUILD_H
#define CHART_BUILD_H

#include "base/array.h"
#include "chart/chart.h"

struct build {
    struct chart *chart;
    struct arena *arena;
    struct array rows, marks, notes;
};

/* Starts a chart with its columns (headings are translated). Ended by build_finish. */
struct build build_start(const char *key, const struct chart_column *columns, size_t count,
                         struct arena *arena);

/* A row, its cells empty and its shares NaN. `mark` is an index or CHART_NO_MARK. Borrowed
 * until the next. */
struct chart_row *build_row(struct build *build, enum row_kind kind, struct identity of,
                            size_t mark);

/* The mark of an estimate, a diamond; CHART_NO_MARK when it has no value, or is a share and no
 * effect. */
size_t build_estimate(struct build *build, const struct estimate *estimate, struct identity of);
/* The mark of a variant alone. `largest` is the largest weight share. */
size_t build_single(struct build *build, const struct single_variant *single,
                    struct identity of, double largest);
size_t build_mark(struct build *build, struct mark mark);

/* A vertical line at x over all rows. */
void build_guide(struct build *build, double x, const char *label);

/* A line under the plot; NULL adds none. */
void build_note(struct build *build, const char *note);

/* An identity of a variant or a method. */
struct identity build_variant(const struct pair *pair, size_t j);
struct identity build_method(const struct method *method);
extern const struct identity build_nothing;

/* Sets the x axis from the marks; a few very wide intervals are clipped. */
void build_axis(struct build *build, const struct pair *pair, bool exponential, double level);

/* Lines up intervals in column `column`, moves everything into the arena. */
struct chart *build_finish(struct build *build, size_t column);

#endif
