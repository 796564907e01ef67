/*
 * The terminal: shows a canvas, waits for what a person does, and is left as it was found.
 * In: canvases. Out: events. terminal.c, with its part for the mouse, alone knows ncurses;
 * colours stand only there. Whatever ends the program (also a signal) puts the terminal back
 * first.
 */
#ifndef UI_TERMINAL_H
#define UI_TERMINAL_H

#include "base/error.h"
#include "ui/canvas.h"

struct terminal;

struct terminal_options {
    bool ascii; /* no glyphs outside ASCII, without asking the terminal */
    bool color; /* false: weight and underline alone */
    bool mouse;
};

enum event_kind {
    EVENT_NONE, /* the time was over */
    EVENT_KEY,
    EVENT_CLICK,
    EVENT_DRAG,    /* the mouse moves, its button down */
    EVENT_RELEASE, /* of the button */
    EVENT_WHEEL_UP,
    EVENT_WHEEL_DOWN,
    EVENT_RESIZE,
    EVENT_SUSPEND, /* another process asks us to stop */
    EVENT_END      /* the terminal is gone */
};

/* Keys have names: what they type ("x", "人"), or "Up", "PgDn", "Enter", "Esc", "Tab",
 * "BackTab", "Space", "Backspace", "Delete", "Home", "End", "^R". */
struct event {
    enum event_kind kind;
    char key[16];
    size_t column, row; /* of a click or a wheel */
};

/* Takes over the terminal; the caller ends it with terminal_close. */
MUST_USE bool terminal_open(const struct terminal_options *options, struct terminal **terminal,
                            struct error *error);
void terminal_close(struct terminal *terminal);

void terminal_size(const struct terminal *terminal, size_t *columns, size_t *rows);

/* Whether box glyphs must not be used: asked for, not UTF-8, or two columns wide here. */
bool terminal_is_ascii(const struct terminal *terminal);

/* Shows a canvas of the terminal's size; only cells that changed are sent. */
void terminal_show(struct terminal *terminal, const struct canvas *canvas);

/* The next event, or EVENT_NONE after `milliseconds` (negative: waits for one). */
struct event terminal_wait(struct terminal *terminal, int milliseconds);

/* Sends everything again at the next show. */
void terminal_redraw(struct terminal *terminal);

/* Gives the terminal back, stops the whole job, and takes it again when continued. */
void terminal_suspend(struct terminal *terminal);

void terminal_use_mouse(struct terminal *terminal, bool mouse);

/* Puts text on the clipboard of the person's own machine (OSC 52). */
void terminal_copy(struct terminal *terminal, const char *text);

/*
 * Puts the terminal back as it was found, from anywhere, also from a signal handler; does
 * nothing when no terminal is open.
 */
void terminal_restore_for_exit(void);

#endif
