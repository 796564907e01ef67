/*
 * The palette: blue and orange, never red against green, readable on a light and on a dark
 * background. In: a role and what the terminal can show. Out: the number of a colour there. No
 * colour ever stands alone: terminal.c gives each role a weight too.
 */
#ifndef UI_TERMINAL_COLORS_H
#define UI_TERMINAL_COLORS_H

#include "ui/canvas.h"

/* Colours that a terminal has: 8, 16 (or 88), 256, or red, green and blue in one number. */
enum palette { PALETTE_8, PALETTE_16, PALETTE_256, PALETTE_DIRECT };

/* The palette for so many colours. */
enum palette colors_palette(long colors);

/* The colour of a role, -1 for the terminal's own. Colours out of 256 can be read on both
 * backgrounds; those out of 16 differ. */
int colors_of(enum role role, enum palette palette, bool is_light);

/* Whether the value of COLORFGBG ("15;0", "0;default;15"), which some terminals set, says that
 * the background is light; false when NULL or unknown. */
bool colors_is_light(const char *colorfgbg);

#endif
