/*
 * The explorer's scripts and files, any number of variants, many keys at random, and that its
 * table of actions agrees with itself.
 */
#include "base/memory.h"
#include "explorer_fixture.h"
#include "home_fixture.h"
#include "numeric/random.h"
#include "numeric/start.h"
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool run_script(const char *path, const char *text, struct error *error)
{
    write_file(path, text);
    options.script = path;
    bool is_done = explorer_run(study, &options, error);
    options.script = NULL;
    return is_done;
}

/* What was done, saved as a script, leads to the same screen. */
START_TEST(saved_script_replays)
{
    struct error error = {0};
    char *one = home_path("one"), *two = home_path("two");
    char *first = home_path("first"), *second = home_path("second");
    struct text text = {0};
    text_addf(&text,
              "# a comment\n\nsize 100x30\nkey Down Down Up Enter 2 Down Down x\n:back\n"
              "sort p\nkey j j Enter\ntab forest\nsave-script %s\nredraw\nsnapshot %s\n",
              two, first);
    ck_assert(run_script(one, text.bytes, &error));
    char *saved = read_file(two);
    struct text again = {0};
    text_addf(&again, "%sredraw\nsnapshot %s\n", saved, second);
    ck_assert(run_script(one, again.bytes, &error));
    char *seen = read_file(first), *replayed = read_file(second);
    ck_assert(strcmp(seen, replayed) == 0);
    ck_assert_ptr_nonnull(strstr(saved, "select rs"));
    ck_assert_ptr_nonnull(strstr(saved, "\nexclude\n"));
    char *paths[] = {one, two, first, second};
    for (size_t i = 0; i < 4; i++) {
        memory_free(paths[i]);
    }
    memory_free(saved);
    memory_free(seen);
    memory_free(replayed);
    text_drop(&text);
    text_drop(&again);
}
END_TEST

/* A key out of a file may hold what would be an order of its own. */
START_TEST(key_of_several_lines_is_one_line)
{
    struct loop loop = start(100, 30);
    loop_log(&loop, "select", "X\nexport over table here");
    const char *line = *(char **)array_at(&loop.log, loop.log.count - 1);
    ck_assert_ptr_null(strchr(line, '\n'));
    ck_assert(strncmp(line, "select X", 8) == 0);
    loop_end(&loop);
}
END_TEST

static const struct {
    const char *script;
    long line;
    const char *said;
} refused[] = {
    {"down\nfly\n", 2, "there is no action “fly”"},
    {"exclude\n", 1, "not for this screen"},
    {"undo\n", 1, "nothing to undo"},
    {"\n\nsize 0x0\n", 3, "write it like 100x30"},
    {"select nobody\n", 1, "no taxon with the key “nobody”"},
    {"snapshot /nowhere/at/all\n", 1, "/nowhere/at/all"},
    {"snapshot .\n", 1, "snapshot over . writes over it"},
    {"save-script .\n", 1, "save-script over . writes over it"},
    {"export study x.xlsx\n", 1, "ends in .tsv, .csv or .json"},
    {"several .\n", 1, ". is not a file"},
    {"sort colour\n", 1, "no column “colour”"},
    {"sort p sideways\n", 1, "write ascending or descending"},
    {"filter p < 0.05 & nsnq > 3\n", 1, "at letter 12: there is no column “nsnq”"},
    {"mark nobody\n", 1, "no taxon with the key “nobody”"},
    {"counts stars\n", 1, "there is no count “stars”"},
    {"mark J = 1\ncompare\n", 2, "more than 20 taxa are marked"},
    {"jump-back\n", 1, "there was no jump before"},
};

START_TEST(script_says_which_line)
{
    struct error error = {0};
    char *path = home_path("script");
    ck_assert(!run_script(path, refused[_i].script, &error));
    ck_assert_int_eq(error.line, refused[_i].line);
    ck_assert_str_eq(error.file, path);
    ck_assert_msg(strstr(error.text, refused[_i].said) != NULL, "%s", error.text);
    error_clear(&error);
    memory_free(path);
}
END_TEST

START_TEST(table_is_exported)
{
    char *path = home_path("summary.csv");
    struct text command = {0};
    text_addf(&command, ":export %s", path);
    struct loop loop = start(100, 30);
    play(&loop, command.bytes);
    loop_end(&loop);
    char *table = read_file(path);
    ck_assert_msg(strncmp(table, "exposure,rank,outcome,", 22) == 0, "%.60s", table);
    memory_free(table);
    memory_free(path);
    text_drop(&command);
}
END_TEST

/* For a pipe: every taxon, no key line, within the width. */
START_TEST(taxa_as_text)
{
    struct results_job *job = results_start(study, &options.results, NULL);
    struct results *results = results_finish(job);
    char *text = explorer_taxa_text(results, 100, false);
    size_t lines = 0, widest = 0;
    for (char *line = text; *line != '\0'; lines++) {
        size_t length = strcspn(line, "\n");
        line[length] = '\0';
        size_t width = text_width(line);
        widest = width > widest ? width : widest;
        line += length + 1;
    }
    ck_assert_uint_eq(lines, 186 + 4);
    ck_assert_uint_le(widest, 100);
    memory_free(text);
    char *ascii = explorer_taxa_text(results, 100, true);
    for (const char *at = ascii; *at != '\0'; at++) {
        ck_assert((unsigned char)*at < 0x80);
    }
    memory_free(ascii);
    results_destroy(results);
}
END_TEST

/* A pair of so many variants, made up. The exposure's name is hostile. */
static void write_pair(const char *path, size_t count)
{
    struct text text = {0};
    struct random_stream stream = random_stream_of(1, "pair", NULL, NULL);
    text_add(&text, "SNP\texposure\toutcome\tbeta.exposure\tse.exposure\tbeta.outcome\t"
                    "se.outcome\teffect_allele\tother_allele\tmr_keep\n");
    for (size_t i = 0; i < (count == 0 ? 1 : count); i++) {
        double effect = 0.1 + 0.05 * random_uniform(&stream);
        text_addf(
            &text,
            "rs%zu\tevil\xe2\x80\xae\xe8\x8f\x8c\tdisease\t%.6f\t0.01\t%.6f\t0.02\tA\tC\t%s\n",
            i + 1, effect, 0.1 * effect + 0.02 * random_normal(&stream),
            count == 0 ? "FALSE" : "TRUE");
    }
    write_file(path, text.bytes);
    text_drop(&text);
}

static const size_t counts[] = {0, 1, 2, 3, 8, 94, 506};

START_TEST(any_number_of_variants)
{
    struct error error = {0};
    struct gwas_options gwas = {0};
    struct study *bundled = study;
    char *path = home_path("pair.tsv");
    write_pair(path, counts[_i]);
    bool is_loaded = study_load_harmonised(path, &gwas, &study, &error);
    ck_assert_msg(is_loaded, "%s", error.text);
    for (int ascii = 0; ascii < 2; ascii++) {
        struct loop loop = start(80, 24);
        loop_draw(&loop, 80, 24, ascii == 1);
        play(&loop, "Enter Tab Tab Tab z G x u PgUp Enter Esc Esc ^R X");
        char *screen = screen_of(&loop);
        ck_assert_ptr_null(strstr(screen, "\xe2\x80\xae"));
        memory_free(screen);
        loop_end(&loop);
    }
    study_destroy(study);
    study = bundled;
    memory_free(path);
}
END_TEST

static const char *const random_keys[] = {
    "Up",   "Down", "Left", "Right", "PgUp", "PgDn",      "g",       "G",     "Enter", "Enter",
    "Esc",  "/",    "n",    "N",     "f",    "s",         "<",       ">",     "F",     "z",
    "Z",    "1",    "2",    "3",     "4",    "9",         "Tab",     "x",     "X",     "u",
    "^R",   "r",    "o",    "^O",    "d",    "t",         "w",       "y",     "!",     "^T",
    "^L",   ":",    "?",    "a",     "菌",   "Backspace", "BackTab", "Space", "^U",    "^W",
    "Home", "End",  "é",    "i",     "p",    "v",         "m",       "C",     "v",     "5",
    "S",    "R",    "j",    "k",

    "*",    "U",    "c",    "#",     "[",    "]",         "Space",   "<",     "&",     "1",
    "c"};

START_TEST(many_keys_at_random)
{
    walk_at_random("keys", _i, 600, random_keys, COUNT(random_keys));
}
END_TEST

START_TEST(actions_are_one_table)
{
    const struct action *all = actions_all();
    for (size_t i = 0; i < ACTION_COUNT; i++) {
        ck_assert_uint_eq(all[i].id, i);
        ck_assert_ptr_eq(action_named(all[i].name), &all[i]);
        ck_assert_uint_gt(strlen(all[i].full), 0);
        /* What stands in a key line can be done there, by a key. */
        ck_assert_uint_eq(all[i].line & ~all[i].views, 0);
        ck_assert(all[i].line == 0 || (all[i].brief != NULL && *all[i].keys != '\0'));
    }
    for (unsigned bit = 1; bit <= IN_CHARTS; bit <<= 1) {
        for (size_t i = 0; i < ACTION_COUNT; i++) {
            char *key = action_keys_text(&all[i]);
            size_t length = strcspn(key, " ");
            key[length] = '\0';
            const struct action *found = action_of_key(key, bit);
            ck_assert((all[i].views & bit) == 0 || found == NULL || found == &all[i]);
            memory_free(key);
        }
    }
}
END_TEST

int main(void)
{
    const struct golden_test tests[] = {
        {saved_script_replays, 1},
        {key_of_several_lines_is_one_line, 1},
        {script_says_which_line, COUNT(refused)},
        {table_is_exported, 1},
        {taxa_as_text, 1},
        {any_number_of_variants, COUNT(counts)},
        {many_keys_at_random, 4},
        {actions_are_one_table, 1},
    };
    return explorer_run_each("explorer script", home_begin, home_end, tests, COUNT(tests));
}
