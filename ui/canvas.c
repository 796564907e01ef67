#include "ui/canvas.h"

#include "base/memory.h"
#include "ui/glyphs.h"
#include <string.h>

struct canvas *canvas_create(size_t columns, size_t rows, bool ascii)
{
    struct canvas *canvas = memory_get(1, sizeof *canvas);
    canvas->columns = columns;
    canvas->rows = rows;
    canvas->ascii = ascii;
    canvas->cells = memory_get(memory_product(columns, rows), sizeof *canvas->cells);
    canvas_clear(canvas);
    return canvas;
}

void canvas_destroy(struct canvas *canvas)
{
    if (canvas == NULL) {
        return;
    }
    canvas_clear(canvas);
    memory_free(canvas->cells);
    memory_free(canvas);
}

static void blank(struct cell *cell)
{
    if (cell->grapheme != cell->bytes) {
        memory_free(cell->grapheme);
    }
    cell->grapheme = NULL;
    cell->width = 1;
    cell->role = ROLE_TEXT;
}

void canvas_clear(struct canvas *canvas)
{
    for (size_t i = 0; i < canvas->columns * canvas->rows; i++) {
        blank(&canvas->cells[i]);
        canvas->cells[i].is_selected = false;
    }
    canvas->cursor_column = 0;
    canvas->cursor_row = 0;
}

static struct cell *cell_at(const struct canvas *canvas, size_t column, size_t row)
{
    return &canvas->cells[row * canvas->columns + column];
}

/* Empties a cell, and with it the other half of a wide grapheme. */
static void make_room(struct canvas *canvas, size_t column, size_t row)
{
    struct cell *cell = cell_at(canvas, column, row);
    if (cell->width == 0 && column > 0) {
        blank(cell - 1);
    } else if (cell->width == 2 && column + 1 < canvas->columns) {
        blank(cell + 1);
    }
    blank(cell);
}

/* The caller has made sure that `width` columns are there. */
static void put(struct canvas *canvas, size_t column, size_t row, enum role role,
                const char *grapheme, size_t length, int width)
{
    for (size_t i = 0; i < (size_t)width; i++) {
        make_room(canvas, column + i, row);
        cell_at(canvas, column + i, row)->role = (unsigned char)role;
    }
    struct cell *cell = cell_at(canvas, column, row);
    cell->width = (unsigned char)width;
    if (length < sizeof cell->bytes && (length != 1 || *grapheme != ' ')) {
        memcpy(cell->bytes, grapheme, length);
        cell->bytes[length] = '\0';
        cell->grapheme = cell->bytes;
    } else if (length >= sizeof cell->bytes) {
        cell->grapheme = memory_copy_bytes(grapheme, length);
    }
    if (width == 2) {
        cell[1].width = 0;
    }
}

static size_t room_in(const struct canvas *canvas, size_t column, size_t row, size_t limit)
{
    if (row >= canvas->rows || column >= canvas->columns) {
        return 0;
    }
    size_t room = canvas->columns - column;
    return room < limit ? room : limit;
}

static size_t write_prepared(struct canvas *canvas, size_t column, size_t row, size_t limit,
                             enum role role, const char *text)
{
    size_t room = room_in(canvas, column, row, limit);
    size_t used = 0, left = strlen(text);
    while (left > 0) {
        int width;
        size_t taken = text_grapheme(text, left, &width);
        if (used + (size_t)width > room) {
            break;
        }
        if (width > 0) {
            put(canvas, column + used, row, role, text, taken, width);
        }
        used += (size_t)width;
        text += taken;
        left -= taken;
    }
    return used;
}

size_t canvas_text(struct canvas *canvas, size_t column, size_t row, size_t limit,
                   enum role role, const char *text)
{
    char *prepared = glyphs_text(text, canvas->ascii);
    size_t used = write_prepared(canvas, column, row, limit, role, prepared);
    memory_free(prepared);
    return used;
}

void canvas_text_right(struct canvas *canvas, size_t column, size_t row, size_t limit,
                       enum role role, const char *text)
{
    char *prepared = glyphs_text(text, canvas->ascii);
    size_t width = text_width(prepared);
    size_t indent = width < limit ? limit - width : 0;
    (void)write_prepared(canvas, column + indent, row, limit - indent, role, prepared);
    memory_free(prepared);
}

void canvas_fill(struct canvas *canvas, size_t column, size_t row, size_t count, enum role role,
                 const char *grapheme)
{
    size_t room = room_in(canvas, column, row, count);
    for (size_t i = 0; i < room; i++) {
        put(canvas, column + i, row, role, grapheme, strlen(grapheme), 1);
    }
}

void canvas_select(struct canvas *canvas, size_t column, size_t row, size_t count)
{
    size_t room = room_in(canvas, column, row, count);
    for (size_t i = 0; i < room; i++) {
        cell_at(canvas, column + i, row)->is_selected = true;
    }
}

const struct cell *canvas_cell(const struct canvas *canvas, size_t column, size_t row)
{
    return cell_at(canvas, column, row);
}

/* Lower case of a role; upper case where the cell is selected. */
static char role_letter(const struct cell *cell)
{
    static const char letters[] = "tdlhsnbaumwk";
    char letter = letters[cell->role];
    if (cell->is_selected) {
        return (char)(letter - 'a' + 'A');
    }
    return cell->grapheme == NULL && cell->width == 1 ? ' ' : letter;
}

static void add_cell(struct text *text, const struct cell *cell, bool as_role)
{
    if (as_role) {
        char letter = role_letter(cell);
        text_add_bytes(text, &letter, 1);
    } else if (cell->width > 0) {
        text_add(text, cell->grapheme == NULL ? " " : cell->grapheme);
    }
}

static void add_grid(struct text *text, const struct canvas *canvas, bool as_roles)
{
    for (size_t row = 0; row < canvas->rows; row++) {
        size_t start = text->length;
        for (size_t column = 0; column < canvas->columns; column++) {
            add_cell(text, cell_at(canvas, column, row), as_roles);
        }
        while (text->length > start && text->bytes[text->length - 1] == ' ') {
            text->bytes[--text->length] = '\0';
        }
        text_add(text, "\n");
    }
}

char *canvas_as_text(const struct canvas *canvas, bool roles)
{
    struct text text = {0};
    add_grid(&text, canvas, false);
    if (roles) {
        text_add(&text, "--\n");
        add_grid(&text, canvas, true);
    }
    return text_take(&text);
}
