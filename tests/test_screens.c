/*
 * Every view and every chart at three sizes, in UTF-8 and in ASCII, against stored text: a row
 * of the table is a file tests/screens/views/NAME.txt with its six screens, and one in
 * tests/screens/zh with three in Chinese. All of them, and those of the other suites, are made
 * anew by `make screens` in the build folder.
 */
#include "base/memory.h"
#include "chart/chart.h"
#include "chart/study_charts.h"
#include "explorer_fixture.h"
#include "ui/command/language.h"
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define THROUGH ":open-file data/gut-inflammation-insomnia/study.conf;wait;P "
#define WIDE ":several data/lipid-chd/wide.csv;"
#define PAIRS ":open-file data/lipid-chd/pairs.csv;"

/* `kind` is the view that must then be topmost, `chart` what it shows of several; NULL none. */
struct view_row {
    const char *name, *kind, *chart, *play;
};

static const struct view_row rows[] = {
    {"taxa", "taxa", NULL, "Down"},
    {"pair-methods", "pair", "methods", CLASS "Enter Down"},
    {"pair-forest", "pair", "forest", CLASS "Enter;:tab forest;Down Down"},
    {"pair-scatter", "pair", "scatter", CLASS "Enter;:tab scatter;Down"},
    {"pair-funnel", "pair", "funnel", CLASS "Enter;:tab funnel;Down"},
    {"pair-loo", "pair", "loo", CLASS "Enter;:tab loo;Down"},
    {"pair-radial", "pair", "radial", CLASS "Enter;:tab radial;Down"},
    {"pair-heterogeneity", "pair", "heterogeneity", CLASS "Enter;:tab heterogeneity;Down"},
    {"pair-baujat", "pair", "baujat", CLASS "Enter;:tab baujat;Down"},
    {"pair-density", "pair", "density", CLASS "Enter;:tab density"},
    {"pair-influence", "pair", "influence", CLASS "Enter;:tab influence;Down"},
    {"pair-likelihood", "pair", "likelihood", CLASS "Enter;:tab likelihood"},
    {"variant", "variant", NULL, CLASS "Enter 2 Down Down Enter"},
    {"outcomes", "outcomes", NULL, "o Down"},
    {"ledger", "ledger", NULL, ":ledger;:filter ambiguous"},
    {"flow", "charts", "flow", ":chart flow;Down Down"},
    {"map", "charts", "map", ":chart map;Down Right"},
    {"volcano", "charts", "volcano", ":chart volcano;Down"},
    {"qq", "charts", "qq", ":chart qq;Down"},
    {"manhattan", "charts", "manhattan", ":chart manhattan;Down"},
    {"meta", "charts", "meta",
     ":open-file data/gut-two-cohorts/study.conf;wait;:chart meta;Down"},
    {"circular", "charts", "circular", ":chart circular;Down"},
    {"published", "charts", "published", ":chart published;Down"},
    {"flow-list", "charts", "flow", ":chart flow;:select nominal;Enter Down"},
    {"verdict", "verdict", NULL, CLASS "V Down"},
    {"plain", "plain", NULL, CLASS "Enter L"},
    {"card", "card", NULL, CLASS "i"},
    {"both", "both", NULL, CLASS "B"},
    {"both-pair", "both-pair", NULL, CLASS "B Enter"},
    {"compare", "compare", NULL, MARKED "c Down"},
    {"compare-methods", "compare", NULL, MARKED "c 2"},
    {"compare-shared", "compare", NULL, MARKED "c 3 Down"},
    {"methods", "methods", NULL, CLASS "Enter;:methods weighted_median"},
    {"methods-page", "methods", NULL, CLASS "Enter;:methods mix;Enter"},
    {"study", "study", NULL, "I Down"},
    {"settings", "settings", NULL, "S;:set loss tukey;:select loss"},
    {"messages", "messages", NULL, "t t !"},
    {"several-methods", "several", NULL, WIDE "Down"},
    {"several-alone", "several", NULL, WIDE "2 Down"},
    {"several-strength", "several", NULL, WIDE "3 Down"},
    {"through", "through", NULL, THROUGH "Down"},
    {"through-path", "through", NULL, THROUGH "Down Enter"},
    {"files", "files", NULL, ":open-file data/gut-insomnia"},
    {"columns", "columns", NULL, PAIRS "Down"},
    {"help", "help", NULL, "?"},
    {"menu", "menu", NULL, "s Down Down"},
    {"lesson", "lesson", NULL, ":learn medians;n n n;Right;3"},
    {"lesson-presented", "lesson", NULL, ":learn egger;P n"},
    {"prompt", "prompt", NULL, CLASS "Enter 2;: t a b Space f"},
};

static const struct {
    size_t columns, rows;
} sizes[] = {{80, 24}, {100, 30}, {120, 40}};

/* One screen of those of a row, under a line that says which it is. */
static char *add_screen(struct text *text, struct loop *loop, size_t columns, size_t height,
                        bool is_ascii)
{
    loop_draw(loop, columns, height, is_ascii);
    char *screen = screen_of(loop);
    text_addf(text, "==== %zux%zu %s\n%s", columns, height, is_ascii ? "ASCII" : "UTF-8",
              screen);
    check_canvas(loop->canvas);
    return screen;
}

/* Six screens of the same explorer: the cursor stays on what it was on. */
static char *screens_of(struct loop *loop)
{
    struct text text = {0};
    for (int i = 0; i < 2 * COUNT(sizes); i++) {
        char *screen =
            add_screen(&text, loop, sizes[i / 2].columns, sizes[i / 2].rows, i % 2 == 1);
        for (const char *at = screen; i % 2 == 1 && *at != '\0'; at++) {
            ck_assert_msg((unsigned char)*at < 0x80, "not in ASCII:\n%s", screen);
        }
        memory_free(screen);
    }
    return text_take(&text);
}

START_TEST(every_view_is_as_stored)
{
    struct text name = {0};
    options.data = "data";
    struct loop loop = start(80, 24);
    play(&loop, rows[_i].play);
    ck_assert_str_eq(loop_top(&loop)->kind->key, rows[_i].kind);
    char *screens = screens_of(&loop);
    loop_end(&loop);
    text_addf(&name, "views/%s", rows[_i].name);
    compare_stored(name.bytes, screens);
    text_drop(&name);
    memory_free(screens);
}
END_TEST

static const struct {
    size_t columns, rows;
} chinese_sizes[] = {{60, 16}, {80, 24}, {120, 40}};

/* Words that only English sentences have; titles of publications have some, too. */
static void check_chinese(const char *screen)
{
    static const char *const words[] = {" the ", " is ", " are ", " does ", " has "};
    for (int i = 0; i < COUNT(words); i++) {
        ck_assert_msg(strstr(screen, words[i]) == NULL, "English:\n%s", screen);
    }
}

/* The same in Chinese, whose letters are two cells wide: tests/screens/zh/NAME.txt. */
START_TEST(every_view_is_as_stored_in_chinese)
{
    struct text name = {0}, text = {0};
    options.data = "data";
    language_start();
    language_choose("zh");
    struct loop loop = start(80, 24);
    play(&loop, rows[_i].play);
    for (int i = 0; i < COUNT(chinese_sizes); i++) {
        char *screen =
            add_screen(&text, &loop, chinese_sizes[i].columns, chinese_sizes[i].rows, false);
        check_chinese(screen);
        memory_free(screen);
    }
    loop_end(&loop);
    language_choose("en");
    text_addf(&name, "zh/%s", rows[_i].name);
    compare_stored(name.bytes, text.bytes);
    text_drop(&name);
    text_drop(&text);
}
END_TEST

static bool has_chart(const char *kind, const char *key)
{
    for (int i = 0; i < COUNT(rows); i++) {
        if (strcmp(rows[i].kind, kind) == 0 && rows[i].chart != NULL &&
            strcmp(rows[i].chart, key) == 0) {
            return true;
        }
    }
    return false;
}

START_TEST(every_chart_is_in_the_table)
{
    size_t count;
    const struct chart_kind *const *kinds = charts_all(&count);
    for (size_t i = 0; i < count; i++) {
        ck_assert_msg(has_chart("pair", kinds[i]->key), "%s", kinds[i]->key);
    }
    const struct study_chart_kind *const *others = study_charts_all(&count);
    for (size_t i = 0; i < count; i++) {
        ck_assert_msg(has_chart("charts", others[i]->key), "%s", others[i]->key);
    }
}
END_TEST

/* The bits of enum view_bit are the kinds of view that there are. */
START_TEST(every_view_is_in_the_table)
{
    unsigned seen = 0;
    options.data = "data";
    struct loop loop = start(80, 24);
    for (int i = 0; i < COUNT(rows); i++) {
        play(&loop, rows[i].play);
        seen |= loop_top(&loop)->kind->bit;
        play(&loop, "Esc Esc Esc Esc Esc Esc Esc Esc");
        while (loop_top(&loop)->kind->bit != IN_TAXA) {
            play(&loop, "Esc");
        }
    }
    loop_end(&loop);
    ck_assert_uint_eq(seen, IN_ALL);
}
END_TEST

START_TEST(every_file_has_its_row)
{
    ck_assert_int_eq(files_in("tests/screens/views", ".txt"), COUNT(rows));
    ck_assert_int_eq(files_in("tests/screens/zh", ".txt"), COUNT(rows));
}
END_TEST

int main(void)
{
    const struct golden_test tests[] = {
        {every_view_is_as_stored, COUNT(rows)},
        {every_view_is_as_stored_in_chinese, COUNT(rows)},
        {every_chart_is_in_the_table, 1},
        {every_view_is_in_the_table, 1},
        {every_file_has_its_row, 1},
    };
    /* Paths in the screens are then the same wherever the tree lies. */
    return enter_tree() ? explorer_run_each("screens", NULL, NULL, tests, COUNT(tests)) : 1;
}
