/*
 * The real program on a pseudo-terminal, its screen read back through libvterm.
 * In: keys as a terminal sends them. Out: the screen, and how the terminal was left. The
 * program is $TAXAMR, otherwise ./taxamr.
 */
#ifndef TESTS_PSEUDO_TERMINAL_H
#define TESTS_PSEUDO_TERMINAL_H

#include "base/text.h"
#include <stdbool.h>
#include <sys/types.h>
#include <termios.h>
#include <vterm.h>

/* How the terminal answers when asked where the cursor is. */
enum answer { ANSWER_TRUE, ANSWER_TWO_COLUMNS, ANSWER_NEVER };

struct session {
    pid_t child;
    int master, slave;
    struct termios before;
    VTerm *vterm;
    VTermScreen *screen;
    enum answer answer;
    size_t answered; /* bytes of output looked through for questions */
    struct text output;
    bool is_alternate, is_cursor_hidden;
    int status;
    bool is_over;
    bool has_own_home; /* made for it: the test has none */
};

/* Starts the program with these words, on a terminal that answers like this: options with
 * spaces between, of which those like TERM=NAME are set in its environment. The session's
 * address is known only afterwards: session_listen follows, session_end is last. */
struct session session_begin(int columns, int rows, enum answer answer, const char *words);
void session_listen(struct session *session);
void session_end(struct session *session);

/* The usual beginning: on 100x30, until the first computation is shown; and the usual end: q,
 * after which the program has ended well and the terminal is as it was found. */
void session_open(struct session *session, enum answer answer, const char *words);
void session_quit(struct session *session);
/* The same without the end of the session: what was sent can still be looked at. */
void session_leave(struct session *session);

/* Until a list's position stands where the gauge was: before that Esc stops the computation. */
void session_settle(struct session *session);

/* Esc until a text is shown: behind a message the first may have stopped a computation. */
void session_step_back(struct session *session, const char *text);

void session_send(struct session *session, const char *text);

/* What is sent and what the screen must then show, which it did not before: so each wait is one
 * for what was sent. A text behind "!" is there before and must go. NULL sends nothing more. */
struct exchange {
    const char *send, *wait;
};
void session_exchange(struct session *session, const struct exchange *exchanges);

/* Goes on, however often it was stopped, until it has given the terminal back and taken it
 * again in what came after the first `seen` bytes: the child leads its own session, so that
 * nothing can stop it for long. */
void session_continue(struct session *session, size_t seen);

/* The window has another size from now on. */
void session_resize(struct session *session, int columns, int rows);

/* Reads what comes within so many milliseconds. */
void session_pump(struct session *session, int milliseconds);

/* The screen as text; the caller frees it. Whether it shows a text. Seconds. */
char *session_screen(const struct session *session);
bool session_shows(const struct session *session, const char *text);
double session_now(void);

/* Waits until the screen shows a text, the cursor is in a row, the program has ended; the test
 * fails after a minute. */
void session_wait(struct session *session, const char *text);
void session_wait_cursor(struct session *session, int row);
void session_wait_end(struct session *session);

/* Whether the mouse is reported; that the terminal is as it was found. */
bool session_has_mouse(const struct session *session);
void session_check_left(const struct session *session);

#endif
