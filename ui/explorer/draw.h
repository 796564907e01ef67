/*
 * What views draw with: texts at places inside their own rectangle.
 * In: a drawing and places counted from its corner. Out: cells; nothing outside the rectangle.
 */
#ifndef UI_EXPLORER_DRAW_H
#define UI_EXPLORER_DRAW_H

#include "ui/explorer/view.h"

/* A text; formatted; at the right end of `columns`. The first two return the columns used. */
size_t draw_text(const struct drawing *drawing, size_t column, size_t row, enum role role,
                 const char *text);
size_t draw_format(const struct drawing *drawing, size_t column, size_t row, enum role role,
                   const char *format, ...) __attribute__((format(printf, 5, 6)));
void draw_right(const struct drawing *drawing, size_t column, size_t row, size_t columns,
                enum role role, const char *text);

/* A text cut to `columns`, with a sign that it was cut. */
void draw_fit(const struct drawing *drawing, size_t column, size_t row, size_t columns,
              enum role role, const char *text);

/* The same for a name: what it has in brackets at its end, which tells it from others, stays
 * where that leaves half of the room for the rest. */
void draw_fit_name(const struct drawing *drawing, size_t column, size_t row, size_t columns,
                   enum role role, const char *name);

/* A text in as many lines as it needs; returns how many. */
size_t draw_wrapped(const struct drawing *drawing, size_t column, size_t row, enum role role,
                    const char *text);

/* The same in a block of `columns`, at most `limit` lines; a sign stands where the last was
 * cut. How many lines it would need there. */
size_t draw_block(const struct drawing *drawing, size_t column, size_t row, size_t columns,
                  size_t limit, enum role role, const char *text);
size_t draw_lines(const struct drawing *drawing, size_t columns, const char *text);

/* What is left of a text behind so many lines of it; its next line, taken off *rest. Both in
 * the drawing's memory. */
const char *draw_skip_lines(const struct drawing *drawing, size_t columns, size_t lines,
                            const char *text);
const char *draw_one_line(const struct drawing *drawing, size_t columns, const char **rest);

/* An effect with its interval and the mark of its kind before it, in `columns`; without its
 * sign it begins where others have their first digit. */
void draw_effect(const struct drawing *drawing, size_t column, size_t row, size_t columns,
                 const struct estimate *effect);

/* A line across. */
void draw_rule(const struct drawing *drawing, size_t row);

/* Marks a row as the one under the cursor: its sign, its cells, the hardware cursor. */
void draw_selected(const struct drawing *drawing, size_t row);

/* An empty box for a dialogue, with a title; returns the rectangle inside. */
struct rectangle draw_box(const struct drawing *drawing, struct rectangle box,
                          const char *title);

/* The same drawing in a part of it. */
struct drawing draw_part(const struct drawing *drawing, size_t row, size_t rows);

/* 16,312: a count with its thousands told apart, "-" when unknown; in `arena`. */
const char *draw_thousands(double n, struct arena *arena);

/* A sentence with the keys of the {actions} that it names, in the drawing's memory. */
const char *draw_keys(const struct drawing *drawing, const char *sentence);

/* Columns that a text takes on this canvas. */
size_t draw_width(const struct drawing *drawing, const char *text);

#endif
