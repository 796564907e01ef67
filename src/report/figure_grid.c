/*
 * Grids: a row a taxon, a column an outcome, cells coloured by the effect's sign and size.
 */
#include "report/figure_parts.h"
#include <math.h>

static double label_width(const struct figure *figure)
{
    double widest = 0;

    for (size_t i = 0; i < figure->chart->row_count; i++) {
        const char *cell =
            figure->chart->column_count == 0 ? NULL : figure->chart->rows[i].cells[0];

        widest = fmax(widest, cell == NULL ? 0 : figure_text_width(figure, WEIGHT_PLAIN, cell));
    }
    return widest;
}

static double most_effect(const struct chart *chart)
{
    double most = 0;

    for (size_t i = 0; i < chart->mark_count; i++) {
        most = chart->marks[i].kind == MARK_CELL && isfinite(chart->marks[i].x)
                   ? fmax(most, fabs(chart->marks[i].x))
                   : most;
    }
    return most;
}

/* Blue below the null, orange above it, lighter when it holds the null; the text says the
 * same. */
static void fill_cell(const struct figure *figure, const struct figure_box *box,
                      const struct mark *mark, double most)
{
    double share = most > 0 && isfinite(mark->x) ? fabs(mark->x) / most : 0;
    double depth = mark->contains_null ? 0.25 * share : 0.25 + 0.55 * share;

    if (mark->label == NULL) {
        return;
    }
    cairo_set_source_rgb(figure->cairo, mark->x < 0 ? 1 - depth : 1,
                         1 - depth * (mark->x < 0 ? 0.45 : 0.5), mark->x < 0 ? 1 : 1 - depth);
    cairo_rectangle(figure->cairo, box->x, box->y, box->width, box->height);
    cairo_fill(figure->cairo);
    (void)figure_text(figure, box->x + box->width / 2, box->y + 0.1 * figure->size, 0,
                      ALIGN_CENTRE, WEIGHT_PLAIN, INK_TEXT, mark->label);
}

static void draw_headings(struct figure *figure, double left, double cell)
{
    const struct chart *chart = figure->chart;
    double tallest = 0;

    for (size_t i = 0; i < chart->grid_count; i++) {
        const struct chart_grid *grid = &chart->grid[i];
        bool is_new = i == 0 || grid[-1].group != grid->group;

        if (grid->group != NULL && is_new) {
            (void)figure_text(figure, left + (double)i * cell, figure->y, 0, ALIGN_LEFT,
                              WEIGHT_BOLD, INK_TEXT, grid->group);
            tallest = figure_line_height(figure);
        }
    }
    figure->y += tallest;
    tallest = 0;
    for (size_t i = 0; i < chart->grid_count; i++) {
        tallest = fmax(tallest,
                       figure_text(figure, left + (double)i * cell, figure->y, cell - 3,
                                   ALIGN_LEFT, WEIGHT_PLAIN, INK_TEXT, chart->grid[i].heading));
    }
    figure->y += tallest + 0.4 * figure->size;
}

void figure_draw_grid(struct figure *figure)
{
    const struct chart *chart = figure->chart;
    double left = figure->margin + label_width(figure) + figure->size;
    double cell = (figure->width - figure->margin - left) / (double)chart->grid_count;
    double most = most_effect(chart);

    draw_headings(figure, left, cell);
    for (size_t i = 0; i < chart->row_count; i++) {
        const struct chart_row *row = &chart->rows[i];

        if (chart->column_count > 0 && row->cells[0] != NULL) {
            (void)figure_text(figure, figure->margin, figure->y, 0, ALIGN_LEFT,
                              row->kind == ROW_SUMMARY ? WEIGHT_BOLD : WEIGHT_PLAIN, INK_TEXT,
                              row->cells[0]);
        }
        for (size_t k = 0; k < chart->grid_count; k++) {
            struct figure_box box = {left + (double)k * cell, figure->y, cell - 1.5,
                                     figure_line_height(figure) - 1};

            fill_cell(figure, &box, &chart->marks[i * chart->grid_count + k], most);
        }
        figure->y += figure_line_height(figure);
    }
}
