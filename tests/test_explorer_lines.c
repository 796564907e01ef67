/*
 * Lines of a person: notes on taxa, and the command line with its completion and its memory.
 */
#include "base/memory.h"
#include "explorer_fixture.h"
#include "home_fixture.h"
#include "numeric/start.h"
#include "ui/explorer/complete.h"
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define STUDY HOME_STUDY
/* A note stands in table and preview, in exports, and at the next start. */
START_TEST(note_is_kept_with_the_study)
{
    struct loop loop = home_loop_begin(false);
    play(&loop, CLASS "a s e e n Space 菌 Enter");
    ck_assert(shows(&loop, "c Actinobacteria ✎"));
    ck_assert(shows(&loop, "─ ✎ seen 菌 ─"));
    home_loop_end(&loop);
    loop = home_loop_begin(true);
    play(&loop, CLASS);
    ck_assert(shows(&loop, "✎ seen 菌"));
    play(&loop, "a ^U Enter");
    char *screen = screen_of(&loop);
    ck_assert_ptr_null(strstr(screen, "✎"));
    memory_free(screen);
    home_loop_end(&loop);
    char *text = home_only_text("data/taxamr/notes");
    ck_assert_str_eq(text, "taxamr notes 1\nstudy\t" STUDY "\n");
    memory_free(text);
}
END_TEST

/* A script has it, and leads to the same table. */
START_TEST(note_is_an_action)
{
    struct loop loop = start(100, 30);
    play(&loop, CLASS "a s e e n Enter Down a x Enter;a ^U Enter;Down");
    char *path = home_path("script");
    struct text command = {0};
    text_addf(&command, ":save-script %s", path);
    play(&loop, command.bytes);
    loop.state.status = NULL;
    redraw(&loop);
    char *seen = screen_of(&loop), *script = read_file(path);
    loop_end(&loop);
    ck_assert_ptr_nonnull(strstr(script, "419\nnote seen\nselect "));
    ck_assert_ptr_nonnull(strstr(script, "\nnote x\nnote -\n"));
    loop = start(100, 30);
    for (char *rest = script, *line; (line = strtok_r(rest, "\n", &rest)) != NULL;) {
        if (*line != '#') {
            loop_command(&loop, line);
        }
    }
    play(&loop, "Down");
    char *again = screen_of(&loop);
    ck_assert_str_eq(seen, again);
    loop_end(&loop);
    memory_free(seen);
    memory_free(again);
    memory_free(script);
    memory_free(path);
    text_drop(&command);
}
END_TEST

START_TEST(long_line_shows_its_end)
{
    struct loop loop = start(60, 16);
    play(&loop, "a");
    for (int i = 0; i < 80; i++) {
        loop_key(&loop, i % 2 == 0 ? "菌" : "x");
    }
    loop_key(&loop, "!");
    redraw(&loop);
    ck_assert(shows(&loop, "菌x!"));
    loop_end(&loop);
}
END_TEST

START_TEST(note_has_a_likeness_in_ascii)
{
    struct loop loop = start(100, 30);
    play(&loop, CLASS ":note seen");
    loop_draw(&loop, 100, 30, true);
    ck_assert(shows(&loop, "c Actinobacteria \""));
    loop_end(&loop);
}
END_TEST

START_TEST(note_is_one_clean_line)
{
    struct notes notes = {0}, again = {0};
    struct text longest = {0};
    notes_set(&notes, "a", "  one\ttwo\nthree\x1b[31m \xff \xe2\x80\xae  ");
    ck_assert(text_is_clean(notes_of(&notes, "a")));
    ck_assert_int_eq(strncmp(notes_of(&notes, "a"), "one two three [31m ", 19), 0);
    for (int i = 0; i < 600; i++) {
        text_add(&longest, "菌");
    }
    notes_set(&notes, "b", longest.bytes);
    ck_assert_uint_eq(strlen(notes_of(&notes, "b")), 1500);
    notes_set(&notes, "c", "   ");
    ck_assert_ptr_null(notes_of(&notes, "c"));
    ck_assert_ptr_null(notes_of(&notes, NULL));
    char *text = notes_text(&notes, STUDY);
    ck_assert(!notes_take(&again, text, "/elsewhere"));
    ck_assert(!notes_take(&again, NULL, STUDY));
    ck_assert(!notes_take(&again, "something else", STUDY));
    ck_assert_uint_eq(again.items.count, 0);
    ck_assert(notes_take(&again, text, STUDY));
    ck_assert_str_eq(notes_of(&again, "a"), notes_of(&notes, "a"));
    ck_assert_str_eq(notes_of(&again, "b"), notes_of(&notes, "b"));
    memory_free(text);
    notes_end(&notes);
    notes_end(&again);
    text_drop(&longest);
}
END_TEST

static const struct {
    const char *name, *header, *noted, *bare;
} exports[] = {
    {"table.tsv", "verdict_words\tnote\tsimulated_outcome\n", "\t=seen, \"twice\"\tTRUE\n",
     "\tNA\tTRUE\n"},
    {"table.csv", "verdict_words,note,simulated_outcome\n", ",\"'=seen, \"\"twice\"\"\",TRUE\n",
     ",NA,TRUE\n"},
    {"table.json", "[", "\"note\": \"=seen, \\\"twice\\\"\", \"simulated_outcome\": true}",
     "\"note\": null, \"simulated_outcome\": true}"},
};

static char *exported(struct loop *loop, const char *name)
{
    struct text command = {0};
    char *path = home_path(name);
    text_addf(&command, ":export %s", path);
    play(loop, command.bytes);
    char *table = read_file(path);
    text_drop(&command);
    memory_free(path);
    return table;
}

/* In both directions, of the taxa that have one; a study without notes exports as it did. */
START_TEST(note_is_exported)
{
    struct loop loop = start(100, 30);
    char *plain = exported(&loop, "plain.tsv");
    ck_assert_ptr_null(strstr(plain, "\tnote"));
    play(&loop, CLASS ":note =seen, \"twice\"");
    char *table = exported(&loop, exports[_i].name);
    ck_assert_ptr_nonnull(strstr(table, exports[_i].header));
    ck_assert_ptr_nonnull(strstr(table, exports[_i].bare));
    const char *at = table;
    int found = 0;
    while ((at = strstr(at, exports[_i].noted)) != NULL) {
        found++;
        at++;
    }
    ck_assert_int_eq(found, 2);
    memory_free(plain);
    memory_free(table);
    loop_end(&loop);
}
END_TEST

/* Estimates have a note of their own beside it; the ledger is not of pairs. */
START_TEST(note_stands_beside_that_of_an_estimate)
{
    struct loop loop = start(100, 30);
    play(&loop, CLASS ":note seen;Enter");
    char *table = exported(&loop, "estimates.tsv");
    ck_assert_ptr_nonnull(strstr(table, "\tkey\tnote\ttaxon_note\tsimulated_outcome\n"));
    ck_assert_ptr_nonnull(strstr(table, "\tseen\tTRUE\n"));
    memory_free(table);
    play(&loop, "Esc;:ledger");
    table = exported(&loop, "ledger.tsv");
    ck_assert_ptr_null(strstr(table, "\tnote"));
    memory_free(table);
    loop_end(&loop);
}
END_TEST

START_TEST(lines_go_back_and_forth)
{
    struct loop loop = home_loop_begin(false);
    play(&loop, ": w o r d s Enter;: s o r t Space p Enter;: w o r d s Enter");
    play(&loop, ": d r Up");
    ck_assert(shows(&loop, " :words"));
    play(&loop, "Up");
    ck_assert(shows(&loop, " :sort p"));
    play(&loop, "Up Up");
    ck_assert(shows(&loop, " :sort p"));
    play(&loop, "Down Down Down");
    ck_assert(shows(&loop, " :dr"));
    play(&loop, "Esc");
    home_loop_end(&loop);
    loop = home_loop_begin(false);
    play(&loop, ": Up Up");
    ck_assert(shows(&loop, " :sort p"));
    loop_end(&loop);
}
END_TEST

/* Two sessions at once: the lines of both stay. */
START_TEST(lines_of_two_sessions_are_kept)
{
    struct loop one = home_loop_begin(false), two = home_loop_begin(false);
    play(&one, ": w o r d s Enter");
    play(&two, ": h e l p Enter;Esc");
    home_loop_end(&one);
    home_loop_end(&two);
    char *path = home_path("state/taxamr/commands"), *text = read_file(path);
    ck_assert_str_eq(text, "taxamr commands 1\nwords\nhelp\n");
    memory_free(path);
    memory_free(text);
}
END_TEST

START_TEST(lines_are_few_and_none_twice)
{
    struct typed typed = {0}, again = {0};
    for (int i = 0; i < 1200; i++) {
        struct text line = {0};
        text_addf(&line, ":  select %d", i % 700);
        typed_add(&typed, line.bytes);
        text_drop(&line);
    }
    typed_add(&typed, " ");
    ck_assert_uint_eq(typed.lines.count, TYPED_MOST);
    ck_assert_str_eq(typed_line(&typed, TYPED_MOST - 1), "select 499");
    ck_assert_str_eq(typed_line(&typed, 0), "select 0");
    char *text = typed_text(&typed);
    typed_take(&again, text);
    ck_assert_uint_eq(again.lines.count, TYPED_MOST);
    typed_take(&again, "something else\nquit\n");
    typed_take(&again, NULL);
    ck_assert_str_eq(typed_line(&again, TYPED_MOST - 1), "select 499");
    memory_free(text);
    typed_end(&typed);
    typed_end(&again);
}
END_TEST

static const struct {
    const char *line, *filled;
} completions[] = {
    {"outc", "outcomes"},
    {"sna", "snapshot "},
    {"chart volc", "chart volcano"},
    {"plain st", "plain study"},
    {"set boo", "set boot"},
    {"so", "sort"},
    {"zzz", "zzz"},
    {"tab he", "tab heterogeneity"},
    {"tab f", "tab f"},
    {"sort ta", "sort taxon"},
    {"select genus.Ols", "select genus.Olsenella.id.822"},
    {"select olsen", "select genus.Olsenella.id.822"},
    {"select zzz", "select zzz"},
    {"exclude rs227868", "exclude rs2278683"},
    {"bind K outc", "bind K outcomes"},
    {"bind out", "bind out"},
    {"words wo", "words wo"},
    {"fly wo", "fly wo"},
    {":ledg", ":ledger"},
    {"", ""},
};

START_TEST(line_is_completed)
{
    struct loop loop = start(100, 30);
    struct arena *arena = arena_create();
    struct completion found = complete_command(&loop.state, completions[_i].line, arena);
    char *filled = complete_filled(&found, completions[_i].line);
    ck_assert_str_eq(filled, completions[_i].filled);
    memory_free(filled);
    array_destroy(&found.words);
    arena_destroy(arena);
    loop_end(&loop);
}
END_TEST

/* Files, and folders with their slash; never one with control characters in its name. */
START_TEST(files_are_completed)
{
    char *base = home_path("files"), *inner = home_path("files/plain-folder");
    char *file = home_path("files/plain.tsv"), *evil = home_path("files/evil\x1b[2J");
    ck_assert_int_eq(mkdir(base, 0700), 0);
    ck_assert_int_eq(mkdir(inner, 0700), 0);
    write_file(file, "");
    write_file(evil, "");
    struct loop loop = start(100, 30);
    struct text line = {0};
    text_addf(&line, "export %s/", base);
    struct arena *arena = arena_create();
    struct completion found = complete_command(&loop.state, line.bytes, arena);
    ck_assert_uint_eq(found.words.count, 2);
    char *filled = complete_filled(&found, line.bytes);
    text_add(&line, "plain");
    ck_assert_str_eq(filled, line.bytes);
    array_destroy(&found.words);
    memory_free(filled);
    text_add(&line, "-");
    found = complete_command(&loop.state, line.bytes, arena);
    filled = complete_filled(&found, line.bytes);
    text_add(&line, "folder/");
    ck_assert_str_eq(filled, line.bytes);
    array_destroy(&found.words);
    memory_free(filled);
    arena_destroy(arena);
    text_drop(&line);
    loop_end(&loop);
    char *paths[] = {base, inner, file, evil};
    for (int i = 0; i < 4; i++) {
        memory_free(paths[i]);
    }
}
END_TEST

/* Candidates stand behind the line; Tab fills in, Enter does it. */
START_TEST(candidates_are_shown)
{
    struct loop loop = start(100, 30);
    play(&loop, CLASS "Enter;: t a b Space f");
    ck_assert(shows(&loop, ":tab f   forest  funnel"));
    play(&loop, "u Tab Enter");
    ck_assert(shows(&loop, "4▐Funnel▌"));
    loop_end(&loop);
}
END_TEST

int main(void)
{
    const struct golden_test tests[] = {
        {note_is_kept_with_the_study, 1},
        {note_is_an_action, 1},
        {long_line_shows_its_end, 1},
        {note_has_a_likeness_in_ascii, 1},
        {note_is_one_clean_line, 1},
        {note_is_exported, COUNT(exports)},
        {note_stands_beside_that_of_an_estimate, 1},
        {lines_go_back_and_forth, 1},
        {lines_of_two_sessions_are_kept, 1},
        {lines_are_few_and_none_twice, 1},
        {line_is_completed, COUNT(completions)},
        {files_are_completed, 1},
        {candidates_are_shown, 1},
    };
    return explorer_run_each("explorer lines", home_begin, home_end, tests, COUNT(tests));
}
