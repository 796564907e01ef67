/*
 * The real program on terminals of many kinds, what is pasted into it, and stops and resizes;
 * and that its colours can be read on light and dark.
 */
#include "base/memory.h"
#include "explorer_fixture.h"
#include "pseudo_terminal.h"
#include "ui/terminal_colors.h"
#include <check.h>
#include <math.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

static const char *const terms[] = {"TERM=vt100", "TERM=vt220",           "TERM=linux",
                                    "TERM=xterm", "TERM=screen-256color", "TERM=tmux-256color",
                                    "TERM=rxvt",  "TERM=xterm-mono"};

START_TEST(every_kind_of_terminal_starts_and_is_left)
{
    struct session session;
    session_open(&session, ANSWER_TRUE, terms[_i]);
    session_send(&session, "j\r2");
    session_wait(&session, "▐Forest▌");
    session_send(&session, "\033\033");
    session_quit(&session);
}
END_TEST

START_TEST(terminal_that_cannot_place_its_cursor_gets_text)
{
    struct session session = session_begin(100, 30, ANSWER_NEVER, "TERM=dumb");
    session_listen(&session);
    session_wait_end(&session);
    ck_assert(WIFEXITED(session.status) && WEXITSTATUS(session.status) == 0);
    ck_assert_ptr_nonnull(strstr(session.output.bytes, "p Actinobacteria"));
    ck_assert_ptr_null(strchr(session.output.bytes, '\033'));
    session_check_left(&session);
    session_end(&session);
}
END_TEST

START_TEST(unknown_terminal_is_said)
{
    struct session session = session_begin(100, 30, ANSWER_TRUE, "TERM=no-such-terminal");
    session_listen(&session);
    session_wait_end(&session);
    ck_assert(WIFEXITED(session.status) && WEXITSTATUS(session.status) == 1);
    ck_assert_ptr_nonnull(strstr(session.output.bytes, "set TERM, for example to xterm"));
    session_check_left(&session);
    session_end(&session);
}
END_TEST

/* Keys in what is pasted do nothing: q does not leave, x excludes nothing. */
START_TEST(paste_is_text)
{
    struct session session;
    session_open(&session, ANSWER_TRUE, "--quiet");
    ck_assert_ptr_nonnull(strstr(session.output.bytes, "\033[?2004h"));
    session_send(&session, "\033[200~q\x03j\rx\033[B:quit\r\033[201~");
    session_wait(&session, "pasted text has no place here");
    session_send(&session, "j");
    session_wait(&session, "c Actinobacteria → Insomnia");
    session_send(&session, "/\033[200~olsen\033[201~");
    session_wait(&session, "g Olsenella → Insomnia");
    session_send(&session, "\033");
    session_wait(&session, "c Actinobacteria → Insomnia");
    session_quit(&session);
}
END_TEST

/* A line's end in a paste is a space: a command is not run before Enter is pressed. */
START_TEST(pasted_line_waits_for_enter)
{
    struct session session;
    session_open(&session, ANSWER_TRUE, "--quiet");
    session_send(&session, ":\033[200~select genus.Olsenella.id.822\r\033[201~");
    session_wait(&session, ":select genus.Olsenella.id.822");
    ck_assert(!session_shows(&session, "g Olsenella → Insomnia"));
    session_send(&session, "\r");
    session_wait(&session, "g Olsenella → Insomnia");
    session_quit(&session);
}
END_TEST

/* Where the first character typed behind / stands. */
enum { PROMPT = 2 };

static void wait_cursor_column(struct session *session, int column)
{
    VTermPos cursor = {-1, -1};
    double start = session_now();
    while (cursor.col != column && session_now() - start < 30) {
        session_pump(session, 50);
        vterm_state_get_cursorpos(vterm_obtain_state(session->vterm), &cursor);
    }
    ck_assert_int_eq(cursor.col, column);
}

/* The cursor stands behind what was typed: two columns for a wide character, none for a
 * combining mark. */
START_TEST(wide_and_combining_characters_are_measured)
{
    static const struct {
        const char *text;
        int columns, graphemes;
    } typed[] = {{"abc", 3, 3},
                 {"\xe8\x8f\x8c\xe8\x8f\x8c", 4, 2},
                 {"e\xcc\x81t\xcc\x82", 2, 2},
                 {"\xe8\x8f\x8c"
                  "e\xcc\x81",
                  3, 2}};
    struct session session;
    session_open(&session, ANSWER_TRUE, "--quiet");
    session_send(&session, "/");
    wait_cursor_column(&session, PROMPT);
    session_send(&session, typed[_i].text);
    wait_cursor_column(&session, PROMPT + typed[_i].columns);
    for (int i = 0; i < typed[_i].graphemes; i++) {
        session_send(&session, "\x7f");
    }
    wait_cursor_column(&session, PROMPT);
    /* The cursor goes back to the list's row. */
    session_send(&session, "\033");
    session_wait_cursor(&session, 3);
    session_quit(&session);
}
END_TEST

/* Stopped by another process, and the window is another size when it goes on. */
START_TEST(size_that_changed_while_stopped_is_adopted)
{
    struct session session;
    session_open(&session, ANSWER_TRUE, "--quiet");
    size_t seen = session.output.length;
    (void)kill(session.child, SIGTSTP);
    session_pump(&session, 300);
    session_resize(&session, 120, 40);
    session_continue(&session, seen);
    ck_assert_ptr_nonnull(strstr(session.output.bytes + seen, "\033[?2004l"));
    session_wait(&session, "≡n = n other taxa on the same variants");
    session_quit(&session);
}
END_TEST

static double channel(int value)
{
    double share = value / 255.0;
    return share <= 0.03928 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4);
}

/* The luminance of red, green and blue in one number (WCAG 2). */
static double luminance(int rgb)
{
    return 0.2126 * channel(rgb >> 16) + 0.7152 * channel(rgb >> 8 & 255) +
           0.0722 * channel(rgb & 255);
}

static double contrast(double one, double other)
{
    return (fmax(one, other) + 0.05) / (fmin(one, other) + 0.05);
}

START_TEST(colours_are_read_on_light_and_dark)
{
    for (int role = 0; role < ROLE_COUNT; role++) {
        int rgb = colors_of((enum role)role, PALETTE_DIRECT, _i == 1);
        if (rgb >= 0) {
            ck_assert_double_ge(contrast(luminance(rgb), 0), 3.5);
            ck_assert_double_ge(contrast(luminance(rgb), 1), 3.5);
        }
        ck_assert_int_eq(rgb < 0, colors_of((enum role)role, PALETTE_256, false) < 0);
    }
}
END_TEST

/* The first 16 as xterm has them. */
START_TEST(few_colours_are_read_on_their_background)
{
    static const int xterm[] = {0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd,
                                0x00cdcd, 0xe5e5e5, 0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00,
                                0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff};
    for (int role = 0; role < ROLE_COUNT; role++) {
        int dark = colors_of((enum role)role, PALETTE_16, false);
        int light = colors_of((enum role)role, PALETTE_16, true);
        ck_assert(dark < 0 || contrast(luminance(xterm[dark]), 0) > 3.5);
        ck_assert(light < 0 || contrast(luminance(xterm[light]), 1) > 3.5);
        ck_assert_int_lt(colors_of((enum role)role, PALETTE_8, _i == 1), 8);
        ck_assert_int_lt(light, 8);
    }
}
END_TEST

START_TEST(less_is_blue_and_more_is_orange)
{
    int less = colors_of(ROLE_LESS, PALETTE_DIRECT, false);
    int more = colors_of(ROLE_MORE, PALETTE_DIRECT, false);
    ck_assert_int_eq(less, 0x005fff);
    ck_assert_int_eq(more, 0xd75f00);
    ck_assert_int_eq(colors_of(ROLE_LESS, PALETTE_256, false), 27);
    ck_assert_int_eq(colors_palette(8), PALETTE_8);
    ck_assert_int_eq(colors_palette(16), PALETTE_16);
    ck_assert_int_eq(colors_palette(88), PALETTE_16);
    ck_assert_int_eq(colors_palette(256), PALETTE_256);
    ck_assert_int_eq(colors_palette(1 << 24), PALETTE_DIRECT);
    ck_assert_int_eq(colors_palette(32768), PALETTE_8);
    ck_assert(colors_is_light("0;15") && colors_is_light("0;default;15"));
    ck_assert(!colors_is_light("15;0") && !colors_is_light(NULL) && !colors_is_light("15"));
}
END_TEST

int main(void)
{
    const struct golden_test tests[] = {
        {every_kind_of_terminal_starts_and_is_left, COUNT(terms)},
        {terminal_that_cannot_place_its_cursor_gets_text, 1},
        {unknown_terminal_is_said, 1},
        {paste_is_text, 1},
        {pasted_line_waits_for_enter, 1},
        {wide_and_combining_characters_are_measured, 4},
        {size_that_changed_while_stopped_is_adopted, 1},
        {colours_are_read_on_light_and_dark, 2},
        {few_colours_are_read_on_their_background, 2},
        {less_is_blue_and_more_is_orange, 1},
    };
    return golden_run_each("terminal more", tests, COUNT(tests));
}
