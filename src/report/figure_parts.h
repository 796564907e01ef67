/*
 * What the figures' painters share: paper, ink, text, axes, markers. Private to this room.
 * Lengths are points (1/72 inch).
 */
#ifndef REPORT_FIGURE_PARTS_H
#define REPORT_FIGURE_PARTS_H

#include "chart/chart.h"
#include <cairo.h>
#include <pango/pangocairo.h>

struct text;
struct figure_options;

enum { INK_TEXT, INK_DIM, INK_NULL, INK_MARK, INK_SERIES }; /* then INK_SERIES + 1 to 6 */
enum figure_weight { WEIGHT_PLAIN, WEIGHT_BOLD };
enum figure_align { ALIGN_LEFT, ALIGN_CENTRE, ALIGN_RIGHT };

/* A drawing in the making. On the first pass nothing is drawn and the height is found. */
struct figure {
    const struct chart *chart;
    cairo_t *cairo;
    double width, margin, size; /* of the paper, around it, of the text */
    double y;                   /* where the next thing goes */
    struct arena *arena;
    PangoLayout *layout; /* of every text in turn */
    struct text *words;  /* of a page: text as elements, which read and search; NULL: drawn */
};

/* A cairo_write_func_t: adds what a surface writes to a struct text. */
cairo_status_t figure_collect(void *text, const unsigned char *data, unsigned int length);

/* What is drawn from here on is in this colour (INK_..., or INK_SERIES + 1 to 6). */
void figure_ink(const struct figure *figure, int ink);

/* Text of a weight at (x, y), y the top of the line; wrapped where `room` is not 0. Its height
 * is returned. Text is cleaned: no control character, valid UTF-8. */
double figure_text(const struct figure *figure, double x, double y, double room,
                   enum figure_align align, enum figure_weight weight, int ink,
                   const char *text);
/* How a colour stands in a page: the number of its ink, or -1; red, green and blue 0 to 1. */
int figure_ink_of(double red, double green, double blue);
/* The lines of a layout, whose top left is (x, y), as elements of figure->words. */
void figure_words(const struct figure *figure, PangoLayout *layout, double x, double y,
                  enum figure_weight weight, int ink);
double figure_text_width(const struct figure *figure, enum figure_weight weight,
                         const char *text);
double figure_line_height(const struct figure *figure);

/* A place for a plot, and where a value of an axis lies in it. */
struct figure_box {
    double x, y, width, height;
};
double figure_across(const struct figure_box *box, const struct axis *axis, double value);
double figure_up(const struct figure_box *box, const struct axis *axis, double value);

/* A straight line in the present ink, in points. */
void figure_segment(const struct figure *figure, double x0, double y0, double x1, double y1);
/* Dashes and colour of a series of lines. */
void figure_series(const struct figure *figure, unsigned series);

/* Ticks, labels and title below or left of a box. Labels that would touch are left out. */
void figure_axis_below(struct figure *figure, const struct figure_box *box,
                       const struct axis *axis);
void figure_axis_left(const struct figure *figure, const struct figure_box *box,
                      const struct axis *axis);

/* Draws all of a chart and returns how high it is; `words` as in struct figure. */
double figure_draw_all(const struct chart *chart, const struct figure_options *options,
                       cairo_t *cairo, struct text *words);
double figure_height(const struct chart *chart, const struct figure_options *options);

/* The painters: from figure->y on, which they move below what they drew. */
void figure_draw_rows(struct figure *figure);
void figure_draw_plane(struct figure *figure);
void figure_draw_grid(struct figure *figure);
void figure_draw_path(struct figure *figure);
void figure_draw_circle(struct figure *figure);
void figure_draw_flow(struct figure *figure);

/* The marks of one row of a plot. */
void figure_draw_interval(const struct figure *figure, const struct figure_box *box,
                          double middle, const struct mark *mark);

#endif
