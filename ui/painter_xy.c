#include "ui/painter_plane.h"

#include "base/memory.h"
#include "base/text.h"
#include "ui/glyphs.h"
#include <math.h>

/* Notes are drawn where the plot keeps at least this many rows. */
enum { PLOT_WANTED = 11 };

static bool is_inside(const struct axis *axis, double at)
{
    double share = plane_share(axis, at);

    return share >= 0 && share <= 1;
}

/* The name of what is selected, right of its point or left of it, wherever there is room. */
static void draw_name(const struct plane *plane, size_t column, size_t row, const char *name)
{
    size_t width = parts_width(plane->canvas, name), left = plane->place.column;
    size_t end = left + plane->place.columns;

    if (column + 2 + width <= end) {
        canvas_text(plane->canvas, column + 2, row, width, ROLE_TITLE, name);
    } else if (column >= left + width + 2) {
        canvas_text(plane->canvas, column - 1 - width, row, width, ROLE_TITLE, name);
    }
}

static void draw_point(struct plane *plane, size_t index, struct paint_map *map,
                       struct identity selected)
{
    const struct mark *mark = &plane->chart->marks[index];
    const struct rectangle *place = &plane->place;

    if (!is_inside(&plane->chart->x, mark->x) || !is_inside(&plane->chart->y, mark->y)) {
        return;
    }
    size_t column = place->column + parts_column(&plane->chart->x, place->columns, mark->x);
    size_t row =
        place->row + place->rows - 1 - parts_column(&plane->chart->y, place->rows, mark->y);
    const char *glyph = plane->canvas->ascii  ? mark->contains_null ? "o" : "#"
                        : mark->contains_null ? "○"
                                              : "●";
    bool is_selected = selected.kind != OF_NOTHING && identity_equal(selected, mark->of);
    canvas_fill(plane->canvas, column, row, 1, mark->is_dimmed ? ROLE_DIM : ROLE_TEXT, glyph);
    parts_note_mark(map, row, column, column, index);
    if (is_selected) {
        canvas_select(plane->canvas, column, row, 1);
        draw_name(plane, column, row, mark->of.key);
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

/* Where two labels would stand in one row, the first keeps it. */
static void draw_y_ticks(const struct plane *plane, size_t column, size_t width)
{
    const struct axis *axis = &plane->chart->y;
    size_t taken = CHART_NO_MARK;
    for (size_t i = 0; i < axis->tick_count; i++) {
        size_t up = parts_column(axis, plane->place.rows, axis->ticks[i].at);
        if (up != taken) {
            canvas_text_right(plane->canvas, column,
                              plane->place.row + plane->place.rows - 1 - up, width,
                              ROLE_HEADING, axis->ticks[i].label);
        }
        taken = up;
    }
}

static void draw_nulls(struct plane *plane)
{
    const struct axis *x = &plane->chart->x, *y = &plane->chart->y;
    if (isfinite(x->null) && is_inside(x, x->null)) {
        size_t column = plane->place.column + parts_column(x, plane->place.columns, x->null);
        for (size_t i = 0; i < plane->place.rows; i++) {
            canvas_fill(plane->canvas, column, plane->place.row + i, 1, ROLE_NULL,
                        glyphs_null(plane->canvas->ascii));
        }
    }
    if (isfinite(y->null)) {
        struct mark line = {.kind = MARK_LINE,
                            .x_lower = x->lower,
                            .x_upper = x->upper,
                            .y_lower = y->null,
                            .y_upper = y->null,
                            .series = MARK_DOTTED};
        plane_draw_line(plane, &line);
    }
}

static void draw_marks(struct plane *plane, struct paint_map *map, struct identity selected)
{
    const struct chart *chart = plane->chart;
    draw_nulls(plane);
    for (size_t i = 0; i < chart->mark_count; i++) {
        if (chart->marks[i].kind == MARK_LINE) {
            plane_draw_line(plane, &chart->marks[i]);
        } else if (chart->marks[i].kind == MARK_POINT &&
                   (!chart->bars_of_selected || identity_equal(selected, chart->marks[i].of))) {
            plane_draw_bars(plane, &chart->marks[i]);
        }
    }
    plane_show(plane);
    for (int pass = 0; pass < 2; pass++) { /* the selected one lies on top */
        for (size_t i = 0; i < chart->mark_count; i++) {
            const struct mark *mark = &chart->marks[i];
            bool is_selected = identity_equal(selected, mark->of);
            if (mark->kind == MARK_POINT && is_selected == (pass == 1)) {
                draw_point(plane, i, map, selected);
            }
        }
    }
}

/* The dashes of every named line, side by side as far as they fit. Returns the rows taken. */
static size_t draw_legend(struct canvas *canvas, const struct chart *chart,
                          const struct rectangle *area, size_t row, struct identity selected)
{
    size_t column = area->column, end = area->column + area->columns, rows = 0;

    for (size_t i = 0; i < chart->mark_count; i++) {
        const struct mark *mark = &chart->marks[i];
        size_t width = mark->label == NULL ? 0 : parts_width(canvas, mark->label);
        if (width == 0 || mark->kind != MARK_LINE) {
            continue;
        }
        if (column + PLANE_SAMPLE + 1 + width > end && column > area->column) {
            column = area->column;
            rows++;
        }
        bool is_selected = selected.kind != OF_NOTHING && identity_equal(selected, mark->of);
        plane_sample(canvas, column, row + rows, mark->series);
        column += PLANE_SAMPLE + 1;
        canvas_text(canvas, column, row + rows, end - column,
                    is_selected ? ROLE_TITLE : ROLE_TEXT, mark->label);
        if (is_selected) {
            canvas_select(canvas, column, row + rows, width);
            canvas->cursor_column = column;
            canvas->cursor_row = row + rows;
        }
        column += width + 2;
    }
    return column > area->column ? rows + 1 : 0;
}

/* Lines of notes below the plot, if it keeps its rows; with the rule above them. */
static size_t notes_height(struct canvas *canvas, const struct chart *chart,
                           const struct rectangle *area, size_t taken)
{
    size_t lines = chart->note_count > 0 ? 1 : 0;
    for (size_t i = 0; i < chart->note_count; i++) {
        lines += parts_wrapped(canvas, 0, 0, area->columns, 0, ROLE_TEXT, chart->notes[i]);
    }
    return taken + PLOT_WANTED + lines <= area->rows ? lines : 0;
}

static void draw_notes(struct canvas *canvas, const struct chart *chart,
                       const struct rectangle *area, size_t row)
{
    size_t end = area->row + area->rows;
    canvas_fill(canvas, area->column, row++, area->columns, ROLE_DIM,
                glyphs_rule(canvas->ascii));
    for (size_t i = 0; i < chart->note_count && row < end; i++) {
        row += parts_wrapped(canvas, area->column, row, area->columns, end - row, ROLE_TEXT,
                             chart->notes[i]);
    }
}

/* A title that one line does not hold takes a second where the plot keeps its rows. */
static size_t draw_title(struct canvas *canvas, const struct rectangle *area, size_t row,
                         enum role role, const char *text)
{
    size_t lines = area->rows >= PLOT_WANTED + 6 ? 2 : 1;
    struct rectangle place = {area->column, row, area->columns, lines};
    return parts_title(canvas, place, role, text);
}

void parts_draw_xy(struct canvas *canvas, const struct chart *chart, struct paint_state *state,
                   struct arena *arena, struct paint_map *map)
{
    const struct rectangle *area = &map->area;
    size_t labels = widest_label(canvas, &chart->y) + 1, row = area->row;
    if (area->columns < labels + PLOT_LEAST || area->rows < 6 + PLOT_LEAST) {
        return;
    }
    row += draw_title(canvas, area, row, ROLE_DIM, chart->title);
    row += draw_legend(canvas, chart, area, row, state->selected);
    row += draw_title(canvas, area, row, ROLE_HEADING, chart->y.title);
    size_t taken = row - area->row + 2;
    size_t notes = notes_height(canvas, chart, area, taken);
    size_t rows = area->rows > taken + notes ? area->rows - taken - notes : 1;
    struct rectangle place = {area->column + labels, row, area->columns - labels, rows};
    struct plane plane = plane_create(canvas, chart, place, arena);
    draw_y_ticks(&plane, area->column, labels - 1);
    draw_marks(&plane, map, state->selected);
    painter_axis(canvas, place.column, row + rows, place.columns, &chart->x);
    char *below = text_fit(chart->x.title, area->columns, canvas->ascii);
    canvas_text_right(canvas, area->column, row + rows + 1, area->columns, ROLE_HEADING, below);
    memory_free(below);
    if (notes > 0) {
        draw_notes(canvas, chart, area, row + rows + 2);
    }
}
