/*
 * A lesson whose slider moves: from the key to the finished cells of 120x40, in this process.
 * A line a chart: frames a second, of which thirty are promised, and the slowest frame. In
 * every frame the study is drawn and analysed anew, with the methods that the lesson names.
 */
#include "base/memory.h"
#include "bench.h"
#include "ui/explorer/lesson_view.h"
#include <stdio.h>
#include <stdlib.h>

enum { COLUMNS = 120, ROWS = 40, FRAMES = 120, PROMISED = 30 };

/* Lessons with sliders, and the step that has one, from 0. */
static const struct {
    const char *name, *path;
    size_t step;
} moved[] = {
    {"funnel, IVW and Egger", "lessons/egger.txt", 2},
    {"scatter, IVW and Egger", "lessons/egger.txt", 4},
    {"scatter, IVW, weighted median and mode", "lessons/medians.txt", 3},
    {"funnel, IVW, growing noise", "lessons/heterogeneity.txt", 3},
    {"scatter, IVW, more people", "lessons/ivw.txt", 4},
};

static void act(struct view *view, struct state *state, const char *name)
{
    struct order order = {.action = action_named(name)};
    struct effect effect = view->kind->act(view, state, &order);

    memory_free(effect.text);
}

/* One key and its frame. */
static double frame(struct view *view, struct state *state, struct canvas *canvas,
                    struct arena *scratch, const char *key)
{
    double start = bench_now();
    struct drawing drawing = {canvas, {0, 1, COLUMNS, ROWS - 2}, state, scratch};

    act(view, state, key);
    canvas_clear(canvas);
    arena_reset(scratch, (struct arena_mark){0});
    view->kind->draw(view, &drawing);
    return bench_now() - start;
}

/* Right until the slider's end, then back, and so on. */
static void time_lesson(const char *name, const char *path, const char *data, size_t step)
{
    double seconds[FRAMES], sum = 0;
    struct error error = {0};
    struct view *view = lesson_view_create(path, data, &error);

    if (view == NULL) {
        fprintf(stderr, "bench: %s\n", error.text);
        return;
    }
    struct state state = {.odds_ratio = true};
    struct canvas *canvas = canvas_create(COLUMNS, ROWS, false);
    struct arena *scratch = arena_create();
    for (size_t i = 0; i < step; i++) {
        act(view, &state, "step-next");
    }
    for (size_t i = 0; i < FRAMES; i++) {
        seconds[i] = frame(view, &state, canvas, scratch, i / 6 % 2 == 0 ? "right" : "left");
        sum += seconds[i];
    }
    double middle = bench_median(seconds, FRAMES); /* sorts them */
    printf("%-42s %7.0f frames a second, slowest %6.2f ms; %s\n", name, FRAMES / sum,
           1e3 * seconds[FRAMES - 1], 1 / middle >= PROMISED ? "kept" : "NOT KEPT");
    fflush(stdout);
    arena_destroy(scratch);
    canvas_destroy(canvas);
    view->kind->destroy(view);
}

void bench_lesson(void)
{
    const char *data = getenv("TAXAMR_DATADIR");

    printf("a slider moved at %dx%d, %d frames a second promised\n", COLUMNS, ROWS, PROMISED);
    for (size_t i = 0; i < sizeof moved / sizeof moved[0]; i++) {
        struct text path = {0};
        text_addf(&path, "%s/%s", data == NULL ? "data" : data, moved[i].path);
        time_lesson(moved[i].name, path.bytes, data == NULL ? "data" : data, moved[i].step);
        text_drop(&path);
    }
}
