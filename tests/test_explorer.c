/*
 * The explorer's screens against stored text (GENERATE=1 writes them anew), and every habit by
 * its keys.
 */
#include "base/memory.h"
#include "explorer_fixture.h"
#include "numeric/start.h"
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void compare_stored(const char *name, const char *screen)
{
    struct text file = {0};
    text_addf(&file, "tests/screens/%s.txt", name);
    char *path = path_of(file.bytes);
    if (getenv("GENERATE") != NULL) {
        write_file(path, screen);
    }
    char *stored = read_file(path);
    if (strcmp(stored, screen) != 0) {
        (void)fprintf(stderr, "%s is stored as:\n%sand is now:\n%s", path, stored, screen);
    }
    ck_assert_msg(strcmp(stored, screen) == 0, "%s differs", path);
    memory_free(stored);
    memory_free(path);
    text_drop(&file);
}

#define CLASS ":select class.Actinobacteria.id.419;"

static const struct {
    const char *name;
    size_t columns, rows;
    bool ascii;
    const char *play;
} screens[] = {
    {"taxa-80x24", 80, 24, false, "Down"},
    {"taxa-100x30", 100, 30, false, "Down"},
    {"taxa-120x40", 120, 40, false, "Down"},
    {"taxa-60x16", 60, 16, false, "Down"},
    {"taxa-ascii", 100, 30, true, "Down"},
    {"taxa-sorted", 100, 30, false, ":sort p"},
    {"taxa-filter", 80, 24, false, ":filter bifido"},
    {"taxa-folded", 80, 24, false, "Z Down"},
    {"taxa-reverse", 100, 30, false, CLASS "r"},
    {"too-small", 59, 15, false, ""},
    {"methods-80x24", 80, 24, false, CLASS "Enter"},
    {"methods-ascii", 100, 30, true, CLASS "Enter"},
    {"forest-80x24", 80, 24, false, CLASS "Enter 2"},
    {"forest-120x40", 120, 40, false, CLASS "Enter 2"},
    {"forest-ascii", 100, 30, true, CLASS "Enter 2"},
    {"forest-excluded", 100, 30, false, CLASS "Enter 2 Down Down x"},
    {"forest-log", 100, 30, false, CLASS "Enter 2 t"},
    {"forest-94", 100, 30, false, CLASS "r Enter 2"},
    {"forest-94-unfolded", 120, 40, false, CLASS "r Enter 2 z G"},
    {"scatter-80x24", 80, 24, false, CLASS "Enter 3 j"},
    {"scatter-ascii", 80, 24, true, CLASS "Enter 3 j"},
    {"funnel-100x30", 100, 30, false, CLASS "Enter 4"},
    {"radial-120x40", 120, 40, false, CLASS "Enter 6"},
    {"baujat-100x30", 100, 30, false, CLASS "Enter 8"},
    {"density-60x16", 60, 16, false, CLASS "Enter 9"},
    {"loo-100x30", 100, 30, false, CLASS "Enter 5"},
    {"heterogeneity-100x30", 100, 30, false, CLASS "Enter 7"},
    {"variant-80x24", 80, 24, false, CLASS "Enter 2 Down Down Enter"},
    {"variant-120x40", 120, 40, false, CLASS "Enter 2 Down Down Enter"},
    {"variant-ascii", 100, 30, true, CLASS "Enter 2 Down Down Enter x"},
    {"outcomes-100x30", 100, 30, false, "o"},
    {"ledger-100x30", 100, 30, false, ":ledger;:filter ambiguous"},
    {"help-100x30", 100, 30, false, "?"},
    {"help-filtered", 80, 24, false, "? u n d"},
    {"sort-menu", 80, 24, false, "s Down Down"},
    {"prompt-command", 80, 24, false, ": s o"},
    {"messages", 80, 24, false, "t t !"},
    {"settings-80x24", 80, 24, false, "S;:methods ivw,divw;:select divw;:set boot 30;Down Up"},
    {"settings-120x40", 120, 40, false, "S;:set loss tukey;:select loss"},
    {"settings-60x16", 60, 16, false, "S;:select weighted_median"},
    {"settings-ascii", 80, 24, true, "S;:set level 0.9;:select level"},
    {"settings-60x16-ascii", 60, 16, true, "S;:select level;Enter"},
    {"settings-menu", 80, 24, false, "S;:select radial_fit;Enter"},
    {"settings-run", 80, 24, false, ":set seed 7;R"},
};

START_TEST(screen_is_as_stored)
{
    options.ascii = screens[_i].ascii;
    struct loop loop = start(screens[_i].columns, screens[_i].rows);
    play(&loop, screens[_i].play);
    char *screen = screen_of(&loop);
    loop_end(&loop);
    options.ascii = false;
    compare_stored(screens[_i].name, screen);
    memory_free(screen);
}
END_TEST

/* Each habit of good terminal programs: its keys, and what must then be seen. */
static const struct {
    const char *name, *play, *seen;
} habits[] = {
    {"help from key tables", "?", ":restore-all"},
    {"help lists what the view can do", CLASS "Enter ?", ":exclude"},
    {"help filters", "? r e v e r s", "change places"},
    {"help runs the choice", "? l e d g e r Enter", "Ledger: every variant"},
    {"why a key is off", "X", "restore-all: no variant was left out by hand"},
    {"why undo is off", "u", "undo: nothing to undo"},
    {"why exclude is off", CLASS "Enter x", "this row stands for no single variant"},
    {"unknown key says so", "K", "does nothing here; ? lists all"},
    {"incremental search", "/ o l s e n", "g Olsenella → Insomnia"},
    {"search accepts and repeats", "/ c o r i Enter n", "o Coriobacteriales → Insomnia"},
    {"search repeats backwards", "/ c o r i Enter n N", "c Coriobacteriia → Insomnia"},
    {"search wraps round", "/ p r e v Enter n n n n n n n n", "g Prevotella"},
    {"search says when nothing is there", "/ z z z Enter", "nothing here contains “zzz”"},
    {"Esc in search returns", "Down; / o l s e n Esc", "c Actinobacteria → Insomnia"},
    {"filter", "f b i f i d o Enter", "contain “bifido”"},
    {"Esc takes the filter back", "f b i f i d o Enter Esc", "all shown"},
    {"filter that fits nothing", "f z z z Enter", "nothing contains that; Esc shows all"},
    {"sort menu", "s Down Down Down Down Down Enter", "by p"},
    {"sort turned round", ":sort p;:sort p", "turned round"},
    {"sort by neighbouring column", ">", "by name of the taxon"},
    {"flat list", "F", "by taxon"},
    {"tree collapses", "Left", "▸ p Actinobacteria"},
    {"tree unfolds", "Left Right", "▾ p Actinobacteria"},
    {"tree folds whole", "Z", "▸ p Proteobacteria"},
    {"a search looks into folded branches", "Z; / o l s e n Enter", "g Olsenella → Insomnia"},
    {"status line keeps messages", "t t !", "log odds ratios"},
    {"undo", CLASS "Enter 2 x u", "7 variants · in file order"},
    {"redo", CLASS "Enter 2 x u ^R", "6 of 7 variants"},
    {"undo across screens", CLASS "Enter 2 x Esc u", "0 variants are left out by hand"},
    {"exclusions stand in the title", CLASS "Enter 2 x Esc", "1 left out by hand"},
    {"exclusions stand beside the whole", CLASS "Enter 2 x", "all 7:"},
    {"exclusions follow in the list", CLASS "Enter 2 x Esc", "all 7 variants:"},
    {"exclusions stand in the ledger", CLASS "Enter 2 x d", "excluded by hand"},
    {"command line", ": o u t c o m e s Enter", "Outcomes and directions"},
    {"command line completes", ": o u t c Tab Enter", "Outcomes and directions"},
    {"command line says what is unknown", ": x y z Enter", "there is no action “xyz”"},
    {"command line takes an argument", ":select genus.Olsenella.id.822",
     "g Olsenella → Insomnia"},
    {"back with position", CLASS "Enter Esc", "c Actinobacteria → Insomnia"},
    {"Esc never quits", "Esc", "q leaves taxamr"},
    {"copy", CLASS "y", "copied: class.Actinobacteria.id.419"},
    {"words", "w", "chance alone gives about"},
    {"words of a chart", CLASS "Enter 2 w", "7 variants"},
    {"mouse off by a key", "M", "the mouse is the terminal's"},
    {"direction keeps the taxon", CLASS "r", "Insomnia → c Actinobacteria"},
    {"direction keeps the taxon in a pair", CLASS "Enter r", "Insomnia → c Actinobacteria"},
    {"one outcome says so", "O", "this study has one outcome"},
    {"log scale", "t", "log odds ratio per SD"},
    {"variant leads to its other taxa", CLASS "Enter 2 Down Down Enter Enter",
     "p Actinobacteria → Insomnia"},
    {"next variant", CLASS "Enter 2 Enter n", "rs6743537"},
    {"variant before, round the end", CLASS "Enter 2 Enter p", "rs134300"},
    {"ledger leads to the variant", ":ledger;/ r s 6 7 4 3 Enter Enter", "rs6743537 "},
    {"simulated stands on every screen", ":ledger", "SIMULATED outcome"},
    {"a form of methods and settings", "S", "Run again with what is chosen here"},
    {"methods are taken and left", "S;:select divw;Space",
     "methods ivw,egger,weighted_median,divw;"},
    {"default methods by one key", "S d", "* not computed yet: methods default"},
    {"all methods by one key", "S a", "* not computed yet: methods all"},
    {"a number is edited", "S;:select boot;Enter Backspace 5 Enter",
     "boot 25; R computes with it"},
    {"a wrong number says what to write", "S;:select boot;Enter x Enter",
     "found --boot 20x; write a whole number from 2 to 10000000"},
    {"settings as commands", ":set presso-sims 500;S", "presso-sims 500; R runs"},
    {"methods as a command", ":methods ivw", "methods ivw; R computes with it"},
    {"run again", ":set seed 7;R", "seed 7"},
    {"running closes the form", "S;:set seed 7;g Enter", "g Bifidobacterium"},
    {"tabs by name", CLASS ":open;:tab loo", "5▐"},
    {"tabs turn", CLASS "Enter Tab Tab Tab Tab Tab Tab Tab Tab Tab", "1▐"},
    {"tabs turn back", CLASS "Enter BackTab", "9▐"},
    {"points of a plane are walked", CLASS "Enter 3 j", "2/"},
    {"a note", CLASS "a s e e n Enter", "─ ✎ seen ─"},
    {"a note stands in the table", CLASS "a s e e n Enter", "c Actinobacteria ✎"},
    {"an empty note is taken away", CLASS ":note seen;a ^U Enter", "the note is taken away"},
    {"a note in a pair", CLASS "Enter a s e e n Enter Esc", "─ ✎ seen ─"},
    {"Esc leaves the note as it was", CLASS ":note seen;a x Esc", "─ ✎ seen ─"},
    {"a key rebound", ":bind K words;K", "chance alone gives about"},
    {"help shows the key rebound", ":bind K words;? w o r d s", "K w               :words"},
    {"key line shows the key rebound", ":bind ^O open;Down", " ^O open"},
    {"completion of arguments", CLASS "Enter;: t a b Space f u Tab Enter", "4▐Funnel▌"},
    {"completion of taxa", ": s e l e c t Space o l s e n Tab Enter", "g Olsenella → Insomnia"},
    {"history of the command line", ": w o r d s Enter;: Up Enter", "chance alone gives about"},
    {"a lower part with fewer rows", ":preview 4;G", "f Desulfovibrionaceae"},
    {"a wide character is typed and cut", "/ 菌 菌 Backspace", "/菌 "},
};

START_TEST(habit)
{
    struct loop loop = start(100, 30);
    play(&loop, habits[_i].play);
    bool is_seen = shows(&loop, habits[_i].seen);
    loop_end(&loop);
    ck_assert_msg(is_seen, "%s", habits[_i].name);
}
END_TEST

/* Clicks where a text stands in the screen. */
static void click_on(struct loop *loop, const char *text)
{
    char *screen = screen_of(loop), *line = screen;
    for (size_t row = 0; *line != '\0'; row++) {
        size_t length = strcspn(line, "\n");
        line[length] = '\0';
        char *at = strstr(line, text);
        if (at != NULL) {
            *at = '\0';
            loop_click(loop, text_width(line), row);
            break;
        }
        line += length + 1;
    }
    memory_free(screen);
    redraw(loop);
}

START_TEST(click_in_the_key_line_does_the_action)
{
    struct loop loop = start(100, 30);
    click_on(&loop, "o outcomes");
    ck_assert(shows(&loop, "Outcomes and directions"));
    loop_end(&loop);
}
END_TEST

START_TEST(click_chooses_and_opens_a_row)
{
    struct loop loop = start(100, 30);
    click_on(&loop, "g Olsenella");
    ck_assert(shows(&loop, "g Olsenella → Insomnia"));
    click_on(&loop, "g Olsenella");
    ck_assert(shows(&loop, "▐Meth"));
    click_on(&loop, "Forest");
    ck_assert(shows(&loop, "▐Forest▌"));
    loop_end(&loop);
}
END_TEST

START_TEST(rows_wait_for_results)
{
    struct loop loop;
    loop_begin(&loop, study, &options);
    loop_draw(&loop, 100, 30, false);
    ck_assert(shows(&loop, "▾ p Actinobacteria"));
    ck_assert(shows(&loop, "…"));
    play(&loop, CLASS "Enter 2");
    ck_assert(shows(&loop, "Not computed; R computes."));
    play(&loop, "x");
    ck_assert(shows(&loop, "exclude: nothing was computed; R computes"));
    play(&loop, "R");
    ck_assert(shows(&loop, "IVW"));
    loop_end(&loop);
}
END_TEST

START_TEST(computing_can_be_stopped)
{
    struct loop loop;
    loop_begin(&loop, study, &options);
    loop_compute(&loop);
    loop_draw(&loop, 100, 30, false);
    ck_assert(shows(&loop, "Esc stops"));
    loop_key(&loop, "Esc");
    loop_wait(&loop);
    redraw(&loop);
    ck_assert(shows(&loop, "stopped; R goes on"));
    ck_assert(!state_is_complete(&loop.state));
    loop_end(&loop);
}
END_TEST

START_TEST(cursor_sits_on_the_selected_row)
{
    struct loop loop = start(100, 30);
    play(&loop, "Down Down");
    ck_assert_uint_eq(loop.canvas->cursor_row, 5);
    ck_assert_str_eq(canvas_cell(loop.canvas, 0, 5)->grapheme, "▌");
    loop_end(&loop);
}
END_TEST

/* A variant taken out of one taxon is out of all, and each number is that of the smaller pair.
 */
START_TEST(exclusion_reaches_every_taxon)
{
    size_t whole, part;
    struct loop loop = start(100, 30);
    const struct trait *taxon = state_taxon(&loop.state, "genus.Bifidobacterium.id.436");
    ck_assert_ptr_nonnull(state_pair(&loop.state, taxon, &whole));
    play(&loop, CLASS "Enter;:exclude rs2278683");
    const struct analysis *now = state_analysis(&loop.state, whole);
    const struct analysis *full = state_full_analysis(&loop.state, whole);
    ck_assert_uint_eq(now->pair->count + 1, full->pair->count);
    for (part = 0; strcmp(pair_variant(full->pair, part), "rs2278683") != 0; part++) {
    }
    ck_assert_double_eq_tol(now->main.b, full->leave_one_out[part].b, 1e-12);
    loop_end(&loop);
}
END_TEST

int main(void)
{
    numeric_start();
    Suite *suite = suite_create("explorer");
    TCase *tests = tcase_create("explorer");
    tcase_set_timeout(tests, 300);
    tcase_add_unchecked_fixture(tests, fixture_load, fixture_unload);
    tcase_add_loop_test(tests, screen_is_as_stored, 0, sizeof screens / sizeof screens[0]);
    tcase_add_loop_test(tests, habit, 0, sizeof habits / sizeof habits[0]);
    tcase_add_test(tests, click_in_the_key_line_does_the_action);
    tcase_add_test(tests, click_chooses_and_opens_a_row);
    tcase_add_test(tests, rows_wait_for_results);
    tcase_add_test(tests, computing_can_be_stopped);
    tcase_add_test(tests, cursor_sits_on_the_selected_row);
    tcase_add_test(tests, exclusion_reaches_every_taxon);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
