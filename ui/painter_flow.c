#include "ui/painter_parts.h"

#include "ui/glyphs.h"

enum {
    GUTTER = 2,
    COLUMNS_LEAST = 96, /* narrower than that a tree says it with fewer breaks */
    BOX_LEAST = 36,     /* columns of a box, with its sides */
    PAD = 2,            /* between a side and the text */
    ARROW = 5,          /* from a box to what leaves it */
};

/* A step with its branches: rows of the chart from `first` to before `end`. */
struct box {
    size_t first, end;
    size_t lines; /* of its own text */
    size_t rows;  /* inside */
};

struct page {
    struct canvas *canvas;
    const struct chart *chart;
    struct paint_map *map;
    struct identity selected;
    struct box *boxes;
    size_t count;
    size_t width;  /* of every box */
    size_t number; /* columns of the numbers, and the gap behind them */
    bool is_roomy; /* each box has its own borders, an arrow between */
};

static bool is_branch(const struct chart_row *row)
{
    return row->step == NULL || row->step->is_branch;
}

static size_t words_width(const struct page *page, const struct chart_row *row)
{
    return row->step == NULL || row->step->words == NULL
               ? 0
               : parts_width(page->canvas, row->step->words);
}

/* The widest branch must have its place; what is left is the boxes'. */
static bool lay_out_columns(struct page *page)
{
    size_t widest = 0;
    for (size_t i = 0; i < page->chart->row_count; i++) {
        const struct chart_row *row = &page->chart->rows[i];
        size_t number = row->step != NULL && row->step->number != NULL
                            ? parts_width(page->canvas, row->step->number) + 2
                            : 0;
        size_t width = is_branch(row) ? words_width(page, row) : 0;
        page->number = number > page->number ? number : page->number;
        widest = width > widest ? width : widest;
    }
    size_t right = ARROW + page->number + widest + 1, columns = page->map->area.columns;
    page->width = columns > GUTTER + right ? columns - GUTTER - right : 0;
    size_t most = page->number + 2 * PAD + 2;
    for (size_t i = 0; i < page->chart->row_count; i++) {
        const struct chart_row *row = &page->chart->rows[i];
        size_t width = is_branch(row) ? 0 : page->number + 2 * PAD + 2 + words_width(page, row);
        most = width > most ? width : most;
    }
    most = most > BOX_LEAST ? most : BOX_LEAST;
    page->width = page->width < most ? page->width : most;
    return page->width >= BOX_LEAST;
}

static size_t text_room(const struct page *page)
{
    return page->width - 2 - 2 * PAD - page->number;
}

static void find_boxes(struct page *page, struct arena *arena)
{
    const struct chart *chart = page->chart;
    page->boxes = arena_get(arena, chart->row_count, sizeof *page->boxes);
    for (size_t i = 0; i < chart->row_count; i++) {
        const struct chart_row *row = &chart->rows[i];
        if (!is_branch(row)) {
            size_t lines = parts_wrapped(page->canvas, 0, 0, text_room(page), 0, ROLE_TEXT,
                                         row->step->words);
            page->boxes[page->count++] = (struct box){i, i + 1, lines, lines};
        } else if (page->count > 0) {
            page->boxes[page->count - 1].end = i + 1;
        }
    }
    for (size_t i = 0; i < page->count; i++) {
        struct box *box = &page->boxes[i];
        size_t branches = 0;
        for (size_t j = box->first + 1; j < box->end; j++) {
            branches += words_width(page, &chart->rows[j]) > 0;
        }
        box->rows = branches > box->lines ? branches : box->lines;
    }
}

static size_t height_of(const struct page *page, bool is_roomy)
{
    size_t rows = is_roomy ? 3 * page->count - 1 : page->count + 1;
    for (size_t i = 0; i < page->count; i++) {
        rows += page->boxes[i].rows;
    }
    return rows;
}

static void draw_border(const struct page *page, size_t row, const char *left,
                        const char *right, const char *middle)
{
    size_t at = page->map->area.column + GUTTER;
    canvas_fill(page->canvas, at, row, page->width, ROLE_DIM, glyphs_rule(page->canvas->ascii));
    parts_glyph(page->canvas, at, row, ROLE_DIM, left);
    parts_glyph(page->canvas, at + page->width - 1, row, ROLE_DIM, right);
    if (middle != NULL) {
        parts_glyph(page->canvas, at + page->width / 2, row, ROLE_DIM, middle);
    }
}

/* What a chart row says from a column on, and that it stands there. */
static void draw_step(const struct page *page, size_t index, size_t column, size_t row,
                      struct rectangle cells)
{
    const struct chart_row *of = &page->chart->rows[index];
    struct canvas *canvas = page->canvas;
    const struct rectangle *area = &page->map->area;
    size_t end = cells.column + cells.columns, words = column + page->number;
    if (of->step->number != NULL) {
        canvas_text(canvas, column, row, page->number, ROLE_TITLE, of->step->number);
    } else {
        words = column;
    }
    (void)parts_wrapped(canvas, words, row, end - words, cells.rows, ROLE_TEXT,
                        of->step->words);
    for (size_t i = row; i < row + cells.rows; i++) {
        for (size_t j = cells.column; j < end; j++) {
            page->map->row_of[(i - area->row) * area->columns + j - area->column] = index;
        }
    }
    if (of->kind != ROW_SPACE && page->selected.kind != OF_NOTHING &&
        identity_equal(of->of, page->selected)) {
        canvas_fill(canvas, column - 1, row, 1, ROLE_SELECTED, glyphs_selected(canvas->ascii));
        for (size_t i = 0; i < cells.rows; i++) {
            canvas_select(canvas, column, row + i, end - column);
        }
        canvas->cursor_column = column - 1;
        canvas->cursor_row = row;
    }
}

/* The sides, the step's own text, and its branches at the right. */
static void draw_inside(const struct page *page, const struct box *box, size_t row)
{
    size_t left = page->map->area.column + GUTTER, right = left + page->width - 1;
    size_t end = page->map->area.column + page->map->area.columns, at = row;
    for (size_t i = 0; i < box->rows; i++) {
        parts_glyph(page->canvas, left, row + i, ROLE_DIM, "│");
        parts_glyph(page->canvas, right, row + i, ROLE_DIM, "│");
    }
    draw_step(page, box->first, left + 1 + PAD, row,
              (struct rectangle){left + 1, row, page->width - 2 - PAD, box->lines});
    for (size_t i = box->first + 1; i < box->end; i++) {
        if (words_width(page, &page->chart->rows[i]) > 0) {
            bool has_arrow = page->chart->rows[i].step->number != NULL;
            parts_glyph(page->canvas, right, at, ROLE_DIM, has_arrow ? "├" : "│");
            parts_glyph(page->canvas, right + 1, at, ROLE_DIM, has_arrow ? "─" : " ");
            parts_glyph(page->canvas, right + 2, at, ROLE_DIM, has_arrow ? "►" : " ");
            draw_step(page, i, right + ARROW, at,
                      (struct rectangle){right + 3, at, end - right - 3, 1});
            at++;
        }
    }
}

static void draw_boxes(const struct page *page, size_t row)
{
    for (size_t i = 0; i < page->count; i++) {
        if (i == 0 || page->is_roomy) {
            draw_border(page, row++, "┌", "┐", NULL);
        }
        draw_inside(page, &page->boxes[i], row);
        row += page->boxes[i].rows;
        bool is_last = i + 1 == page->count;
        if (is_last || page->is_roomy) {
            draw_border(page, row++, "└", "┘", NULL);
        } else {
            draw_border(page, row++, "├", "┤", "▼");
        }
        if (!is_last && page->is_roomy) {
            parts_glyph(page->canvas, page->map->area.column + GUTTER + page->width / 2, row++,
                        ROLE_DIM, "▼");
        }
    }
}

bool parts_draw_flow(struct canvas *canvas, const struct chart *chart,
                     const struct paint_state *state, struct arena *arena,
                     struct paint_map *map)
{
    struct page page = {
        .canvas = canvas, .chart = chart, .map = map, .selected = state->selected};
    const struct rectangle *area = &map->area;
    if (area->columns < COLUMNS_LEAST || !lay_out_columns(&page)) {
        return false;
    }
    find_boxes(&page, arena);
    if (page.count == 0 || height_of(&page, false) + 1 > area->rows) {
        return false;
    }
    page.is_roomy = height_of(&page, true) + 1 <= area->rows;
    size_t cells = area->columns * area->rows;
    map->row_of = arena_get(arena, cells, sizeof *map->row_of);
    for (size_t i = 0; i < cells; i++) {
        map->row_of[i] = CHART_NO_MARK;
    }
    struct rectangle title = {area->column + GUTTER, area->row, area->columns - GUTTER, 1};
    (void)parts_title(canvas, title, ROLE_DIM, chart->title);
    draw_boxes(&page, area->row + 1);
    return true;
}
