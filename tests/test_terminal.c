/*
 * The real program on a pseudo-terminal: however it ends, the terminal is as it was found.
 */
#include "base/memory.h"
#include "explorer_fixture.h"
#include "pseudo_terminal.h"
#include "ui/clipboard.h"
#include "ui/terminal_keys.h"
#include "ui/terminal_probe.h"
#include <check.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#define FIRST "p Actinobacteria"
#define COMPUTED "expected by chance"

/* Start, move, search, open, exclude, quit. */
START_TEST(walk_from_start_to_quit)
{
    struct session session = session_begin(100, 30, ANSWER_TRUE, "--quiet");
    session_listen(&session);
    session_wait(&session, FIRST);
    ck_assert(session.is_alternate);
    session_wait(&session, COMPUTED);
    ck_assert(session_shows(&session, "SIMULATED outcome"));
    session_send(&session, "j");
    session_wait(&session, "c Actinobacteria → Insomnia");
    session_wait_cursor(&session, 4);
    session_send(&session, "/olsen");
    session_wait(&session, "g Olsenella → Insomnia");
    session_send(&session, "\033");
    session_wait(&session, "c Actinobacteria → Insomnia");
    session_send(&session, "\r");
    session_wait(&session, "▐Meth");
    session_send(&session, "2");
    session_wait(&session, "▐Forest▌");
    session_send(&session, "\033OB\033[B");
    session_wait(&session, "rs2278683  weight");
    session_send(&session, "x");
    session_wait(&session, "1 left out by hand");
    session_wait(&session, "all 7:");
    session_send(&session, "u");
    session_wait(&session, "7 variants · in file order");
    session_quit(&session);
}
END_TEST

static const int signals[] = {SIGTERM, SIGHUP, SIGABRT, SIGSEGV, SIGQUIT};

/* SIGABRT and SIGSEGV are what a crash of a view is. */
START_TEST(signal_leaves_the_terminal_as_found)
{
    struct session session;
    session_open(&session, ANSWER_TRUE, "--quiet");
    session_send(&session, "\r");
    session_wait(&session, "▐Meth");
    (void)kill(session.child, signals[_i]);
    session_wait_end(&session);
    ck_assert(!WIFEXITED(session.status) || WEXITSTATUS(session.status) != 0);
    session_check_left(&session);
    session_end(&session);
}
END_TEST

START_TEST(resize_is_followed)
{
    struct session session;
    session_open(&session, ANSWER_TRUE, "--quiet");
    session_resize(&session, 50, 12);
    session_wait(&session, "taxamr needs 60 columns and 16 rows");
    session_resize(&session, 120, 40);
    session_wait(&session, "≡n = n other taxa on the same variants");
    session_quit(&session);
}
END_TEST

START_TEST(suspend_gives_the_terminal_back)
{
    struct session session;
    session_open(&session, ANSWER_TRUE, "--quiet");
    size_t seen = session.output.length;
    session_send(&session, "\032");
    session_continue(&session, seen);
    session_send(&session, "j");
    session_wait(&session, "c Actinobacteria → Insomnia");
    session_quit(&session);
}
END_TEST

START_TEST(terminal_with_wide_box_glyphs_gets_ascii)
{
    struct session session;
    session_open(&session, ANSWER_TWO_COLUMNS, "--quiet");
    char *screen = session_screen(&session);
    for (const char *at = screen; *at != '\0'; at++) {
        ck_assert((unsigned char)*at < 0x80);
    }
    memory_free(screen);
    session_quit(&session);
}
END_TEST

START_TEST(terminal_that_does_not_answer_is_not_waited_for)
{
    struct session session = session_begin(100, 30, ANSWER_NEVER, "--quiet");
    session_listen(&session);
    session_wait(&session, FIRST);
    ck_assert(session_shows(&session, "▾"));
    /* The answer comes at last: it is no key. */
    session_send(&session, "\033[1;2R");
    session_send(&session, "j");
    session_wait(&session, "c Actinobacteria → Insomnia");
    session_quit(&session);
}
END_TEST

/* No colour at all, and yet what is chosen can be told from the rest. */
static const char *const plain_options[] = {"--no-color", "TERM=vt100"};

START_TEST(without_colour_weight_is_left)
{
    struct session session;
    session_open(&session, ANSWER_TRUE, plain_options[_i]);
    ck_assert_ptr_null(strstr(session.output.bytes, "\033[38;5;"));
    ck_assert_ptr_null(strstr(session.output.bytes, "\033[3"
                                                    "4m"));
    /* The frame may still be on its way. */
    VTermScreenCell cell = {0};
    for (double start = session_now(); !cell.attrs.reverse && session_now() - start < 60;) {
        session_pump(&session, 50);
        (void)vterm_screen_get_cell(session.screen, (VTermPos){3, 4}, &cell);
    }
    ck_assert_uint_eq(cell.attrs.reverse, 1);
    session_quit(&session);
}
END_TEST

/* By SGR 1006: button, column, row from 1. */
START_TEST(mouse_chooses_opens_and_presses_keys)
{
    struct session session;
    session_open(&session, ANSWER_TRUE, "--quiet");
    ck_assert(session_has_mouse(&session));
    session_send(&session, "\033[<0;10;5M\033[<0;10;5m");
    session_wait(&session, "c Actinobacteria → Insomnia");
    session_send(&session, "\033[<65;10;5M");
    session_wait(&session, "5/186");
    session_send(&session, "\x14");
    session_wait(&session, "the mouse is the terminal's");
    ck_assert(!session_has_mouse(&session));
    session_quit(&session);
}
END_TEST

START_TEST(copy_goes_to_the_clipboard)
{
    struct session session;
    session_open(&session, ANSWER_TRUE, "--quiet");
    session_send(&session, "y");
    session_wait(&session, "copied: phylum.Actinobacteria");
    ck_assert_ptr_nonnull(strstr(session.output.bytes, "\033]52;c;cGh5bHVtLkFj"));
    session_quit(&session);
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
    const struct golden_test tests[] = {
        {walk_from_start_to_quit, 1},
        {signal_leaves_the_terminal_as_found, COUNT(signals)},
        {resize_is_followed, 1},
        {suspend_gives_the_terminal_back, 1},
        {terminal_with_wide_box_glyphs_gets_ascii, 1},
        {terminal_that_does_not_answer_is_not_waited_for, 1},
        {without_colour_weight_is_left, 2},
        {mouse_chooses_opens_and_presses_keys, 1},
        {copy_goes_to_the_clipboard, 1},
        {clipboard_is_base64, 5},
        {cursor_report_is_found, 1},
        {keys_have_names, 1},
    };
    return golden_run_each("terminal", tests, COUNT(tests));
}
