/*
 * Escape sequences that set colours and weights (SGR).
 * In: what a program sent to its terminal. Out: what all of them ask for together, as bits.
 */
#ifndef TESTS_SGR_H
#define TESTS_SGR_H

/* The bits 0 to 7 are the first eight colours as foreground. */
enum {
    SGR_RED = 1 << 1,
    SGR_YELLOW = 1 << 3,
    SGR_BLUE = 1 << 4,
    SGR_MAGENTA = 1 << 5,
    SGR_CYAN = 1 << 6,
    SGR_BRIGHT = 1 << 8, /* 8 to 15 */
    SGR_INDEXED = 1 << 9,
    SGR_RGB = 1 << 10,
    SGR_BACKGROUND = 1 << 11, /* any */
    SGR_BOLD = 1 << 12,
    SGR_REVERSED = 1 << 13,
    SGR_COLOURS = (1 << 12) - 1
};

int sgr_asked(const char *output);

#endif
