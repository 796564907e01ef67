/*
 * Which colours are sent to which terminal: 8, 16, 256 and direct, on light and dark, none
 * where none are wanted or known. A row is a terminal, and what may and must be among the
 * escape sequences that the program sends while a study is looked at.
 */
#include "base/memory.h"
#include "home_fixture.h"
#include "pseudo_terminal.h"
#include "sgr.h"
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

enum {
    WEIGHTS = SGR_BOLD | SGR_REVERSED,
    DARK = SGR_YELLOW | SGR_BLUE | SGR_MAGENTA | SGR_CYAN,
    LIGHT = SGR_RED | SGR_BLUE | SGR_MAGENTA
};

static const struct {
    const char *name, *words;
    int must, may; /* besides what must */
} terminals[] = {
    {"8 colours", "TERM=xterm", DARK | WEIGHTS, 0},
    {"8 colours on light", "TERM=xterm COLORFGBG=0;15", LIGHT | WEIGHTS, 0},
    {"8 colours, dark said", "TERM=xterm COLORFGBG=15;0", DARK | WEIGHTS, 0},
    {"16 colours", "TERM=made-16", SGR_YELLOW | SGR_MAGENTA | SGR_CYAN | SGR_BRIGHT | WEIGHTS,
     0},
    {"16 colours on light", "TERM=made-16 COLORFGBG=0;default;15", LIGHT | WEIGHTS, 0},
    {"256 colours", "TERM=xterm-256color", SGR_INDEXED | WEIGHTS, 0},
    {"256 colours on light", "TERM=xterm-256color COLORFGBG=0;15", SGR_INDEXED | WEIGHTS, 0},
    {"direct colour", "TERM=made-direct", SGR_RGB | WEIGHTS, 0},
    {"direct colour on light", "TERM=made-direct COLORFGBG=0;15", SGR_RGB | WEIGHTS, 0},
    {"NO_COLOR", "NO_COLOR=1", WEIGHTS, 0},
    {"NO_COLOR, 8 colours", "NO_COLOR=yes TERM=xterm", WEIGHTS, 0},
    {"NO_COLOR, direct", "NO_COLOR=1 TERM=made-direct", WEIGHTS, 0},
    {"NO_COLOR that is empty", "NO_COLOR=", SGR_INDEXED | WEIGHTS, 0},
    {"--no-color", "--no-color", WEIGHTS, 0},
    {"the console", "TERM=linux", DARK | WEIGHTS, 0},
    {"screen", "TERM=screen", DARK | WEIGHTS, 0},
    {"screen, 256 colours", "TERM=screen-256color", SGR_INDEXED | WEIGHTS, 0},
    {"tmux", "TERM=tmux", DARK | WEIGHTS, 0},
    {"tmux, 256 colours", "TERM=tmux-256color", SGR_INDEXED | WEIGHTS, 0},
    {"rxvt, 88 colours", "TERM=rxvt-unicode", SGR_INDEXED | WEIGHTS, 0},
    {"monochrome", "TERM=xterm-mono", WEIGHTS, 0},
    {"vt100", "TERM=vt100", WEIGHTS, 0},
};

/* Descriptions that a machine may lack, made for the tests. */
static void make_terminals(void)
{
    static const char source[] = "made-16|16 colours,\n\tcolors#16, pairs#256, use=xterm,\n"
                                 "\tsetaf=\\E[%?%p1%{8}%<%t3%p1%d%e9%p1%{8}%-%d%;m,\n"
                                 "\tsetab=\\E[%?%p1%{8}%<%t4%p1%d%e10%p1%{8}%-%d%;m,\n"
                                 "made-direct|red, green and blue,\n"
                                 "\tRGB, colors#0x1000000, pairs#0x7FFF, use=xterm-256color,\n"
                                 "\tsetaf=\\E[%?%p1%{8}%<%t3%p1%d%e38:2::%p1%{65536}%/%d"
                                 ":%p1%{256}%/%{255}%&%d:%p1%{255}%&%d%;m,\n"
                                 "\tsetab=\\E[%?%p1%{8}%<%t4%p1%d%e48:2::%p1%{65536}%/%d"
                                 ":%p1%{256}%/%{255}%&%d:%p1%{255}%&%d%;m,\n";
    struct text line = {0};
    char *path = home_path("made.ti"), *folder = home_path("terminfo");
    write_file(path, source);
    text_addf(&line, "tic -x -o '%s' '%s'", folder, path);
    ck_assert_msg(system(line.bytes) == 0, "tic, of ncurses-bin, is needed");
    ck_assert_int_eq(setenv("TERMINFO", folder, 1), 0);
    text_drop(&line);
    memory_free(path);
    memory_free(folder);
}

START_TEST(colours_are_those_of_the_terminal)
{
    static const struct exchange steps[] = {{":sort p\r", "all shown, by p"},
                                            {"G", "186/186"},
                                            {"g", " 1/186"},
                                            {"\r", "▐Meth"},
                                            {"2", "▐Forest▌"},
                                            {NULL, NULL}};
    struct session session;
    make_terminals();
    session_open(&session, ANSWER_TRUE, terminals[_i].words);
    session_exchange(&session, steps);
    session_leave(&session);
    int asked = sgr_asked(session.output.bytes), must = terminals[_i].must;
    ck_assert_msg((asked & must) == must, "%s: %x, of which %x is missing", terminals[_i].name,
                  asked, must & ~asked);
    ck_assert_msg((asked & ~(must | terminals[_i].may)) == 0, "%s: %x, of which %x is too much",
                  terminals[_i].name, asked, asked & ~(must | terminals[_i].may));
    session_end(&session);
}
END_TEST

/* What a colour says is said without it: the characters are the same in all. */
START_TEST(colour_is_never_alone)
{
    static const char *const words[] = {"--fresh", "--fresh TERM=xterm", "--fresh NO_COLOR=1"};
    char *first = NULL;
    struct session session;
    session_open(&session, ANSWER_TRUE, "--quiet"); /* the hint of a first run */
    session_quit(&session);
    for (int i = 0; i < COUNT(words); i++) {
        session_open(&session, ANSWER_TRUE, words[i]);
        session_exchange(&session,
                         (struct exchange[]){{":sort p\r", "all shown, by p"},
                                             {":select genus.Olsenella.id.822\r", " 12/186"},
                                             {NULL, NULL}});
        session_settle(&session);
        char *screen = session_screen(&session);
        bool is_same = first == NULL || strcmp(first, screen) == 0;
        if (!is_same) {
            (void)fprintf(stderr, "was\n%sand is\n%s", first, screen);
        }
        ck_assert_msg(is_same, "%s", words[i]);
        memory_free(first);
        first = screen;
        session_quit(&session);
    }
    memory_free(first);
}
END_TEST

/* What a terminal does not know is not sent to it: no mouse, no second screen to a vt100. */
START_TEST(old_terminals_get_what_they_know)
{
    static const char *const words[] = {"TERM=vt100", "TERM=vt220"};
    struct session session;
    session_open(&session, ANSWER_TRUE, words[_i]);
    ck_assert(!session.is_alternate);
    ck_assert(!session_has_mouse(&session));
    session_quit(&session);
}
END_TEST

int main(void)
{
    const struct golden_test tests[] = {
        {colours_are_those_of_the_terminal, COUNT(terminals)},
        {colour_is_never_alone, 1},
        {old_terminals_get_what_they_know, 2},
    };
    return explorer_run_each("colours", home_begin, home_end, tests, COUNT(tests));
}
