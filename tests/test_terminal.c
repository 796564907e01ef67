/*
 * The real program on a pseudo-terminal, its screen read back through libvterm. However it
 * ends, the terminal must be as it was found. The program is $TAXAMR, otherwise ./taxamr.
 */
#include "base/memory.h"
#include "base/text.h"
#include "ui/clipboard.h"
#include "ui/terminal_keys.h"
#include "ui/terminal_probe.h"
#include <check.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
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
};

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

static void run_child(const struct session *session, const char *option)
{
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
    (void)unsetenv("COLUMNS");
    (void)unsetenv("LINES");
    if (strncmp(option, "TERM=", 5) == 0) {
        (void)setenv("TERM", option + 5, 1);
        option = "--quiet";
    }
    (void)execl(program(), "taxamr", "--boot", "20", "--methods", "ivw,egger", option,
                (char *)NULL);
    _exit(127);
}

static struct session begin(int columns, int rows, enum answer answer, const char *option)
{
    struct session session = {.answer = answer};
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
        run_child(&session, option);
    }
    return session;
}

/* The session's address is only known now. */
static void listen_to(struct session *session)
{
    vterm_screen_set_callbacks(session->screen, &callbacks, session);
    vterm_screen_reset(session->screen, 1);
}

static void end(struct session *session)
{
    if (!session->is_over) {
        (void)kill(session->child, SIGKILL);
        (void)waitpid(session->child, NULL, 0);
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

static void send(struct session *session, const char *text)
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
        send(session, "\033[1;3R");
    }
}

static void pump(struct session *session, int milliseconds)
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

static char *screen_of(const struct session *session)
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

static double now(void)
{
    struct timespec time;
    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static bool has(const struct session *session, const char *text)
{
    char *screen = screen_of(session);
    bool found = strstr(screen, text) != NULL;
    memory_free(screen);
    return found;
}

/* Waits until the screen shows a text; 60 seconds are for sanitizers on a busy machine. */
static void wait_for(struct session *session, const char *text)
{
    double start = now();
    while (!has(session, text) && !session->is_over && now() - start < 60) {
        pump(session, 50);
    }
    char *screen = screen_of(session);
    ck_assert_msg(strstr(screen, text) != NULL, "no \"%s\" in:\n%s", text, screen);
    memory_free(screen);
}

static void wait_for_end(struct session *session)
{
    double start = now();
    while (!session->is_over && now() - start < 60) {
        pump(session, 50);
    }
    pump(session, 50);
    ck_assert(session->is_over);
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
static bool has_mouse(const struct session *session)
{
    return last(session->output.bytes, "1000h") > last(session->output.bytes, "1000l");
}

static void check_left_as_found(const struct session *session)
{
    struct termios after;
    ck_assert_int_eq(tcgetattr(session->slave, &after), 0);
    ck_assert_uint_eq(after.c_lflag, session->before.c_lflag);
    ck_assert_uint_eq(after.c_iflag, session->before.c_iflag);
    ck_assert_uint_eq(after.c_oflag, session->before.c_oflag);
    ck_assert_mem_eq(after.c_cc, session->before.c_cc, sizeof after.c_cc);
    ck_assert(!session->is_alternate);
    ck_assert(!session->is_cursor_hidden);
    ck_assert(!has_mouse(session));
}

#define FIRST "p Actinobacteria"
#define COMPUTED "expected by chance"

/* Start, move, search, open, exclude, quit. */
START_TEST(walk_from_start_to_quit)
{
    struct session session = begin(100, 30, ANSWER_TRUE, "--quiet");
    listen_to(&session);
    wait_for(&session, FIRST);
    ck_assert(session.is_alternate);
    wait_for(&session, COMPUTED);
    ck_assert(has(&session, "SIMULATED outcome"));
    send(&session, "j");
    wait_for(&session, "c Actinobacteria → Insomnia");
    VTermPos cursor;
    vterm_state_get_cursorpos(vterm_obtain_state(session.vterm), &cursor);
    ck_assert_int_eq(cursor.row, 4);
    send(&session, "/olsen");
    wait_for(&session, "g Olsenella → Insomnia");
    send(&session, "\033");
    wait_for(&session, "c Actinobacteria → Insomnia");
    send(&session, "\r");
    wait_for(&session, "▐Methods▌");
    send(&session, "2");
    wait_for(&session, "▐Forest▌");
    send(&session, "\033OB\033[B");
    wait_for(&session, "rs2278683  weight");
    send(&session, "x");
    wait_for(&session, "1 left out by hand");
    wait_for(&session, "all 7:");
    send(&session, "u");
    wait_for(&session, "7 variants · in file order");
    send(&session, "q");
    wait_for_end(&session);
    ck_assert(WIFEXITED(session.status) && WEXITSTATUS(session.status) == 0);
    check_left_as_found(&session);
    end(&session);
}
END_TEST

static const int signals[] = {SIGTERM, SIGHUP, SIGABRT, SIGSEGV, SIGQUIT};

/* SIGABRT and SIGSEGV are what a crash of a view is. */
START_TEST(signal_leaves_the_terminal_as_found)
{
    struct session session = begin(100, 30, ANSWER_TRUE, "--quiet");
    listen_to(&session);
    wait_for(&session, COMPUTED);
    send(&session, "\r");
    wait_for(&session, "▐Methods▌");
    (void)kill(session.child, signals[_i]);
    wait_for_end(&session);
    ck_assert(!WIFEXITED(session.status) || WEXITSTATUS(session.status) != 0);
    check_left_as_found(&session);
    end(&session);
}
END_TEST

START_TEST(resize_is_followed)
{
    struct session session = begin(100, 30, ANSWER_TRUE, "--quiet");
    listen_to(&session);
    wait_for(&session, COMPUTED);
    struct winsize size = {.ws_row = 12, .ws_col = 50};
    vterm_set_size(session.vterm, 12, 50);
    ck_assert_int_eq(ioctl(session.slave, TIOCSWINSZ, &size), 0);
    wait_for(&session, "taxamr needs 60 columns and 16 rows");
    size = (struct winsize){.ws_row = 40, .ws_col = 120};
    vterm_set_size(session.vterm, 40, 120);
    ck_assert_int_eq(ioctl(session.slave, TIOCSWINSZ, &size), 0);
    wait_for(&session, "≡n = n other taxa on the same variants");
    send(&session, "q");
    wait_for_end(&session);
    check_left_as_found(&session);
    end(&session);
}
END_TEST

/* The child leads its own session, so that nothing can stop it for long: the terminal must
 * have been given back, and taken again. */
START_TEST(suspend_gives_the_terminal_back)
{
    struct session session = begin(100, 30, ANSWER_TRUE, "--quiet");
    listen_to(&session);
    wait_for(&session, COMPUTED);
    size_t seen = session.output.length;
    send(&session, "\032");
    double start = now();
    while (strstr(session.output.bytes + seen, "\033[?1049h") == NULL && now() - start < 30) {
        (void)kill(session.child, SIGCONT);
        pump(&session, 50);
    }
    const char *left = strstr(session.output.bytes + seen, "\033[?1049l");
    const char *taken = strstr(session.output.bytes + seen, "\033[?1049h");
    ck_assert_ptr_nonnull(left);
    ck_assert_ptr_nonnull(taken);
    ck_assert(left < taken);
    send(&session, "j");
    wait_for(&session, "c Actinobacteria → Insomnia");
    send(&session, "q");
    wait_for_end(&session);
    check_left_as_found(&session);
    end(&session);
}
END_TEST

START_TEST(terminal_with_wide_box_glyphs_gets_ascii)
{
    struct session session = begin(100, 30, ANSWER_TWO_COLUMNS, "--quiet");
    listen_to(&session);
    wait_for(&session, COMPUTED);
    char *screen = screen_of(&session);
    for (const char *at = screen; *at != '\0'; at++) {
        ck_assert((unsigned char)*at < 0x80);
    }
    memory_free(screen);
    send(&session, "q");
    wait_for_end(&session);
    check_left_as_found(&session);
    end(&session);
}
END_TEST

START_TEST(terminal_that_does_not_answer_is_not_waited_for)
{
    struct session session = begin(100, 30, ANSWER_NEVER, "--quiet");
    listen_to(&session);
    wait_for(&session, FIRST);
    ck_assert(has(&session, "▾"));
    /* The answer comes at last: it is no key. */
    send(&session, "\033[1;2R");
    send(&session, "j");
    wait_for(&session, "c Actinobacteria → Insomnia");
    send(&session, "q");
    wait_for_end(&session);
    check_left_as_found(&session);
    end(&session);
}
END_TEST

/* No colour at all, and yet what is chosen can be told from the rest. */
static const char *const plain_options[] = {"--no-color", "TERM=vt100"};

START_TEST(without_colour_weight_is_left)
{
    struct session session = begin(100, 30, ANSWER_TRUE, plain_options[_i]);
    listen_to(&session);
    wait_for(&session, COMPUTED);
    ck_assert_ptr_null(strstr(session.output.bytes, "\033[38;5;"));
    ck_assert_ptr_null(strstr(session.output.bytes, "\033[3"
                                                    "4m"));
    VTermScreenCell cell;
    (void)vterm_screen_get_cell(session.screen, (VTermPos){3, 4}, &cell);
    ck_assert_uint_eq(cell.attrs.reverse, 1);
    send(&session, "q");
    wait_for_end(&session);
    end(&session);
}
END_TEST

/* By SGR 1006: button, column, row from 1. */
START_TEST(mouse_chooses_opens_and_presses_keys)
{
    struct session session = begin(100, 30, ANSWER_TRUE, "--quiet");
    listen_to(&session);
    wait_for(&session, COMPUTED);
    ck_assert(has_mouse(&session));
    send(&session, "\033[<0;10;5M\033[<0;10;5m");
    wait_for(&session, "c Actinobacteria → Insomnia");
    send(&session, "\033[<65;10;5M");
    wait_for(&session, "5/186");
    send(&session, "M");
    wait_for(&session, "the mouse is the terminal's");
    ck_assert(!has_mouse(&session));
    send(&session, "q");
    wait_for_end(&session);
    end(&session);
}
END_TEST

START_TEST(copy_goes_to_the_clipboard)
{
    struct session session = begin(100, 30, ANSWER_TRUE, "--quiet");
    listen_to(&session);
    wait_for(&session, COMPUTED);
    send(&session, "y");
    wait_for(&session, "copied: phylum.Actinobacteria");
    ck_assert_ptr_nonnull(strstr(session.output.bytes, "\033]52;c;cGh5bHVtLkFj"));
    send(&session, "q");
    wait_for_end(&session);
    end(&session);
}
END_TEST

START_TEST(clipboard_is_base64)
{
    static const char *const texts[][2] = {{"", "\033]52;c;\a"},
                                           {"f", "\033]52;c;Zg==\a"},
                                           {"fo", "\033]52;c;Zm8=\a"},
                                           {"foo", "\033]52;c;Zm9v\a"},
                                           {"β>", "\033]52;c;zrI+\a"}};
    char *sequence = clipboard_sequence(texts[_i][0]);
    ck_assert_str_eq(sequence, texts[_i][1]);
    memory_free(sequence);
}
END_TEST

START_TEST(cursor_report_is_found)
{
    size_t start, stop;
    int column;
    ck_assert(probe_find_report("q\033[12;3Rx", 9, &start, &stop, &column));
    ck_assert_uint_eq(start, 1);
    ck_assert_uint_eq(stop, 8);
    ck_assert_int_eq(column, 3);
    static const char *const none[] = {"",         "\033[1;2",  "\033[;2R", "\033[1;R",
                                       "\033[12R", "\033[1;2H", "1;2R"};
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        ck_assert(!probe_find_report(none[i], strlen(none[i]), &start, &stop, &column));
    }
}
END_TEST

START_TEST(keys_have_names)
{
    static const struct {
        uint32_t code;
        const char *name;
    } keys[] = {{13, "Enter"}, {9, "Tab"}, {32, "Space"},  {127, "Backspace"},
                {18, "^R"},    {'x', "x"}, {0x4eba, "人"}, {26, "^Z"}};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        ck_assert_str_eq(key_of_character(keys[i].code).key, keys[i].name);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("terminal");
    TCase *tests = tcase_create("terminal");
    tcase_set_timeout(tests, 300);
    tcase_add_test(tests, walk_from_start_to_quit);
    tcase_add_loop_test(tests, signal_leaves_the_terminal_as_found, 0,
                        sizeof signals / sizeof signals[0]);
    tcase_add_test(tests, resize_is_followed);
    tcase_add_test(tests, suspend_gives_the_terminal_back);
    tcase_add_test(tests, terminal_with_wide_box_glyphs_gets_ascii);
    tcase_add_test(tests, terminal_that_does_not_answer_is_not_waited_for);
    tcase_add_loop_test(tests, without_colour_weight_is_left, 0, 2);
    tcase_add_test(tests, mouse_chooses_opens_and_presses_keys);
    tcase_add_test(tests, copy_goes_to_the_clipboard);
    tcase_add_loop_test(tests, clipboard_is_base64, 0, 5);
    tcase_add_test(tests, cursor_report_is_found);
    tcase_add_test(tests, keys_have_names);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
