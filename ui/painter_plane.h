/*
 * The plane of a chart of points and lines: dots in cells, 2 across and 4 down in braille, one
 * a cell in ASCII, where a line is drawn in the number of its series.
 * In: marks in the axes' scale. Out: cells of a canvas.
 */
#ifndef UI_PAINTER_PLANE_H
#define UI_PAINTER_PLANE_H

#include "ui/painter_parts.h"
#include <stdint.h>

struct plane {
    struct canvas *canvas;
    const struct chart *chart;
    struct rectangle place;
    uint8_t *dots;   /* one bit a dot of a cell */
    uint8_t *series; /* the highest of the lines in a cell */
};

/* Cells of a line's sample in the legend. */
enum { PLANE_SAMPLE = 3 };

/* An empty plane at a place of the canvas, in `arena`. */
struct plane plane_create(struct canvas *canvas, const struct chart *chart,
                          struct rectangle place, struct arena *arena);

/* Where a position lies between the ends of an axis, 0 to 1 inside. */
double plane_share(const struct axis *axis, double at);

/* A line in its dashes, and the error bars of a point, cut at the edges. */
void plane_draw_line(struct plane *plane, const struct mark *mark);
void plane_draw_bars(struct plane *plane, const struct mark *mark);

/* Puts all dots on the canvas. */
void plane_show(const struct plane *plane);

/* A sample of a series' dashes. Returns the columns it took. */
size_t plane_sample(struct canvas *canvas, size_t column, size_t row, unsigned series);

/* How the line of a series is coloured, and what stands for dots in a cell. */
enum role plane_role(unsigned series);
void plane_glyph(const struct canvas *canvas, uint8_t dots, unsigned series, char glyph[5]);

#endif
