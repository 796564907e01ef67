/*
 * The configuration file: what it says, what is wrong with it, and which key then does what. No
 * mistake in it takes more than its own line away.
 */
#include "base/memory.h"
#include "base/paths.h"
#include "explorer_fixture.h"
#include "home_fixture.h"
#include "numeric/random.h"
#include "numeric/start.h"
#include "ui/config.h"
#include "ui/folders.h"
#include <check.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct config read_text(const char *text)
{
    struct config config;
    home_configure(text);
    char *path = folders_path(FOLDER_CONFIG, "taxamr.conf");
    config_read(&config, path);
    memory_free(path);
    return config;
}

static const char *complaint(const struct config *config, size_t index)
{
    return *(char **)array_at(&config->complaints, index);
}

START_TEST(every_choice_is_taken)
{
    struct config config = read_text("# mine\n/* of two\n lines */\nascii = yes\ncolor = off\n"
                                     "mouse=\"false\"\nodds_ratio = no\nlanguage = 'zh'\n"
                                     "keys {\n  words = \"W ^W\" # said\n}\n");
    ck_assert_uint_eq(config.complaints.count, 0);
    ck_assert_int_eq(config.ascii, CONFIG_YES);
    ck_assert_int_eq(config.color, CONFIG_NO);
    ck_assert_int_eq(config.mouse, CONFIG_NO);
    ck_assert_int_eq(config.odds_ratio, CONFIG_NO);
    ck_assert_str_eq(config.language, "zh");
    ck_assert_uint_eq(config.bindings.count, 1);
    const struct config_binding *binding = array_at(&config.bindings, 0);
    ck_assert_str_eq(binding->action, "words");
    ck_assert_str_eq(binding->keys, "W ^W");
    ck_assert_int_eq(binding->line, 10);
    config_end(&config);
}
END_TEST

/* The example of README.md. */
START_TEST(readme_shows_one_that_is_taken)
{
    char *path = path_of("README.md"), *readme = read_file(path);
    char *start = strstr(readme, "```conf\n");
    ck_assert_ptr_nonnull(start);
    start += strlen("```conf\n");
    *strstr(start, "```") = '\0';
    struct config config = read_text(start);
    struct keymap keymap = {0};
    keymap_take(&keymap, &config);
    ck_assert_uint_eq(config.complaints.count, 0);
    ck_assert_int_eq(config.odds_ratio, CONFIG_NO);
    ck_assert_ptr_eq(keymap_action(&keymap, "D", IN_PAIR), action_named("exclude"));
    keymap_end(&keymap);
    config_end(&config);
    memory_free(readme);
    memory_free(path);
}
END_TEST

START_TEST(no_file_says_nothing)
{
    struct config config;
    config_read(&config, "/nowhere/at/all");
    ck_assert_uint_eq(config.complaints.count, 0);
    ck_assert_int_eq(config.mouse, CONFIG_UNSAID);
    config_end(&config);
    config_read(&config, NULL);
    ck_assert_uint_eq(config.complaints.count, 0);
    config_end(&config);
}
END_TEST

/* One mistake, one sentence with its line; `ascii` after it is read. */
static const struct {
    const char *text, *said;
} mistakes[] = {
    {"# a comment\ncolour = no\nascii = yes\n", "line 2: found an unknown key 'colour'"},
    {"mouse = perhaps\nascii = yes\n", "line 1: found mouse = \"perhaps\"; write yes or no"},
    {"language = fr\nascii = yes\n", "line 1: found language = \"fr\"; write en or zh"},
    {"mouse yes\nascii = yes\n", "line 1: found a mistake"},
    {"mouse = no\nmouse = yes\nascii = yes\n", "line 2: found mouse twice; give it once"},
    {"keys {\n  fly = \"Y\"\n}\nascii = yes\n", "line 2: found an unknown action 'fly'"},
    {"keys {\n  words = \"Foo\"\n}\nascii = yes\n", "line 2: found the key Foo"},
    {"keys {\n  words = \"^1\"\n}\nascii = yes\n", "line 2: found the key ^1"},
    {"keys {\n\n  words = \"d\"\n}\nascii = yes\n",
     "line 3: found the key d for words, which does ledger in the same view"},
    {"keys {\n  words = \"W\"\n  copy = \"y W\"\n}\nascii = yes\n",
     "line 3: found the key W for copy, which does words in the same view"},
    {"keys {\n  tab = \"0\"\n}\nascii = yes\n", "line 2: found tab = \"0\""},
    {"keys {\n  quit = \"\"\n}\nascii = yes\n", "leave a key to quit with"},
    {"ascii = yes\nmouse =\n", "found the end of the file inside a section"},
    {"ascii = yes\nmouse = \"no\n\n", "found the end of the file inside a section"},
};

START_TEST(mistake_takes_its_own_line)
{
    struct config config = read_text(mistakes[_i].text);
    struct keymap keymap = {0};
    keymap_take(&keymap, &config);
    ck_assert_uint_eq(config.complaints.count, 1);
    ck_assert_msg(strstr(complaint(&config, 0), mistakes[_i].said) != NULL, "%s",
                  complaint(&config, 0));
    ck_assert_ptr_nonnull(strstr(complaint(&config, 0), "taxamr.conf"));
    ck_assert_int_eq(config.ascii, CONFIG_YES);
    keymap_end(&keymap);
    config_end(&config);
}
END_TEST

/* Nothing to be had from these; they must only end. */
static const char *const hopeless[] = {"\"",    "keys { keys { keys {", "}}}}\n}\n",
                                       "= = =", "ascii = \"yes\n\n\n",  "\xff\xfe\x01",
                                       "/* ",   "keys = 1\nkeys { }\n", "ascii = {yes}\n"};

START_TEST(hopeless_file_is_survived)
{
    struct config config = read_text(hopeless[_i]);
    struct keymap keymap = {0};
    keymap_take(&keymap, &config);
    for (size_t i = 0; i < config.complaints.count; i++) {
        ck_assert(text_is_clean(complaint(&config, i)));
    }
    ck_assert_uint_le(config.complaints.count, 8);
    keymap_end(&keymap);
    config_end(&config);
}
END_TEST

/* Bytes of a good file changed at random: it ends, and says no more than there are lines. */
START_TEST(changed_bytes_are_survived)
{
    static const char good[] = "# mine\nascii = yes\n/* two\nlines */\nlanguage = 'zh'\n"
                               "keys {\n  words = \"W ^W\"\n  open = O\n}\nmouse = no\n";
    static const char bytes[] = "\"'{}=#/*\\ \n()+,$\x01\xc3";
    struct random_stream stream = random_stream_of((uint64_t)_i, "bytes", NULL, NULL);
    for (int i = 0; i < 300; i++) {
        char text[sizeof good];
        memcpy(text, good, sizeof good);
        for (int j = 0; j < 1 + i % 4; j++) {
            text[random_below(&stream, sizeof good - 1)] =
                bytes[random_below(&stream, sizeof bytes - 1)];
        }
        struct config config = read_text(text);
        struct keymap keymap = {0};
        keymap_take(&keymap, &config);
        ck_assert_uint_le(config.complaints.count, 16);
        keymap_end(&keymap);
        config_end(&config);
    }
}
END_TEST

/* Two actions may change places, whichever line comes first. */
START_TEST(keys_change_places)
{
    static const char *const texts[] = {"keys { words = d\n ledger = w\n}",
                                        "keys { ledger = w\n words = d\n}"};
    for (int i = 0; i < 2; i++) {
        struct config config = read_text(texts[i]);
        struct keymap keymap = {0};
        keymap_take(&keymap, &config);
        ck_assert_uint_eq(config.complaints.count, 0);
        ck_assert_ptr_eq(keymap_action(&keymap, "d", IN_TAXA), action_named("words"));
        ck_assert_ptr_eq(keymap_action(&keymap, "w", IN_TAXA), action_named("ledger"));
        keymap_end(&keymap);
        config_end(&config);
    }
}
END_TEST

/* A binding that must go back may take another with it: each says so once. */
START_TEST(clash_of_what_came_back)
{
    struct config config =
        read_text("keys {\n words = d\n ledger = \"f\"\n filter = \"^1\"\n}");
    struct keymap keymap = {0};
    keymap_take(&keymap, &config);
    ck_assert_uint_eq(config.complaints.count, 3);
    ck_assert_ptr_eq(keymap_action(&keymap, "d", IN_TAXA), action_named("ledger"));
    ck_assert_ptr_eq(keymap_action(&keymap, "w", IN_TAXA), action_named("words"));
    keymap_end(&keymap);
    config_end(&config);
}
END_TEST

/* Whatever is bound, no key does two things in one view. */
START_TEST(no_key_does_two_things)
{
    static const char *const keys[] = {"a", "b", "c", "d", "e", "f", "w", "Up", "^A", "é"};
    const struct action *all = actions_all();
    for (size_t step = 1; step < 12; step++) {
        struct text text = {0};
        text_add(&text, "keys {\n");
        for (size_t i = 0; i < ACTION_COUNT; i += step) {
            text_addf(&text, "%s = \"%s\"\n", all[i].name, keys[(i * step) % 10]);
        }
        text_add(&text, "}\n");
        struct config config = read_text(text.bytes);
        struct keymap keymap = {0};
        keymap_take(&keymap, &config);
        for (size_t i = 0; i < ACTION_COUNT; i++) {
            for (size_t j = i + 1; j < ACTION_COUNT; j++) {
                bool both = (all[i].views & all[j].views) != 0;
                for (size_t k = 0; k < 10 && both; k++) {
                    bool clash = action_keys_have(keymap_keys(&keymap, &all[i]), keys[k]) &&
                                 action_keys_have(keymap_keys(&keymap, &all[j]), keys[k]);
                    ck_assert_msg(!clash, "%s: %s, %s", keys[k], all[i].name, all[j].name);
                }
            }
        }
        keymap_end(&keymap);
        config_end(&config);
        text_drop(&text);
    }
}
END_TEST

/* What is bound is what the screens say. */
START_TEST(screens_show_bound_keys)
{
    struct config config = read_text("odds_ratio = no\nkeys {\n open = \"Q Enter\"\n"
                                     " next-outcome = \"\"\n words = W\n help = H\n}\n");
    options.config = &config;
    struct loop loop = start(100, 30);
    options.config = NULL;
    ck_assert_uint_eq(config.complaints.count, 0);
    ck_assert(shows(&loop, " Q open  / find"));
    ck_assert(shows(&loop, "H keys"));
    ck_assert(shows(&loop, "log odds ratio per SD"));
    play(&loop, "W");
    ck_assert(shows(&loop, "chance alone gives about"));
    play(&loop, "H w o r d s");
    ck_assert(shows(&loop, "W                 :words"));
    play(&loop, "Esc Esc;Q");
    ck_assert(shows(&loop, "▐Meth"));
    loop_end(&loop);
    config_end(&config);
}
END_TEST

static const struct {
    const char *play, *seen;
} binds[] = {
    {":bind K words;K", "chance alone gives about"},
    {":bind K words", "K does words"},
    {":bind d words", "d does words, and no longer ledger"},
    {":bind d words;d", "chance alone gives about"},
    {":bind d words;:bind d ledger;d", "Ledger: every variant"},
    {":bind", "there is no key “”"},
    {":bind Foo words", "there is no key “Foo”"},
    {":bind K fly", "there is no action “fly”"},
    {":bind K", "there is no action “”"},
    {":bind 7 quit;:bind q words;:bind ^C words;:bind 7 words", "7 does quit"},
    {":bind q words;:bind ^C words", "leave a key to quit with"},
    {":bind K tab", "the numbers of charts stay as they are"},
};

START_TEST(bind_is_for_the_session)
{
    struct loop loop = start(100, 30);
    play(&loop, binds[_i].play);
    bool is_seen =
        strstr(binds[_i].seen, "7 does quit") != NULL || shows(&loop, binds[_i].seen);
    ck_assert_msg(is_seen, "%s", binds[_i].play);
    /* Whatever was tried, there is a way out. */
    ck_assert_str_ne(keymap_keys(&loop.state.keymap, action_named("quit")), "");
    loop_end(&loop);
}
END_TEST

START_TEST(folders_follow_the_variables)
{
    ck_assert_int_eq(setenv("XDG_STATE_HOME", "/there", 1), 0);
    char *path = folders_path(FOLDER_STATE, "places/x");
    ck_assert_str_eq(path, "/there/taxamr/places/x");
    memory_free(path);
    /* One that is not absolute counts as none. */
    ck_assert_int_eq(setenv("XDG_STATE_HOME", "there", 1), 0);
    ck_assert_int_eq(setenv("HOME", "/me", 1), 0);
    path = folders_path(FOLDER_STATE, "x");
    ck_assert_str_eq(path, "/me/.local/state/taxamr/x");
    memory_free(path);
    ck_assert_int_eq(unsetenv("XDG_STATE_HOME"), 0);
    ck_assert_int_eq(unsetenv("HOME"), 0);
    ck_assert_ptr_null(folders_path(FOLDER_STATE, "x"));
}
END_TEST

START_TEST(only_small_plain_text_is_read)
{
    struct error error = {0};
    char *path = home_path("a/b/file"), *folder = home_path("a/b");
    ck_assert(paths_make(path, PATHS_FOR_OWNER, &error));
    ck_assert_ptr_null(folders_read(path, 100));
    ck_assert_ptr_null(folders_read(folder, 100));
    ck_assert_ptr_null(folders_read(NULL, 100));
    write_file(path, "text\n");
    ck_assert_ptr_null(folders_read(path, 4));
    char *text = folders_read(path, 5);
    ck_assert_str_eq(text, "text\n");
    memory_free(text);
    int file = open(path, O_WRONLY | O_TRUNC);
    ck_assert_int_eq(write(file, "a\0b", 3), 3);
    ck_assert_int_eq(close(file), 0);
    ck_assert_ptr_null(folders_read(path, 100));
    ck_assert_int_eq(unlink(path), 0);
    ck_assert_int_eq(mkfifo(path, 0600), 0);
    ck_assert_ptr_null(folders_read(path, 100));
    memory_free(path);
    memory_free(folder);
}
END_TEST

START_TEST(folder_that_cannot_be_made_says_so)
{
    struct error error = {0};
    ck_assert(!paths_make("/proc/nothing/here/file", PATHS_FOR_ALL, &error));
    ck_assert_ptr_nonnull(strstr(error.text, "cannot make the folder"));
    error_clear(&error);
}
END_TEST

int main(void)
{
    const struct golden_test tests[] = {
        {every_choice_is_taken, 1},
        {readme_shows_one_that_is_taken, 1},
        {no_file_says_nothing, 1},
        {mistake_takes_its_own_line, COUNT(mistakes)},
        {hopeless_file_is_survived, COUNT(hopeless)},
        {changed_bytes_are_survived, 4},
        {keys_change_places, 1},
        {clash_of_what_came_back, 1},
        {no_key_does_two_things, 1},
        {screens_show_bound_keys, 1},
        {bind_is_for_the_session, COUNT(binds)},
        {folders_follow_the_variables, 1},
        {only_small_plain_text_is_read, 1},
        {folder_that_cannot_be_made_says_so, 1},
    };
    return explorer_run_each("config", home_begin, home_end, tests, COUNT(tests));
}
