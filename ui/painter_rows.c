#include "ui/painter_layout.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "ui/glyphs.h"
#include <math.h>

/* Rows that go before notes. */
enum { ROWS_WANTED = 16 };
/* Rows that scroll must be at least this many for summaries to stay below them. */
enum { HEAD_LEAST = 5 };

/* What is drawn where. */
struct page {
    struct canvas *canvas;
    const struct chart *chart;
    struct rectangle area;
    struct layout layout;
    struct paint_map *map;
    size_t selected;           /* row, or CHART_NO_MARK */
    size_t body;               /* canvas rows for rows of the chart */
    size_t head, tail;         /* rows that scroll, rows that stay below them */
    size_t first, head_height; /* the first that is seen, and how many */
    bool has_headings, has_foot;
    size_t title; /* lines that it may have */
};

static size_t find_selected(const struct chart *chart, struct identity selected)
{
    for (size_t i = 0; selected.kind != OF_NOTHING && i < chart->row_count; i++) {
        if (identity_equal(chart->rows[i].of, selected)) {
            return i;
        }
    }
    return CHART_NO_MARK;
}

/* The rows before those that sum up all of them; every row where groups have their own sums. */
static size_t rows_summed(const struct chart *chart)
{
    size_t head = chart->row_count;
    while (head > 0 && chart->rows[head - 1].kind != ROW_DATA) {
        head--;
    }
    for (size_t i = 0; i < head; i++) {
        if (chart->rows[i].kind == ROW_SUMMARY) {
            return chart->row_count;
        }
    }
    return head;
}

/* Summaries below the variants stay in sight while the variants scroll, if they leave room. */
static void scroll(struct page *page, struct paint_state *state)
{
    size_t count = page->chart->row_count;
    page->head = rows_summed(page->chart);
    if (count <= page->body || count - page->head + HEAD_LEAST > page->body ||
        page->head == 0) {
        page->head = count;
    }
    page->tail = count - page->head;
    page->head_height =
        page->body - page->tail < page->head ? page->body - page->tail : page->head;
    size_t last = page->head - page->head_height;
    page->first = state->first_row < last ? state->first_row : last;
    if (page->selected < page->head && page->head_height > 0) {
        size_t selected = page->selected;
        page->first = selected < page->first ? selected : page->first;
        page->first = selected >= page->first + page->head_height
                          ? selected - page->head_height + 1
                          : page->first;
    }
    state->first_row = page->first;
}

static void draw_bar(struct canvas *canvas, size_t column, size_t row, double part)
{
    double eighths = round(fmin(fmax(part, 0), 1) * LAYOUT_BAR * 8);
    for (size_t i = 0; i < LAYOUT_BAR && eighths > 0; i++, eighths -= 8) {
        canvas_fill(canvas, column + i, row, 1, ROLE_SUMMARY,
                    glyphs_bar(eighths > 8 ? 8 : (unsigned)eighths, canvas->ascii));
    }
}

static void draw_cell(const struct page *page, size_t index, size_t row, size_t column,
                      enum role role)
{
    const struct layout *layout = &page->layout;
    const struct chart_row *chart_row = &page->chart->rows[index];
    const char *cell = chart_row->cells[column];
    size_t at = layout->at[column], width = layout->width[column];
    if (chart_row->kind == ROW_SPACE) {
        width = page->area.column + page->area.columns - at; /* nothing else is in this row */
    }
    if (layout_has_bar(page->chart, index, column)) {
        draw_bar(page->canvas, at, row, chart_row->shares[column] / layout->full[column]);
        canvas_text_right(page->canvas, at + LAYOUT_BAR + 1, row, layout->text[column], role,
                          cell);
    } else if (cell != NULL && page->chart->columns[column].is_right) {
        canvas_text_right(page->canvas, at, row, width, role, cell);
    } else if (cell != NULL) {
        char *fitting = text_fit(cell, width, page->canvas->ascii);
        canvas_text(page->canvas, at, row, width, role, fitting);
        memory_free(fitting);
    }
}

/* Lines that stand behind the rows: guides, and over them the null. */
static void draw_behind(const struct page *page, size_t row)
{
    const struct chart *chart = page->chart;
    size_t columns = page->layout.plot, plot = page->layout.plot_at;
    for (size_t i = 0; i < chart->mark_count && columns >= PLOT_LEAST; i++) {
        const struct mark *mark = &chart->marks[i];
        if (mark->kind == MARK_LINE && mark->x_lower >= chart->x.lower &&
            mark->x_upper <= chart->x.upper) {
            canvas_fill(page->canvas, plot + parts_column(&chart->x, columns, mark->x), row, 1,
                        ROLE_DIM, glyphs_guide(page->canvas->ascii));
        }
    }
    size_t null = parts_null_column(&chart->x, columns);
    if (null != CHART_NO_MARK) {
        canvas_fill(page->canvas, plot + null, row, 1, ROLE_NULL,
                    glyphs_null(page->canvas->ascii));
    }
}

static void draw_mark(const struct page *page, size_t row, size_t index)
{
    if (index == CHART_NO_MARK) {
        return;
    }
    const struct mark *mark = &page->chart->marks[index];
    size_t plot = page->layout.plot_at, columns = page->layout.plot;
    parts_interval(page->canvas, plot, row, columns, &page->chart->x, mark);
    struct placed places[PARTS_MOST];
    size_t count = parts_pieces(&page->chart->x, columns, mark, places);
    for (size_t i = 0; i < count; i++) {
        parts_note_mark(page->map, row, plot + places[i].first, plot + places[i].last, index);
    }
}

static void draw_row(const struct page *page, size_t index, size_t row)
{
    const struct chart *chart = page->chart;
    const struct chart_row *chart_row = &chart->rows[index];
    bool is_dimmed =
        chart_row->mark != CHART_NO_MARK && chart->marks[chart_row->mark].is_dimmed;
    draw_behind(page, row);
    for (size_t i = 0; i < chart->column_count; i++) {
        if (page->layout.width[i] > 0) {
            draw_cell(page, index, row, i, is_dimmed ? ROLE_DIM : ROLE_TEXT);
        }
    }
    draw_mark(page, row, chart_row->second);
    draw_mark(page, row, chart_row->mark);
    page->map->row[row - page->area.row] = index;
    if (index == page->selected) {
        canvas_fill(page->canvas, page->area.column, row, 1, ROLE_SELECTED,
                    glyphs_selected(page->canvas->ascii));
        canvas_select(page->canvas, page->area.column, row, page->area.columns);
        page->canvas->cursor_column = page->area.column;
        page->canvas->cursor_row = row;
    }
}

static void draw_headings(const struct page *page, size_t row)
{
    const struct layout *layout = &page->layout;
    for (size_t i = 0; i < page->chart->column_count; i++) {
        const struct chart_column *column = &page->chart->columns[i];
        size_t at = layout->at[i], width = layout->width[i];
        if (column->is_right) {
            canvas_text_right(page->canvas, at, row, width, ROLE_HEADING, column->heading);
        } else if (width > 0) {
            canvas_text(page->canvas, at, row, width, ROLE_HEADING, column->heading);
        }
    }
    painter_axis(page->canvas, layout->plot_at, row, layout->plot, &page->chart->x);
}

/* "lower odds ← ┆ → higher odds", right of what is `taken`; without arrows in ASCII, where <
 * and > mean clipped. */
static void draw_directions(const struct page *page, size_t row, size_t taken)
{
    const struct axis *axis = &page->chart->x;
    size_t null = parts_null_column(axis, page->layout.plot);
    if (null == CHART_NO_MARK || axis->below == NULL || axis->above == NULL) {
        return;
    }
    struct canvas *canvas = page->canvas;
    size_t at = page->layout.plot_at + null;
    size_t left = page->area.column + LAYOUT_GUTTER + taken,
           end = page->area.column + page->area.columns;
    size_t arrow = canvas->ascii ? 1 : 3;
    size_t width = parts_width(canvas, axis->below);
    if (left + width + arrow <= at) {
        canvas_text(canvas, at - arrow - width, row, width, ROLE_DIM, axis->below);
        canvas_text(canvas, at - arrow, row, arrow, ROLE_DIM, canvas->ascii ? " " : " ← ");
    }
    canvas_fill(canvas, at, row, 1, ROLE_NULL, glyphs_null(canvas->ascii));
    width = parts_width(canvas, axis->above);
    if (at + 1 + arrow + width <= end) {
        canvas_text(canvas, at + 1, row, arrow, ROLE_DIM, canvas->ascii ? " " : " → ");
        canvas_text(canvas, at + 1 + arrow, row, width, ROLE_DIM, axis->above);
    }
}

/* "5-18 of 94" where not all rows are seen. Returns the columns it took. */
static size_t draw_position(const struct page *page, size_t row, struct arena *arena)
{
    if (page->head_height == page->head || page->head_height == 0) {
        return 0;
    }
    return 1 + canvas_text(page->canvas, page->area.column + LAYOUT_GUTTER, row,
                           page->area.columns - LAYOUT_GUTTER, ROLE_DIM,
                           arena_format(arena, _("%zu-%zu of %zu"), page->first + 1,
                                        page->first + page->head_height, page->head));
}

static size_t note_lines(const struct page *page)
{
    size_t lines = 0;
    for (size_t i = 0; i < page->chart->note_count; i++) {
        lines += parts_wrapped(page->canvas, 0, 0, page->area.columns - LAYOUT_GUTTER, 0,
                               ROLE_TEXT, page->chart->notes[i]);
    }
    return lines;
}

/* A rule and the notes, as many lines as there are left. */
static void draw_notes(const struct page *page, size_t row)
{
    size_t end = page->area.row + page->area.rows;
    if (row + 1 >= end || page->chart->note_count == 0) {
        return;
    }
    canvas_fill(page->canvas, page->area.column, row++, page->area.columns, ROLE_DIM,
                glyphs_rule(page->canvas->ascii));
    for (size_t i = 0; i < page->chart->note_count && row < end; i++) {
        row += parts_wrapped(page->canvas, page->area.column + LAYOUT_GUTTER, row,
                             page->area.columns - LAYOUT_GUTTER, end - row, ROLE_TEXT,
                             page->chart->notes[i]);
    }
}

/* Rows for the chart's rows: what title, headings, directions and notes leave, but the first
 * rows go before notes. */
static size_t body_height(const struct page *page)
{
    size_t fixed = page->title + (size_t)page->has_headings + (size_t)page->has_foot;
    size_t rows = page->area.rows;
    size_t room = rows > fixed ? rows - fixed : 0;
    size_t count = page->chart->row_count;
    size_t notes = page->chart->note_count > 0 ? note_lines(page) + 1 : 0;
    size_t wanted = count < ROWS_WANTED ? count : ROWS_WANTED;
    size_t body = room > notes + wanted ? room - notes : wanted < room ? wanted : room;
    return body < count ? body : count;
}

/* A long title takes the lines that everything else leaves free. */
static size_t title_height(const struct page *page)
{
    const struct chart *chart = page->chart;
    size_t fixed = (size_t)page->has_headings + (size_t)page->has_foot + chart->row_count +
                   (chart->note_count > 0 ? note_lines(page) + 1 : 0);
    size_t free = page->area.rows > fixed ? page->area.rows - fixed : 1;
    size_t wanted = parts_wrapped(page->canvas, 0, 0, page->area.columns - LAYOUT_GUTTER, 0,
                                  ROLE_DIM, chart->title);
    return wanted < free ? wanted : free;
}

/* A chart without an axis may have no headings, and needs no line below its rows when all of
 * them are seen. */
static void find_parts(struct page *page)
{
    const struct chart *chart = page->chart;
    bool has_axis = chart->x.lower < chart->x.upper;
    page->has_headings = has_axis;
    for (size_t i = 0; i < chart->column_count; i++) {
        page->has_headings |= *chart->columns[i].heading != '\0';
    }
    size_t taken = 1 + (size_t)page->has_headings;
    page->has_foot = has_axis || chart->row_count + taken > page->area.rows;
    page->title = title_height(page);
}

size_t painter_height(struct canvas *canvas, size_t columns, const struct chart *chart)
{
    struct page page = {
        .canvas = canvas, .chart = chart, .area = {0, 0, columns, SIZE_MAX / 2}};
    if (chart->grid_count > 0 || chart->y.lower < chart->y.upper ||
        columns < LAYOUT_GUTTER + LAYOUT_LABEL_LEAST) {
        return SIZE_MAX;
    }
    find_parts(&page);
    return page.title + (size_t)page.has_headings + (size_t)page.has_foot + chart->row_count +
           (chart->note_count > 0 ? note_lines(&page) + 1 : 0);
}

void parts_draw_rows(struct canvas *canvas, const struct chart *chart,
                     struct paint_state *state, struct arena *arena, struct paint_map *map)
{
    struct page page = {.canvas = canvas,
                        .chart = chart,
                        .area = map->area,
                        .map = map,
                        .selected = find_selected(chart, state->selected)};
    if (page.area.columns < LAYOUT_GUTTER + LAYOUT_LABEL_LEAST) {
        return;
    }
    page.layout = layout_of(canvas, chart, page.area, arena);
    find_parts(&page);
    page.body = body_height(&page);
    scroll(&page, state);
    size_t row = page.area.row, end = page.area.row + page.area.rows;
    struct rectangle title = {page.area.column + LAYOUT_GUTTER, row,
                              page.area.columns - LAYOUT_GUTTER, page.title};
    row += parts_title(canvas, title, ROLE_DIM, chart->title);
    if (row < end && chart->row_count > 0 && page.has_headings) {
        draw_headings(&page, row++);
    }
    for (size_t i = 0; i < page.head_height && row < end; i++) {
        draw_row(&page, page.first + i, row++);
    }
    for (size_t i = 0; i < page.tail && row < end; i++) {
        draw_row(&page, page.head + i, row++);
    }
    if (row < end && chart->row_count > 0 && page.has_foot) {
        size_t taken = draw_position(&page, row, arena);
        draw_directions(&page, row++, taken);
    }
    draw_notes(&page, row);
}
