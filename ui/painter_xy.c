#include "ui/painter_parts.h"

#include "base/text.h"
#include <math.h>
#include <stdint.h>

/* The plot inside its page, and the dots that lines leave in its cells. */
struct plane {
    struct canvas *canvas;
    const struct chart *chart;
    struct paint_map *map;
    size_t column, row, columns, rows;
    uint8_t *dots; /* one bit a dot of a cell, as in braille */
};

/* Dots of a cell, 2 across and 4 down, as bits of the braille block. */
static const uint8_t dot_bits[4][2] = {{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};

static double share_of(const struct axis *axis, double at)
{
    return (at - axis->lower) / (axis->upper - axis->lower);
}

/* A dot at shares of the plane (0 to 1 from the lower left); nothing outside. */
static void set_dot(struct plane *plane, double across, double up)
{
    if (!(across >= 0 && across < 1 && up > 0 && up <= 1)) {
        return;
    }
    size_t x = (size_t)(across * (double)plane->columns * 2);
    size_t y = (size_t)((1 - up) * (double)plane->rows * 4);
    plane->dots[y / 4 * plane->columns + x / 2] |= dot_bits[y % 4][x % 2];
}

static void draw_line(struct plane *plane, const struct mark *mark)
{
    const struct axis *x = &plane->chart->x, *y = &plane->chart->y;
    double from_x = share_of(x, mark->x_lower), to_x = share_of(x, mark->x_upper);
    double from_y = share_of(y, mark->y_lower), to_y = share_of(y, mark->y_upper);
    double length = fmax(fabs(to_x - from_x) * (double)plane->columns * 2,
                         fabs(to_y - from_y) * (double)plane->rows * 4);
    if (!isfinite(length)) {
        return;
    }
    double steps = fmin(ceil(length), 1e5);
    for (double i = 0; i <= steps; i++) {
        double part = steps > 0 ? i / steps : 0;
        set_dot(plane, from_x + part * (to_x - from_x), from_y + part * (to_y - from_y));
    }
}

/* Error bars are lines through the point. */
static void draw_error_bars(struct plane *plane, const struct mark *mark)
{
    struct mark bar = *mark;
    if (isfinite(mark->x_lower) && isfinite(mark->x_upper)) {
        bar.y_lower = bar.y_upper = mark->y;
        draw_line(plane, &bar);
    }
    if (isfinite(mark->y_lower) && isfinite(mark->y_upper)) {
        bar = *mark;
        bar.x_lower = bar.x_upper = mark->x;
        draw_line(plane, &bar);
    }
}

static void show_dots(const struct plane *plane)
{
    for (size_t i = 0; i < plane->columns * plane->rows; i++) {
        if (plane->dots[i] != 0) {
            char glyph[5] = ".";
            if (!plane->canvas->ascii) {
                glyph[text_encode(0x2800u + plane->dots[i], glyph)] = '\0';
            }
            canvas_fill(plane->canvas, plane->column + i % plane->columns,
                        plane->row + i / plane->columns, 1, ROLE_DIM, glyph);
        }
    }
}

static void draw_point(struct plane *plane, size_t index, struct identity selected)
{
    const struct mark *mark = &plane->chart->marks[index];
    double across = share_of(&plane->chart->x, mark->x);
    double up = share_of(&plane->chart->y, mark->y);
    if (!(across >= 0 && across <= 1 && up >= 0 && up <= 1)) {
        return;
    }
    size_t column = plane->column + parts_column(&plane->chart->x, plane->columns, mark->x);
    size_t row =
        plane->row + plane->rows - 1 - parts_column(&plane->chart->y, plane->rows, mark->y);
    const char *glyph = plane->canvas->ascii  ? mark->contains_null ? "o" : "#"
                        : mark->contains_null ? "○"
                                              : "●";
    canvas_fill(plane->canvas, column, row, 1, mark->is_dimmed ? ROLE_DIM : ROLE_TEXT, glyph);
    parts_note_mark(plane->map, row, column, column, index);
    if (selected.kind != OF_NOTHING && identity_equal(selected, mark->of)) {
        canvas_select(plane->canvas, column, row, 1);
        plane->canvas->cursor_column = column;
        plane->canvas->cursor_row = row;
    }
}

static size_t widest_label(const struct canvas *canvas, const struct axis *axis)
{
    size_t widest = 0;
    for (size_t i = 0; i < axis->tick_count; i++) {
        size_t width = parts_width(canvas, axis->ticks[i].label);
        widest = width > widest ? width : widest;
    }
    return widest;
}

static void draw_y_ticks(const struct plane *plane, size_t column, size_t width)
{
    const struct axis *axis = &plane->chart->y;
    for (size_t i = 0; i < axis->tick_count; i++) {
        size_t up = parts_column(axis, plane->rows, axis->ticks[i].at);
        canvas_text_right(plane->canvas, column, plane->row + plane->rows - 1 - up, width,
                          ROLE_HEADING, axis->ticks[i].label);
    }
}

static void draw_nulls(struct plane *plane)
{
    const struct axis *x = &plane->chart->x, *y = &plane->chart->y;
    struct mark line = {.kind = MARK_LINE};
    if (isfinite(x->null)) {
        line.x_lower = line.x_upper = x->null;
        line.y_lower = y->lower;
        line.y_upper = y->upper;
        draw_line(plane, &line);
    }
    if (isfinite(y->null)) {
        line.x_lower = x->lower;
        line.x_upper = x->upper;
        line.y_lower = line.y_upper = y->null;
        draw_line(plane, &line);
    }
}

static void draw_marks(struct plane *plane, struct identity selected)
{
    const struct chart *chart = plane->chart;
    draw_nulls(plane);
    for (size_t i = 0; i < chart->mark_count; i++) {
        if (chart->marks[i].kind == MARK_LINE) {
            draw_line(plane, &chart->marks[i]);
        } else if (chart->marks[i].kind == MARK_POINT) {
            draw_error_bars(plane, &chart->marks[i]);
        }
    }
    show_dots(plane);
    for (size_t i = 0; i < chart->mark_count; i++) {
        if (chart->marks[i].kind == MARK_POINT) {
            draw_point(plane, i, selected);
        }
    }
}

void parts_draw_xy(struct canvas *canvas, const struct chart *chart, struct paint_state *state,
                   struct arena *arena, struct paint_map *map)
{
    struct rectangle area = map->area;
    size_t labels = widest_label(canvas, &chart->y) + 1;
    if (area.columns < labels + PLOT_LEAST || area.rows < 3 + PLOT_LEAST) {
        return;
    }
    struct plane plane = {.canvas = canvas,
                          .chart = chart,
                          .map = map,
                          .column = area.column + labels,
                          .row = area.row + 2,
                          .columns = area.columns - labels,
                          .rows = area.rows - 4};
    plane.dots = arena_get(arena, plane.columns * plane.rows, 1);
    canvas_text(canvas, area.column, area.row, area.columns, ROLE_DIM, chart->title);
    canvas_text(canvas, area.column, area.row + 1, area.columns, ROLE_HEADING, chart->y.title);
    draw_y_ticks(&plane, area.column, labels - 1);
    draw_marks(&plane, state->selected);
    size_t below = plane.row + plane.rows;
    painter_axis(canvas, plane.column, below, plane.columns, &chart->x);
    canvas_text_right(canvas, area.column, below + 1, area.columns, ROLE_HEADING,
                      chart->x.title);
}
