#include "pseudo_terminal.h"

#include "base/memory.h"
#include "home_fixture.h"
#include <check.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int on_property(VTermProp property, VTermValue *value, void *user)
{
    struct session *session = user;
    if (property == VTERM_PROP_ALTSCREEN) {
        session->is_alternate = value->boolean;
    } else if (property == VTERM_PROP_CURSORVISIBLE) {
        session->is_cursor_hidden = !value->boolean;
    }
    return 1;
}

static const VTermScreenCallbacks callbacks = {.settermprop = on_property};

static const char *source(void)
{
    const char *folder = getenv("srcdir");
    return folder == NULL ? "." : folder;
}

static const char *program(void)
{
    const char *path = getenv("TAXAMR");
    return path == NULL ? "./taxamr" : path;
}

static void set_variable(char *word)
{
    char *equals = strchr(word, '=');
    *equals = '\0';
    (void)setenv(word, equals + 1, 1);
    /* The console's mouse library, which ncurses loads there, leaks a name of its own. */
    if (strcmp(word, "TERM") == 0 && strncmp(equals + 1, "linux", 5) == 0) {
        (void)setenv("ASAN_OPTIONS", "detect_leaks=0", 1);
    }
}

static void run_program(const char *words)
{
    char *arguments[24] = {"taxamr", "--boot", "20", "--methods", "ivw,egger"};
    char *rest = memory_copy_text(words), *word;
    for (size_t count = 5; (word = strtok_r(rest, " ", &rest)) != NULL && count < 23;) {
        if (*word != '-' && strchr(word, '=') != NULL) {
            set_variable(word);
        } else {
            arguments[count++] = word;
        }
    }
    (void)execv(program(), arguments);
    _exit(127);
}

static void run_child(const struct session *session, const char *words)
{
    static const char *const unset[] = {"COLUMNS", "LINES", "NO_COLOR", "COLORFGBG",
                                        "COLORTERM"};
    /* A test run under nohup or in the background would hand down that they are ignored. */
    static const int ignored[] = {SIGHUP, SIGINT, SIGQUIT};
    for (size_t i = 0; i < sizeof ignored / sizeof *ignored; i++) {
        (void)signal(ignored[i], SIG_DFL);
    }
    struct text data = {0};
    text_addf(&data, "%s/data", source());
    (void)setsid();
    (void)ioctl(session->slave, TIOCSCTTY, 0);
    for (int i = 0; i < 3; i++) {
        (void)dup2(session->slave, i);
    }
    (void)close(session->master);
    (void)setenv("TERM", "xterm-256color", 1);
    (void)setenv("LC_ALL", "C.UTF-8", 1);
    (void)setenv("TAXAMR_DATADIR", data.bytes, 1);
    for (size_t i = 0; i < sizeof unset / sizeof unset[0]; i++) {
        (void)unsetenv(unset[i]);
    }
    run_program(words);
}

struct session session_begin(int columns, int rows, enum answer answer, const char *words)
{
    struct session session = {.answer = answer, .has_own_home = !home_is_made()};
    if (session.has_own_home) {
        home_begin();
    }
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    ck_assert_int_eq(openpty(&session.master, &session.slave, NULL, NULL, &size), 0);
    ck_assert_int_eq(tcgetattr(session.slave, &session.before), 0);
    session.vterm = vterm_new(rows, columns);
    vterm_set_utf8(session.vterm, 1);
    session.screen = vterm_obtain_screen(session.vterm);
    vterm_screen_enable_altscreen(session.screen, 1);
    session.child = fork();
    ck_assert_int_ge(session.child, 0);
    if (session.child == 0) {
        run_child(&session, words);
    }
    return session;
}

/* The session's address is only known now. */
void session_listen(struct session *session)
{
    vterm_screen_set_callbacks(session->screen, &callbacks, session);
    vterm_screen_reset(session->screen, 1);
}

void session_end(struct session *session)
{
    if (!session->is_over) {
        (void)kill(session->child, SIGKILL);
        (void)waitpid(session->child, NULL, 0);
    }
    if (session->has_own_home) {
        home_end();
    }
    vterm_free(session->vterm);
    text_drop(&session->output);
    (void)close(session->master);
    (void)close(session->slave);
}

static void send_bytes(struct session *session, const char *bytes, size_t length)
{
    ck_assert_int_eq(write(session->master, bytes, length), (ssize_t)length);
}

void session_send(struct session *session, const char *text)
{
    send_bytes(session, text, strlen(text));
}

/* Answers as this kind of terminal would. */
static void answer_questions(struct session *session)
{
    char bytes[256];
    size_t length = vterm_output_read(session->vterm, bytes, sizeof bytes);
    if (session->answer == ANSWER_TRUE && length > 0) {
        send_bytes(session, bytes, length);
    }
    while (session->answer == ANSWER_TWO_COLUMNS) {
        const char *at = strstr(session->output.bytes + session->answered, "\033[6n");
        if (at == NULL) {
            break;
        }
        session->answered = (size_t)(at - session->output.bytes) + 4;
        session_send(session, "\033[1;3R");
    }
}

void session_pump(struct session *session, int milliseconds)
{
    struct pollfd wait = {.fd = session->master, .events = POLLIN};
    char bytes[4096];
    while (poll(&wait, 1, milliseconds) > 0 && (wait.revents & POLLIN) != 0) {
        ssize_t got = read(session->master, bytes, sizeof bytes);
        if (got <= 0) {
            break;
        }
        text_add_bytes(&session->output, bytes, (size_t)got);
        (void)vterm_input_write(session->vterm, bytes, (size_t)got);
        answer_questions(session);
        milliseconds = 0;
    }
    if (!session->is_over && waitpid(session->child, &session->status, WNOHANG) > 0) {
        session->is_over = true;
    }
}

static void add_cell(struct text *text, const VTermScreenCell *cell)
{
    char bytes[4];
    for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell->chars[i] != 0; i++) {
        if (cell->chars[i] != (uint32_t)-1) {
            text_add_bytes(text, bytes, text_encode(cell->chars[i], bytes));
        }
    }
    text_add(text, cell->chars[0] == 0 ? " " : "");
}

char *session_screen(const struct session *session)
{
    struct text text = {0};
    int rows, columns;
    vterm_get_size(session->vterm, &rows, &columns);
    for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
            VTermScreenCell cell;
            (void)vterm_screen_get_cell(session->screen, (VTermPos){row, column}, &cell);
            add_cell(&text, &cell);
        }
        text_add(&text, "\n");
    }
    return text_take(&text);
}

double session_now(void)
{
    struct timespec time;
    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

bool session_shows(const struct session *session, const char *text)
{
    char *screen = session_screen(session);
    bool found = strstr(screen, text) != NULL;
    memory_free(screen);
    return found;
}

/* 60 seconds are for sanitizers on a busy machine. */
static void wait_until(struct session *session, const char *text, bool is_there)
{
    double start = session_now();
    while (session_shows(session, text) != is_there && !session->is_over &&
           session_now() - start < 60) {
        session_pump(session, 50);
    }
    bool is_right = session_shows(session, text) == is_there;
    if (!is_right) {
        char *screen = session_screen(session);
        (void)fputs(screen, stderr);
        memory_free(screen);
    }
    ck_assert_msg(is_right, "%s \"%s\" in the screen above", is_there ? "no" : "still", text);
}

void session_wait(struct session *session, const char *text)
{
    wait_until(session, text, true);
}

/* The hardware cursor sits on the selected row. */
void session_wait_cursor(struct session *session, int row)
{
    VTermPos cursor = {-1, -1};
    double start = session_now();
    while (cursor.row != row && session_now() - start < 60) {
        session_pump(session, 50);
        vterm_state_get_cursorpos(vterm_obtain_state(session->vterm), &cursor);
    }
    ck_assert_int_eq(cursor.row, row);
}

void session_wait_end(struct session *session)
{
    double start = session_now();
    while (!session->is_over && session_now() - start < 60) {
        session_pump(session, 50);
    }
    session_pump(session, 50);
    ck_assert(session->is_over);
}

void session_exchange(struct session *session, const struct exchange *exchanges)
{
    for (const struct exchange *here = exchanges; here->send != NULL; here++) {
        bool is_there = *here->wait != '!';
        const char *text = here->wait + !is_there;
        /* The rest of the frame before may be on its way. */
        wait_until(session, text, !is_there);
        session_send(session, here->send);
        wait_until(session, text, is_there);
    }
}

void session_continue(struct session *session, size_t seen)
{
    for (double start = session_now();
         strstr(session->output.bytes + seen, "\033[?1049h") == NULL &&
         session_now() - start < 60;) {
        (void)kill(session->child, SIGCONT);
        session_pump(session, 50);
    }
    const char *left = strstr(session->output.bytes + seen, "\033[?1049l");
    ck_assert_ptr_nonnull(left);
    ck_assert_ptr_nonnull(strstr(left, "\033[?1049h"));
}

void session_resize(struct session *session, int columns, int rows)
{
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    vterm_set_size(session->vterm, rows, columns);
    ck_assert_int_eq(ioctl(session->slave, TIOCSWINSZ, &size), 0);
}

static const char *last(const char *text, const char *part)
{
    const char *found = NULL;
    for (const char *at = text; (at = strstr(at, part)) != NULL; at++) {
        found = at;
    }
    return found;
}

/* The last word about it: on or off. libvterm does not read the two in one sequence. */
bool session_has_mouse(const struct session *session)
{
    return last(session->output.bytes, "1000h") > last(session->output.bytes, "1000l");
}

void session_check_left(const struct session *session)
{
    struct termios after;
    ck_assert_int_eq(tcgetattr(session->slave, &after), 0);
    ck_assert_uint_eq(after.c_lflag, session->before.c_lflag);
    ck_assert_uint_eq(after.c_iflag, session->before.c_iflag);
    ck_assert_uint_eq(after.c_oflag, session->before.c_oflag);
    ck_assert_mem_eq(after.c_cc, session->before.c_cc, sizeof after.c_cc);
    ck_assert(!session->is_alternate);
    ck_assert(!session->is_cursor_hidden);
    ck_assert(!session_has_mouse(session));
}

/* Whether the last line ends with a position like "1/186", where a gauge stands meanwhile. */
static bool has_position(const struct session *session)
{
    char *screen = session_screen(session);
    size_t end = strlen(screen);
    while (end > 0 && strchr(" \n", screen[end - 1]) != NULL) {
        end--;
    }
    size_t start = end;
    while (start > 0 && strchr("0123456789/", screen[start - 1]) != NULL) {
        start--;
    }
    bool found = memchr(screen + start, '/', end - start) != NULL;
    memory_free(screen);
    return found;
}

/* That no gauge is seen would not do: a frame may be on its way that moves it. A message may
 * stand in the gauge's place: then until nothing has come for a second. */
void session_settle(struct session *session)
{
    double start = session_now(), heard = start;
    while (!has_position(session) && session_now() - start < 60) {
        size_t before = session->output.length;
        session_pump(session, 50);
        heard = session->output.length > before ? session_now() : heard;
        if (session_now() - heard > 1 && !session_shows(session, "computing [")) {
            return;
        }
    }
    ck_assert(has_position(session));
}

void session_step_back(struct session *session, const char *text)
{
    for (int tries = 0; tries < 3 && !session_shows(session, text); tries++) {
        session_send(session, "\033");
        for (double start = session_now();
             !session_shows(session, text) && session_now() - start < 10;) {
            session_pump(session, 50);
        }
    }
    session_wait(session, text);
}

void session_open(struct session *session, enum answer answer, const char *words)
{
    *session = session_begin(100, 30, answer, words);
    session_listen(session);
    session_wait(session, "expected by chance");
    session_settle(session);
}

void session_leave(struct session *session)
{
    session_send(session, "q");
    session_wait_end(session);
    ck_assert(WIFEXITED(session->status) && WEXITSTATUS(session->status) == 0);
    session_check_left(session);
}

void session_quit(struct session *session)
{
    session_leave(session);
    session_end(session);
}
