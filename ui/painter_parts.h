/*
 * What the painter's files share: where things stand on an axis of character cells.
 * In: an axis or a mark and a number of cells. Out: columns counted from the plot's left.
 */
#ifndef UI_PAINTER_PARTS_H
#define UI_PAINTER_PARTS_H

#include "ui/painter.h"

/* Fewer cells than this cannot keep an interval off the null on both sides. */
enum { PLOT_LEAST = 3 };

/* The column of a position, clipped to the plot. */
size_t parts_column(const struct axis *axis, size_t columns, double x);

/* The column of the null, never the first or last; CHART_NO_MARK when it is not on the axis. */
size_t parts_null_column(const struct axis *axis, size_t columns);

/* An interval on cells, or a piece of one. */
struct placed {
    bool is_drawn;
    size_t first, last, marker;
    bool has_marker, is_clipped_left, is_clipped_right;
};
struct placed parts_place(const struct axis *axis, size_t columns, const struct mark *mark);

/*
 * The pieces of a mark's interval, low to high, in `places` with room for PARTS_MOST of them;
 * returns how many. Between two there is a free cell wherever one of them has a cell to spare;
 * where it has not, and where there are more than PARTS_MOST, neighbours are drawn as one.
 */
enum { PARTS_MOST = 32 };
size_t parts_pieces(const struct axis *axis, size_t columns, const struct mark *mark,
                    struct placed places[PARTS_MOST]);

/* The interval without the null line behind it. */
void parts_interval(struct canvas *canvas, size_t column, size_t row, size_t columns,
                    const struct axis *axis, const struct mark *mark);

/* One glyph of a drawing, or what stands for it in ASCII. */
void parts_glyph(struct canvas *canvas, size_t column, size_t row, enum role role,
                 const char *glyph);

/* Columns that text takes on this canvas. */
size_t parts_width(const struct canvas *canvas, const char *text);

/* Text in lines of at most `columns`, broken at spaces. Returns the lines; draws none when
 * `limit` is 0 and at most `limit` otherwise, with a sign that the last was cut. */
size_t parts_wrapped(struct canvas *canvas, size_t column, size_t row, size_t columns,
                     size_t limit, enum role role, const char *text);

/* A title on the rows of a place, at least one. Where they do not hold it, its middle parts go:
 * how many things there are and on what scale stay. Returns the lines. */
size_t parts_title(struct canvas *canvas, struct rectangle place, enum role role,
                   const char *text);

/* Adds to the map: the cells of a row from `first` to `last` (canvas columns) show `mark`. */
void parts_note_mark(struct paint_map *map, size_t row, size_t first, size_t last, size_t mark);

/* A flow as boxes with what leaves them at their right; false, and nothing drawn, where there
 * is no room for that. */
bool parts_draw_flow(struct canvas *canvas, const struct chart *chart,
                     const struct paint_state *state, struct arena *arena,
                     struct paint_map *map);

/* A path through a mediator as boxes and arrows; likewise. */
bool parts_draw_path(struct canvas *canvas, const struct chart *chart, struct rectangle area);

/* The three kinds of chart. */
void parts_draw_rows(struct canvas *canvas, const struct chart *chart,
                     struct paint_state *state, struct arena *arena, struct paint_map *map);
void parts_draw_grid(struct canvas *canvas, const struct chart *chart,
                     struct paint_state *state, struct arena *arena, struct paint_map *map);
void parts_draw_xy(struct canvas *canvas, const struct chart *chart, struct paint_state *state,
                   struct arena *arena, struct paint_map *map);

#endif
