#include "ui/painter_parts.h"

#include "base/memory.h"
#include "base/text.h"
#include "ui/glyphs.h"
#include <string.h>

size_t parts_wrapped(struct canvas *canvas, size_t column, size_t row, size_t columns,
                     size_t limit, enum role role, const char *text)
{
    char *prepared = glyphs_text(text, canvas->ascii);
    const char *rest = prepared;
    size_t lines = 0;
    while (*rest != '\0' && columns > 1 && (limit == 0 || lines < limit)) {
        size_t next;
        size_t length = text_line(rest, columns, &next);
        if (limit > 0) {
            bool is_cut = lines + 1 == limit && rest[next] != '\0';
            char *line = is_cut ? text_fit(rest, columns, canvas->ascii)
                                : memory_copy_bytes(rest, length);
            canvas_text(canvas, column, row + lines, columns, role, line);
            memory_free(line);
        }
        rest += next;
        lines++;
    }
    memory_free(prepared);
    return lines;
}

/* Takes the second of three parts or more, " · " between them, out of a title. */
static bool drop_part(char *title)
{
    static const char between[] = " · ";
    char *second = strstr(title, between);
    char *third = second == NULL ? NULL : strstr(second + strlen(between), between);
    if (third == NULL) {
        return false;
    }
    memmove(second, third, strlen(third) + 1);
    return true;
}

size_t parts_title(struct canvas *canvas, struct rectangle place, enum role role,
                   const char *text)
{
    char *title = memory_copy_text(text);
    size_t lines;
    while ((lines = parts_wrapped(canvas, 0, 0, place.columns, 0, role, title)) > place.rows &&
           drop_part(title)) {
    }
    (void)parts_wrapped(canvas, place.column, place.row, place.columns, place.rows, role,
                        title);
    memory_free(title);
    return lines < place.rows ? lines : place.rows;
}

void parts_note_mark(struct paint_map *map, size_t row, size_t first, size_t last, size_t mark)
{
    const struct rectangle *area = &map->area;
    if (row < area->row || row >= area->row + area->rows) {
        return;
    }
    for (size_t column = first; column <= last; column++) {
        if (column >= area->column && column < area->column + area->columns) {
            map->mark[(row - area->row) * area->columns + column - area->column] = mark;
        }
    }
}

static struct rectangle clipped(const struct canvas *canvas, struct rectangle area)
{
    size_t columns = area.column < canvas->columns ? canvas->columns - area.column : 0;
    size_t rows = area.row < canvas->rows ? canvas->rows - area.row : 0;
    area.columns = area.columns < columns ? area.columns : columns;
    area.rows = area.rows < rows ? area.rows : rows;
    return area;
}

struct paint_map painter_draw(struct canvas *canvas, struct rectangle area,
                              const struct chart *chart, struct paint_state *state,
                              struct arena *arena)
{
    struct paint_map map = {.area = clipped(canvas, area)};
    size_t cells = map.area.columns * map.area.rows;
    map.mark = arena_get(arena, cells, sizeof *map.mark);
    map.row = arena_get(arena, map.area.rows, sizeof *map.row);
    for (size_t i = 0; i < cells; i++) {
        map.mark[i] = CHART_NO_MARK;
    }
    for (size_t i = 0; i < map.area.rows; i++) {
        map.row[i] = CHART_NO_MARK;
    }
    bool is_xy = chart->y.lower < chart->y.upper;
    if (cells > 0 && chart->is_flow && parts_draw_flow(canvas, chart, state, arena, &map)) {
        return map;
    }
    if (cells > 0 && chart->path != NULL && parts_draw_path(canvas, chart, map.area)) {
        return map;
    }
    if (cells > 0) {
        (chart->grid_count > 0 ? parts_draw_grid
         : is_xy               ? parts_draw_xy
                               : parts_draw_rows)(canvas, chart, state, arena, &map);
    }
    return map;
}

size_t painter_rows_enough(const struct chart *chart, size_t columns)
{
    if (chart->y.lower < chart->y.upper) { /* points and lines: about half as high as wide */
        size_t rows = columns / 4 + 4;
        return (rows < 20 ? 20 : rows > 44 ? 44 : rows) + 2 * chart->note_count;
    }
    return chart->row_count + 10 + 4 * chart->note_count;
}
