#include "ui/painter_layout.h"

#include <math.h>

enum {
    PLOT_WANTED = 20, /* columns of text are dropped until the plot has this, if there is one */
    PLOT_MOST = 120,
    WIDE = 90, /* from here on two spaces between columns */
};

/* A layout in the making. */
struct page {
    const struct canvas *canvas;
    const struct chart *chart;
    struct rectangle area;
    struct layout layout;
};

bool layout_has_bar(const struct chart *chart, size_t row, size_t column)
{
    return chart->columns[column].is_bar && !isnan(chart->rows[row].shares[column]);
}

/* What a full bar stands for: the least round share that holds every row. */
static double full_share(const struct chart *chart, size_t column)
{
    static const double round_shares[] = {0.01, 0.02, 0.05, 0.1, 0.25, 0.5};
    double most = 0;
    for (size_t i = 0; i < chart->row_count; i++) {
        most =
            layout_has_bar(chart, i, column) ? fmax(most, chart->rows[i].shares[column]) : most;
    }
    for (size_t i = 0; i < sizeof round_shares / sizeof round_shares[0]; i++) {
        if (most <= round_shares[i]) {
            return round_shares[i];
        }
    }
    return 1;
}

/* The width a column would like; 0 when it has no text at all. */
static void measure(struct page *page, size_t column)
{
    const struct chart *chart = page->chart;
    size_t plain = 0, beside_bar = 0;
    bool is_empty = true;
    for (size_t i = 0; i < chart->row_count; i++) {
        bool is_spilling = chart->rows[i].kind == ROW_SPACE;
        const char *cell = is_spilling ? NULL : chart->rows[i].cells[column];
        size_t width = cell == NULL ? 0 : parts_width(page->canvas, cell);
        bool is_bar = layout_has_bar(chart, i, column);
        size_t *widest = is_bar ? &beside_bar : &plain;
        *widest = width > *widest ? width : *widest;
        is_empty = is_empty && width == 0 && !is_bar;
    }
    size_t heading = parts_width(page->canvas, chart->columns[column].heading);
    size_t width = beside_bar > 0 ? LAYOUT_BAR + 1 + beside_bar : 0;
    width = plain > width ? plain : width;
    width = heading > width ? heading : width;
    page->layout.width[column] = is_empty ? 0 : width;
    page->layout.text[column] = beside_bar;
    page->layout.full[column] = chart->columns[column].is_bar ? full_share(chart, column) : 1;
}

static size_t text_columns(const struct page *page)
{
    size_t total = LAYOUT_GUTTER;
    for (size_t i = 0; i < page->chart->column_count; i++) {
        size_t width = page->layout.width[i];
        total += width > 0 ? width + page->layout.gap : 0;
    }
    return total;
}

/* The column to drop next, or CHART_NO_MARK. */
static size_t least_needed(const struct page *page)
{
    size_t found = CHART_NO_MARK;
    int priority = 0;
    for (size_t i = 0; i < page->chart->column_count; i++) {
        if (page->layout.width[i] > 0 && page->chart->columns[i].priority > priority) {
            priority = page->chart->columns[i].priority;
            found = i;
        }
    }
    return found;
}

static void drop_columns(struct page *page)
{
    size_t column;
    size_t plot = page->chart->x.lower < page->chart->x.upper ? PLOT_WANTED : 0;
    while (text_columns(page) + plot > page->area.columns &&
           (column = least_needed(page)) != CHART_NO_MARK) {
        page->layout.width[column] = 0;
    }
    size_t used = text_columns(page);
    size_t *label = &page->layout.width[0];
    if (used + plot > page->area.columns && *label > LAYOUT_LABEL_LEAST) {
        size_t excess = used + plot - page->area.columns;
        *label = *label > LAYOUT_LABEL_LEAST + excess ? *label - excess : LAYOUT_LABEL_LEAST;
    }
}

/* Gives each column that is left its place, the plot between those before and those after. */
static void place_columns(struct page *page)
{
    struct layout *layout = &page->layout;
    size_t used = text_columns(page);
    size_t room = page->area.columns > used ? page->area.columns - used : 0;
    size_t at = page->area.column + LAYOUT_GUTTER;
    for (int is_after = 0; is_after < 2; is_after++) {
        if (is_after) {
            layout->plot_at = at;
            layout->plot = room < PLOT_MOST ? room : PLOT_MOST;
            at += layout->plot + layout->gap;
        }
        for (size_t i = 0; i < page->chart->column_count; i++) {
            if (page->chart->columns[i].is_after == is_after && layout->width[i] > 0) {
                layout->at[i] = at;
                at += layout->width[i] + layout->gap;
            }
        }
    }
}

struct layout layout_of(const struct canvas *canvas, const struct chart *chart,
                        struct rectangle area, struct arena *arena)
{
    size_t count = chart->column_count;
    struct page page = {.canvas = canvas, .chart = chart, .area = area};
    struct layout *layout = &page.layout;
    layout->width = arena_get(arena, count, sizeof *layout->width);
    layout->at = arena_get(arena, count, sizeof *layout->at);
    layout->text = arena_get(arena, count, sizeof *layout->text);
    layout->full = arena_get(arena, count, sizeof *layout->full);
    layout->gap = area.columns >= WIDE ? 2 : 1;
    for (size_t i = 0; i < count; i++) {
        measure(&page, i);
    }
    if (count > 0) {
        drop_columns(&page);
    }
    place_columns(&page);
    return page.layout;
}
