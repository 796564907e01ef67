/*
 * How the explorer behaves on a terminal, with the real program on a pseudo-terminal: help on
 * every screen, the hint of a first run, the mouse, sizes from 60x16 to 500x200, and that only
 * what changed is sent. Held elsewhere: colours and old terminals by test_colours; suspending,
 * signals, wide box glyphs and the clipboard by test_terminal; TERM=dumb, pasted text, wide and
 * combining characters by test_terminal_more; rounding by test_painter_proof; speed by `make
 * bench BENCH=frames`.
 */
#include "base/memory.h"
#include "home_fixture.h"
#include "pseudo_terminal.h"
#include <check.h>
#include <stdlib.h>
#include <string.h>

static const struct exchange no_more = {NULL, NULL};

/* The keys that lead to a screen, and an action of that screen which its help must have. */
static const struct {
    struct exchange there;
    const char *action;
} screens[] = {
    {{"j", "c Actinobacteria → Insomnia"}, ":mark-shown"},
    {{"j\r", "▐Meth"}, ":exclude"},
    {{"j\r2jj\r", "chr2:136743490"}, ":exclude"},
    {{"o", "Outcomes and directions"}, ":both"},
    {{"d", "Ledger: every variant"}, ":filter"},
    {{"v", "1▐Flow▌"}, ":next-tab"},
    {{"B", "reverse, Insomnia → taxon"}, ":sort"},
    {{"  c", "2 taxa → Insomnia"}, ":unmark-all"},
    {{"M", "weighted means (IVW)"}, ":search"},
    {{"I", "taxa.tsv"}, ":search"},
    {{"S", "Methods and settings"}, ":choose-many"},
    {{"O", "Open a file: "}, ":search"},
    {{"!", "Messages"}, ":open"},
};

START_TEST(help_is_on_every_screen)
{
    struct session session;
    session_open(&session, ANSWER_TRUE, "--quiet");
    struct text filtered = {0};
    text_addf(&filtered, "Esc closes: %s", screens[_i].action + 1);
    session_exchange(&session, (struct exchange[]){screens[_i].there,
                                                   {"?", "Esc closes: "},
                                                   {screens[_i].action + 1, filtered.bytes},
                                                   no_more});
    session_wait(&session, screens[_i].action);
    /* Esc takes back what was typed, then closes. */
    struct text gone = {0};
    text_addf(&gone, "!%s", filtered.bytes);
    session_exchange(&session, (struct exchange[]){
                                   {"\033", gone.bytes}, {"\033", "!Esc closes: "}, no_more});
    text_drop(&gone);
    text_drop(&filtered);
    session_quit(&session);
}
END_TEST

START_TEST(first_run_has_a_hint_and_the_next_has_none)
{
    struct session session;
    session_open(&session, ANSWER_TRUE, "--quiet");
    session_wait(&session, "New here?");
    session_quit(&session);
    session_open(&session, ANSWER_TRUE, "--quiet");
    ck_assert(!session_shows(&session, "New here?"));
    session_quit(&session);
}
END_TEST

/* Where a text stands on the screen, from 1 as the mouse counts. */
static void find(const struct session *session, const char *text, int *column, int *row)
{
    char *screen = session_screen(session), *at = strstr(screen, text), *line = screen;
    ck_assert_msg(at != NULL, "%s is not in:\n%s", text, screen);
    for (*row = 1; line + strcspn(line, "\n") < at; (*row)++) {
        line += strcspn(line, "\n") + 1;
    }
    *at = '\0';
    *column = (int)text_width(line) + 1;
    memory_free(screen);
}

static void click(struct session *session, const char *text, const char *wait)
{
    int column, row;
    struct text sequence = {0};
    find(session, text, &column, &row);
    text_addf(&sequence, "\033[<0;%d;%dM\033[<0;%d;%dm", column, row, column, row);
    session_exchange(session, (struct exchange[]){{sequence.bytes, wait}, no_more});
    text_drop(&sequence);
}

/* A row, the same row again, a tab, a key of the key line; the wheel; the divider. */
START_TEST(mouse_clicks_rolls_and_drags)
{
    struct session session;
    int column, row, before;
    struct text sequence = {0};
    session_open(&session, ANSWER_TRUE, "--quiet");
    click(&session, "g Olsenella", "g Olsenella → Insomnia");
    session_settle(&session);
    find(&session, "g Olsenella → Insomnia", &column, &before);
    text_addf(&sequence, "\033[<0;40;%dM\033[<32;40;%dM\033[<0;40;%dm", before - 1, before - 4,
              before - 4);
    session_send(&session, sequence.bytes);
    for (double start = session_now(); session_now() - start < 60; session_pump(&session, 50)) {
        if (session_shows(&session, "g Olsenella → Insomnia")) {
            find(&session, "g Olsenella → Insomnia", &column, &row);
            if (row == before - 3) {
                break;
            }
        }
    }
    ck_assert_int_eq(row, before - 3);
    session_exchange(&session, (struct exchange[]){{"\033[<65;10;6M", "▌▾ p Bacteroidetes"},
                                                   {"\033[<64;10;6M", "▌      g Olsenella"},
                                                   no_more});
    session_settle(&session);
    click(&session, "m map", "2▐Map▌");
    click(&session, "1 Flow", "1▐Flow▌");
    click(&session, "Esc back", "g Olsenella → Insomnia");
    session_quit(&session);
    text_drop(&sequence);
}
END_TEST

static const struct {
    int columns, rows;
} sizes[] = {{60, 16}, {80, 24}, {500, 200}, {61, 200}, {500, 16}, {100, 30}};

/* On its taxon whatever the size; the frame reaches the last column and row. */
START_TEST(resize_keeps_the_cursor_on_its_taxon)
{
    struct session session;
    int column, row, other;
    session_open(&session, ANSWER_TRUE, "--quiet");
    session_exchange(&session,
                     (struct exchange[]){{"/olsen\r", "g Olsenella → Insomnia"}, no_more});
    for (int i = 0; i < COUNT(sizes); i++) {
        session_resize(&session, 50, 12);
        session_wait(&session, "taxamr needs 60 columns and 16 rows");
        session_resize(&session, sizes[i].columns, sizes[i].rows);
        session_wait(&session, "g Olsenella");
        session_settle(&session);
        find(&session, "▌", &column, &row);
        find(&session, "g Olsenella", &column, &other);
        ck_assert_int_eq(row, other);
    }
    session_quit(&session);
}
END_TEST

/* A pair's picture too: nothing is drawn outside, whatever the size. */
START_TEST(charts_are_drawn_at_every_size)
{
    struct session session;
    session_open(&session, ANSWER_TRUE, "--quiet");
    session_exchange(&session, (struct exchange[]){{"j\r", "▐Meth"}, {"3", "▐Scat"}, no_more});
    for (int i = 0; i < COUNT(sizes); i++) {
        session_resize(&session, 50, 12);
        session_wait(&session, "taxamr needs 60 columns and 16 rows");
        session_resize(&session, sizes[i].columns, sizes[i].rows);
        session_wait(&session, "▐Scat");
        session_settle(&session);
    }
    session_quit(&session);
}
END_TEST

/* A key that moves the cursor sends a part of the screen, and never clears it. */
START_TEST(only_what_changed_is_sent)
{
    struct session session;
    session_open(&session, ANSWER_TRUE, "--quiet");
    size_t first = session.output.length;
    session_exchange(&session, (struct exchange[]){{"G", "186/186"}, {"g", " 1/186"}, no_more});
    size_t before = session.output.length;
    session_exchange(&session, (struct exchange[]){{"j", " 2/186"}, no_more});
    size_t sent = session.output.length - before;
    ck_assert_msg(sent < 1500 && sent * 3 < first, "%zu bytes for a key, %zu for the first",
                  sent, first);
    ck_assert_ptr_null(strstr(session.output.bytes + first, "\033[2J"));
    ck_assert_ptr_null(strstr(session.output.bytes + first, "\033[H\033[J"));
    /* ^L, for a screen that something else wrote on, does draw it all. */
    before = session.output.length;
    session_send(&session, "\x0ck");
    session_wait(&session, " 1/186");
    ck_assert_uint_gt(session.output.length - before, 3000);
    session_quit(&session);
}
END_TEST

int main(void)
{
    const struct golden_test tests[] = {
        {help_is_on_every_screen, COUNT(screens)},
        {first_run_has_a_hint_and_the_next_has_none, 1},
        {mouse_clicks_rolls_and_drags, 1},
        {resize_keeps_the_cursor_on_its_taxon, 1},
        {charts_are_drawn_at_every_size, 1},
        {only_what_changed_is_sent, 1},
    };
    return explorer_run_each("manners", home_begin, home_end, tests, COUNT(tests));
}
