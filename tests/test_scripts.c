/*
 * The scripts of tests/scripts, replayed as --script does: what each writes into its folder is
 * held against tests/screens/scripts (`make screens` writes it anew), and no action is without
 * a script.
 */
#include "base/memory.h"
#include "explorer_fixture.h"
#include "home_fixture.h"
#include <check.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const scripts[] = {"marking",  "moving",  "notes",  "opening",
                                      "outcomes", "pair",    "screen", "searching",
                                      "settings", "several", "study",  "lessons"};

static char *script_path(const char *name)
{
    struct text file = {0};
    text_addf(&file, "tests/scripts/%s.script", name);
    char *path = path_of(file.bytes);
    text_drop(&file);
    return path;
}

/* A folder of its own, from which data and tests are seen as from the root of the tree. */
static void enter_folder(void)
{
    char *folder = home_path("."), *data = path_of("data"), *tests = path_of("tests");
    ck_assert_int_eq(chdir(folder), 0);
    ck_assert_int_eq(symlink(data, "data"), 0);
    ck_assert_int_eq(symlink(tests, "tests"), 0);
    memory_free(folder);
    memory_free(data);
    memory_free(tests);
}

static int is_written(const struct dirent *entry)
{
    const char *end = strrchr(entry->d_name, '.');
    return end != NULL && strcmp(end, ".txt") == 0;
}

/* Every text file that the script left, by name. */
static char *all_written(void)
{
    struct text text = {0};
    struct dirent **entries;
    int count = scandir(".", &entries, is_written, alphasort);
    ck_assert_int_gt(count, 0);
    for (int i = 0; i < count; i++) {
        char *content = read_file(entries[i]->d_name);
        text_addf(&text, "==== %s\n%s", entries[i]->d_name, content);
        memory_free(content);
        free(entries[i]);
    }
    free(entries);
    return text_take(&text);
}

START_TEST(script_leads_to_what_is_stored)
{
    struct error error = {0};
    struct text name = {0};
    char *path = script_path(scripts[_i]);
    enter_folder();
    options.script = path;
    options.data = "data";
    bool is_done = explorer_run(study, &options, &error);
    options.script = NULL;
    ck_assert_msg(is_done, "%s:%ld: %s", error.file, error.line, error.text);
    char *written = all_written();
    text_addf(&name, "scripts/%s", scripts[_i]);
    compare_stored(name.bytes, written);
    text_drop(&name);
    memory_free(written);
    memory_free(path);
}
END_TEST

static bool has_line(const char *script, const char *name)
{
    size_t length = strlen(name);
    for (const char *line = script; *line != '\0'; line += strcspn(line, "\n") + 1) {
        if (strncmp(line, name, length) == 0 && strchr(" \n", line[length]) != NULL) {
            return true;
        }
    }
    return false;
}

START_TEST(every_action_has_a_script)
{
    struct text all = {0};
    for (int i = 0; i < COUNT(scripts); i++) {
        char *path = script_path(scripts[i]), *script = read_file(path);
        ck_assert_msg(*script == '#', "%s does not say what it is for", path);
        text_add(&all, script);
        memory_free(script);
        memory_free(path);
    }
    for (size_t i = 0; i < ACTION_COUNT; i++) {
        const char *name = actions_all()[i].name;
        ck_assert_msg(has_line(all.bytes, name), "no script has %s", name);
    }
    text_drop(&all);
}
END_TEST

START_TEST(every_script_is_replayed)
{
    ck_assert_int_eq(files_in("tests/scripts", ".script"), COUNT(scripts));
}
END_TEST

int main(void)
{
    /* Paths that hold wherever the suite goes. */
    char *folder = realpath(getenv("srcdir") == NULL ? "." : getenv("srcdir"), NULL);
    if (folder == NULL || setenv("srcdir", folder, 1) != 0) {
        return 1;
    }
    const struct golden_test tests[] = {
        {script_leads_to_what_is_stored, COUNT(scripts)},
        {every_action_has_a_script, 1},
        {every_script_is_replayed, 1},
    };
    int failed = explorer_run_each("scripts", home_begin, home_end, tests, COUNT(tests));
    free(folder);
    return failed;
}
