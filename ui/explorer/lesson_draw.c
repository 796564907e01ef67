#include "ui/explorer/lesson_view.h"

#include "base/i18n.h"
#include "ui/glyphs.h"

enum {
    WIDE = 100,     /* columns from which words and chart stand side by side */
    MOST_TEXT = 64, /* columns of words beside a chart */
    CHART_ROWS = 9, /* a chart is not drawn lower than this */
    TALL = 20,      /* rows from which it has a place below the words */
};

static struct drawing part_of(const struct drawing *drawing, struct rectangle area)
{
    struct drawing part = *drawing;
    part.area = area;
    return part;
}

/* The line on top, so that what matters is in sight. */
static void scroll_to(struct lesson_view *view, size_t anchor, size_t count, size_t rows)
{
    size_t most = count > rows ? count - rows : 0;
    if (view->is_at_end) {
        view->first = most;
    } else if (anchor > 0 && anchor < view->first) {
        view->first = anchor - 1;
    } else if (anchor >= view->first + rows) {
        view->first = anchor + 1 - rows;
    }
    view->first = view->first < most ? view->first : most;
    view->cut = most - view->first;
}

static void draw_line(const struct lesson_view *view, const struct drawing *drawing,
                      const struct lesson_line *line, size_t row)
{
    draw_fit(drawing, 1 + line->indent, row, drawing->area.columns - 1 - line->indent,
             line->role, line->text);
    if (line->item != LESSON_NO_ITEM && line->item == view->focus) {
        draw_selected(drawing, row);
    }
}

static void draw_words(struct lesson_view *view, const struct drawing *drawing,
                       const struct array *lines, size_t anchor)
{
    size_t rows = drawing->area.rows;
    scroll_to(view, anchor, lines->count, rows);
    for (size_t i = 0; i < rows && view->first + i < lines->count; i++) {
        draw_line(view, drawing, array_at(lines, view->first + i), i);
    }
    bool ascii = drawing->canvas->ascii;
    if (view->first > 0) {
        draw_right(drawing, 0, 0, drawing->area.columns, ROLE_KEY, ascii ? "^" : "▴");
    }
    if (view->cut > 0) {
        draw_right(drawing, 0, rows - 1, drawing->area.columns, ROLE_KEY, ascii ? "v" : "▾");
    }
}

static void draw_chart(struct lesson_view *view, const struct drawing *drawing)
{
    const struct chart *chart = board_chart(view->board, view->is_revealed);
    struct rectangle area = drawing->area;
    if (chart == NULL || area.rows < 3) {
        return;
    }
    view->paint.selected = board_marked(view->board);
    if (view->is_presenting) {
        draw_fit(drawing, 0, 0, area.columns, ROLE_TITLE,
                 board_title(view->board, drawing->scratch));
        area.row++;
        area.rows--;
    }
    (void)painter_draw(drawing->canvas, area, chart, &view->paint, drawing->scratch);
}

static bool has_chart(const struct lesson_view *view)
{
    return lesson_view_step(view)->scene.chart != NULL;
}

/* Words on the left, the chart on the right. */
static void draw_beside(struct lesson_view *view, const struct drawing *drawing)
{
    struct rectangle area = drawing->area, right = area;
    area.columns = area.columns * 9 / 20 < MOST_TEXT ? area.columns * 9 / 20 : MOST_TEXT;
    right.column += area.columns + 2;
    right.columns -= area.columns + 2;
    struct drawing words = part_of(drawing, area), picture = part_of(drawing, right);
    draw_chart(view, &picture);
    size_t anchor;
    struct array lines = lesson_words_of(view, &drawing->state->keymap, LESSON_ALL,
                                         area.columns - 3, drawing->scratch, &anchor);
    draw_words(view, &words, &lines, anchor);
    array_destroy(&lines);
}

/* Words above, the chart below them where there is room for both. */
static void draw_above(struct lesson_view *view, const struct drawing *drawing)
{
    size_t anchor, rows = drawing->area.rows, below = 0;
    struct array lines = lesson_words_of(view, &drawing->state->keymap, LESSON_ALL,
                                         drawing->area.columns - 3, drawing->scratch, &anchor);
    if (has_chart(view) && rows >= TALL) {
        size_t left = lines.count < rows ? rows - lines.count : 0;
        below = left > CHART_ROWS ? left : CHART_ROWS;
    }
    struct drawing words = draw_part(drawing, 0, rows - below);
    struct drawing picture = draw_part(drawing, rows - below, below);
    draw_chart(view, &picture);
    draw_words(view, &words, &lines, anchor);
    array_destroy(&lines);
}

/* A presenter's screen: wide margins, and the words in the middle of its height. */
static void draw_page(struct lesson_view *view, const struct drawing *drawing)
{
    struct rectangle area = drawing->area;
    size_t across = area.columns / 8, down = area.rows / 10;
    bool is_chart = view->page == PAGE_CHART;
    area.column += is_chart ? across / 2 : across;
    area.columns -= is_chart ? across : 2 * across;
    area.row += down;
    area.rows -= 2 * down;
    unsigned parts = is_chart                  ? LESSON_MOVES
                     : view->page == PAGE_TEXT ? LESSON_SAYS
                                               : LESSON_ASKS;
    size_t anchor;
    struct drawing page = part_of(drawing, area);
    struct array lines = lesson_words_of(view, &drawing->state->keymap, parts, area.columns - 3,
                                         drawing->scratch, &anchor);
    size_t height = lines.count < area.rows ? lines.count : area.rows;
    size_t top = is_chart ? area.rows - height : (area.rows - height) / 2;
    struct drawing words = draw_part(&page, top, height);
    if (is_chart) {
        struct drawing picture = draw_part(&page, 0, top);
        draw_chart(view, &picture);
    }
    draw_words(view, &words, &lines, anchor);
    array_destroy(&lines);
}

void lesson_view_draw(struct view *base, const struct drawing *drawing)
{
    struct lesson_view *view = (struct lesson_view *)base;
    view->cut = 0;
    if (view->is_presenting) {
        draw_page(view, drawing);
    } else if (view->is_chart_alone && has_chart(view)) {
        draw_chart(view, drawing);
    } else if (drawing->area.columns >= WIDE && has_chart(view)) {
        draw_beside(view, drawing);
    } else {
        draw_above(view, drawing);
    }
}
