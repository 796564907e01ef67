/*
 * Intervals in a row: a line with a marker whose area is the weight, arrows where it leaves the
 * plot, a diamond for a summary. What contains the null is hollow.
 */
#include "report/figure_parts.h"
#include <math.h>

#define LEAST_MARKER 3.0
#define MOST_MARKER 8.0
#define ARROW 3.5

static double clip(const struct figure_box *box, double x)
{
    return fmax(box->x, fmin(box->x + box->width, x));
}

/* From end to end, an arrow where an end lies outside. */
static void draw_line(const struct figure *figure, const struct figure_box *box, double middle,
                      double lower, double upper)
{
    const struct axis *axis = &figure->chart->x;
    double left = figure_across(box, axis, lower), right = figure_across(box, axis, upper);

    if (right < box->x || left > box->x + box->width) {
        return;
    }
    figure_segment(figure, clip(box, left), middle, clip(box, right), middle);
    if (left < box->x) {
        cairo_move_to(figure->cairo, box->x + ARROW, middle - ARROW / 2);
        cairo_line_to(figure->cairo, box->x, middle);
        cairo_line_to(figure->cairo, box->x + ARROW, middle + ARROW / 2);
        cairo_stroke(figure->cairo);
    }
    if (right > box->x + box->width) {
        double end = box->x + box->width;

        cairo_move_to(figure->cairo, end - ARROW, middle - ARROW / 2);
        cairo_line_to(figure->cairo, end, middle);
        cairo_line_to(figure->cairo, end - ARROW, middle + ARROW / 2);
        cairo_stroke(figure->cairo);
    }
}

static void finish_marker(const struct figure *figure, bool is_hollow)
{
    if (is_hollow) {
        cairo_path_t *path = cairo_copy_path(figure->cairo);

        cairo_set_source_rgb(figure->cairo, 1, 1, 1);
        cairo_fill(figure->cairo);
        figure_ink(figure, INK_MARK);
        cairo_append_path(figure->cairo, path);
        cairo_path_destroy(path);
        cairo_stroke(figure->cairo);
    } else {
        cairo_fill_preserve(figure->cairo);
        cairo_stroke(figure->cairo);
    }
}

static void draw_diamond(const struct figure *figure, const struct figure_box *box,
                         double middle, const struct mark *mark)
{
    const struct axis *axis = &figure->chart->x;
    double half = 0.42 * figure->size;

    cairo_move_to(figure->cairo, clip(box, figure_across(box, axis, mark->x_lower)), middle);
    cairo_line_to(figure->cairo, clip(box, figure_across(box, axis, mark->x)), middle - half);
    cairo_line_to(figure->cairo, clip(box, figure_across(box, axis, mark->x_upper)), middle);
    cairo_line_to(figure->cairo, clip(box, figure_across(box, axis, mark->x)), middle + half);
    cairo_close_path(figure->cairo);
    finish_marker(figure, mark->contains_null);
}

static void draw_marker(const struct figure *figure, const struct figure_box *box,
                        double middle, const struct mark *mark)
{
    double x = figure_across(box, &figure->chart->x, mark->x);
    double weight = isnan(mark->weight) ? 0.3 : fmin(1, fmax(0, mark->weight));
    double side = LEAST_MARKER + (MOST_MARKER - LEAST_MARKER) * sqrt(weight);

    if (x < box->x || x > box->x + box->width) {
        return;
    }
    cairo_rectangle(figure->cairo, x - side / 2, middle - side / 2, side, side);
    finish_marker(figure, mark->contains_null);
}

void figure_draw_interval(const struct figure *figure, const struct figure_box *box,
                          double middle, const struct mark *mark)
{
    bool has_ends = !isnan(mark->x_lower) && !isnan(mark->x_upper);
    bool is_prediction = mark->kind == MARK_PREDICTION;

    figure_ink(figure, mark->is_dimmed || is_prediction ? INK_DIM : INK_MARK);
    cairo_set_dash(figure->cairo, NULL, 0, 0);
    cairo_set_line_width(figure->cairo, is_prediction ? 0.6 : 1);
    if (mark->is_summary && !is_prediction && has_ends && !isnan(mark->x) &&
        mark->piece_count == 0) {
        draw_diamond(figure, box, middle, mark);
        return;
    }
    for (size_t i = 0; i < mark->piece_count; i++) {
        draw_line(figure, box, middle, mark->pieces[i].lower, mark->pieces[i].upper);
    }
    if (has_ends && mark->piece_count == 0) {
        draw_line(figure, box, middle, mark->x_lower, mark->x_upper);
    }
    if (!isnan(mark->x) && !is_prediction) {
        draw_marker(figure, box, middle, mark);
    }
}
