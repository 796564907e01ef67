/*
 * Charts of points and lines on two axes, with their legend.
 */
#include "report/figure_parts.h"
#include <math.h>

#define RADIUS 2.4

static void draw_point(const struct figure *figure, const struct figure_box *box,
                       const struct mark *mark)
{
    const struct chart *chart = figure->chart;
    double x = figure_across(box, &chart->x, mark->x), y = figure_up(box, &chart->y, mark->y);
    double weight = isnan(mark->weight) ? 0.4 : mark->weight;
    int ink = mark->is_dimmed ? INK_DIM : INK_MARK;

    figure_ink(figure, INK_DIM);
    cairo_set_dash(figure->cairo, NULL, 0, 0);
    cairo_set_line_width(figure->cairo, 0.5);
    if (!chart->bars_of_selected && !isnan(mark->x_lower) && !isnan(mark->x_upper)) {
        figure_segment(figure, figure_across(box, &chart->x, mark->x_lower), y,
                       figure_across(box, &chart->x, mark->x_upper), y);
    }
    if (!chart->bars_of_selected && !isnan(mark->y_lower) && !isnan(mark->y_upper)) {
        figure_segment(figure, x, figure_up(box, &chart->y, mark->y_lower), x,
                       figure_up(box, &chart->y, mark->y_upper));
    }
    cairo_arc(figure->cairo, x, y, RADIUS * sqrt(0.6 + weight), 0, 2 * M_PI);
    if (mark->contains_null) {
        cairo_set_source_rgb(figure->cairo, 1, 1, 1);
        cairo_fill_preserve(figure->cairo);
    }
    figure_ink(figure, ink);
    cairo_set_line_width(figure->cairo, 0.8);
    if (mark->contains_null) {
        cairo_stroke(figure->cairo);
    } else {
        cairo_fill(figure->cairo);
    }
}

/* Whether a line goes on where the one before it ended, so that dashes run through. */
static bool goes_on(const struct chart *chart, size_t i)
{
    const struct mark *here = &chart->marks[i], *before = here - 1;

    return i > 0 && before->kind == MARK_LINE && before->series == here->series &&
           before->x_upper == here->x_lower && before->y_upper == here->y_lower;
}

static void draw_lines(const struct figure *figure, const struct figure_box *box)
{
    const struct chart *chart = figure->chart;

    for (size_t i = 0; i < chart->mark_count; i++) {
        const struct mark *mark = &chart->marks[i];

        if (mark->kind != MARK_LINE) {
            continue;
        }
        if (!goes_on(chart, i)) {
            cairo_stroke(figure->cairo);
            figure_series(figure, mark->series);
            cairo_move_to(figure->cairo, figure_across(box, &chart->x, mark->x_lower),
                          figure_up(box, &chart->y, mark->y_lower));
        }
        cairo_line_to(figure->cairo, figure_across(box, &chart->x, mark->x_upper),
                      figure_up(box, &chart->y, mark->y_upper));
    }
    cairo_stroke(figure->cairo);
}

static void draw_marks(const struct figure *figure, const struct figure_box *box)
{
    const struct chart *chart = figure->chart;

    cairo_save(figure->cairo);
    cairo_rectangle(figure->cairo, box->x, box->y, box->width, box->height);
    cairo_clip(figure->cairo);
    draw_lines(figure, box);
    for (size_t i = 0; i < chart->mark_count; i++) {
        if (chart->marks[i].kind == MARK_POINT) {
            draw_point(figure, box, &chart->marks[i]);
        }
    }
    cairo_restore(figure->cairo);
}

static void draw_nulls(const struct figure *figure, const struct figure_box *box)
{
    const struct chart *chart = figure->chart;

    figure_ink(figure, INK_DIM);
    cairo_set_dash(figure->cairo, (const double[]){3, 2}, 2, 0);
    cairo_set_line_width(figure->cairo, 0.5);
    if (chart->x.null >= chart->x.lower && chart->x.null <= chart->x.upper) {
        double x = figure_across(box, &chart->x, chart->x.null);

        figure_segment(figure, x, box->y, x, box->y + box->height);
    }
    if (chart->y.null >= chart->y.lower && chart->y.null <= chart->y.upper) {
        double y = figure_up(box, &chart->y, chart->y.null);

        figure_segment(figure, box->x, y, box->x + box->width, y);
    }
    cairo_set_dash(figure->cairo, NULL, 0, 0);
}

/* Labelled lines, once each, side by side below the plot. */
static void draw_legend(struct figure *figure)
{
    const struct chart *chart = figure->chart;
    double x = figure->margin, sample = 22, end = figure->width - figure->margin;
    bool is_any = false;

    for (size_t i = 0; i < chart->mark_count; i++) {
        const struct mark *mark = &chart->marks[i];
        double width;

        if (mark->kind != MARK_LINE || mark->label == NULL) {
            continue;
        }
        width = sample + 4 + figure_text_width(figure, WEIGHT_PLAIN, mark->label);
        if (is_any && x + width > end) {
            x = figure->margin;
            figure->y += figure_line_height(figure);
        }
        figure_series(figure, mark->series);
        figure_segment(figure, x, figure->y + 0.7 * figure->size, x + sample,
                       figure->y + 0.7 * figure->size);
        (void)figure_text(figure, x + sample + 4, figure->y, 0, ALIGN_LEFT, WEIGHT_PLAIN,
                          INK_TEXT, mark->label);
        x += width + 2 * figure->size;
        is_any = true;
    }
    figure->y += is_any ? figure_line_height(figure) : 0;
}

static double label_room(const struct figure *figure, const struct axis *axis)
{
    double widest = 0;

    for (size_t i = 0; i < axis->tick_count; i++) {
        widest = fmax(widest, figure_text_width(figure, WEIGHT_PLAIN, axis->ticks[i].label));
    }
    return widest + 6;
}

void figure_draw_plane(struct figure *figure)
{
    const struct chart *chart = figure->chart;
    double room = label_room(figure, &chart->y), paper = figure->width - 2 * figure->margin;
    struct figure_box box;

    if (chart->y.title != NULL) {
        figure->y += figure_text(figure, figure->margin, figure->y, paper, ALIGN_LEFT,
                                 WEIGHT_PLAIN, INK_TEXT, chart->y.title) +
                     0.4 * figure->size;
    }
    box = (struct figure_box){figure->margin + room, figure->y, paper - room, 0.55 * paper};
    draw_nulls(figure, &box);
    draw_marks(figure, &box);
    figure_axis_left(figure, &box, &chart->y);
    figure_axis_below(figure, &box, &chart->x);
    if (chart->x.title != NULL) {
        figure->y += figure_text(figure, box.x, figure->y, box.width, ALIGN_LEFT, WEIGHT_PLAIN,
                                 INK_TEXT, chart->x.title) +
                     0.4 * figure->size;
    }
    draw_legend(figure);
}
