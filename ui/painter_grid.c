#include "ui/painter_parts.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "ui/glyphs.h"
#include <math.h>
#include <string.h>

/* A cell is at least a sign of three and a star wide, and the space before the next. */
enum { GUTTER = 2, LABEL_LEAST = 10, CELL_LEAST = 5, CELL_MOST = 16, TOP = 3 };

/* Where the shade of a cell stands, if the cell has room for it. */
enum { SHADE_AT = 5, SHADE = 5 };

/* What is drawn where. */
struct page {
    struct canvas *canvas;
    const struct chart *chart;
    struct paint_map *map;
    struct rectangle area;
    size_t label, cell;           /* columns of the first column, and of each cell */
    size_t first_column, columns; /* of the grid, that are seen */
    size_t first_row, rows;
    size_t row, column; /* under the cursor, or CHART_NO_MARK */
};

static size_t least(size_t one, size_t other)
{
    return one < other ? one : other;
}

static void find_selected(struct page *page, struct identity selected)
{
    const struct chart *chart = page->chart;
    page->row = page->column = CHART_NO_MARK;
    for (size_t i = 0; selected.kind == OF_PAIR && i < chart->mark_count; i++) {
        if (identity_equal(chart->marks[i].of, selected)) {
            page->row = i / chart->grid_count;
            page->column = i % chart->grid_count;
            return;
        }
    }
    for (size_t i = 0; selected.kind == OF_TAXON && i < chart->row_count; i++) {
        if (identity_equal(chart->rows[i].of, selected)) {
            page->row = i;
            return;
        }
    }
}

static size_t widest_label(const struct page *page)
{
    size_t widest = LABEL_LEAST;
    for (size_t i = 0; i < page->chart->row_count; i++) {
        size_t width = parts_width(page->canvas, page->chart->rows[i].cells[0]);
        widest = width > widest ? width : widest;
    }
    return widest;
}

/* Names give way to wide cells, down to a third of the page. */
static void lay_out_columns(struct page *page)
{
    size_t room = page->area.columns - GUTTER, count = page->chart->grid_count;
    size_t wanted = count * CELL_MOST + 1;
    size_t left = room > wanted ? room - wanted : 0;
    page->label = least(widest_label(page), left > room / 3 ? left : room / 3);
    size_t cells = room - page->label - 1;
    page->cell = least(cells / count, CELL_MOST);
    page->cell = page->cell < CELL_LEAST ? CELL_LEAST : page->cell;
    page->columns = least(cells / page->cell, count);
    size_t at = page->column == CHART_NO_MARK ? 0 : page->column;
    size_t before = page->columns / 2;
    page->first_column = least(at > before ? at - before : 0, count - page->columns);
}

static void lay_out_rows(struct page *page, struct paint_state *state, size_t notes)
{
    size_t count = page->chart->row_count, room = page->area.rows - TOP;
    page->rows = least(room > notes ? room - notes : 0, count);
    page->first_row = least(state->first_row, count - page->rows);
    if (page->row != CHART_NO_MARK && page->rows > 0) {
        page->first_row = least(page->first_row, page->row);
        page->first_row = page->row >= page->first_row + page->rows ? page->row - page->rows + 1
                                                                    : page->first_row;
    }
    state->first_row = page->first_row;
}

static void draw_fitted(const struct page *page, size_t column, size_t row, size_t width,
                        enum role role, const char *text)
{
    char *plain = glyphs_text(text, page->canvas->ascii);
    char *fitted = text_fit(plain, width, page->canvas->ascii);
    canvas_text(page->canvas, column, row, width, role, fitted);
    memory_free(fitted);
    memory_free(plain);
}

static size_t column_at(const struct page *page, size_t column)
{
    return page->area.column + GUTTER + page->label + 1 +
           (column - page->first_column) * page->cell;
}

/* A group's name over all its columns that are seen. */
static void draw_headings(const struct page *page, size_t row)
{
    const struct chart_grid *grid = page->chart->grid;
    size_t end = page->first_column + page->columns, next;
    draw_fitted(page, page->area.column + GUTTER, row + 1, page->label, ROLE_HEADING,
                page->chart->columns[0].heading);
    for (size_t i = page->first_column; i < end; i = next) {
        for (next = i + 1; next < end && grid[next].group == grid[i].group; next++) {
        }
        draw_fitted(page, column_at(page, i), row, (next - i) * page->cell - 1, ROLE_HEADING,
                    grid[i].group);
    }
    for (size_t i = page->first_column; i < end; i++) {
        bool is_narrow = parts_width(page->canvas, grid[i].heading) >= page->cell;
        draw_fitted(page, column_at(page, i), row + 1, page->cell - 1,
                    i == page->column ? ROLE_TITLE : ROLE_HEADING,
                    is_narrow ? grid[i].brief : grid[i].heading);
    }
}

static enum role role_of(const struct mark *mark)
{
    return mark->contains_null ? ROLE_UNSURE : mark->x > 0 ? ROLE_MORE : ROLE_LESS;
}

/* How surely, by four degrees: p .5, .05, .001, .0001 as shares of -log10 p 4. */
static unsigned shade_of(double weight)
{
    static const double least[] = {0.0753, 0.3253, 0.75, 1};
    unsigned level = 0;
    while (level < 4 && weight >= least[level]) {
        level++;
    }
    return level;
}

static void draw_cell(const struct page *page, size_t index, size_t column, size_t row)
{
    const struct mark *mark = &page->chart->marks[index * page->chart->grid_count + column];
    size_t at = column_at(page, column);
    bool is_selected = index == page->row && column == page->column;
    if (mark->label != NULL) {
        canvas_text(page->canvas, at, row, page->cell - 1, role_of(mark), mark->label);
        if (page->cell > SHADE_AT + SHADE && !isnan(mark->weight)) {
            canvas_fill(page->canvas, at + SHADE_AT, row, SHADE, role_of(mark),
                        glyphs_shade(shade_of(mark->weight), page->canvas->ascii));
        }
        parts_note_mark(page->map, row, at, at + page->cell - 2,
                        index * page->chart->grid_count + column);
    }
    if (is_selected) {
        canvas_fill(page->canvas, at - 1, row, 1, ROLE_SELECTED,
                    glyphs_selected(page->canvas->ascii));
        canvas_select(page->canvas, at, row, page->cell - 1);
        page->canvas->cursor_column = at;
        page->canvas->cursor_row = row;
    }
}

static void draw_row(const struct page *page, size_t index, size_t row)
{
    size_t left = page->area.column;
    draw_fitted(page, left + GUTTER, row, page->label,
                index == page->row ? ROLE_TITLE : ROLE_TEXT, page->chart->rows[index].cells[0]);
    for (size_t i = 0; i < page->columns; i++) {
        draw_cell(page, index, page->first_column + i, row);
    }
    page->map->row[row - page->area.row] = index;
    if (index == page->row) {
        canvas_fill(page->canvas, left, row, 1, ROLE_SELECTED,
                    glyphs_selected(page->canvas->ascii));
        if (page->column == CHART_NO_MARK) {
            canvas_select(page->canvas, left, row, page->area.columns);
            page->canvas->cursor_column = left;
            page->canvas->cursor_row = row;
        }
    }
}

/* The title, and what of the grid is out of sight. */
static void draw_title(const struct page *page, struct arena *arena)
{
    const struct chart *chart = page->chart;
    const char *text = chart->title;
    if (page->rows < chart->row_count) {
        text = arena_format(arena, _("%s · rows %zu-%zu"), text, page->first_row + 1,
                            page->first_row + page->rows);
    }
    if (page->columns < chart->grid_count) {
        text =
            arena_format(arena, _("%s · columns %zu-%zu of %zu"), text, page->first_column + 1,
                         page->first_column + page->columns, chart->grid_count);
    }
    draw_fitted(page, page->area.column + GUTTER, page->area.row, page->area.columns - GUTTER,
                ROLE_DIM, text);
}

/* Lines of the notes with their rule, where the rows leave room for them. */
static size_t notes_height(const struct page *page)
{
    size_t lines = page->chart->note_count > 0 ? 1 : 0;
    for (size_t i = 0; i < page->chart->note_count; i++) {
        lines += parts_wrapped(page->canvas, 0, 0, page->area.columns - GUTTER, 0, ROLE_TEXT,
                               page->chart->notes[i]);
    }
    return TOP + lines + 4 <= page->area.rows ? lines : 0;
}

static void draw_notes(const struct page *page, size_t row)
{
    size_t end = page->area.row + page->area.rows;
    canvas_fill(page->canvas, page->area.column, row++, page->area.columns, ROLE_DIM,
                glyphs_rule(page->canvas->ascii));
    for (size_t i = 0; i < page->chart->note_count && row < end; i++) {
        row += parts_wrapped(page->canvas, page->area.column + GUTTER, row,
                             page->area.columns - GUTTER, end - row, ROLE_TEXT,
                             page->chart->notes[i]);
    }
}

void parts_draw_grid(struct canvas *canvas, const struct chart *chart,
                     struct paint_state *state, struct arena *arena, struct paint_map *map)
{
    struct page page = {.canvas = canvas, .chart = chart, .map = map, .area = map->area};
    if (page.area.columns < GUTTER + 2 * LABEL_LEAST || page.area.rows <= TOP) {
        return;
    }
    find_selected(&page, state->selected);
    lay_out_columns(&page);
    size_t notes = notes_height(&page), row = page.area.row;
    lay_out_rows(&page, state, notes);
    draw_title(&page, arena);
    draw_headings(&page, row + 1);
    for (size_t i = 0; i < page.rows; i++) {
        draw_row(&page, page.first_row + i, row + TOP + i);
    }
    if (notes > 0) {
        draw_notes(&page, row + TOP + page.rows);
    }
}
