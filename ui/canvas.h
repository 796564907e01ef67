/*
 * A grid of character cells, drawn into by every view and chart, shown by the terminal or
 * printed as text. In: texts with roles. Out: cells. A cell holds a grapheme, its width and a
 * role, never a colour. Writing over half of a wide grapheme blanks the other half.
 */
#ifndef UI_CANVAS_H
#define UI_CANVAS_H

#include "base/text.h"
#include <stdbool.h>
#include <stddef.h>

/* What a cell means; the terminal turns a role into colour, weight or both. Twelve and no more.
 */
enum role {
    ROLE_TEXT,
    ROLE_DIM,      /* secondary: units, guides */
    ROLE_TITLE,    /* the title line */
    ROLE_HEADING,  /* headings of columns and sections */
    ROLE_SELECTED, /* the row under the cursor */
    ROLE_NULL,     /* the line of no effect */
    ROLE_LESS,     /* an interval below the null: bold and filled too */
    ROLE_MORE,     /* an interval above the null */
    ROLE_UNSURE,   /* an interval that contains the null */
    ROLE_SUMMARY,  /* diamonds: several variants together */
    ROLE_WARNING,  /* SIMULATED, exclusions by hand, failed checks */
    ROLE_KEY,      /* key names in the key line */
    ROLE_COUNT
};

struct cell {
    char *grapheme;      /* owned; NULL is a space or the right half of a wide one */
    char bytes[12];      /* where it is, unless it is longer */
    unsigned char width; /* 1 or 2; 0: right half */
    unsigned char role;
    bool is_selected; /* lies under the cursor: drawn reversed or underlined */
};

struct canvas {
    size_t columns, rows;
    struct cell *cells;               /* row by row */
    bool ascii;                       /* glyphs outside ASCII are not to be used */
    size_t cursor_column, cursor_row; /* where the hardware cursor goes */
};

/* The caller ends it with canvas_destroy. */
struct canvas *canvas_create(size_t columns, size_t rows, bool ascii);
void canvas_destroy(struct canvas *canvas);
void canvas_clear(struct canvas *canvas);

/*
 * Writes text (made clean first) from (column, row), clipped to `limit` columns and to the
 * canvas. Returns the columns used.
 */
size_t canvas_text(struct canvas *canvas, size_t column, size_t row, size_t limit,
                   enum role role, const char *text);
/* The same, its right end at column + limit. */
void canvas_text_right(struct canvas *canvas, size_t column, size_t row, size_t limit,
                       enum role role, const char *text);
/* One grapheme of width 1, `count` times. */
void canvas_fill(struct canvas *canvas, size_t column, size_t row, size_t count, enum role role,
                 const char *grapheme);
/* Marks `count` cells as lying under the cursor. */
void canvas_select(struct canvas *canvas, size_t column, size_t row, size_t count);

/* The cell at a place inside the canvas. */
const struct cell *canvas_cell(const struct canvas *canvas, size_t column, size_t row);

/* The canvas as lines of text without trailing spaces; with `roles`, a second grid of role
 * letters follows (for stored screens). The caller frees it. */
char *canvas_as_text(const struct canvas *canvas, bool roles);

#endif
