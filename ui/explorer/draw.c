#include "ui/explorer/draw.h"

#include "base/memory.h"
#include "ui/glyphs.h"
#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static size_t room(const struct drawing *drawing, size_t column)
{
    return column < drawing->area.columns ? drawing->area.columns - column : 0;
}

size_t draw_text(const struct drawing *drawing, size_t column, size_t row, enum role role,
                 const char *text)
{
    if (row >= drawing->area.rows) {
        return 0;
    }
    return canvas_text(drawing->canvas, drawing->area.column + column, drawing->area.row + row,
                       room(drawing, column), role, text);
}

size_t draw_format(const struct drawing *drawing, size_t column, size_t row, enum role role,
                   const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    size_t size = (size_t)(length < 0 ? 0 : length) + 1;
    char *text = arena_get(drawing->scratch, size, 1);
    va_start(arguments, format);
    (void)vsnprintf(text, size, format, arguments);
    va_end(arguments);
    return draw_text(drawing, column, row, role, text);
}

void draw_right(const struct drawing *drawing, size_t column, size_t row, size_t columns,
                enum role role, const char *text)
{
    if (row < drawing->area.rows && columns <= room(drawing, column)) {
        canvas_text_right(drawing->canvas, drawing->area.column + column,
                          drawing->area.row + row, columns, role, text);
    }
}

void draw_fit(const struct drawing *drawing, size_t column, size_t row, size_t columns,
              enum role role, const char *text)
{
    char *plain = glyphs_text(text, drawing->canvas->ascii);
    char *fitting = text_fit(plain, columns, drawing->canvas->ascii);
    (void)draw_text(drawing, column, row, role, fitting);
    memory_free(fitting);
    memory_free(plain);
}

/* Where the brackets at the end of a name begin, with the blank before them; or NULL. */
static const char *brackets_of(const char *name)
{
    const char *at = strrchr(name, '(');
    return at != NULL && at > name + 1 && at[-1] == ' ' && name[strlen(name) - 1] == ')'
               ? at - 1
               : NULL;
}

void draw_fit_name(const struct drawing *drawing, size_t column, size_t row, size_t columns,
                   enum role role, const char *name)
{
    const char *brackets = brackets_of(name);
    size_t tail = brackets == NULL ? 0 : draw_width(drawing, brackets);
    if (tail == 0 || 2 * tail > columns || draw_width(drawing, name) <= columns) {
        draw_fit(drawing, column, row, columns, role, name);
        return;
    }
    draw_fit(drawing, column, row, columns - tail, role,
             arena_bytes(drawing->scratch, name, (size_t)(brackets - name)));
    (void)draw_text(drawing, column + columns - tail, row, role, brackets);
}

size_t draw_block(const struct drawing *drawing, size_t column, size_t row, size_t columns,
                  size_t limit, enum role role, const char *text)
{
    size_t lines = 0;
    columns = columns < room(drawing, column) ? columns : room(drawing, column);
    char *plain = glyphs_text(text, drawing->canvas->ascii);
    const char *rest = plain;
    while (*rest != '\0' && columns > 1 && lines < limit) {
        size_t next, length = text_line(rest, columns, &next);
        bool is_cut = lines + 1 == limit && rest[next] != '\0';
        if (is_cut) {
            draw_fit(drawing, column, row + lines++, columns, role, rest);
            break;
        }
        (void)draw_text(drawing, column, row + lines++, role,
                        arena_bytes(drawing->scratch, rest, length));
        rest += next;
    }
    memory_free(plain);
    return lines;
}

size_t draw_lines(const struct drawing *drawing, size_t columns, const char *text)
{
    size_t lines = 0;
    char *plain = glyphs_text(text, drawing->canvas->ascii);
    for (const char *rest = plain; *rest != '\0' && columns > 1; lines++) {
        size_t next;
        (void)text_line(rest, columns, &next);
        rest += next;
    }
    memory_free(plain);
    return lines;
}

const char *draw_one_line(const struct drawing *drawing, size_t columns, const char **rest)
{
    size_t next, length = text_line(*rest, columns, &next);
    const char *line = arena_bytes(drawing->scratch, *rest, length);
    *rest += next;
    return line;
}

const char *draw_skip_lines(const struct drawing *drawing, size_t columns, size_t lines,
                            const char *text)
{
    char *plain = glyphs_text(text, drawing->canvas->ascii);
    const char *rest = arena_text(drawing->scratch, plain);
    memory_free(plain);
    for (; lines > 0 && *rest != '\0'; lines--) {
        (void)draw_one_line(drawing, columns, &rest);
    }
    return rest;
}

size_t draw_wrapped(const struct drawing *drawing, size_t column, size_t row, enum role role,
                    const char *text)
{
    return draw_block(drawing, column, row, drawing->area.columns, SIZE_MAX, role, text);
}

void draw_effect(const struct drawing *drawing, size_t column, size_t row, size_t columns,
                 const struct estimate *effect)
{
    bool is_null = effect->contains_null;
    enum role role = is_null ? ROLE_UNSURE : effect->b < 0 ? ROLE_LESS : ROLE_MORE;
    const char *text = chart_interval(effect->b, effect->lower, effect->upper, is_null, false,
                                      drawing->scratch);
    size_t pad = text[0] != '-' && draw_width(drawing, text) + 2 < columns ? 1 : 0;
    draw_text(drawing, column, row, role, is_null ? "□" : "■");
    draw_fit(drawing, column + 2 + pad, row, columns - 2 - pad, role, text);
}

void draw_rule(const struct drawing *drawing, size_t row)
{
    if (row < drawing->area.rows) {
        canvas_fill(drawing->canvas, drawing->area.column, drawing->area.row + row,
                    drawing->area.columns, ROLE_DIM, glyphs_rule(drawing->canvas->ascii));
    }
}

void draw_selected(const struct drawing *drawing, size_t row)
{
    if (row >= drawing->area.rows) {
        return;
    }
    struct canvas *canvas = drawing->canvas;
    (void)draw_text(drawing, 0, row, ROLE_SELECTED, glyphs_selected(canvas->ascii));
    canvas_select(canvas, drawing->area.column, drawing->area.row + row, drawing->area.columns);
    canvas->cursor_column = drawing->area.column;
    canvas->cursor_row = drawing->area.row + row;
}

static void draw_edge(const struct drawing *drawing, struct rectangle box, size_t row,
                      const char *left, const char *right)
{
    struct canvas *canvas = drawing->canvas;
    canvas_fill(canvas, box.column, row, box.columns, ROLE_DIM, glyphs_rule(canvas->ascii));
    (void)canvas_text(canvas, box.column, row, 1, ROLE_DIM, canvas->ascii ? "+" : left);
    (void)canvas_text(canvas, box.column + box.columns - 1, row, 1, ROLE_DIM,
                      canvas->ascii ? "+" : right);
}

struct rectangle draw_box(const struct drawing *drawing, struct rectangle box,
                          const char *title)
{
    struct canvas *canvas = drawing->canvas;
    if (box.columns < 4 || box.rows < 3) {
        return (struct rectangle){box.column, box.row, 0, 0};
    }
    draw_edge(drawing, box, box.row, "┌", "┐");
    for (size_t i = 1; i + 1 < box.rows; i++) {
        canvas_fill(canvas, box.column, box.row + i, box.columns, ROLE_TEXT, " ");
        (void)canvas_text(canvas, box.column, box.row + i, 1, ROLE_DIM, "│");
        (void)canvas_text(canvas, box.column + box.columns - 1, box.row + i, 1, ROLE_DIM, "│");
    }
    draw_edge(drawing, box, box.row + box.rows - 1, "└", "┘");
    (void)canvas_text(canvas, box.column + 2, box.row, box.columns - 4, ROLE_TITLE,
                      arena_format(drawing->scratch, " %s ", title));
    return (struct rectangle){box.column + 1, box.row + 1, box.columns - 2, box.rows - 2};
}

struct drawing draw_part(const struct drawing *drawing, size_t row, size_t rows)
{
    struct drawing part = *drawing;
    size_t most = row < drawing->area.rows ? drawing->area.rows - row : 0;
    part.area.row += row;
    part.area.rows = rows < most ? rows : most;
    return part;
}

size_t draw_width(const struct drawing *drawing, const char *text)
{
    char *plain = glyphs_text(text, drawing->canvas->ascii);
    size_t width = text_width(plain);
    memory_free(plain);
    return width;
}

const char *draw_keys(const struct drawing *drawing, const char *sentence)
{
    char *said = keymap_said(&drawing->state->keymap, sentence);
    const char *kept = arena_text(drawing->scratch, said);
    memory_free(said);
    return kept;
}

const char *draw_thousands(double n, struct arena *arena)
{
    if (isnan(n)) {
        return "-";
    }
    const char *digits = arena_format(arena, "%.0f", n);
    size_t length = strlen(digits), used = 0;
    char *text = arena_get(arena, length + length / 3 + 1, 1);
    for (size_t i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0) {
            text[used++] = ',';
        }
        text[used++] = digits[i];
    }
    return text;
}
