#include "explorer_fixture.h"

#include "base/memory.h"
#include "numeric/random.h"
#include "numeric/start.h"
#include <check.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct study *study;
struct explorer_options options;
static const struct method *methods[3];

static const char *source(void)
{
    const char *folder = getenv("srcdir");
    return folder == NULL ? "." : folder;
}

char *path_of(const char *name)
{
    struct text path = {0};
    text_addf(&path, "%s/%s", source(), name);
    return text_take(&path);
}

static void set_options(void)
{
    methods[0] = methods_find("ivw");
    methods[1] = methods_find("egger");
    methods[2] = methods_find("weighted_median");
    options = (struct explorer_options){.threads = 2, .mouse = true};
    options.results.methods = methods;
    options.results.method_count = 3;
    options.results.settings = estimate_default_settings();
    options.results.settings.boot = 20;
    options.results.settings.seed = study->seed;
}

void fixture_load(void)
{
    struct error error = {0};
    struct gwas_options gwas = {0};
    char *path = path_of("data/gut-insomnia");
    ck_assert(study_load(path, &gwas, &study, &error));
    memory_free(path);
    set_options();
}

void fixture_unload(void)
{
    study_destroy(study);
}

struct loop start(size_t columns, size_t rows)
{
    struct loop loop;
    loop_begin(&loop, study, &options);
    loop_compute(&loop);
    loop_wait(&loop);
    loop_draw(&loop, columns, rows, options.ascii);
    return loop;
}

void redraw(struct loop *loop)
{
    loop_draw(loop, loop->canvas->columns, loop->canvas->rows, loop->canvas->ascii);
}

void play(struct loop *loop, const char *text)
{
    char *copy = memory_copy_text(text), *rest = copy, *part;
    while ((part = strtok_r(rest, ";", &rest)) != NULL) {
        part += strspn(part, " ");
        if (strcmp(part, "wait") == 0) {
            loop_wait(loop);
            redraw(loop);
            continue;
        }
        if (*part == ':' && part[1] != '\0' && part[1] != ' ') {
            loop->state.status = NULL;
            loop_command(loop, part);
            redraw(loop);
            continue;
        }
        char *keys = part, *key;
        while ((key = strtok_r(keys, " ", &keys)) != NULL) {
            loop_key(loop, key);
            redraw(loop);
        }
    }
    loop_wait(loop);
    redraw(loop);
    memory_free(copy);
}

void click_on(struct loop *loop, const char *text)
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

void check_canvas(const struct canvas *canvas)
{
    for (size_t row = 0; row < canvas->rows; row++) {
        size_t width = 0;
        for (size_t column = 0; column < canvas->columns; column++) {
            width += canvas_cell(canvas, column, row)->width;
        }
        ck_assert_uint_eq(width, canvas->columns);
    }
    ck_assert_uint_lt(canvas->cursor_row, canvas->rows);
    ck_assert_uint_lt(canvas->cursor_column, canvas->columns);
}

void walk_at_random(const char *name, int index, size_t steps, const char *const *keys,
                    size_t count)
{
    struct random_stream stream = random_stream_of((uint64_t)index, name, NULL, NULL);
    struct loop loop = start(100, 30);
    for (size_t i = 0; i < steps && !loop.is_over; i++) {
        const char *key = keys[random_below(&stream, count)];
        if (*key == ':' && key[1] != '\0') {
            play(&loop, key);
        } else {
            loop_key(&loop, key);
        }
        size_t columns = 100, rows = 30;
        if (random_below(&stream, 8) == 0) {
            columns = 1 + random_below(&stream, 220);
            rows = 1 + random_below(&stream, 70);
        }
        loop_draw(&loop, columns, rows, random_below(&stream, 2) == 0);
        check_canvas(loop.canvas);
        if (random_below(&stream, 8) == 0) {
            loop_click(&loop, random_below(&stream, columns), random_below(&stream, rows));
        }
    }
    loop_end(&loop);
}

char *screen_of(const struct loop *loop)
{
    return canvas_as_text(loop->canvas, false);
}

bool shows(const struct loop *loop, const char *text)
{
    char *screen = screen_of(loop);
    bool found = strstr(screen, text) != NULL;
    if (!found) {
        (void)fprintf(stderr, "no \"%s\" in:\n%s", text, screen);
    }
    memory_free(screen);
    return found;
}

char *read_file(const char *path)
{
    struct text text = {0};
    FILE *file = fopen(path, "r");
    char bytes[4096];
    size_t got;
    while (file != NULL && (got = fread(bytes, 1, sizeof bytes, file)) > 0) {
        text_add_bytes(&text, bytes, got);
    }
    if (file != NULL) {
        ck_assert_int_eq(fclose(file), 0);
    }
    return text_take(&text);
}

int files_in(const char *folder, const char *ending)
{
    int count = 0;
    char *path = path_of(folder);
    DIR *entries = opendir(path);
    ck_assert_msg(entries != NULL, "%s", path);
    for (struct dirent *entry; (entry = readdir(entries)) != NULL;) {
        size_t length = strlen(entry->d_name), end = strlen(ending);
        count += length > end && strcmp(entry->d_name + length - end, ending) == 0;
    }
    ck_assert_int_eq(closedir(entries), 0);
    memory_free(path);
    return count;
}

bool enter_tree(void)
{
    return chdir(source()) == 0 && setenv("srcdir", ".", 1) == 0;
}

void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    ck_assert(fputs(text, file) >= 0);
    ck_assert_int_eq(fclose(file), 0);
}

/* Where two texts part: the line's number, what it is in each, and the last line of one that
 * begins with "====", which says which of several screens it is. */
static void show_difference(const char *stored, const char *screen)
{
    size_t line = 1;
    const char *heading = "", *at = stored;
    for (; *screen != '\0'; line++) {
        size_t length = strcspn(screen, "\n");
        heading = strncmp(screen, "====", 4) == 0 ? screen : heading;
        if (strncmp(at, screen, length + 1) != 0) {
            break;
        }
        screen += length + 1;
        at += length + 1;
    }
    (void)fprintf(stderr, "%.*s line %zu is stored as\n%.*s\nand is now\n%.*s\n",
                  (int)strcspn(heading, "\n"), heading, line, (int)strcspn(at, "\n"), at,
                  (int)strcspn(screen, "\n"), screen);
}

void compare_stored(const char *name, const char *screen)
{
    struct text file = {0};
    text_addf(&file, "tests/screens/%s.txt", name);
    char *path = path_of(file.bytes);
    if (getenv("GENERATE") != NULL) {
        write_file(path, screen);
    }
    char *stored = read_file(path);
    bool is_same = strcmp(stored, screen) == 0;
    if (!is_same) {
        show_difference(stored, screen);
        (void)fprintf(stderr, "the whole is now:\n%s", screen);
    }
    ck_assert_msg(is_same, "%s differs; `make screens` writes it", path);
    memory_free(stored);
    memory_free(path);
    text_drop(&file);
}

void check_stored(const struct stored_screen *stored)
{
    options.ascii = stored->ascii;
    struct loop loop = start(stored->columns, stored->rows);
    play(&loop, stored->play);
    char *screen = screen_of(&loop);
    loop_end(&loop);
    options.ascii = false;
    compare_stored(stored->name, screen);
    memory_free(screen);
}

void check_habit(const struct habit *habit)
{
    struct loop loop = start(100, 30);
    play(&loop, habit->play);
    bool is_seen = shows(&loop, habit->seen);
    loop_end(&loop);
    ck_assert_msg(is_seen, "%s", habit->name);
}

int explorer_run_each(const char *name, void (*before)(void), void (*after)(void),
                      const struct golden_test *tests, size_t count)
{
    numeric_start();
    Suite *suite = suite_create(name);
    TCase *cases = tcase_create(name);
    tcase_set_timeout(cases, 600);
    tcase_add_unchecked_fixture(cases, fixture_load, fixture_unload);
    if (before != NULL) {
        tcase_add_checked_fixture(cases, before, after);
    }
    for (size_t i = 0; i < count; i++) {
        tcase_add_loop_test(cases, tests[i].test, 0, tests[i].times);
    }
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
