/*
 * The mouse, as ncurses tells of it. In: what it has gathered. Out: events in the order in
 * which they happened. terminal_mouse.c knows ncurses, like terminal.c, whose part it is.
 */
#ifndef UI_TERMINAL_MOUSE_H
#define UI_TERMINAL_MOUSE_H

#include "ui/terminal.h"

/* What ends the reporting of a mouse, also where ncurses no longer can. */
#define MOUSE_OFF "\033[?1006l\033[?1002l\033[?1000l"

/* As many as ncurses keeps. */
enum { MOUSE_MOST = 8 };

/* Events that came together, the newest first. */
struct mouse {
    struct event events[MOUSE_MOST];
    size_t count;
};

/* Asks the terminal to report clicks, wheel and movements with the button down, or not to. */
void mouse_ask(bool is_wanted);

/* Takes what came with a key that stands for the mouse. */
void mouse_take(struct mouse *mouse);

/* The next of them, or false. */
bool mouse_next(struct mouse *mouse, struct event *event);

#endif
