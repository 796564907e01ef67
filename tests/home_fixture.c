#define _GNU_SOURCE /* nftw */
#include "home_fixture.h"

#include "base/memory.h"
#include "base/text.h"
#include "ui/explorer/keep.h"
#include <check.h>
#include <dirent.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char *home;

bool home_is_made(void)
{
    return home != NULL;
}

char *home_path(const char *name)
{
    struct text path = {0};
    text_addf(&path, "%s/%s", home, name);
    return text_take(&path);
}

bool home_has(const char *name)
{
    struct stat status;
    char *path = home_path(name);
    bool is_there = stat(path, &status) == 0;
    memory_free(path);
    return is_there;
}

static void point(const char *variable, const char *name)
{
    char *path = home_path(name);
    ck_assert_int_eq(setenv(variable, path, 1), 0);
    memory_free(path);
}

void home_begin(void)
{
    home = memory_copy_text("/tmp/taxamr-home-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(home));
    point("HOME", "nobody");
    point("XDG_CONFIG_HOME", "config");
    point("XDG_STATE_HOME", "state");
    point("XDG_DATA_HOME", "data");
}

static int drop(const char *path, const struct stat *status, int kind, struct FTW *walk)
{
    (void)status;
    (void)kind;
    (void)walk;
    return remove(path);
}

void home_end(void)
{
    ck_assert(!home_has("nobody"));
    ck_assert_int_eq(nftw(home, drop, 8, FTW_DEPTH | FTW_PHYS), 0);
    memory_free(home);
    home = NULL;
}

void home_configure(const char *text)
{
    char *folder = home_path("config"), *inside = home_path("config/taxamr");
    char *path = home_path("config/taxamr/taxamr.conf");
    (void)mkdir(folder, 0700);
    (void)mkdir(inside, 0700);
    write_file(path, text);
    memory_free(folder);
    memory_free(inside);
    memory_free(path);
}

char *home_only_path(const char *name)
{
    struct text path = {0};
    char *folder = home_path(name);
    DIR *entries = opendir(folder);
    ck_assert_msg(entries != NULL, "%s", folder);
    for (struct dirent *entry; (entry = readdir(entries)) != NULL;) {
        if (entry->d_name[0] != '.') {
            ck_assert_msg(path.length == 0, "%s holds more than one file", folder);
            text_addf(&path, "%s/%s", folder, entry->d_name);
        }
    }
    ck_assert_int_eq(closedir(entries), 0);
    ck_assert_msg(path.length > 0, "%s is empty", folder);
    memory_free(folder);
    return text_take(&path);
}

char *home_only_text(const char *folder)
{
    char *path = home_only_path(folder), *text = read_file(path);
    memory_free(path);
    return text;
}

struct loop home_loop_begin(bool is_fresh)
{
    struct loop loop;
    options.study_path = HOME_STUDY;
    options.is_fresh = is_fresh;
    loop_begin(&loop, study, &options);
    keep_begin(&loop);
    loop_compute(&loop);
    loop_wait(&loop);
    loop_draw(&loop, 100, 30, false);
    return loop;
}

void home_loop_end(struct loop *loop)
{
    struct error error = {0};
    bool is_kept = keep_end(loop, &error);
    ck_assert_msg(is_kept, "%s", error.text);
    loop_end(loop);
}
