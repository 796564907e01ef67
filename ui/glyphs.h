/*
 * Glyphs and their likeness in ASCII, for terminals where box glyphs are two columns wide.
 * In: text as views write it. Out: the same where glyphs may be used; otherwise each narrow
 * grapheme outside ASCII becomes its likeness, or `?`. Wide graphemes are not in doubt and
 * stay.
 */
#ifndef UI_GLYPHS_H
#define UI_GLYPHS_H

#include <stdbool.h>

/* A clean copy of `text` for a canvas; the caller frees it. NULL gives an empty text. */
char *glyphs_text(const char *text, bool ascii);

/* What an interval is drawn with. */
struct interval_glyphs {
    const char *left, *right; /* ends */
    const char *line;
    const char *cross; /* where it crosses the null */
    const char *marker, *small_marker;
    const char *left_arrow, *right_arrow; /* clipped */
};

/* STYLE_BARE: an effect without an interval, of which it is unknown whether it holds the null.
 */
enum interval_style { STYLE_SINGLE, STYLE_SUMMARY, STYLE_PREDICTION, STYLE_BARE };

/* Thin and hollow when it contains the null, bold and filled when it does not. */
const struct interval_glyphs *glyphs_interval(enum interval_style style, bool contains_null,
                                              bool ascii);

/* The line of no effect, a guide, a rule between sections, the selected row. */
const char *glyphs_null(bool ascii);
const char *glyphs_guide(bool ascii);
const char *glyphs_rule(bool ascii);
const char *glyphs_selected(bool ascii);

/* A cell more or less dark, 0 (empty) to 4. */
const char *glyphs_shade(unsigned level, bool ascii);

/* `eighths` (0 to 8) of a full cell, from the left; in ASCII half and more is full. */
const char *glyphs_bar(unsigned eighths, bool ascii);

#endif
