/*
 * What fits a screen: sentences are whole where rows are free, help is always in the key line,
 * sentences name keys as they are bound; and small verbs: jumps reach every screen, marks and
 * screens are kept over sessions, outcomes are filtered and sorted, files are read while keys
 * work.
 */
#include "base/memory.h"
#include "explorer_fixture.h"
#include "numeric/start.h"
#include "ui/explorer/keep.h"
#include "ui/explorer/reading.h"
#include <check.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CLASS ":select class.Actinobacteria.id.419;"

/* Whether a screen has a sign of something cut, so many lines below its first rule or farther.
 */
static bool is_cut_below_rule(const struct loop *loop, int lines)
{
    char *screen = screen_of(loop);
    const char *rule = strstr(screen, "────────────────────");
    for (int i = 0; i < lines && rule != NULL; i++) {
        rule = strchr(rule + 1, '\n');
    }
    bool is_cut = rule == NULL || strstr(rule, "…") != NULL;
    memory_free(screen);
    return is_cut;
}

/* The checks by their names, one after the other. */
static bool has_names_in_order(const struct loop *loop)
{
    static const char *const names[] = {
        "Heterogeneity: ",     "Egger intercept: ", "Leave one out: ",
        "Steiger direction: ", "other way",         "False discovery rate: "};
    char *screen = screen_of(loop), *at = strstr(screen, "────────────────────");
    for (size_t i = 0; i < sizeof names / sizeof *names && at != NULL; i++) {
        at = strstr(at, names[i]);
    }
    bool is_there = at != NULL;
    memory_free(screen);
    return is_there;
}

START_TEST(checks_are_whole_for_every_taxon)
{
    static const char *const before[] = {"", "r"};
    size_t seen = 0;
    struct loop loop = start(80, 24);
    play(&loop, before[_i]);
    for (size_t i = 0; i < study->exposure_count; i++) {
        size_t pair;
        if (state_pair(&loop.state, study->exposures[i], &pair) != NULL) {
            struct text line = {0};
            text_addf(&line, "select %s", study->exposures[i]->key);
            loop_command(&loop, line.bytes);
            redraw(&loop);
            ck_assert_msg(!is_cut_below_rule(&loop, 2), "%s", line.bytes); /* names may be */
            ck_assert_msg(has_names_in_order(&loop), "%s", line.bytes);
            text_drop(&line);
            seen++;
        }
    }
    loop_end(&loop);
    ck_assert_uint_gt(seen, 180);
}
END_TEST

/* Screens where there is room at 80 columns and 24 rows for everything that they say below
 * their rule. */
static const char *const whole[] = {CLASS "Enter",
                                    CLASS "Enter Down",
                                    CLASS "Enter 2",
                                    CLASS "Enter 3",
                                    CLASS "Enter 5",
                                    CLASS "Enter 2 Enter",
                                    CLASS "r Enter",
                                    "m",
                                    ":chart volcano",
                                    ":chart qq",
                                    ":chart manhattan",
                                    "v",
                                    "o"};

START_TEST(sentences_are_whole)
{
    struct loop loop = start(80, 24);
    play(&loop, whole[_i]);
    bool is_cut = is_cut_below_rule(&loop, 0);
    loop_end(&loop);
    ck_assert_msg(!is_cut, "%s", whole[_i]);
}
END_TEST

/* Help is never what there is no room for. */
START_TEST(help_is_in_every_key_line)
{
    static const char *const screens[] = {
        "Down", CLASS "Enter", CLASS "Enter 2 Enter", "o Down", ":ledger", "v", "M", "I",
        "B",    "S",           CLASS "Enter B"};
    for (size_t i = 0; i < sizeof screens / sizeof screens[0]; i++) {
        struct loop loop = start(60, 16);
        play(&loop, screens[i]);
        for (size_t columns = 60; columns <= 160; columns += 20) {
            loop_draw(&loop, columns, 16, columns % 40 == 0);
            ck_assert_msg(shows(&loop, "? keys"), "%s at %zu", screens[i], columns);
        }
        loop_end(&loop);
    }
}
END_TEST

static const struct {
    const char *name, *play, *seen;
    size_t columns;
} habits[] = {
    {"settings and marks stand in the key line", "Down", "Space mark  S settings", 80},
    {"compare, once two are marked", CLASS "Space;:mark nsnp >= 7;Down", "c compare", 80},
    {"undo, once there is something", CLASS "Enter 2 x Down", "u undo", 80},
    {"tabs with whole words", CLASS "Enter", "1▐Methods▌2 Forest 3 Scatter", 80},
    {"tabs that are out of sight", CLASS "Enter 9", "‹ 4 Funnel", 80},
    {"a click on ‹ is a tab", CLASS "Enter BackTab BackTab BackTab", "9▐Density▌", 80},
    {"badges in fewer words", CLASS "Enter 2 x", "SIMULATED  1 left out", 60},
    {"letters where sentences have no room", CLASS ":preview 4", "QELSR!", 60},
    {"a menu says its choice whole", "C", "What became of every exposure and variant, from",
     60},
    {"help says its choice whole", "? e x p o s u r e Space a n d Down", "the taxon stays", 60},
    {"reasons name the key as bound", ":bind K search;n", "nothing was searched for; K", 80},
    {"messages, too", ":bind K help;:nonsense", "there is no action “nonsense”; K lists", 80},
    {"and lines of a screen", ":bind ^O open;v", "^O lists what this number counts", 80},
    {"and what undoes", ":bind K undo;" CLASS "Enter 2 x", "K undoes", 100},
    {"an action without a key has its name",
     ":bind x words;" CLASS "Enter 2;:select rs2278683;:exclude", ":exclude takes it back",
     100},
    {"outcomes are filtered", "o;:filter direction = reverse", "1 with “direction", 80},
    {"while it is typed", "o f r e v e r", "1 with “rever”", 80},
    {"Esc takes their filter back", "o;:filter reverse;Esc", "1/2", 80},
    {"a wrong condition of outcomes", "o;:filter testd > 3", "there is no column “testd”", 80},
    {"outcomes are sorted", "o;:sort nominal", "by pairs with p < .05", 80},
    {"and turned round", "o;:sort nominal;:sort nominal;Down", "turned round", 80},
    {"by a menu", "o s Down Enter", "by name of the outcome", 80},
    {"outcomes are searched", "o / i n s o Enter n", "2/2", 80},
    {"an outcome by its key and direction", "o;:select insomnia reverse;Enter",
     "Insomnia → taxa", 80},
    {"both directions of a pair list no search", CLASS "Enter B /", "does nothing here", 80},
    {"the flow in boxes", "v Down", "├─► ▌ 25  without an instrument", 100},
    {"as a tree where they have no room", "v", "├─  25  without an instrument", 80},
    {"the map is shaded", "m s g", "++   ▒▒▒▒▒      +++* █████", 80},
    {"jump back to the flow", "v Esc [", "1▐Flow▌", 80},
    {"jump back to what a number counts", "v;:select one-variant;Enter Enter Esc Esc Esc [ [",
     "39 pairs with one variant", 80},
    {"jump back to a part of the ledger", "v;/ a m b i g Enter Enter Esc [",
     "Ledger: palindromic ambiguous", 80},
    {"jump back to the map", "m Down Right Esc [", "2▐Map▌", 80},
    {"jump back to the volcano", ":chart volcano;j Esc [", "3▐Volcano▌", 80},
    {"jump back to the qq", ":chart qq;Esc [", "4▐QQ▌", 80},
    {"jump back to the manhattan", ":chart manhattan;Esc [", "5▐Manhattan▌", 80},
    {"jump back to a method", "M;:select egger;Esc [", "MR Egger  (egger)", 80},
    {"jump back to the study", "I Esc [", "Warnings of loading", 80},
    {"jump back to both directions", "B Esc [", "Both directions: Insomnia", 80},
    {"jump back to both of a pair", CLASS "Enter B Esc [", "▸ forward: c Actinobacteria", 80},
    {"jump back to the settings", "S Esc [", "Methods and settings", 80},
    {"jump back to the outcomes", "o Down Esc [", "Outcomes and directions", 80},
};

START_TEST(habit)
{
    static const size_t rows[] = {[3] = 16, [4] = 24, [5] = 30};
    struct loop loop = start(habits[_i].columns, rows[habits[_i].columns / 20]);
    play(&loop, habits[_i].play);
    bool is_seen = shows(&loop, habits[_i].seen);
    loop_end(&loop);
    ck_assert_msg(is_seen, "%s", habits[_i].name);
}
END_TEST

static const struct {
    const char *play, *seen;
} kept[] = {
    {CLASS "Space;:mark nsnp >= 7", "4 marked"},
    {CLASS "Space;:mark nsnp >= 7;:compare", "1▐Forest▌ 2 Methods"},
    {":chart volcano", "3▐Volcano▌"},
    {"v", "1▐Flow▌"},
    {"M;:select egger", "MR Egger  (egger)"},
    {"I", "Warnings of loading"},
    {"B", "Both directions: Insomnia"},
    {"S", "Methods and settings"},
    {"o", "Outcomes and directions"},
};

START_TEST(screen_and_marks_are_kept)
{
    struct loop first = start(80, 24);
    play(&first, kept[_i].play);
    char *text = keep_place_text(&first, "study");
    loop_end(&first);
    struct loop next;
    loop_begin(&next, study, &options);
    bool is_taken = keep_place_take(&next, text, "study");
    loop_draw(&next, 80, 24, false);
    bool is_seen = shows(&next, kept[_i].seen);
    size_t messages = next.state.messages.count;
    loop_end(&next);
    memory_free(text);
    ck_assert(is_taken);
    ck_assert_msg(is_seen, "%s", kept[_i].play);
    ck_assert_uint_eq(messages, 0);
}
END_TEST

/* Boxes and what leaves them stand in the same rows. */
START_TEST(boxes_are_clicked)
{
    struct loop loop = start(100, 30);
    play(&loop, "v");
    click_on(&loop, "with p < 5e-8");
    ck_assert(shows(&loop, "▌ 11  with p < 5e-8"));
    click_on(&loop, "different variants");
    ck_assert(shows(&loop, "▌516  instruments"));
    click_on(&loop, "different variants");
    ck_assert(shows(&loop, "516 instruments"));
    loop_end(&loop);
}
END_TEST

/* A sentence that holds what looks like an action of the person's own. */
START_TEST(only_actions_become_keys)
{
    struct keymap keymap = {0};
    char *said = keymap_said(&keymap, "{undo} {nothing} {} {undo");
    ck_assert_str_eq(said, "u {nothing} {} {undo");
    memory_free(said);
}
END_TEST

/* A pipe in a folder of its own: a file whose end the test decides. */
struct pipe {
    char folder[32];
    char *path;
    int end;
};

static struct pipe pipe_create(void)
{
    struct pipe pipe = {.folder = "/tmp/taxamr-fit-XXXXXX"};
    struct text path = {0};
    ck_assert_ptr_nonnull(mkdtemp(pipe.folder));
    text_addf(&path, "%s/pairs.tsv", pipe.folder);
    pipe.path = text_take(&path);
    ck_assert_int_eq(mkfifo(pipe.path, 0600), 0);
    pipe.end = open(pipe.path, O_RDWR | O_CLOEXEC);
    ck_assert_int_ge(pipe.end, 0);
    return pipe;
}

static void pipe_write(const struct pipe *pipe, const char *text)
{
    ck_assert_int_eq(write(pipe->end, text, strlen(text)), (ssize_t)strlen(text));
}

static void pipe_rows(const struct pipe *pipe, size_t first, size_t count)
{
    struct text rows = {0};
    for (size_t i = first; i < first + count; i++) {
        text_addf(&rows, "rs%zu\tA\tC\t0.1\t0.01\t0.02\t0.01\n", i + 1);
    }
    pipe_write(pipe, rows.bytes);
    text_drop(&rows);
}

static void pipe_destroy(struct pipe *pipe)
{
    ck_assert_int_eq(unlink(pipe->path), 0);
    ck_assert_int_eq(rmdir(pipe->folder), 0);
    memory_free(pipe->path);
}

/* An explorer in which the pipe is being read. */
static struct loop reading_loop(const struct pipe *pipe)
{
    struct loop loop = start(80, 24);
    struct source source = source_create(pipe->path);
    pipe_write(pipe, "SNP\teffect_allele.exposure\tother_allele.exposure\tbeta.exposure\t"
                     "se.exposure\tbeta.outcome\tse.outcome\n");
    pipe_rows(pipe, 0, 3);
    loop.reads_at_once = false;
    loop_perform(
        &loop, (struct effect){.kind = EFFECT_READ, .reading = reading_of_harmonised(&source)});
    source_destroy(&source);
    redraw(&loop);
    return loop;
}

static void poll_until_read(struct loop *loop)
{
    for (int i = 0; i < 400 && loop->reading != NULL; i++) {
        loop_poll(loop);
        (void)usleep(10000);
    }
    redraw(loop);
}

START_TEST(keys_work_while_files_are_read)
{
    struct pipe pipe = pipe_create();
    struct loop loop = reading_loop(&pipe);
    ck_assert(shows(&loop, "reading [........]  Esc stops"));
    loop_key(&loop, "Down");
    loop_poll(&loop);
    redraw(&loop);
    ck_assert(shows(&loop, "c Actinobacteria → Insomnia"));
    loop_command(&loop, "open-file data/lipid-chd/study.conf");
    redraw(&loop);
    ck_assert(shows(&loop, "files are being read; Esc stops it"));
    /* What is being typed is not for the study that comes. */
    loop_key(&loop, "/");
    pipe_rows(&pipe, 3, 5);
    ck_assert_int_eq(close(pipe.end), 0);
    for (int i = 0; i < 400 && !reading_is_over(loop.reading); i++) {
        (void)usleep(10000);
    }
    loop_poll(&loop);
    ck_assert_ptr_nonnull(loop.reading);
    loop_key(&loop, "Esc");
    poll_until_read(&loop);
    ck_assert(shows(&loop, "opened (pairs: 1"));
    ck_assert_uint_eq(loop.state.study->pairs[0]->count, 8);
    loop_end(&loop);
    pipe_destroy(&pipe);
}
END_TEST

START_TEST(reading_can_be_stopped)
{
    struct pipe pipe = pipe_create();
    struct loop loop = reading_loop(&pipe);
    loop_key(&loop, "Esc");
    pipe_rows(&pipe, 3, 600);
    /* What a pipe has is read in large blocks, or up to its end. */
    ck_assert_int_eq(close(pipe.end), 0);
    poll_until_read(&loop);
    ck_assert_ptr_null(loop.reading);
    ck_assert(shows(&loop, "reading was stopped"));
    ck_assert(shows(&loop, "p Actinobacteria → Insomnia"));
    loop_end(&loop);
    pipe_destroy(&pipe);
}
END_TEST

/* Leaving does not wait for the end of a file. */
START_TEST(leaving_stops_reading)
{
    struct pipe pipe = pipe_create();
    struct loop loop = reading_loop(&pipe);
    pipe_rows(&pipe, 3, 600);
    ck_assert_int_eq(close(pipe.end), 0);
    loop_end(&loop);
    pipe_destroy(&pipe);
}
END_TEST

int main(void)
{
    const char *folder = getenv("srcdir");
    numeric_start();
    if (folder != NULL && (chdir(folder) != 0 || setenv("srcdir", ".", 1) != 0)) {
        return 1;
    }
    Suite *suite = suite_create("explorer fit");
    TCase *tests = tcase_create("explorer fit");
    tcase_set_timeout(tests, 300);
    tcase_add_unchecked_fixture(tests, fixture_load, fixture_unload);
    tcase_add_loop_test(tests, checks_are_whole_for_every_taxon, 0, 2);
    tcase_add_loop_test(tests, sentences_are_whole, 0, sizeof whole / sizeof whole[0]);
    tcase_add_test(tests, help_is_in_every_key_line);
    tcase_add_loop_test(tests, habit, 0, sizeof habits / sizeof habits[0]);
    tcase_add_loop_test(tests, screen_and_marks_are_kept, 0, sizeof kept / sizeof kept[0]);
    tcase_add_test(tests, boxes_are_clicked);
    tcase_add_test(tests, only_actions_become_keys);
    tcase_add_test(tests, keys_work_while_files_are_read);
    tcase_add_test(tests, reading_can_be_stopped);
    tcase_add_test(tests, leaving_stops_reading);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
