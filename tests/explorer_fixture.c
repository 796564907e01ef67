#include "explorer_fixture.h"

#include "base/memory.h"
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    ck_assert(fputs(text, file) >= 0);
    ck_assert_int_eq(fclose(file), 0);
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
    if (strcmp(stored, screen) != 0) {
        (void)fprintf(stderr, "%s is stored as:\n%sand is now:\n%s", path, stored, screen);
    }
    ck_assert_msg(strcmp(stored, screen) == 0, "%s differs", path);
    memory_free(stored);
    memory_free(path);
    text_drop(&file);
}
