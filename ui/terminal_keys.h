/*
 * Names of keys. In: a name, or a character as it was typed. Out: the event of that key.
 */
#ifndef UI_TERMINAL_KEYS_H
#define UI_TERMINAL_KEYS_H

#include "ui/terminal.h"
#include <stdint.h>

struct event key_named(const char *name);

/* A control character is "Enter", "Tab", "Backspace" or "^X"; others name themselves. */
struct event key_of_character(uint32_t code);

/* The key of an escape sequence without numbers, by its last letter: "Up" for A. Some terminals
 * send these instead of those they announce. EVENT_NONE for others. */
struct event key_of_sequence(char last);

#endif
