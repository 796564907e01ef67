/*
 * Draws any chart into cells. In: a chart and a rectangle of a canvas. Out: cells, and a map
 * from each cell to the mark that it shows, so that cursor and mouse work on every chart. The
 * column of the null is never touched by rounding: an interval that excludes it stays off it,
 * one that contains it is drawn across it.
 */
#ifndef UI_PAINTER_H
#define UI_PAINTER_H

#include "chart/chart.h"
#include "ui/canvas.h"
#include <stdint.h>

struct rectangle {
    size_t column, row, columns, rows;
};

/* What is under the cursor and how far the rows are scrolled. */
struct paint_state {
    struct identity selected;
    size_t first_row; /* in: wanted; the painter moves it so that the selected row is seen */
};

/* For each cell of the rectangle the mark there, or CHART_NO_MARK; row_of: the chart row,
 * likewise. */
struct paint_map {
    struct rectangle area;
    size_t *mark;   /* area.columns * area.rows, row by row */
    size_t *row;    /* area.rows */
    size_t *row_of; /* of each cell, where rows stand side by side; NULL: `row` says it */
};

/*
 * Paints; the map lives in `arena`. From the top: the chart's title (count, order, scale), the
 * headings with the axis, the rows, the words of direction, a rule and the notes. Summaries
 * stay in sight while many variants scroll; notes give way to rows. The canvas' cursor goes to
 * what is selected, whose row is marked.
 */
struct paint_map painter_draw(struct canvas *canvas, struct rectangle area,
                              const struct chart *chart, struct paint_state *state,
                              struct arena *arena);

/* The rows at which nothing of a chart of rows is hidden; SIZE_MAX of a chart that fills any
 * number. */
size_t painter_height(struct canvas *canvas, size_t columns, const struct chart *chart);

/* Rows enough for a chart, its title, headings, axis, directions, rule and notes, of which one
 * may take several lines; what is left over is for the caller to cut off. */
size_t painter_rows_enough(const struct chart *chart, size_t columns);

/*
 * One interval on `columns` cells from `column` of `row` on [lower, upper]: whiskers, marker,
 * arrows where it is clipped, the null line behind it, which alone is drawn for a mark whose
 * x is NaN. Used by inline forests in tables.
 */
void painter_interval(struct canvas *canvas, size_t column, size_t row, size_t columns,
                      const struct axis *axis, const struct mark *mark);

/* Ticks and the axis line into one row; labels do not collide. */
void painter_axis(struct canvas *canvas, size_t column, size_t row, size_t columns,
                  const struct axis *axis);

#endif
