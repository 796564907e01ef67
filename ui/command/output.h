/*
 * What leaves the program: text on standard output, lines on standard error.
 * In: text. Out: all of it, or an error (a full disk). Nothing is printed before the input is
 * known to be good.
 */
#ifndef UI_COMMAND_OUTPUT_H
#define UI_COMMAND_OUTPUT_H

#include "base/error.h"
#include "base/text.h"

/* Makes sure that no file can become standard input, output or error by being opened. */
void output_start(void);

/* Prints the text and empties it. */
MUST_USE bool output_print(struct text *text, struct error *error);

/* Tells standard output to keep what it was given. */
MUST_USE bool output_finish(struct error *error);

/* "taxamr: LINE" on standard error. */
void output_complain(const char *line);

/* Whether standard output is a terminal, and how wide: `wanted` unless 0, its own width, or
 * 100. */
bool output_is_terminal(void);
size_t output_width(size_t wanted);

#endif
