/*
 * The habits of good terminal programs, one row each, by name: what is played and what must
 * then be seen, and what more must hold. Those of a terminal are tried on a pseudo-terminal.
 */
#include "base/memory.h"
#include "home_fixture.h"
#include "program.h"
#include "pseudo_terminal.h"
#include "sgr.h"
#include "ui/command/language.h"
#include <check.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Every action of a view stands in its help, with its keys. */
static void help_is_the_table(void)
{
    static const char *const screens[] = {"", CLASS "Enter", CLASS "Enter 2 Down Down Enter",
                                          ":ledger"};
    for (int i = 0; i < COUNT(screens); i++) {
        struct loop loop = start(100, 100);
        play(&loop, screens[i]);
        unsigned bit = loop_top(&loop)->kind->bit;
        play(&loop, "?");
        for (size_t j = 0; j < ACTION_COUNT; j++) {
            struct text name = {0};
            text_addf(&name, ":%s ", actions_all()[j].name);
            char *screen = screen_of(&loop);
            bool is_there = strstr(screen, name.bytes) != NULL;
            ck_assert_msg(is_there == ((actions_all()[j].views & bit) != 0), "%s", name.bytes);
            memory_free(screen);
            text_drop(&name);
        }
        loop_end(&loop);
    }
}

/* No action is off without a reason that a person can read. */
static void whatever_is_off_says_why(void)
{
    struct loop loop = start(100, 30);
    size_t off = 0;
    for (size_t i = 0; i < ACTION_COUNT; i++) {
        const struct action *action = &actions_all()[i];
        const char *reason = NULL;
        if (action->is_enabled != NULL &&
            !action->is_enabled(&loop.state, loop_top(&loop), &reason)) {
            ck_assert_msg(reason != NULL && *reason != '\0', "%s", action->name);
            off++;
        }
    }
    ck_assert_uint_ge(off, 5);
    loop_end(&loop);
}

/* Plays on a terminal; what was sent is looked at before the program is left. */
static void on_terminal(const char *words, const struct exchange *steps,
                        void (*look)(struct session *session))
{
    struct session session;
    session_open(&session, ANSWER_TRUE, words);
    session_exchange(&session, steps);
    if (look != NULL) {
        look(&session);
    }
    session_quit(&session);
}

/* A row, again, and the key line: where they stand at first on 100x30. */
static void mouse_works(void)
{
    static const struct exchange steps[] = {
        {"\033[<0;10;5M\033[<0;10;5m", "c Actinobacteria → Insomnia"},
        {"\033[<0;10;5M\033[<0;10;5m", "▐Meth"},
        {"\033[<0;12;30M\033[<0;12;30m", "!▐Meth"},
        {NULL, NULL}};
    on_terminal("--quiet", steps, NULL);
}

static void resize(struct session *session)
{
    session_resize(session, 50, 12);
    session_wait(session, "taxamr needs 60 columns and 16 rows");
    session_resize(session, 120, 40);
    session_wait(session, "c Actinobacteria → Insomnia");
}

static void sizes_are_followed(void)
{
    static const struct exchange steps[] = {{"j", "c Actinobacteria → Insomnia"}, {NULL, NULL}};
    on_terminal("--quiet", steps, resize);
}

/* With NO_COLOR, vt100 or a terminal without colours there are none. */
static void has_no_background(struct session *session)
{
    ck_assert_int_eq(sgr_asked(session->output.bytes) & SGR_BACKGROUND, 0);
}

static void has_no_colour(struct session *session)
{
    ck_assert_int_eq(sgr_asked(session->output.bytes) & SGR_COLOURS, 0);
    ck_assert_int_ne(sgr_asked(session->output.bytes) & SGR_REVERSED, 0);
}

static const struct exchange one_down[] = {{"j", "c Actinobacteria → Insomnia"}, {NULL, NULL}};

static void background_is_the_terminals(void)
{
    on_terminal("--quiet", one_down, has_no_background);
    on_terminal("--fresh NO_COLOR=1", one_down, has_no_colour);
}

static void weights_do_without_colour(void)
{
    on_terminal("TERM=vt100", one_down, has_no_colour);
    on_terminal("--fresh TERM=xterm-mono", one_down, has_no_colour);
}

/* A wide character is typed and taken back; where box glyphs are wide, all is in ASCII. */
static void widths_are_right(void)
{
    struct session session;
    session_open(&session, ANSWER_TRUE, "--quiet");
    session_exchange(&session, (struct exchange[]){
                                   {"/\xe8\x8f\x8c", "/菌"}, {"\x7f", "!/菌"}, {NULL, NULL}});
    session_send(&session, "\033");
    session_quit(&session);
    session_open(&session, ANSWER_TWO_COLUMNS, "--fresh");
    char *screen = session_screen(&session);
    for (const char *at = screen; *at != '\0'; at++) {
        ck_assert((unsigned char)*at < 0x80);
    }
    memory_free(screen);
    session_quit(&session);
}

/* A computation that takes long. */
static struct loop begin_long(void)
{
    struct loop loop;
    options.results.settings.boot = 100000;
    loop_begin(&loop, study, &options);
    loop_compute(&loop);
    loop_draw(&loop, 100, 30, false);
    return loop;
}

static void progress_is_seen_and_stopped(void)
{
    struct loop loop = begin_long();
    ck_assert(shows(&loop, "computing ["));
    loop.state.remaining = 7.2;
    redraw(&loop);
    ck_assert(shows(&loop, " 8 s left  Esc stops"));
    play(&loop, "Esc");
    ck_assert(shows(&loop, "stopped; R goes on"));
    loop_end(&loop);
}

/* Keys move and open while it computes. */
static void keys_work_meanwhile(void)
{
    struct loop loop = begin_long();
    loop_key(&loop, "Down");
    loop_key(&loop, "Enter");
    redraw(&loop);
    ck_assert(shows(&loop, "▐Meth"));
    ck_assert(shows(&loop, "computing ["));
    loop_cancel(&loop);
    loop_end(&loop);
}

static void looks_copied(struct session *session)
{
    ck_assert_ptr_nonnull(strstr(session->output.bytes, "\033]52;c;Y2xhc3MuQWN0"));
}

static char *exported(struct loop *loop, const char *command, const char *name)
{
    struct text line = {0};
    char *path = home_path(name);
    text_addf(&line, ":%s %s", command, path);
    play(loop, line.bytes);
    char *text = read_file(path);
    text_drop(&line);
    memory_free(path);
    return text;
}

static void copied_and_exported(void)
{
    static const struct exchange steps[] = {
        {"j", "c Actinobacteria → Insomnia"}, {"y", "copied: class.Act"}, {NULL, NULL}};
    on_terminal("--quiet", steps, looks_copied);
    struct loop loop = start(100, 30);
    play(&loop, ":filter bifido");
    char *table = exported(&loop, "export table", "table.tsv");
    ck_assert_ptr_nonnull(strstr(table, "genus.Bifidobacterium.id.436\t"));
    memory_free(table);
    loop_end(&loop);
}

/* In the configuration file, too. */
static void keys_are_rebound(void)
{
    home_configure("keys {\n  words = \"W\"\n}\n");
    on_terminal("--quiet", (struct exchange[]){{"W", "chance alone gives about"}, {NULL, NULL}},
                NULL);
}

static void next_start_is_where_the_last_ended(void)
{
    static const struct exchange steps[] = {{"j\r", "▐Meth"}, {"5", "5▐LOO▌"}, {NULL, NULL}};
    on_terminal("--quiet", steps, NULL);
    struct session session = session_begin(100, 30, ANSWER_TRUE, "--quiet");
    session_listen(&session);
    session_wait(&session, "5▐LOO▌");
    session_quit(&session);
}

static void hint_is_for_the_first_run(void)
{
    struct loop loop = home_loop_begin(false);
    ck_assert(shows(&loop, "New here? ↵ opens the row, ? lists every key, q leaves."));
    home_loop_end(&loop);
    loop = home_loop_begin(false);
    char *screen = screen_of(&loop);
    ck_assert_ptr_null(strstr(screen, "New here?"));
    memory_free(screen);
    loop_end(&loop);
}

static void a_pipe_gets_text(void)
{
    struct said said = program_say("taxamr --boot 2 --methods ivw | tail -1");
    ck_assert_int_eq(said.status, 0);
    ck_assert_str_eq(said.err, "");
    ck_assert_ptr_null(strchr(said.out, '\033'));
    ck_assert_uint_gt(strlen(said.out), 10);
    said_drop(&said);
    program_clean();
}

/* The terminal is given back and taken again. */
static void suspend(struct session *session)
{
    size_t seen = session->output.length;
    session_send(session, "\032");
    session_continue(session, seen);
    session_exchange(session,
                     (struct exchange[]){{"k", "p Actinobacteria → Insomnia"}, {NULL, NULL}});
}

static void suspended_and_resumed(void)
{
    on_terminal("--quiet", one_down, suspend);
}

static void script_does_it_again(void)
{
    struct loop loop = start(100, 30);
    play(&loop, CLASS "Enter 2 Down Down x");
    char *script = exported(&loop, "save-script", "script"), *rest = script, *line;
    play(&loop, "^L");
    char *before = screen_of(&loop);
    loop_end(&loop);
    loop = start(100, 30);
    while ((line = strtok_r(rest, "\n", &rest)) != NULL) {
        if (*line != '#') {
            loop_command(&loop, line);
        }
    }
    play(&loop, "^L");
    char *after = screen_of(&loop);
    ck_assert_str_eq(before, after);
    loop_end(&loop);
    memory_free(script);
    memory_free(before);
    memory_free(after);
}

/* The sentence of the first screen. */
#define ENGLISH                                                                                \
    "Of %zu taxa %zu have p below .05, where chance alone gives about %.1f; %zu stay below "   \
    ".05 after adjusting for all of them."
#define CHINESE "%zu 个分类群中 %zu 个 p 小于 .05，仅凭偶然约有 %.1f 个；校正后保留 %zu 个。"

/* A catalogue with one translation, in the form that gettext reads. */
static void write_catalogue(const char *from, const char *to)
{
    static const char head[] = "Content-Type: text/plain; charset=UTF-8\n";
    uint32_t words[15] = {0x950412de, 0, 2, 28, 44, 0, 60};
    uint32_t at = sizeof words;
    const char *texts[] = {"", from, head, to};
    FILE *file;
    char *folders[] = {home_path("locale"), home_path("locale/zh"),
                       home_path("locale/zh/LC_MESSAGES")};
    char *path = home_path("locale/zh/LC_MESSAGES/taxamr.mo");
    for (int i = 0; i < 4; i++) {
        words[7 + 2 * i] = (uint32_t)strlen(texts[i]);
        words[8 + 2 * i] = at;
        at += words[7 + 2 * i] + 1;
    }
    for (int i = 0; i < 3; i++) {
        ck_assert_int_eq(mkdir(folders[i], 0700), 0);
    }
    file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(words, sizeof words, 1, file), 1);
    for (int i = 0; i < 4; i++) {
        ck_assert_uint_eq(fwrite(texts[i], strlen(texts[i]) + 1, 1, file), 1);
    }
    ck_assert_int_eq(fclose(file), 0);
    ck_assert_int_eq(setenv("TAXAMR_LOCALEDIR", folders[0], 1), 0);
    for (int i = 0; i < 3; i++) {
        memory_free(folders[i]);
    }
    memory_free(path);
}

/* Whatever a screen says goes through the catalogue of the language chosen. */
static void sentences_are_translated(void)
{
    write_catalogue(ENGLISH, CHINESE);
    language_start();
    language_choose("zh");
    struct loop loop = start(100, 30);
    play(&loop, "w");
    ck_assert(shows(&loop, "仅凭偶然约有 9.3 个"));
    loop_end(&loop);
}

static void exclusions_are_exported(void)
{
    struct loop loop = start(100, 30);
    play(&loop, CLASS "Enter;:exclude rs2278683;d");
    char *table = exported(&loop, "export table", "ledger.tsv");
    char *row = strstr(table, "rs2278683\t");
    ck_assert_ptr_nonnull(row);
    row[strcspn(row, "\n")] = '\0';
    ck_assert_ptr_nonnull(strstr(row, "\tFALSE\texcluded by hand"));
    memory_free(table);
    loop_end(&loop);
}

enum { STEPS = 4 };

static const struct {
    const char *name;
    struct {
        const char *play, *seen;
    } steps[STEPS];
    void (*also)(void);
} rows[] = {
    {"help from key tables",
     {{"?", ":fold-all"}, {"r e v e r s Enter", "Insomnia → taxa"}},
     help_is_the_table},
    {"why a key is off",
     {{"X", "restore-all: no variant was left out by hand"}},
     whatever_is_off_says_why},
    {"incremental search / filter",
     {{"/ o l s", "g Olsenella → Insomnia"},
      {"Esc f b i f i", "3 contain “bifi”"},
      {"Esc", "all shown"}},
     NULL},
    {"sort menu",
     {{"s", "sort by"}, {"Down Down Down Down Down Enter", "all shown, by p"}},
     NULL},
    {"tree collapse", {{"Left", "▸ p Actinobacteria"}, {"Right", "▾ p Actinobacteria"}}, NULL},
    {"mouse; click key line", {{NULL, NULL}}, mouse_works},
    {"resize; says too small", {{NULL, NULL}}, sizes_are_followed},
    {"default background, NO_COLOR", {{NULL, NULL}}, background_is_the_terminals},
    {"monochrome", {{NULL, NULL}}, weights_do_without_colour},
    {"wide characters; ambiguous", {{NULL, NULL}}, widths_are_right},
    {"status line, messages kept",
     {{"t", "log odds ratios"}, {"t !", "log odds ratios"}},
     NULL},
    {"progress, ETA; cancel", {{NULL, NULL}}, progress_is_seen_and_stopped},
    {"background work", {{NULL, NULL}}, keys_work_meanwhile},
    {"undo, redo",
     {{CLASS "Enter 2 x", "6 of 7 variants"}, {"u", "7 variants ·"}, {"^R", "6 of 7 variants"}},
     NULL},
    {"command line / palette",
     {{": o u t c Tab Enter", "Outcomes and directions"},
      {"Esc ? w o r d s Enter", "chance alone gives about"}},
     NULL},
    {"back with position; jump list",
     {{CLASS "Enter Esc", "c Actinobacteria → Insomnia"},
      {"/ o l s e n Enter [", "c Actinobacteria → Insomnia"},
      {"]", "g Olsenella → Insomnia"}},
     NULL},
    {"marks", {{"Space Space", "2 marked"}, {"c", "2 taxa → Insomnia"}}, NULL},
    {"copy (OSC 52), export", {{"e", "this table as it is shown"}}, copied_and_exported},
    {"rebind keys", {{":bind K words;K", "chance alone gives about"}}, keys_are_rebound},
    {"state restored", {{NULL, NULL}}, next_start_is_where_the_last_ended},
    {"first-run hints", {{NULL, NULL}}, hint_is_for_the_first_run},
    {"non-tty fallback", {{NULL, NULL}}, a_pipe_gets_text},
    {"suspend", {{NULL, NULL}}, suspended_and_resumed},
    {"what was done, as a replayable script", {{NULL, NULL}}, script_does_it_again},
    {"chart says itself in a sentence, two languages",
     {{CLASS "Enter 2 w", "7 variants; IVW"}, {"Esc v w", "with instruments 186"}},
     sentences_are_translated},
    {"hand exclusions shown, undone, exported",
     {{CLASS "Enter 2 x", "1 left out by hand"},
      {"Esc", "all 7 variants:"},
      {"u", "all shown"}},
     exclusions_are_exported},
    {"every number opens what it counts",
     {{"# Down Down Down Enter", "of 186 · p<.05,"},
      {":counts one", "39 of 186"},
      {"v;:select one-variant;Enter", "39 pairs with one variant"}},
     NULL},
};

START_TEST(habit_is_there)
{
    struct loop loop = start(100, 30);
    for (int i = 0; i < STEPS && rows[_i].steps[i].play != NULL; i++) {
        play(&loop, rows[_i].steps[i].play);
        ck_assert_msg(shows(&loop, rows[_i].steps[i].seen), "%s", rows[_i].name);
    }
    loop_end(&loop);
    if (rows[_i].also != NULL) {
        rows[_i].also();
    }
}
END_TEST

int main(void)
{
    const struct golden_test tests[] = {{habit_is_there, COUNT(rows)}};
    return explorer_run_each("habits", home_begin, home_end, tests, COUNT(tests));
}
