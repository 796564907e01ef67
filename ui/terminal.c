#include "ui/terminal.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "ui/clipboard.h"
#include "ui/terminal_colors.h"
#include "ui/terminal_guard.h"
#include "ui/terminal_keys.h"
#include "ui/terminal_mouse.h"
#include "ui/terminal_probe.h"
#include <langinfo.h>
#include <limits.h>
#define NCURSES_WIDECHAR 1 /* before its header: wide characters, whatever the flags */
#include <ncurses.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

struct terminal {
    SCREEN *screen;
    bool ascii, has_color, mouse, is_gone;
    bool is_pasting;
    time_t pasted_at;  /* when its last character came */
    struct text typed; /* before ncurses listened */
    size_t typed_used;
    struct mouse mouse_events;
};

/* A role's weight with colours and without. */
struct look {
    attr_t weight, mono;
};

static const struct look looks[ROLE_COUNT] = {
    [ROLE_TEXT] = {A_NORMAL, A_NORMAL},   [ROLE_DIM] = {A_DIM, A_DIM},
    [ROLE_TITLE] = {A_BOLD, A_BOLD},      [ROLE_HEADING] = {A_NORMAL, A_UNDERLINE},
    [ROLE_SELECTED] = {A_BOLD, A_BOLD},   [ROLE_NULL] = {A_DIM, A_DIM},
    [ROLE_LESS] = {A_BOLD, A_BOLD},       [ROLE_MORE] = {A_BOLD, A_BOLD},
    [ROLE_UNSURE] = {A_NORMAL, A_NORMAL}, [ROLE_SUMMARY] = {A_BOLD, A_BOLD},
    [ROLE_KEY] = {A_BOLD, A_BOLD},        [ROLE_WARNING] = {A_BOLD, A_BOLD | A_UNDERLINE},
};

/* Pasted text comes between two marks, so that it is not taken for keys. */
#define PASTE_ON "\033[?2004h"
#define PASTE_OFF "\033[?2004l"
#define PASTE_BEGINS "\033[200~"
#define PASTE_ENDS "\033[201~"

/* So long without a character ends a paste whose end mark was lost. */
enum { PASTE_PAUSE = 2 /* seconds */ };

enum { PROBE_MILLISECONDS = 150 };

static const char *capability(const char *name)
{
    const char *value = tigetstr(name);
    return value == NULL || value == (const char *)-1 ? "" : value;
}

static void remember_restore(void)
{
    struct text text = {0};
    text_add(&text, MOUSE_OFF PASTE_OFF);
    text_add(&text, capability("sgr0"));
    text_add(&text, capability("rmkx"));
    text_add(&text, capability("cnorm"));
    text_add(&text, capability("rmcup"));
    char *restore = text_take(&text);
    guard_set_restore(restore);
    memory_free(restore);
}

static void set_colors(struct terminal *terminal, bool wanted)
{
    terminal->has_color = wanted && has_colors() && start_color() == OK;
    if (!terminal->has_color) {
        return;
    }
    int background = use_default_colors() == OK ? -1 : COLOR_BLACK;
    int plain = background == -1 ? -1 : COLOR_WHITE;
    enum palette palette = colors_palette(COLORS);
    bool is_light = background == -1 && colors_is_light(getenv("COLORFGBG"));
    for (int role = 0; role < ROLE_COUNT; role++) {
        int color = colors_of((enum role)role, palette, is_light);
        (void)init_extended_pair(role + 1, color < 0 ? plain : color, background);
    }
}

static bool is_utf8(void)
{
    return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

/* A terminal that would take two columns for a box glyph gets ASCII. */
static void ask_width(struct terminal *terminal)
{
    const char *name = getenv("TERM");
    if (terminal->ascii || name == NULL || strcmp(name, "dumb") == 0) {
        return;
    }
    struct termios raw = *guard_modes();
    raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
    if (tcsetattr(STDIN_FILENO, TCSANOW, &raw) != 0) {
        return;
    }
    int width = probe_width(STDIN_FILENO, STDOUT_FILENO, PROBE_MILLISECONDS, &terminal->typed);
    terminal->ascii = width == 2;
    (void)tcsetattr(STDIN_FILENO, TCSANOW, guard_modes());
}

static void say(const char *sequence)
{
    (void)putp(sequence);
    (void)fflush(stdout);
}

static void take_keys(struct terminal *terminal)
{
    (void)raw();
    (void)noecho();
    (void)nonl();
    (void)intrflush(stdscr, FALSE);
    (void)keypad(stdscr, TRUE);
    (void)nodelay(stdscr, TRUE);
    (void)set_escdelay(25);
    (void)mouseinterval(0);
    (void)leaveok(stdscr, FALSE);
    terminal_use_mouse(terminal, terminal->mouse);
    say(PASTE_ON);
}

bool terminal_open(const struct terminal_options *options, struct terminal **out,
                   struct error *error)
{
    if (!guard_open(STDIN_FILENO, error)) {
        return false;
    }
    struct terminal *terminal = memory_get(1, sizeof *terminal);
    terminal->ascii = options->ascii || !is_utf8();
    terminal->mouse = options->mouse;
    ask_width(terminal);
    terminal->screen = newterm(NULL, stdout, stdin);
    if (terminal->screen == NULL) {
        terminal_close(terminal);
        return error_set(error, ERROR_SYSTEM, NULL, 0, NULL,
                         _("found no description of the terminal; set TERM, for example to "
                           "xterm, or pipe the output to have it as text"));
    }
    remember_restore();
    take_keys(terminal);
    set_colors(terminal, options->color);
    *out = terminal;
    return true;
}

void terminal_close(struct terminal *terminal)
{
    if (terminal == NULL) {
        return;
    }
    if (terminal->screen != NULL) {
        terminal_use_mouse(terminal, false);
        say(PASTE_OFF);
        (void)endwin();
        delscreen(terminal->screen);
    }
    guard_restore();
    guard_close();
    text_drop(&terminal->typed);
    memory_free(terminal);
}

void terminal_size(const struct terminal *terminal, size_t *columns, size_t *rows)
{
    (void)terminal;
    *columns = (size_t)COLS;
    *rows = (size_t)LINES;
}

bool terminal_is_ascii(const struct terminal *terminal)
{
    return terminal->ascii;
}

/* A grapheme as wide characters; more combining marks than ncurses holds are left out. */
static void widen(const char *grapheme, wchar_t out[CCHARW_MAX + 1])
{
    size_t left = strlen(grapheme), count = 0;
    while (left > 0 && count < CCHARW_MAX) {
        uint32_t code;
        size_t taken = text_decode(grapheme, left, &code);
        out[count++] = (wchar_t)code;
        grapheme += taken;
        left -= taken;
    }
    out[count] = L'\0';
}

static void show_cell(const struct terminal *terminal, const struct cell *cell)
{
    const struct look *look = &looks[cell->role];
    attr_t weight = terminal->has_color ? look->weight : look->mono;
    short pair = terminal->has_color ? (short)(cell->role + 1) : 0;
    if (cell->is_selected) {
        weight = (weight & ~A_DIM) | A_REVERSE;
    }
    wchar_t wide[CCHARW_MAX + 1];
    cchar_t cooked;
    widen(cell->grapheme == NULL ? " " : cell->grapheme, wide);
    if (setcchar(&cooked, wide, weight, pair, NULL) == OK) {
        (void)add_wch(&cooked);
    }
}

void terminal_show(struct terminal *terminal, const struct canvas *canvas)
{
    (void)erase();
    for (size_t row = 0; row < canvas->rows && row < (size_t)LINES; row++) {
        for (size_t column = 0; column < canvas->columns && column < (size_t)COLS; column++) {
            const struct cell *cell = canvas_cell(canvas, column, row);
            if (cell->width > 0) {
                (void)move((int)row, (int)column);
                show_cell(terminal, cell);
            }
        }
    }
    (void)move((int)canvas->cursor_row, (int)canvas->cursor_column);
    (void)refresh();
}

static struct event of_function_key(struct terminal *terminal, wint_t code)
{
    static const struct {
        wint_t code;
        const char *name;
    } names[] = {{KEY_UP, "Up"},        {KEY_DOWN, "Down"},  {KEY_LEFT, "Left"},
                 {KEY_RIGHT, "Right"},  {KEY_PPAGE, "PgUp"}, {KEY_NPAGE, "PgDn"},
                 {KEY_HOME, "Home"},    {KEY_END, "End"},    {KEY_ENTER, "Enter"},
                 {KEY_BTAB, "BackTab"}, {KEY_DC, "Delete"},  {KEY_BACKSPACE, "Backspace"},
                 {KEY_F(1), "?"}};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (names[i].code == code) {
            return key_named(names[i].name);
        }
    }
    struct event event = {.kind = EVENT_NONE};
    if (code == KEY_MOUSE) {
        mouse_take(&terminal->mouse_events);
        (void)mouse_next(&terminal->mouse_events, &event);
    }
    return event;
}

/* Escape sequences that ncurses does not know (a late cursor report among them) are swallowed
 * whole: their letters are not keys. */
static struct event of_escape(struct terminal *terminal)
{
    wint_t code;
    int state = get_wch(&code);
    if (state == ERR) {
        return key_named("Esc");
    }
    if (state != OK || (code != L'[' && code != L'O')) {
        if (state == KEY_CODE_YES) {
            (void)ungetch((int)code); /* as a letter it would be another key */
        } else {
            (void)unget_wch((wchar_t)code);
        }
        return key_named("Esc");
    }
    struct text sequence = {0};
    text_add(&sequence, "\033[");
    while (get_wch(&code) == OK && code >= 0x20 && code < 0x7f) {
        char byte = (char)code;
        text_add_bytes(&sequence, &byte, 1);
        if (code >= 0x40) {
            break;
        }
    }
    if (strcmp(sequence.bytes, PASTE_BEGINS) == 0 || strcmp(sequence.bytes, PASTE_ENDS) == 0) {
        terminal->is_pasting = strcmp(sequence.bytes, PASTE_BEGINS) == 0;
        terminal->pasted_at = time(NULL);
        text_drop(&sequence);
        return (struct event){.kind = EVENT_NONE};
    }
    size_t start, end;
    int column;
    bool late = probe_find_report(sequence.bytes, sequence.length, &start, &end, &column);
    char letter = sequence.length == 3 ? sequence.bytes[2] : '\0';
    text_drop(&sequence);
    if (late && column == 3) {
        terminal->ascii = true;
        return (struct event){.kind = EVENT_RESIZE};
    }
    return key_of_sequence(letter);
}

/* Keys typed while the terminal was asked its width. */
static bool next_typed(struct terminal *terminal, struct event *event)
{
    if (terminal->typed_used >= terminal->typed.length) {
        return false;
    }
    uint32_t code;
    terminal->typed_used += text_decode(terminal->typed.bytes + terminal->typed_used,
                                        terminal->typed.length - terminal->typed_used, &code);
    *event = code == 27 ? key_named("Esc") : key_of_character((wint_t)code);
    return true;
}

/* Text, whatever it looks like: keys in it, and the ends of its lines, are spaces or nothing.
 */
static struct event of_paste(struct terminal *terminal, int state, wint_t code)
{
    terminal->pasted_at = time(NULL);
    if (state == KEY_CODE_YES || code == 27) {
        struct event event = code == 27 ? of_escape(terminal) : (struct event){0};
        return event.kind == EVENT_RESIZE ? event : (struct event){.kind = EVENT_NONE};
    }
    struct event event = key_of_character(code < 32 || code == 127 ? ' ' : code);
    event.kind = EVENT_TEXT;
    return event;
}

static bool next_key(struct terminal *terminal, struct event *event)
{
    wint_t code;
    if (next_typed(terminal, event) || mouse_next(&terminal->mouse_events, event)) {
        return true;
    }
    int state = get_wch(&code);
    if (state == ERR) {
        return false;
    }
    if (terminal->is_pasting && time(NULL) - terminal->pasted_at > PASTE_PAUSE) {
        terminal->is_pasting = false;
    }
    if (terminal->is_pasting) {
        *event = of_paste(terminal, state, code);
    } else if (state == KEY_CODE_YES) {
        *event = of_function_key(terminal, code);
    } else {
        *event = code == 27 ? of_escape(terminal) : key_of_character(code);
    }
    return true;
}

/* A terminal that keeps its scrolling margins over a change of size would lose the lines that
 * ncurses moves below them: they are set anew, which sends the cursor to where a cleared screen
 * begins. */
static void adopt_size(void)
{
    struct winsize size;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0 ||
        !is_term_resized(size.ws_row, size.ws_col)) {
        return;
    }
    (void)resizeterm(size.ws_row, size.ws_col);
    if (*capability("csr") != '\0') {
        char *margins = tiparm(capability("csr"), 0, size.ws_row - 1);
        say(margins == NULL ? "" : margins);
    }
}

static bool next_event(struct terminal *terminal, struct event *event)
{
    int number = guard_next_signal();
    if (number == 0) {
        return next_key(terminal, event);
    }
    event->kind = number == SIGTSTP ? EVENT_SUSPEND : EVENT_RESIZE;
    if (number != SIGTSTP) {
        adopt_size();
        terminal_redraw(terminal);
    }
    return true;
}

struct event terminal_wait(struct terminal *terminal, int milliseconds)
{
    struct event event = {.kind = EVENT_NONE};
    if (terminal->is_gone) {
        event.kind = EVENT_END;
        return event;
    }
    if (next_event(terminal, &event)) {
        return event;
    }
    struct pollfd waits[2] = {{.fd = STDIN_FILENO, .events = POLLIN},
                              {.fd = guard_descriptor(), .events = POLLIN}};
    if (poll(waits, 2, milliseconds) <= 0 || next_event(terminal, &event)) {
        return event;
    }
    /* Readable, and yet nothing to read: the other end has hung up. */
    terminal->is_gone = (waits[0].revents & (POLLHUP | POLLERR | POLLNVAL)) != 0;
    event.kind = terminal->is_gone ? EVENT_END : EVENT_NONE;
    return event;
}

void terminal_redraw(struct terminal *terminal)
{
    (void)terminal;
    (void)clearok(stdscr, TRUE);
}

void terminal_suspend(struct terminal *terminal)
{
    bool mouse = terminal->mouse;
    terminal_use_mouse(terminal, false);
    say(PASTE_OFF);
    (void)endwin();
    guard_stop();
    (void)refresh();
    adopt_size();
    say(PASTE_ON);
    terminal_use_mouse(terminal, mouse);
    terminal_redraw(terminal);
}

void terminal_use_mouse(struct terminal *terminal, bool mouse)
{
    terminal->mouse = mouse;
    mouse_ask(mouse);
}

void terminal_copy(struct terminal *terminal, const char *text)
{
    (void)terminal;
    char *sequence = clipboard_sequence(text);
    (void)putp(sequence);
    (void)fflush(stdout);
    memory_free(sequence);
}
