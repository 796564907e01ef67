/*
 * A flow as boxes: what goes on from step to step below each other, and beside each step what
 * is told of it or leaves there.
 */
#include "report/figure_parts.h"
#include <math.h>

#define PAD 5.0
#define ARROW 14.0
#define HEAD 3.5

/* Boxes on the left, what is told of them on the right. */
struct flow_places {
    double x, width, beside, beside_width, number;
};

static struct flow_places places_of(const struct figure *figure)
{
    double paper = figure->width - 2 * figure->margin, number = 0;
    for (size_t i = 0; i < figure->chart->row_count; i++) {
        const struct chart_step *step = figure->chart->rows[i].step;
        if (step != NULL && step->number != NULL) {
            number = fmax(number, figure_text_width(figure, WEIGHT_BOLD, step->number));
        }
    }
    return (struct flow_places){.x = figure->margin,
                                .width = 0.46 * paper,
                                .beside = figure->margin + 0.5 * paper,
                                .beside_width = 0.5 * paper,
                                .number = number + 6};
}

/* A number and its words; how high they are. */
static double draw_step(const struct figure *figure, const struct chart_step *step, double x,
                        double width, double number, enum figure_weight weight, int ink)
{
    double height = figure_line_height(figure);
    if (step->number != NULL) {
        (void)figure_text(figure, x + number - 6, figure->y, 0, ALIGN_RIGHT, weight, ink,
                          step->number);
    }
    if (step->words != NULL) {
        height = fmax(height, figure_text(figure, x + number, figure->y, width - number,
                                          ALIGN_LEFT, WEIGHT_PLAIN, ink, step->words));
    }
    return height;
}

/* Rows that belong to the step at `row`: those up to the next one. */
static size_t branches_end(const struct chart *chart, size_t row)
{
    size_t end = row + 1;
    while (end < chart->row_count && chart->rows[end].step != NULL &&
           chart->rows[end].step->is_branch) {
        end++;
    }
    return end;
}

static void draw_box(const struct figure *figure, const struct flow_places *places, double top,
                     double height)
{
    figure_ink(figure, INK_MARK);
    cairo_set_dash(figure->cairo, NULL, 0, 0);
    cairo_set_line_width(figure->cairo, 1);
    cairo_rectangle(figure->cairo, places->x, top, places->width, height);
    cairo_stroke(figure->cairo);
}

static void draw_arrow(const struct figure *figure, const struct flow_places *places,
                       double top, double bottom)
{
    double x = places->x + places->width / 2;
    figure_ink(figure, INK_MARK);
    cairo_set_line_width(figure->cairo, 1);
    figure_segment(figure, x, top, x, bottom);
    cairo_move_to(figure->cairo, x - HEAD, bottom - HEAD);
    cairo_line_to(figure->cairo, x, bottom);
    cairo_line_to(figure->cairo, x + HEAD, bottom - HEAD);
    cairo_stroke(figure->cairo);
}

/* What is told of a step, and a line from its box to it. */
static void draw_branches(struct figure *figure, const struct flow_places *places, size_t begin,
                          size_t end)
{
    double top = figure->y, edge = places->beside - 4;
    for (size_t i = begin; i < end; i++) {
        const struct chart_step *step = figure->chart->rows[i].step;
        if (step->words != NULL || step->number != NULL) {
            figure->y += draw_step(figure, step, places->beside, places->beside_width,
                                   places->number, WEIGHT_PLAIN, INK_TEXT);
        }
    }
    if (figure->y > top) {
        figure_ink(figure, INK_DIM);
        cairo_set_line_width(figure->cairo, 0.6);
        figure_segment(figure, edge, top, edge, figure->y);
        figure_segment(figure, places->x + places->width, top + PAD + 2, edge, top + PAD + 2);
    }
}

/* A step and its branches; the arrow to the next is drawn below both. */
static void draw_row(struct figure *figure, const struct flow_places *places, size_t row)
{
    size_t end = branches_end(figure->chart, row);
    double top = figure->y, height;
    figure->y += PAD;
    height =
        2 * PAD + draw_step(figure, figure->chart->rows[row].step, places->x + PAD,
                            places->width - 2 * PAD, places->number, WEIGHT_BOLD, INK_TEXT);
    draw_box(figure, places, top, height);
    figure->y = top;
    draw_branches(figure, places, row + 1, end);
    double bottom = fmax(figure->y, top + height);
    figure->y = bottom + ARROW;
    if (end < figure->chart->row_count) {
        draw_arrow(figure, places, top + height, figure->y);
    }
}

void figure_draw_flow(struct figure *figure)
{
    const struct chart *chart = figure->chart;
    struct flow_places places = places_of(figure);
    size_t row = 0;
    while (row < chart->row_count) {
        if (chart->rows[row].step != NULL && !chart->rows[row].step->is_branch) {
            draw_row(figure, &places, row);
        }
        row = branches_end(chart, row);
    }
    figure->y -= row > 0 ? ARROW : 0;
}
