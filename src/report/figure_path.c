/*
 * A path through a mediator: three boxes and the arrows between them, each with its estimate.
 * An arrow whose interval holds the null is dashed.
 */
#include "report/figure_parts.h"
#include <math.h>

#define HEAD 5.0 /* points, of an arrow */

struct drawing {
    struct figure *figure;
    const struct chart_path *path;
    struct figure_box boxes[PATH_NODES];
};

static double box_width(const struct figure *figure, const char *name, double most)
{
    return fmin(figure_text_width(figure, WEIGHT_BOLD, name) + 3 * figure->size, most);
}

static void lay_out(struct drawing *drawing)
{
    struct figure *figure = drawing->figure;
    double line = figure_line_height(figure), room = figure->width - 2 * figure->margin;
    double middle = figure->margin + room / 2, high = 2.4 * line;

    for (int i = 0; i < PATH_NODES; i++) {
        double width = box_width(figure, drawing->path->nodes[i], 0.3 * room);

        drawing->boxes[i] =
            (struct figure_box){figure->margin, figure->y + 5.2 * line, width, high};
    }
    drawing->boxes[PATH_MEDIATOR].x = middle - drawing->boxes[PATH_MEDIATOR].width / 2;
    drawing->boxes[PATH_MEDIATOR].y = figure->y;
    drawing->boxes[PATH_OUTCOME].x = figure->margin + room - drawing->boxes[PATH_OUTCOME].width;
}

static void draw_box(const struct drawing *drawing, enum path_node node)
{
    const struct figure *figure = drawing->figure;
    const struct figure_box *box = &drawing->boxes[node];
    double inside = box->width - 1.2 * figure->size;
    bool is_long = figure_text_width(figure, WEIGHT_BOLD, drawing->path->nodes[node]) > inside;

    figure_ink(figure, INK_TEXT);
    cairo_set_dash(figure->cairo, NULL, 0, 0);
    cairo_set_line_width(figure->cairo, 0.8);
    cairo_rectangle(figure->cairo, box->x, box->y, box->width, box->height);
    cairo_stroke(figure->cairo);
    (void)figure_text(figure, box->x + (is_long ? 0.6 * figure->size : box->width / 2),
                      box->y + (is_long ? 0.15 : 0.31) * box->height, is_long ? inside : 0,
                      is_long ? ALIGN_LEFT : ALIGN_CENTRE, WEIGHT_BOLD, INK_TEXT,
                      drawing->path->nodes[node]);
}

static void draw_head(const struct figure *figure, double x0, double y0, double x1, double y1)
{
    double angle = atan2(y1 - y0, x1 - x0);

    cairo_set_dash(figure->cairo, NULL, 0, 0);
    cairo_move_to(figure->cairo, x1, y1);
    cairo_line_to(figure->cairo, x1 - HEAD * cos(angle - 0.4), y1 - HEAD * sin(angle - 0.4));
    cairo_line_to(figure->cairo, x1 - HEAD * cos(angle + 0.4), y1 - HEAD * sin(angle + 0.4));
    cairo_close_path(figure->cairo);
    cairo_fill(figure->cairo);
}

static void draw_arrow(const struct drawing *drawing, enum path_arrow at, double x0, double y0,
                       double x1, double y1)
{
    static const double dashes[] = {3, 2.5};
    const struct figure *figure = drawing->figure;
    const struct chart_arrow *arrow = &drawing->path->arrows[at];
    bool is_dashed = arrow->contains_null || !arrow->is_known;

    figure_ink(figure, is_dashed ? INK_DIM : INK_MARK);
    cairo_set_line_width(figure->cairo, is_dashed ? 0.8 : 1.3);
    cairo_set_dash(figure->cairo, dashes, is_dashed ? 2 : 0, 0);
    figure_segment(figure, x0, y0, x1, y1);
    draw_head(figure, x0, y0, x1, y1);
}

/* The label and, below it, the estimate. */
static void draw_label(const struct drawing *drawing, enum path_arrow at, double x, double y,
                       enum figure_align align)
{
    const struct figure *figure = drawing->figure;
    const struct chart_arrow *arrow = &drawing->path->arrows[at];
    int ink = arrow->contains_null || !arrow->is_known ? INK_DIM : INK_TEXT;

    y += figure_text(figure, x, y, 0, align, WEIGHT_BOLD, ink, arrow->label);
    (void)figure_text(figure, x, y, 0, align, WEIGHT_PLAIN, ink, arrow->text);
}

static void draw_through(const struct drawing *drawing)
{
    const struct figure_box *exposure = &drawing->boxes[PATH_EXPOSURE];
    const struct figure_box *mediator = &drawing->boxes[PATH_MEDIATOR];
    const struct figure_box *outcome = &drawing->boxes[PATH_OUTCOME];
    double from = exposure->x + exposure->width / 2, to = outcome->x + outcome->width / 2;
    double level = mediator->y + mediator->height / 2, end = mediator->x + mediator->width;
    double size = drawing->figure->size, gap = 0.8 * size;

    draw_arrow(drawing, PATH_A, from, exposure->y, mediator->x, level);
    draw_arrow(drawing, PATH_B, end, level, to, outcome->y);
    draw_label(drawing, PATH_A, (from + mediator->x) / 2 - gap, level + 0.2 * size,
               ALIGN_RIGHT);
    draw_label(drawing, PATH_B, (end + to) / 2 + gap, level + 0.2 * size, ALIGN_LEFT);
}

static void draw_straight(const struct drawing *drawing)
{
    const struct figure_box *exposure = &drawing->boxes[PATH_EXPOSURE];
    const struct figure_box *outcome = &drawing->boxes[PATH_OUTCOME];
    double from = exposure->x + exposure->width, middle = (from + outcome->x) / 2;
    double line = figure_line_height(drawing->figure);
    double high = exposure->y + 0.3 * exposure->height;
    double low = exposure->y + 0.75 * exposure->height;

    draw_arrow(drawing, PATH_DIRECT, from, high, outcome->x, high);
    draw_arrow(drawing, PATH_TOTAL, from, low, outcome->x, low);
    draw_label(drawing, PATH_DIRECT, middle, high - 1.75 * line, ALIGN_CENTRE);
    draw_label(drawing, PATH_TOTAL, middle, low + 0.2 * line, ALIGN_CENTRE);
}

void figure_draw_path(struct figure *figure)
{
    struct drawing drawing = {.figure = figure, .path = figure->chart->path};

    lay_out(&drawing);
    for (int i = 0; i < PATH_NODES; i++) {
        draw_box(&drawing, (enum path_node)i);
    }
    draw_through(&drawing);
    draw_straight(&drawing);
    figure->y = drawing.boxes[PATH_OUTCOME].y + drawing.boxes[PATH_OUTCOME].height +
                1.6 * figure_line_height(figure);
}
