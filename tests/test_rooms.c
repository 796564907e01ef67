/*
 * No room reaches to its right: every #include line of src/ and ui/ is held against the order
 * of the rooms and against the list of who may know which library. The judge itself is tried
 * first on lines that are known to be right or wrong.
 */
#include <check.h>
#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define COUNT(list) (sizeof(list) / sizeof(list)[0])
#define NO_ROOM (-1)

/* The walk, left to right; a room may include itself and what stands before it. */
static const char *const rooms[] = {
    "base",          "numeric",  "gwas",     "instrument", "pair",  "ldscore", "estimate",
    "multivariable", "diagnose", "simulate", "study",      "chart", "report",  "lesson",
};

/* Who may know a library: headers that start with `header`, files that start with an owner. */
struct library {
    const char *header;
    const char *owners[3];
};

static const struct library libraries[] = {
    {"ncurses", {"ui/terminal.c", "ui/terminal_ability.c", "ui/terminal_mouse.c"}},
    {"curses.h", {"ui/terminal.c"}},
    {"term.h", {"ui/terminal_ability.c"}},
    {"panel.h", {"ui/terminal.c"}},
    {"cairo", {"src/report/"}},
    {"pango/", {"src/report/"}},
    {"htslib/", {"src/gwas/"}},
    {"isa-l", {"src/gwas/"}},
    {"igzip_lib.h", {"src/gwas/"}},
    {"zstd.h", {"src/gwas/"}},
    {"csv.h", {"src/gwas/", "src/report/"}},
    {"gsl/", {"src/numeric/"}},
    {"confuse.h", {"src/study/", "ui/"}},
    {"vterm", {NULL}},
    {"check.h", {NULL}},
};

static bool starts_with(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

/* The place in the walk of the room that path starts with, up to its slash. */
static int room_of(const char *path)
{
    size_t length = strcspn(path, "/");
    for (size_t i = 0; i < COUNT(rooms); i++)
        if (strlen(rooms[i]) == length && strncmp(rooms[i], path, length) == 0)
            return (int)i;
    return NO_ROOM;
}

/* Whether line is an #include; then *header is its name up to the closing sign, or empty when
 * it is not a plain one. */
static bool is_include(const char *line, char *header, size_t size)
{
    line += strspn(line, " \t");
    if (*line++ != '#')
        return false;
    line += strspn(line, " \t");
    if (!starts_with(line, "include") || starts_with(line, "include_next"))
        return false;
    line += strlen("include");
    line += strspn(line, " \t");
    bool is_plain = *line == '"' || *line == '<';
    snprintf(header, size, "%.*s", is_plain ? (int)strcspn(line + 1, "\">\n") : 0, line + 1);
    return true;
}

static const char *judge_library(const char *file, const char *header)
{
    for (size_t i = 0; i < COUNT(libraries); i++) {
        const struct library *library = &libraries[i];
        if (!starts_with(header, library->header))
            continue;
        for (size_t j = 0; j < COUNT(library->owners) && library->owners[j] != NULL; j++)
            if (starts_with(file, library->owners[j]))
                return NULL;
        return "a library of another room";
    }
    return NULL;
}

static const char *judge_room(const char *file, const char *header)
{
    bool is_local = strchr(header, '/') == NULL;
    if (!starts_with(file, "src/") || is_local)
        return NULL;
    if (starts_with(header, "ui/"))
        return "src knows nothing of ui";
    int here = room_of(file + strlen("src/"));
    int there = room_of(header);
    return there != NO_ROOM && there > here ? "a room to the right" : NULL;
}

/* Why `file` (from the top of the tree) may not hold `line`; NULL when it may. */
static const char *judge(const char *file, const char *line)
{
    char header[1024];
    if (!is_include(line, header, sizeof header))
        return NULL;
    if (header[0] == '\0')
        return "an include that cannot be read";
    if (starts_with(header, "../") || strstr(header, "/../") != NULL)
        return "a path that leaves its room";
    const char *reason = judge_library(file, header);
    return reason != NULL ? reason : judge_room(file, header);
}

/* What a walk over a tree saw. */
struct walk {
    const char *top;
    size_t files;
    size_t includes;
    size_t violations;
    size_t strange_rooms;
    bool is_quiet;
};

static void walk_file(struct walk *walk, const char *file)
{
    char path[4096], line[4096], header[1024];
    snprintf(path, sizeof path, "%s/%s", walk->top, file);
    FILE *stream = fopen(path, "r");
    ck_assert_msg(stream != NULL, "cannot read %s", path);
    walk->files++;
    for (int number = 1; fgets(line, sizeof line, stream) != NULL; number++) {
        const char *reason = judge(file, line);
        walk->includes += is_include(line, header, sizeof header);
        if (reason != NULL) {
            walk->violations++;
            if (!walk->is_quiet)
                fprintf(stderr, "%s:%d: %s: %s", file, number, reason, line);
        }
    }
    fclose(stream);
}

static bool is_source(const char *name)
{
    size_t length = strlen(name);
    return length > 2 && name[0] != '.' &&
           (strcmp(name + length - 2, ".c") == 0 || strcmp(name + length - 2, ".h") == 0);
}

static bool is_folder(const struct walk *walk, const char *folder)
{
    char path[4096];
    struct stat what;
    snprintf(path, sizeof path, "%s/%s", walk->top, folder);
    return stat(path, &what) == 0 && S_ISDIR(what.st_mode);
}

static void walk_folder(struct walk *walk, const char *folder)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", walk->top, folder);
    DIR *entries = opendir(path);
    ck_assert_msg(entries != NULL, "cannot read %s", path);
    for (struct dirent *entry; (entry = readdir(entries)) != NULL;) {
        char inside[2048];
        snprintf(inside, sizeof inside, "%.1000s/%s", folder, entry->d_name);
        if (entry->d_name[0] == '.')
            continue;
        if (is_folder(walk, inside)) {
            bool is_room = room_of(entry->d_name) != NO_ROOM;
            walk->strange_rooms += strcmp(folder, "src") == 0 && !is_room;
            walk_folder(walk, inside);
        } else if (is_source(entry->d_name)) {
            walk_file(walk, inside);
        }
    }
    closedir(entries);
}

struct example {
    const char *file;
    const char *line;
};

START_TEST(judge_catches_what_is_wrong)
{
    static const struct example bad[] = {
        {"src/base/text.c", "#include \"gwas/gwas.h\"\n"},
        {"src/base/text.c", "#include \"numeric/tail.h\""},
        {"src/gwas/lines.c", "#include \"instrument/instrument.h\""},
        {"src/pair/pair.h", "  #  include   <estimate/estimate.h>"},
        {"src/estimate/ivw.c", "#include \"diagnose/diagnose.h\""},
        {"src/simulate/draw.c", "#include \"study/study.h\""},
        {"src/study/build.c", "#include \"chart/chart.h\""},
        {"src/chart/forest.c", "#include \"report/table.h\""},
        {"src/report/svg.c", "#include \"ui/canvas.h\""},
        {"src/base/text.c", "#include \"../gwas/gwas.h\""},
        {"src/base/text.c", "#include \"base/../gwas/gwas.h\""},
        {"src/base/text.c", "#include SOME_NAME"},
        {"src/base/text.c", "#include <curses.h>"},
        {"ui/canvas.c", "#include <ncursesw/ncurses.h>"},
        {"ui/explorer/loop.c", "#include <ncurses.h>"},
        {"ui/canvas.c", "#include <cairo/cairo.h>"},
        {"src/chart/forest.c", "#include <cairo.h>"},
        {"src/pair/pair.c", "#include <htslib/vcf.h>"},
        {"src/report/table.c", "#include <isa-l/igzip_lib.h>"},
        {"src/study/plan.c", "#include <csv.h>"},
        {"src/estimate/ivw.c", "#include <gsl/gsl_cdf.h>"},
        {"ui/main.c", "#include <gsl/gsl_cdf.h>"},
        {"src/gwas/lines.c", "#include <confuse.h>"},
        {"ui/terminal.c", "#include <vterm.h>"},
    };
    ck_assert_ptr_nonnull(judge(bad[_i].file, bad[_i].line));
}
END_TEST

START_TEST(judge_lets_pass_what_is_right)
{
    static const struct example good[] = {
        {"src/base/text.c", "#include \"base/text.h\""},
        {"src/numeric/tail.c", "#include \"base/error.h\""},
        {"src/gwas/lines.c", "#include \"numeric/tail.h\""},
        {"src/report/table.c", "#include \"chart/chart.h\""},
        {"src/study/study.h", "#include \"simulate/simulate.h\""},
        {"src/base/text.c", "#include <string.h>"},
        {"src/base/job.c", "#include <sys/stat.h>"},
        {"src/base/text.c", "/* gwas/gwas.h */"},
        {"src/base/text.c", "#define include \"gwas/gwas.h\""},
        {"ui/main.c", "#include \"report/table.h\""},
        {"ui/terminal.c", "#include <ncurses.h>"},
        {"src/report/png.c", "#include <cairo.h>"},
        {"src/gwas/gzip.c", "#include <isa-l/igzip_lib.h>"},
        {"src/gwas/table.c", "#include <csv.h>"},
        {"src/report/table.c", "#include <csv.h>"},
        {"src/numeric/tail.c", "#include <gsl/gsl_cdf.h>"},
        {"src/study/plan.c", "#include <confuse.h>"},
        {"ui/command/run.c", "#include <confuse.h>"},
    };
    ck_assert_ptr_null(judge(good[_i].file, good[_i].line));
}
END_TEST

static void make_file(const char *top, const char *file, const char *content)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", top, file);
    FILE *stream = fopen(path, "w");
    ck_assert_ptr_nonnull(stream);
    ck_assert_int_ge(fputs(content, stream), 0);
    ck_assert_int_eq(fclose(stream), 0);
}

static void make_folder(const char *top, const char *folder)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", top, folder);
    ck_assert_int_eq(mkdir(path, 0700), 0);
}

static void remove_both(const char *top, const char *const *names, size_t count)
{
    char path[4096];
    for (size_t i = 0; i < count; i++) {
        snprintf(path, sizeof path, "%s/%s", top, names[i]);
        ck_assert_int_eq(remove(path), 0);
    }
    ck_assert_int_eq(rmdir(top), 0);
}

START_TEST(walk_finds_a_bad_line_in_a_tree)
{
    char top[] = "/tmp/taxamr-rooms-XXXXXX";
    ck_assert_ptr_nonnull(mkdtemp(top));
    make_folder(top, "src");
    make_folder(top, "src/base");
    make_folder(top, "src/cellar");
    make_file(top, "src/base/bad.c", "#include <stdio.h>\n\n#include \"pair/pair.h\"\n");
    make_file(top, "src/base/good.h", "#include \"base/error.h\"\n");
    struct walk walk = {.top = top, .is_quiet = true};
    walk_folder(&walk, "src");
    ck_assert_uint_eq(walk.files, 2);
    ck_assert_uint_eq(walk.includes, 3);
    ck_assert_uint_eq(walk.violations, 1);
    ck_assert_uint_eq(walk.strange_rooms, 1);
    static const char *const made[] = {"src/base/bad.c", "src/base/good.h", "src/base",
                                       "src/cellar", "src"};
    remove_both(top, made, COUNT(made));
}
END_TEST

START_TEST(no_room_reaches_right)
{
    const char *top = getenv("srcdir");
    struct walk walk = {.top = top != NULL ? top : "."};
    walk_folder(&walk, "src");
    walk_folder(&walk, "ui");
    ck_assert_uint_ge(walk.files, 50);
    ck_assert_uint_ge(walk.includes, 100);
    ck_assert_uint_eq(walk.strange_rooms, 0);
    ck_assert_uint_eq(walk.violations, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("rooms");
    TCase *judging = tcase_create("judge");
    tcase_add_loop_test(judging, judge_catches_what_is_wrong, 0, 24);
    tcase_add_loop_test(judging, judge_lets_pass_what_is_right, 0, 18);
    suite_add_tcase(suite, judging);
    TCase *walking = tcase_create("walk");
    tcase_add_test(walking, walk_finds_a_bad_line_in_a_tree);
    tcase_add_test(walking, no_room_reaches_right);
    suite_add_tcase(suite, walking);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
