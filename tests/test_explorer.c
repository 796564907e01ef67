/*
 * The explorer's screens in special states against stored text (`make screens` writes them
 * anew; test_screens has every view as it usually is), and what keys do.
 */
#include "base/memory.h"
#include "explorer_fixture.h"
#include "numeric/start.h"
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct stored_screen screens[] = {
    {"taxa-60x16", 60, 16, false, "Down"},
    {"taxa-sorted", 100, 30, false, ":sort p"},
    {"taxa-filter", 80, 24, false, ":filter bifido"},
    {"taxa-condition", 80, 24, false, ":filter p < 0.1 & nsnp >= 3"},
    {"taxa-condition-wrong", 60, 16, false, "f p < 1 Space & Space x"},
    {"taxa-marked", 100, 30, false, "Down Space Space;:sort p"},
    {"counts-80x24", 80, 24, false, "#"},
    {"compare-60x16", 60, 16, false, MARKED "c Down"},
    {"compare-methods-60x16", 60, 16, false, MARKED "c 2 Right"},
    {"compare-shared-60x16", 60, 16, false, MARKED "c 3 Right"},
    {"taxa-folded", 80, 24, false, "Z Down"},
    {"taxa-reverse", 100, 30, false, CLASS "r"},
    {"too-small", 59, 15, false, ""},
    {"forest-excluded", 100, 30, false, CLASS "Enter 2 Down Down x"},
    {"forest-log", 100, 30, false, CLASS "Enter 2 t"},
    {"forest-94", 100, 30, false, CLASS "r Enter 2"},
    {"forest-94-unfolded", 120, 40, false, CLASS "r Enter 2 z G"},
    {"density-60x16", 60, 16, false, CLASS "Enter 9"},
    {"influence-94-ascii", 80, 24, true, CLASS "r Enter;:tab influence;Down Down"},
    {"likelihood-60x16-ascii", 60, 16, true, CLASS "Enter;:tab likelihood"},
    {"variant-ascii", 100, 30, true, CLASS "Enter 2 Down Down Enter x"},
    {"flow-120x40", 120, 40, false, "v r"},
    {"flow-60x16", 60, 16, false, "v G"},
    {"flow-associations", 80, 24, false, "v;:select genome-wide;Enter"},
    {"map-120x40", 120, 40, false, "m s g"},
    {"qq-120x40", 120, 40, false, ":chart qq;r"},
    {"study-chart-menu", 100, 30, false, "C Down"},
    {"help-filtered", 80, 24, false, "? u n d"},
    {"verdict", 80, 24, false, "j V"},
    {"verdict-ascii", 100, 30, true, "j V j"},
    {"settings-80x24", 80, 24, false,
     "S;:use-methods ivw,divw;:select divw;:set boot 30;Down Up"},
    {"settings-60x16", 60, 16, false, "S;:select weighted_median"},
    {"settings-60x16-ascii", 60, 16, true, "S;:select level;Enter"},
    {"settings-menu", 80, 24, false, "S;:select radial_fit;Enter"},
    {"settings-run", 80, 24, false, ":set seed 7;R"},
};

START_TEST(screen_is_as_stored)
{
    check_stored(&screens[_i]);
}
END_TEST

/* Each habit of good terminal programs: its keys, and what must then be seen. */
static const struct habit habits[] = {
    {"help from key tables", "?", ":fold-all"},
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
    {"plain words of a pair", CLASS "Enter L", "What was compared"},
    {"plain words of a taxon", CLASS "L", "By the rules of this program"},
    {"plain words of the study, and claims", ":plain study;G", "daily rhythm of cortisol"},
    {"why there are no such plain words", ":plain moon", "write pair, taxon or study"},
    {"search wraps round", "/ p r e v Enter n n n n n n n n", "g Prevotella"},
    {"search says when nothing is there", "/ z z z Enter", "nothing here contains “zzz”"},
    {"Esc in search returns", "Down; / o l s e n Esc", "c Actinobacteria → Insomnia"},
    {"filter", "f b i f i d o Enter", "contain “bifido”"},
    {"Esc takes the filter back", "f b i f i d o Enter Esc", "all shown"},
    {"filter that fits nothing", "f z z z Enter", "nothing contains that; Esc shows all"},
    {"filter by a condition", ":filter p < 0.05 & nsnp >= 3", " of 186 · p<.05 & nsnp>=3"},
    {"a condition of names", ":filter phylum = Bacteroidetes & rank = order",
     "1 of 186 · phylum=Bacteroidetes & rank=order"},
    {"a condition of checks", ":filter F = passed", "this holds for no taxon; Esc shows all"},
    {"a condition shows while it is typed", "f p < . 0 5", " of 186 · p<.05"},
    {"what is typed before a condition is right", "f p < . 0 5 &", " of 186 · p<.05"},
    {"Esc while a condition is typed", "f p < . 0 5 Esc", "all shown"},
    {"Esc returns to the filter before", ":filter bifido;f ^U p < . 0 5 Esc",
     "contain “bifido”"},
    {"a wrong condition says what and where", "f x < 1", "at letter 1: there is no column “x”"},
    {"a wrong condition is not taken", "f p < Enter", "at the end: write what p is compared"},
    {"lines typed before come back", "f b i f i d o Enter Esc f Up Enter", "contain “bifido”"},
    {"and the one being typed", "f b i f i d o Enter f ^U x Up Down", "only rows with: x"},
    {"a condition in the ledger", ":ledger;:filter reason = kept & trait ~ Olsenella",
     "rows with “reason = kept & trait ~ Olsenella”"},
    {"marks stay where the list is sorted", CLASS "Space;:sort p;:filter J = 1;g", "1 marked"},
    {"a mark is seen", CLASS "Space", "●c Actinobacteria"},
    {"a mark is seen in the other direction", CLASS "Space r", "●c Actinobacteria"},
    {"a mark is taken off", CLASS "Space;:mark class.Actinobacteria.id.419", "0 taxa marked"},
    {"Space goes on to the next", "g Space Space Space", "3 marked  4/186"},
    {"Space marks the row that is seen", CLASS ":filter olsen;:mark;:filter marked = yes",
     "g Olsenella → Insomnia"},
    {"all shown are marked", ":filter bifido;*", "3 taxa marked"},
    {"marks by a condition", ":mark nsnp = 1", "39 taxa marked"},
    {"marks are taken off", ":mark nsnp = 1;U", "no taxon is marked any more"},
    {"marked taxa can be asked for", ":mark nsnp = 1;:filter !marked = yes", "147 of 186"},
    {"marked taxa first", CLASS "Space;:sort marked;g", "●c Actinobacteria"},
    {"why compare is off", "c", "compare: two taxa at least must be marked; Space marks"},
    {"why so many are not compared", ":mark nsnp = 1;c", "more than 20 taxa are marked"},
    {"why unmark is off", "U", "unmark-all: no taxon is marked"},
    {"compare", MARKED "c", "1▐Forest▌ 2 Methods"},
    {"compare keeps its place", MARKED "c Down Down Enter Esc", "3/"},
    {"compare opens a pair", MARKED "c Down Enter", "1▐Methods▌"},
    {"compare turns round", MARKED "c r", "Insomnia → "},
    {"compare shows methods", MARKED "c Tab", "2▐Methods▌"},
    {"compare shows shared variants", MARKED "c 3", "Jaccard: shared variants"},
    {"compare lists what is shared", MARKED "c 3;:select order.Bifidobacteriales.id.432",
     "2 c Actinobacteria: 3 of its 7: rs6743537"},
    {"compare loses what is unmarked", MARKED "c Space U",
     "no marked taxon has an instrument in this direction"},
    {"compare in words", MARKED "c w", "taxa compared"},
    {"jump back", CLASS "Enter;:ledger;[", "1▐Methods▌"},
    {"jump back twice", CLASS "Enter;:ledger;[ [", "c Actinobacteria → Insomnia"},
    {"jump forward", CLASS "Enter;:ledger;[ [ ] ]", "Ledger of class.Actinobacteria"},
    {"jump back from a search", CLASS "/ o l s e n Enter [", "c Actinobacteria → Insomnia"},
    {"jump forward to what was found", CLASS "/ o l s e n Enter [ ]", "g Olsenella → Insomnia"},
    {"jump back over a direction", CLASS "r [", "c Actinobacteria → Insomnia"},
    {"jump back to a variant", CLASS "Enter 2 Down Down Enter Esc Esc [ [", "/7"},
    {"jump back to a chart", CLASS "Enter 2 Esc Down [", "2▐Forest▌"},
    {"jump back to marked taxa", MARKED "c 3 Esc [", "3▐Shared variants▌"},
    {"why there is no jump", "[", "jump-back: there was no jump before"},
    {"why there is no jump forward", CLASS "Enter ]", "jump-forward: this is the last place"},
    {"a new jump forgets those ahead", CLASS "Enter Esc [ r ]", "this is the last place"},
    {"numbers open what they count", "# Down Down Down Enter", " of 186 · p<.05,"},
    {"counts by name", ":counts one", "39 of 186 · nsnp=1"},
    {"a count of nothing says so", ":counts significant", "0 taxa with q < .05"},
    {"distinct sets are listed", ":counts sets", "153 of 186 · distinct=yes"},
    {"taxa alike are listed", ":select order.Bifidobacteriales.id.432;:counts same-set",
     "3 of 186 · set="},
    {"the count of all shows all", ":filter olsen;:counts taxa", "all shown"},
    {"variants open the ledger", ":counts variants", "Ledger: every variant"},
    {"what was left out is listed", CLASS ":open;:exclude rs2278683;Esc;:counts excluded",
     "excluded by hand"},
    {"sorted downwards", ":sort p descending", "by p, turned round"},
    {"sort keeps the taxon", CLASS ":sort effect;<;>;>", "c Actinobacteria → Insomnia"},
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
    {"mouse off by a key", "^T", "the mouse is the terminal's"},
    {"direction keeps the taxon", CLASS "r", "Insomnia → c Actinobacteria"},
    {"direction keeps the taxon in a pair", CLASS "Enter r", "Insomnia → c Actinobacteria"},
    {"one outcome says so", "^O", "this study has one outcome"},
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
    {"default methods by one key", "S D", "* not computed yet: methods default"},
    {"all methods by one key", "S A", "* not computed yet: methods all"},
    {"a number is edited", "S;:select boot;Enter Backspace 5 Enter",
     "boot 25; R computes with it"},
    {"a wrong number says what to write", "S;:select boot;Enter x Enter",
     "found --boot 20x; write a whole number from 2 to 10000000"},
    {"settings as commands", ":set presso-sims 500;S", "presso-sims 500; R runs"},
    {"methods as a command", ":use-methods ivw", "methods ivw; R computes with it"},
    {"run again", ":set seed 7;R", "seed 7"},
    {"running closes the form", "S;:set seed 7;g Enter", "g Bifidobacterium"},
    {"tabs by name", CLASS ":open;:tab loo", "5▐"},
    {"tabs turn", CLASS "Enter Tab Tab Tab Tab Tab Tab Tab Tab Tab Tab Tab", "1▐"},
    {"tabs turn back", CLASS "Enter BackTab", "11▐"},
    {"tabs scroll to the present one", CLASS "Enter BackTab", "11▐Lik"},
    {"a tenth tab by name", CLASS ":open;:tab influence", "10▐"},
    {"points of a plane are walked", CLASS "Enter 3 j", "2/"},
    {"a number of the flow opens the ledger", "v;/ a m b i g Enter Enter",
     "Ledger: palindromic ambiguous"},
    {"a number of the flow opens its list", "v;:select one-variant;Enter",
     "39 pairs with one variant"},
    {"a list leads to the pair", "v;:select nominal;Enter Enter", "▐Meth"},
    {"Esc leads from a list to its number", "v;:select nominal;Enter Enter Esc Esc", "14/17"},
    {"Esc leads from the flow back", "v Esc", "▾ p Actinobacteria"},
    {"the flow has a reverse", "v r", "Insomnia → taxa"},
    {"a cell of the map opens its pair", "m Right Enter", "Insomnia → p Actinobacteria"},
    {"the map is walked both ways", "m Down Right Up Left", "1/397"},
    {"the map is searched", "m;/ o l s e n Enter Enter", "g Olsenella"},
    {"the map has both directions", "m r", "the map shows both directions"},
    {"the map is sorted", "m s", "by their least p"},
    {"charts of the study turn", "v Tab Tab Tab Tab Tab Tab Tab Tab", "1▐Flow▌"},
    {"charts of the study turn back", "v BackTab", "8▐Others▌"},
    {"a chart by its name", ":chart qq", "Genomic inflation lambda"},
    {"the verdict opens", "V", "THRESHOLD"},
    {"the verdict of a pair", "j Enter V", "grade"},
    {"the verdict goes back", "V Esc", "TAXON"},
    {"the verdict has its name", ":verdict", "NUMBER"},
    {"a chart from the menu", "C Down Down Enter", "3▐Volcano▌"},
    {"a chart that is not there", ":chart pie", "there is no chart “pie”"},
    {"a point of the volcano opens its pair", ":chart volcano;j Enter", "▐Meth"},
    {"the taxon stays from chart to chart", ":chart volcano;:select genus.Olsenella.id.822;2",
     "g Olsenella · OR"},
    {"the taxon stays in the other direction",
     ":chart volcano;:select genus.Olsenella.id.822;r", "g Olsenella · b"},
    {"an instrument opens its variant", ":chart manhattan;:select rs2278683;Enter",
     "rs2278683 "},
    {"an exposure without instruments says so", "v;:select without-instrument;Enter Enter",
     "it has no pair in this direction"},
    {"words of the study", "v w", "with instruments 186"},
    {"a point is copied", ":chart volcano;y", "copied: "},
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
    check_habit(&habits[_i]);
}
END_TEST

START_TEST(click_in_the_key_line_does_the_action)
{
    struct loop loop = start(100, 30);
    click_on(&loop, "m map");
    ck_assert(shows(&loop, "2▐Map▌"));
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

START_TEST(click_on_a_chart_of_the_study)
{
    struct loop loop = start(100, 30);
    play(&loop, "v");
    click_on(&loop, "Volcano");
    ck_assert(shows(&loop, "3▐Volcano▌"));
    click_on(&loop, "Flow");
    click_on(&loop, "with p < 5e-8");
    click_on(&loop, "with p < 5e-8");
    ck_assert(shows(&loop, "11 with p < 5e-8"));
    click_on(&loop, "Map");
    click_on(&loop, "Insomnia (sim"); /* a heading stands for nothing */
    ck_assert(shows(&loop, "2▐Map▌"));
    loop_end(&loop);
}
END_TEST

/* A chart is made anew when a variant is left out, and when that is undone. */
START_TEST(charts_of_the_study_follow_exclusions)
{
    struct loop loop = start(100, 30);
    play(&loop, CLASS "Enter;:exclude rs2278683;Esc;v;:flow");
    ck_assert(shows(&loop, "dropped: excluded by hand"));
    play(&loop, "u");
    char *screen = screen_of(&loop);
    ck_assert_ptr_null(strstr(screen, "excluded by hand"));
    memory_free(screen);
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
    const struct golden_test tests[] = {
        {screen_is_as_stored, COUNT(screens)},
        {habit, COUNT(habits)},
        {click_in_the_key_line_does_the_action, 1},
        {click_chooses_and_opens_a_row, 1},
        {click_on_a_chart_of_the_study, 1},
        {charts_of_the_study_follow_exclusions, 1},
        {rows_wait_for_results, 1},
        {computing_can_be_stopped, 1},
        {cursor_sits_on_the_selected_row, 1},
        {exclusion_reaches_every_taxon, 1},
    };
    return explorer_run_each("explorer", NULL, NULL, tests, COUNT(tests));
}
