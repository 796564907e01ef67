/*
 * Charts of rows: columns of text, and between them intervals on one axis.
 */
#include "base/i18n.h"
#include "report/figure_parts.h"
#include <math.h>

/* The plot gets this share of the paper before columns of text are kept. */
#define LEAST_PLOT 0.3
#define BAR 40.0

struct page_columns {
    double *widths, *at;
    double gap;
    struct figure_box box; /* of the plot; width 0 without one */
};

static bool has_axis(const struct chart *chart)
{
    return chart->x.lower < chart->x.upper;
}

static enum figure_weight weight_of(const struct chart_row *row)
{
    return row->kind == ROW_SUMMARY ? WEIGHT_BOLD : WEIGHT_PLAIN;
}

static bool has_bar(const struct chart *chart, size_t row, size_t column)
{
    return chart->columns[column].is_bar && chart->rows[row].shares != NULL &&
           !isnan(chart->rows[row].shares[column]);
}

static double measure(const struct figure *figure, size_t column)
{
    const struct chart *chart = figure->chart;
    double widest = 0;
    bool is_empty = true;

    for (size_t i = 0; i < chart->row_count; i++) {
        const char *cell =
            chart->rows[i].kind == ROW_SPACE ? NULL : chart->rows[i].cells[column];
        double bar = has_bar(chart, i, column) ? BAR + 4 : 0;
        double width =
            cell == NULL ? 0 : figure_text_width(figure, weight_of(&chart->rows[i]), cell);

        is_empty = is_empty && width == 0 && bar == 0;
        widest = fmax(widest, width + bar);
    }
    return is_empty ? 0
                    : fmax(widest, figure_text_width(figure, WEIGHT_BOLD,
                                                     chart->columns[column].heading));
}

static double text_width(const struct figure *figure, const struct page_columns *columns)
{
    double total = 0;

    for (size_t i = 0; i < figure->chart->column_count; i++) {
        total += columns->widths[i] > 0 ? columns->widths[i] + columns->gap : 0;
    }
    return total;
}

/* Drops the columns that matter least until the plot has its share. */
static void drop_columns(const struct figure *figure, struct page_columns *columns)
{
    const struct chart *chart = figure->chart;
    double paper = figure->width - 2 * figure->margin;
    double plot = has_axis(chart) ? LEAST_PLOT * paper : 0;

    while (text_width(figure, columns) + plot > paper) {
        size_t least = CHART_NO_MARK;

        for (size_t i = 0; i < chart->column_count; i++) {
            bool is_less = least == CHART_NO_MARK ||
                           chart->columns[i].priority > chart->columns[least].priority;
            if (columns->widths[i] > 0 && chart->columns[i].priority > 0 && is_less) {
                least = i;
            }
        }
        if (least == CHART_NO_MARK) {
            return;
        }
        columns->widths[least] = 0;
    }
}

static struct page_columns lay_out(const struct figure *figure)
{
    const struct chart *chart = figure->chart;
    double paper = figure->width - 2 * figure->margin, x = figure->margin;
    struct page_columns columns = {
        .widths = arena_get(figure->arena, chart->column_count, sizeof(double)),
        .at = arena_get(figure->arena, chart->column_count, sizeof(double)),
        .gap = 1.2 * figure->size};

    for (size_t i = 0; i < chart->column_count; i++) {
        columns.widths[i] = measure(figure, i);
    }
    drop_columns(figure, &columns);
    columns.box.width = has_axis(chart) ? fmax(1, paper - text_width(figure, &columns)) : 0;
    for (int is_after = 0; is_after < 2; is_after++) {
        if (is_after) {
            columns.box.x = x;
            x += columns.box.width + columns.gap;
        }
        for (size_t i = 0; i < chart->column_count; i++) {
            if (columns.widths[i] > 0 && chart->columns[i].is_after == is_after) {
                columns.at[i] = x;
                x += columns.widths[i] + columns.gap;
            }
        }
    }
    return columns;
}

static void draw_cell(const struct figure *figure, const struct page_columns *columns,
                      size_t index, size_t column, int ink)
{
    const struct chart_row *row = &figure->chart->rows[index];
    bool is_right = figure->chart->columns[column].is_right;
    double x = columns->at[column], width = columns->widths[column];

    if (has_bar(figure->chart, index, column)) {
        figure_ink(figure, INK_SERIES + 6);
        cairo_rectangle(figure->cairo, x, figure->y + 0.3 * figure->size,
                        BAR * fmin(1, fmax(0, row->shares[column])), 0.8 * figure->size);
        cairo_fill(figure->cairo);
    }
    if (row->cells[column] != NULL) {
        bool is_far = is_right || has_bar(figure->chart, index, column);

        (void)figure_text(figure, is_far ? x + width : x, figure->y, 0,
                          is_far ? ALIGN_RIGHT : ALIGN_LEFT, weight_of(row), ink,
                          row->cells[column]);
    }
}

/* Rows between others are low, but for the headings of groups. */
static double lines_of(const struct chart_row *row)
{
    return row->kind == ROW_SPACE && row->cells[0] == NULL ? 0.6 : 1;
}

static void draw_row(struct figure *figure, const struct page_columns *columns, size_t index)
{
    const struct chart *chart = figure->chart;
    const struct chart_row *row = &chart->rows[index];
    bool is_dimmed = row->mark != CHART_NO_MARK && chart->marks[row->mark].is_dimmed;
    double middle = figure->y + 0.7 * figure->size;

    for (size_t i = 0; i < chart->column_count; i++) {
        if (columns->widths[i] > 0) {
            draw_cell(figure, columns, index, i, is_dimmed ? INK_DIM : INK_TEXT);
        }
    }
    if (columns->box.width > 0 && row->second != CHART_NO_MARK) {
        figure_draw_interval(figure, &columns->box, middle, &chart->marks[row->second]);
    }
    if (columns->box.width > 0 && row->mark != CHART_NO_MARK) {
        figure_draw_interval(figure, &columns->box, middle, &chart->marks[row->mark]);
    }
    figure->y += figure_line_height(figure) * lines_of(row);
}

static void draw_headings(struct figure *figure, const struct page_columns *columns)
{
    const struct chart *chart = figure->chart;

    for (size_t i = 0; i < chart->column_count; i++) {
        bool is_right = chart->columns[i].is_right;

        if (columns->widths[i] > 0 && *chart->columns[i].heading != '\0') {
            (void)figure_text(figure, columns->at[i] + (is_right ? columns->widths[i] : 0),
                              figure->y, 0, is_right ? ALIGN_RIGHT : ALIGN_LEFT, WEIGHT_BOLD,
                              INK_TEXT, chart->columns[i].heading);
        }
    }
    figure->y += figure_line_height(figure);
}

/* The null and other guides, from the first row to the axis. */
static void draw_guides(const struct figure *figure, const struct figure_box *box)
{
    const struct chart *chart = figure->chart;

    for (size_t i = 0; i < chart->mark_count; i++) {
        if (chart->marks[i].kind == MARK_LINE) {
            double x = figure_across(box, &chart->x, chart->marks[i].x);

            figure_series(figure, MARK_DOTTED);
            figure_segment(figure, x, box->y, x, box->y + box->height);
        }
    }
    if (chart->x.null >= chart->x.lower && chart->x.null <= chart->x.upper) {
        double x = figure_across(box, &chart->x, chart->x.null);

        figure_series(figure, 2);
        figure_ink(figure, INK_NULL);
        cairo_set_line_width(figure->cairo, 0.6);
        figure_segment(figure, x, box->y, x, box->y + box->height);
    }
    cairo_set_dash(figure->cairo, NULL, 0, 0);
}

/* "lower odds <- | -> higher odds". */
static void draw_directions(struct figure *figure, const struct figure_box *box)
{
    const struct axis *axis = &figure->chart->x;
    double x;

    if (axis->below == NULL || axis->above == NULL || !(axis->null >= axis->lower) ||
        !(axis->null <= axis->upper)) {
        return;
    }
    x = figure_across(box, axis, axis->null);
    (void)figure_text(figure, x - figure->size / 2, figure->y, 0, ALIGN_RIGHT, WEIGHT_PLAIN,
                      INK_DIM, arena_format(figure->arena, "%s ←", axis->below));
    (void)figure_text(figure, x + figure->size / 2, figure->y, 0, ALIGN_LEFT, WEIGHT_PLAIN,
                      INK_DIM, arena_format(figure->arena, "→ %s", axis->above));
    figure->y += figure_line_height(figure);
}

static double rows_height(const struct figure *figure)
{
    double lines = 0;

    for (size_t i = 0; i < figure->chart->row_count; i++) {
        lines += lines_of(&figure->chart->rows[i]);
    }
    return lines * figure_line_height(figure);
}

void figure_draw_rows(struct figure *figure)
{
    const struct chart *chart = figure->chart;
    struct page_columns columns = lay_out(figure);

    draw_headings(figure, &columns);
    columns.box.y = figure->y;
    columns.box.height = rows_height(figure);
    if (columns.box.width > 0) {
        draw_guides(figure, &columns.box);
    }
    for (size_t i = 0; i < chart->row_count; i++) {
        draw_row(figure, &columns, i);
    }
    if (columns.box.width > 0) {
        figure_axis_below(figure, &columns.box, &chart->x);
        draw_directions(figure, &columns.box);
    }
}
