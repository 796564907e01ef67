/*
 * What must happen to a terminal whatever happens to the program.
 * In: the modes and the text that put it back. Out: signals that end the program put it back
 * first; those that only inform (resize, stop, continue) arrive as bytes in a pipe.
 */
#ifndef UI_TERMINAL_GUARD_H
#define UI_TERMINAL_GUARD_H

#include "base/error.h"
#include <termios.h>

/* Remembers the modes of `descriptor`, and catches signals. */
MUST_USE bool guard_open(int descriptor, struct error *error);

/* What is written to put the terminal back, besides its modes. Copied. */
void guard_set_restore(const char *text);

/* Puts the terminal back at once; only calls that a signal handler may make. */
void guard_restore(void);

/* The modes as they were found. */
const struct termios *guard_modes(void);

/* The end of the pipe to poll; one byte a signal. */
int guard_descriptor(void);

/* The next signal that arrived, 0 when none is left. */
int guard_next_signal(void);

/* Stops the process and those it runs with, as ^Z would; returns when continued. */
void guard_stop(void);

/* Gives the signals back and forgets the terminal. */
void guard_close(void);

#endif
