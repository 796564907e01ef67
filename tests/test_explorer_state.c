/*
 * What the explorer keeps: the last place and the height of the lower part, and what the mouse
 * does to it. Every file is written into a home of the tests' own.
 */
#include "base/memory.h"
#include "explorer_fixture.h"
#include "home_fixture.h"
#include "numeric/random.h"
#include "numeric/start.h"
#include "pseudo_terminal.h"
#include "ui/explorer/keep.h"
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define STUDY HOME_STUDY
static const struct {
    const char *name, *play;
} places[] = {
    {"a taxon", "Down Down Down"},
    {"a pair", CLASS "Enter"},
    {"a tab", CLASS "Enter 5"},
    {"a row of a chart", CLASS "Enter 2 Down Down"},
    {"a variant", CLASS "Enter 2 Down Down Enter"},
    {"the other direction", CLASS "r"},
    {"a pair of the other direction", CLASS "r Enter 2"},
    {"an order", ":sort p;g Down Down"},
    {"an order turned round", ":sort p;:sort p;g Down"},
    {"a filter", ":filter bifido;Down"},
    {"a filter with spaces", ":filter unknown fam"},
    {"a height", "+ + + + Down"},
    {"no lower part", ":preview 0"},
    {"the ledger", CLASS ":ledger"},
};

/* The next start shows the same screen. */
START_TEST(place_is_kept)
{
    struct loop loop = home_loop_begin(false);
    play(&loop, places[_i].play);
    loop.state.is_first_run = false;
    loop.state.status = NULL;
    redraw(&loop);
    char *before = screen_of(&loop);
    home_loop_end(&loop);
    loop = home_loop_begin(false);
    char *after = screen_of(&loop);
    if (strcmp(before, after) != 0) {
        (void)fprintf(stderr, "%s was:\n%sand is:\n%s", places[_i].name, before, after);
    }
    ck_assert_msg(strcmp(before, after) == 0, "%s", places[_i].name);
    memory_free(before);
    memory_free(after);
    loop_end(&loop);
}
END_TEST

START_TEST(fresh_starts_at_the_top)
{
    struct loop loop = home_loop_begin(false);
    play(&loop, CLASS "Enter 5");
    home_loop_end(&loop);
    loop = home_loop_begin(true);
    ck_assert(shows(&loop, "1/186"));
    loop_end(&loop);
}
END_TEST

/* A dialogue is no place; what lies below it is. */
START_TEST(dialogue_is_no_place)
{
    struct loop loop = home_loop_begin(false);
    play(&loop, CLASS "Enter 5 ? Down");
    home_loop_end(&loop);
    loop = home_loop_begin(false);
    ck_assert(shows(&loop, "5▐LOO▌"));
    loop_end(&loop);
}
END_TEST

/* What was restored is also what a script then starts from. */
START_TEST(restored_place_stands_in_the_script)
{
    struct loop loop = home_loop_begin(false);
    play(&loop, CLASS "Enter 2 Down Down Enter");
    home_loop_end(&loop);
    loop = home_loop_begin(false);
    char *path = home_path("script");
    struct text command = {0};
    text_addf(&command, ":exclude;:save-script %s", path);
    play(&loop, command.bytes);
    char *script = read_file(path);
    ck_assert_ptr_nonnull(strstr(script, "select class.Actinobacteria.id.419\nopen\ntab "
                                         "forest\nselect rs2278683\nopen\nexclude\n"));
    loop_end(&loop);
    memory_free(script);
    memory_free(path);
    text_drop(&command);
}
END_TEST

static const struct {
    const char *name, *study, *from, *to;
} foreign[] = {
    {"another version", STUDY, "taxamr place 1", "taxamr place 2"},
    {"another program", STUDY, "taxamr", "nottax"},
    {"another study", "/elsewhere/study.conf", "", ""},
    {"other traits", STUDY, "traits ", "traits x"},
    {"no end", STUDY, "\nend\n", "\n"},
};

static char *replaced(const char *text, const char *from, const char *to)
{
    struct text out = {0};
    const char *at = strstr(text, from);
    ck_assert_ptr_nonnull(at);
    text_add_bytes(&out, text, (size_t)(at - text));
    text_addf(&out, "%s%s", to, at + strlen(from));
    return text_take(&out);
}

static char *some_place(void)
{
    struct loop loop = start(100, 30);
    play(&loop, CLASS "r;:sort p;:filter bact;Enter 5");
    char *text = keep_place_text(&loop, STUDY);
    loop_end(&loop);
    return text;
}

START_TEST(foreign_place_is_ignored)
{
    char *text = some_place();
    char *other = replaced(text, foreign[_i].from, foreign[_i].to);
    struct loop loop = start(100, 30);
    ck_assert_msg(!keep_place_take(&loop, other, foreign[_i].study), "%s", foreign[_i].name);
    redraw(&loop);
    ck_assert(shows(&loop, "1/186"));
    loop_end(&loop);
    memory_free(text);
    memory_free(other);
}
END_TEST

/* Cut anywhere it is damaged; with bytes changed it leads somewhere, and nowhere else. */
START_TEST(damaged_place_does_no_harm)
{
    char *text = some_place();
    size_t length = strlen(text);
    struct random_stream stream = random_stream_of(1, "damage", NULL, NULL);
    for (size_t i = 0; i < length; i += 3) {
        char *part = memory_copy_bytes(text, i);
        struct loop loop = start(80, 24);
        ck_assert(!keep_place_take(&loop, part, STUDY));
        part = memory_resize(part, length + 1, 1);
        memcpy(part, text, length + 1);
        for (int j = 0; j < 3; j++) {
            part[random_below(&stream, length)] = (char)(1 + random_below(&stream, 255));
        }
        (void)keep_place_take(&loop, part, STUDY);
        redraw(&loop);
        ck_assert(!loop.is_over);
        loop_end(&loop);
        memory_free(part);
    }
    memory_free(text);
}
END_TEST

/* A file that somebody else wrote does nothing but lead. */
START_TEST(place_only_leads)
{
    char *text = some_place(), *written = home_path("written");
    struct text lines = {0};
    text_addf(&lines,
              "\nquit\nexport %s\nsnapshot %s\nsave-script %s\nexclude rs1\n:note x\n"
              "bind q words\nsuspend\nmouse\nend\n",
              written, written, written);
    char *hostile = replaced(text, "\nend\n", lines.bytes);
    struct loop loop = start(100, 30);
    ck_assert(keep_place_take(&loop, hostile, STUDY));
    ck_assert(!loop.is_over);
    ck_assert(loop.state.mouse);
    ck_assert(!home_has("written"));
    ck_assert_uint_eq(loop.state.notes.items.count, 0);
    ck_assert_uint_eq(history_exclusions(&loop.state.history).count, 0);
    loop_end(&loop);
    memory_free(text);
    memory_free(written);
    memory_free(hostile);
    text_drop(&lines);
}
END_TEST

START_TEST(hint_until_something_was_kept)
{
    struct loop loop = home_loop_begin(false);
    ck_assert(shows(&loop, "New here? ↵ opens the row, ? lists every key, q leaves."));
    play(&loop, ":bind Q quit");
    ck_assert(shows(&loop, "Q leaves."));
    home_loop_end(&loop);
    loop = home_loop_begin(false);
    char *screen = screen_of(&loop);
    ck_assert_ptr_null(strstr(screen, "New here?"));
    memory_free(screen);
    loop_end(&loop);
}
END_TEST

START_TEST(script_keeps_nothing)
{
    struct error error = {0};
    char *path = home_path("script");
    write_file(path, "select genus.Olsenella.id.822\nnote seen\nopen\nkey : w o r d s Enter\n");
    options.study_path = STUDY;
    options.script = path;
    bool is_done = explorer_run(study, &options, &error);
    options.script = NULL;
    ck_assert_msg(is_done, "%s", error.text);
    ck_assert(!home_has("state"));
    ck_assert(!home_has("data"));
    memory_free(path);
}
END_TEST

START_TEST(nothing_is_kept_without_a_home)
{
    static const char *const variables[] = {"XDG_STATE_HOME", "XDG_DATA_HOME",
                                            "XDG_CONFIG_HOME", "HOME"};
    for (int i = 0; i < 4; i++) {
        ck_assert_int_eq(unsetenv(variables[i]), 0);
    }
    struct loop loop = home_loop_begin(false);
    play(&loop, ":note seen;Down");
    ck_assert(!loop.state.is_first_run);
    home_loop_end(&loop);
}
END_TEST

/* A state folder that cannot be written is said, and that is all. */
START_TEST(what_cannot_be_kept_is_said)
{
    struct error error = {0};
    struct loop loop = home_loop_begin(false);
    ck_assert_int_eq(setenv("XDG_STATE_HOME", "/proc/nothing", 1), 0);
    ck_assert_int_eq(setenv("XDG_DATA_HOME", "/proc/nothing", 1), 0);
    ck_assert(!keep_end(&loop, &error));
    error_clear(&error);
    play(&loop, ":note seen");
    ck_assert(shows(&loop, "cannot make the folder"));
    loop_end(&loop);
}
END_TEST

static size_t divider(const struct loop *loop)
{
    for (size_t row = 1; row < loop->canvas->rows; row++) {
        if (loop_grips(loop, row)) {
            return row;
        }
    }
    return 0;
}

START_TEST(divider_is_dragged)
{
    struct loop loop = start(100, 30);
    ck_assert_uint_eq(divider(&loop), 20);
    loop_click(&loop, 40, 20);
    loop_drag(&loop, 14, false);
    redraw(&loop);
    ck_assert_uint_eq(divider(&loop), 14);
    loop_drag(&loop, 12, true);
    redraw(&loop);
    ck_assert_uint_eq(divider(&loop), 12);
    /* Let go: it stays. */
    loop_drag(&loop, 18, false);
    redraw(&loop);
    ck_assert_uint_eq(divider(&loop), 12);
    /* The table keeps some rows, the lower part may vanish. */
    loop_click(&loop, 40, 12);
    loop_drag(&loop, 1, false);
    redraw(&loop);
    ck_assert_uint_eq(divider(&loop), 6);
    loop_drag(&loop, 29, true);
    redraw(&loop);
    ck_assert_uint_eq(divider(&loop), 0);
    ck_assert(shows(&loop, "1/186"));
    play(&loop, "+");
    ck_assert_uint_eq(divider(&loop), 26);
    play(&loop, "-");
    ck_assert_uint_eq(divider(&loop), 0);
    loop_end(&loop);
}
END_TEST

/* A height for a tall screen does not eat the table of a small one. */
START_TEST(height_fits_every_screen)
{
    struct loop loop = start(100, 60);
    play(&loop, ":preview 45");
    for (size_t rows = 16; rows < 70; rows++) {
        loop_draw(&loop, 80, rows, false);
        ck_assert(shows(&loop, "c Actinobacteria"));
    }
    play(&loop, ":preview x");
    ck_assert(shows(&loop, "“x” is no number of rows"));
    play(&loop, ":preview 99999");
    ck_assert(shows(&loop, "is no number of rows"));
    loop_end(&loop);
}
END_TEST

START_TEST(mouse_at_random)
{
    struct random_stream stream = random_stream_of(7, "mouse", NULL, NULL);
    struct loop loop = start(100, 30);
    for (int i = 0; i < 400; i++) {
        size_t row = random_below(&stream, 32), column = random_below(&stream, 102);
        if (random_below(&stream, 2) == 0) {
            loop_click(&loop, column, row);
        }
        loop_drag(&loop, row, random_below(&stream, 3) == 0);
        loop_draw(&loop, 60 + random_below(&stream, 60), 16 + random_below(&stream, 30), false);
    }
    loop_end(&loop);
}
END_TEST

/* The real program: keys of the configuration, its mistakes, the mouse, and the next start. */
START_TEST(sessions_remember)
{
    home_configure("keys {\n  words = \"W\"\n}\ncolour = no\n");
    struct session session;
    session_open(&session, ANSWER_TRUE, "--quiet");
    session_wait(&session, "line 4: found an unknown key 'colour'");
    session_send(&session, "W");
    session_wait(&session, "chance alone gives about");
    session_send(&session, "j");
    session_wait(&session, "c Actinobacteria → Insomnia");
    session_wait(&session, "New here?");
    /* The divider is the 20th line of 30 while the hint is there: 9 rows up. */
    session_send(&session, "\033[<0;40;20M\033[<32;40;14M\033[<32;40;11M\033[<0;40;11m");
    session_send(&session, "alactase\r");
    session_wait(&session, "✎ lactase");
    char *screen = session_screen(&session);
    const char *at = strstr(screen, "─ ✎ lactase");
    ck_assert_ptr_nonnull(at);
    size_t line = 1;
    for (const char *c = screen; c < at; c++) {
        line += *c == '\n';
    }
    ck_assert_uint_eq(line, 11);
    memory_free(screen);
    session_send(&session, "\r5");
    session_wait(&session, "5▐LOO▌");
    session_quit(&session);

    session = session_begin(100, 30, ANSWER_TRUE, "--no-config");
    session_listen(&session);
    session_wait(&session, "5▐LOO▌");
    session_wait(&session, "IVW without each in turn");
    session_settle(&session);
    ck_assert(!session_shows(&session, "New here?"));
    ck_assert(!session_shows(&session, "colour"));
    session_step_back(&session, "✎ lactase");
    session_quit(&session);

    session = session_begin(100, 30, ANSWER_TRUE, "--fresh");
    session_listen(&session);
    session_wait(&session, "▌▾ p Actinobacteria");
    session_quit(&session);
    char *kept = home_only_text("state/taxamr/places");
    ck_assert_ptr_nonnull(strstr(kept, "select phylum.Actinobacteria.id.400"));
    memory_free(kept);
}
END_TEST

int main(void)
{
    const struct golden_test tests[] = {
        {place_is_kept, COUNT(places)},
        {fresh_starts_at_the_top, 1},
        {dialogue_is_no_place, 1},
        {restored_place_stands_in_the_script, 1},
        {foreign_place_is_ignored, COUNT(foreign)},
        {damaged_place_does_no_harm, 1},
        {place_only_leads, 1},
        {hint_until_something_was_kept, 1},
        {script_keeps_nothing, 1},
        {nothing_is_kept_without_a_home, 1},
        {what_cannot_be_kept_is_said, 1},
        {divider_is_dragged, 1},
        {height_fits_every_screen, 1},
        {mouse_at_random, 1},
        {sessions_remember, 1},
    };
    return explorer_run_each("explorer state", home_begin, home_end, tests, COUNT(tests));
}
