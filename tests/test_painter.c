/* The painter: the null's column, maps, every size, stored screens. */
#include "base/memory.h"
#include "tests/chart_fixture.h"
#include "ui/painter.h"
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *glyph(const struct canvas *canvas, size_t column, size_t row)
{
    const char *grapheme = canvas_cell(canvas, column, row)->grapheme;
    return grapheme == NULL ? " " : grapheme;
}

static void expect_text(const struct canvas *canvas, bool roles, const char *expected)
{
    char *text = canvas_as_text(canvas, roles);
    ck_assert_str_eq(text, expected);
    memory_free(text);
}

/* A uniform number, the same on every machine. */
static double uniform(unsigned long long *state)
{
    *state = *state * 6364136223846793005ULL + 1442695040888963407ULL;
    return (double)(*state >> 11) / 9007199254740992.0;
}

/* An end near the null (within 1e-12, or on it) or anywhere; `side` is -1 or 1. */
static double end_near(unsigned long long *state, const struct axis *axis, double side)
{
    double reach = 1.5 * (axis->upper - axis->lower) * uniform(state);
    double near = uniform(state);
    return axis->null + side * (near < 0.3 ? 1e-12 * uniform(state) + 1e-15 : reach + 1e-15);
}

static struct mark random_mark(unsigned long long *state, const struct axis *axis)
{
    struct mark mark = {.kind = uniform(state) < 0.2 ? MARK_PREDICTION : MARK_INTERVAL,
                        .weight = uniform(state),
                        .is_summary = uniform(state) < 0.5};
    double side = uniform(state) < 0.5 ? -1 : 1;
    double one = end_near(state, axis, side);
    mark.contains_null = uniform(state) < 0.5;
    double other = end_near(state, axis, mark.contains_null ? -side : side);
    mark.x_lower = fmin(one, other);
    mark.x_upper = fmax(one, other);
    mark.x = mark.x_lower + uniform(state) * (mark.x_upper - mark.x_lower);
    return mark;
}

/* Cells that differ from the row without an interval: how many left of, on and right of the
 * null. */
struct touched {
    size_t left, on, right;
};

static struct touched compare_rows(const struct canvas *canvas, size_t columns, size_t *null)
{
    struct touched touched = {0, 0, 0};
    *null = columns;
    for (size_t i = 0; i < columns; i++) {
        *null = *glyph(canvas, i, 0) != ' ' ? i : *null;
    }
    for (size_t i = 0; i < columns; i++) {
        if (strcmp(glyph(canvas, i, 0), glyph(canvas, i, 1)) != 0) {
            *(i < *null ? &touched.left : i > *null ? &touched.right : &touched.on) += 1;
        }
    }
    return touched;
}

static bool has_glyph(const struct canvas *canvas, size_t columns, const char *wanted)
{
    for (size_t i = 0; i < columns; i++) {
        if (strcmp(glyph(canvas, i, 1), wanted) == 0) {
            return true;
        }
    }
    return false;
}

static void check_interval(const struct axis *axis, const struct mark *mark, size_t columns,
                           bool ascii)
{
    struct canvas *canvas = canvas_create(columns, 2, ascii);
    struct mark none = {.x = NAN};
    painter_interval(canvas, 0, 0, columns, axis, &none);
    painter_interval(canvas, 0, 1, columns, axis, mark);
    size_t null;
    struct touched touched = compare_rows(canvas, columns, &null);
    ck_assert_uint_lt(null, columns);
    if (mark->contains_null) {
        ck_assert_uint_eq(touched.on, 1);
    } else {
        ck_assert_uint_eq(touched.on, 0);
        ck_assert_uint_eq(mark->x > axis->null ? touched.left : touched.right, 0);
        ck_assert_uint_gt(touched.left + touched.right, 0);
    }
    ck_assert_int_eq(has_glyph(canvas, columns, ascii ? "<" : "◀"),
                     mark->x_lower < axis->lower);
    ck_assert_int_eq(has_glyph(canvas, columns, ascii ? ">" : "▶"),
                     mark->x_upper > axis->upper);
    canvas_destroy(canvas);
}

START_TEST(rounding_never_touches_the_null)
{
    unsigned long long state = 42;
    for (size_t columns = 5; columns <= 120; columns++) {
        for (int i = 0; i < 60; i++) {
            double null = i % 3 == 0 ? 0 : 4 * uniform(&state) - 2;
            double below = i % 5 == 0 ? 0 : uniform(&state);
            double above = i % 7 == 0 ? 0.2 * (below == 0) : uniform(&state);
            struct axis axis = {
                .lower = null - below, .upper = null + above + 1e-9, .null = null};
            struct mark mark = random_mark(&state, &axis);
            check_interval(&axis, &mark, columns, i % 2 == 0);
        }
    }
}
END_TEST

START_TEST(glyphs_tell_whether_the_null_is_inside)
{
    struct axis axis = {.lower = -1, .upper = 1, .null = 0};
    struct canvas *canvas = canvas_create(20, 6, false);
    struct mark mark = {.x = 0.5, .x_lower = 0.2, .x_upper = 0.8, .weight = NAN};
    painter_interval(canvas, 0, 0, 20, &axis, &mark);
    mark.is_summary = true;
    painter_interval(canvas, 0, 1, 20, &axis, &mark);
    mark = (struct mark){.x = 0.3, .x_lower = -0.3, .x_upper = 2, .contains_null = true};
    painter_interval(canvas, 0, 2, 20, &axis, &mark);
    mark.is_summary = true;
    painter_interval(canvas, 0, 3, 20, &axis, &mark);
    mark.kind = MARK_PREDICTION;
    painter_interval(canvas, 0, 4, 20, &axis, &mark);
    mark = (struct mark){.x = -3, .x_lower = -4, .x_upper = -2};
    painter_interval(canvas, 0, 5, 20, &axis, &mark);
    expect_text(canvas, false,
                "          ┆ ┣━━■━━┫\n          ┆ ‹━━◆━━›\n       ├──┼──▫─────▶\n"
                "       ‹──┼──◇─────▶\n       ╌╌╌┼╌╌╌╌╌╌╌╌▶\n◀         ┆\n");
    canvas_destroy(canvas);
}
END_TEST

START_TEST(tick_labels_do_not_collide)
{
    struct tick ticks[] = {{-2, "-2.00"}, {-1, "-1.00"}, {0, "0.00"}, {1, "1.00"}, {2, "2.00"}};
    struct axis axis = {
        .lower = -2.1, .upper = 2.1, .null = 0, .ticks = ticks, .tick_count = 5};
    for (size_t columns = 1; columns < 60; columns++) {
        struct canvas *canvas = canvas_create(columns, 1, false);
        painter_axis(canvas, 0, 0, columns, &axis);
        char *text = canvas_as_text(canvas, false);
        ck_assert(columns < 4 || strstr(text, "0.00") != NULL);
        for (char *word = strtok(text, " \n"); word != NULL; word = strtok(NULL, " \n")) {
            bool is_label = false;
            for (size_t i = 0; i < 5; i++) {
                is_label = is_label || strcmp(word, ticks[i].label) == 0;
            }
            ck_assert_msg(is_label, "%s at %zu columns", word, columns);
        }
        memory_free(text);
        canvas_destroy(canvas);
    }
}
END_TEST

/* A chart as it is painted, with its map. */
struct painted {
    struct arena *arena;
    struct canvas *canvas;
    const struct chart *chart;
    struct paint_map map;
};

static struct painted paint(const char *kind, size_t variants, size_t columns, size_t rows,
                            bool ascii, const struct chart_options *options,
                            struct paint_state *state)
{
    struct painted painted = {.arena = arena_create(),
                              .canvas = canvas_create(columns, rows, ascii)};
    const struct analysis *analysis = fixture_analysis(variants, painted.arena);
    struct chart_options wanted = *options;
    if (options->exclusions.count > 0) {
        wanted.full = analysis;
        analysis = fixture_without(analysis, 0, painted.arena);
    }
    painted.chart = charts_find(kind)->function(analysis, &wanted, painted.arena);
    painted.map = painter_draw(painted.canvas, (struct rectangle){0, 0, columns, rows},
                               painted.chart, state, painted.arena);
    return painted;
}

static void unpaint(struct painted *painted)
{
    canvas_destroy(painted->canvas);
    arena_destroy(painted->arena);
}

START_TEST(map_leads_from_cells_to_marks)
{
    struct paint_state state = {.selected = {OF_VARIANT, "rs1037", 1}};
    struct painted painted =
        paint("forest", 7, 100, 24, false, &(struct chart_options){.by_effect = true}, &state);
    size_t row = painted.canvas->cursor_row;
    size_t index = painted.map.row[row];
    ck_assert(identity_equal(painted.chart->rows[index].of, state.selected));
    size_t marked = 0;
    for (size_t i = 0; i < 100; i++) {
        size_t mark = painted.map.mark[row * 100 + i];
        ck_assert(mark == CHART_NO_MARK ||
                  identity_equal(painted.chart->marks[mark].of, state.selected));
        marked += mark != CHART_NO_MARK;
        ck_assert(canvas_cell(painted.canvas, i, row)->is_selected);
    }
    ck_assert_uint_gt(marked, 10);
    ck_assert_uint_eq(painted.map.row[0], CHART_NO_MARK);
    unpaint(&painted);
}
END_TEST

START_TEST(selected_row_is_always_seen)
{
    static const size_t heights[] = {5, 9, 16, 24, 60};
    struct arena *arena = arena_create();
    for (size_t h = 0; h < 5; h++) {
        struct paint_state state = {.first_row = 0};
        for (size_t j = 0; j < 94; j += 7) {
            state.selected =
                (struct identity){OF_VARIANT, arena_format(arena, "rs%zu", 1000 + 37 * j), j};
            struct painted painted = paint("forest", 94, 80, heights[h], false,
                                           &(struct chart_options){.fold = false}, &state);
            size_t index = painted.map.row[painted.canvas->cursor_row];
            ck_assert_uint_ne(index, CHART_NO_MARK);
            ck_assert(identity_equal(painted.chart->rows[index].of, state.selected));
            unpaint(&painted);
        }
    }
    arena_destroy(arena);
}
END_TEST

START_TEST(every_size_of_chart_and_screen_paints)
{
    static const size_t variants[] = {0, 1, 2, 3, 8, 94, 506};
    static const size_t sizes[][2] = {{1, 1}, {7, 2}, {12, 5}, {30, 9}, {60, 16}, {200, 60}};
    size_t kinds;
    const struct chart_kind *const *all = charts_all(&kinds);
    for (size_t k = 0; k < kinds; k++) {
        for (size_t v = 0; v < 7; v++) {
            for (size_t s = 0; s < 6; s++) {
                struct paint_state state = {.first_row = 1000};
                struct painted painted =
                    paint(all[k]->key, variants[v], sizes[s][0], sizes[s][1], s % 2 == 0,
                          &(struct chart_options){.fold = true}, &state);
                ck_assert_str_ne(painted.chart->sentence, "");
                unpaint(&painted);
            }
        }
    }
}
END_TEST

START_TEST(points_and_lines_paint)
{
    struct arena *arena = arena_create();
    struct mark marks[] = {
        {.kind = MARK_LINE, .x_lower = 0, .x_upper = 10, .y_lower = 0, .y_upper = 10},
        {.kind = MARK_POINT,
         .of = {OF_VARIANT, "rs1", 0},
         .x = 7,
         .y = 3,
         .x_lower = NAN,
         .x_upper = NAN,
         .y_lower = NAN,
         .y_upper = NAN}};
    struct chart chart = {.title = "t", .marks = marks, .mark_count = 2};
    chart.x = (struct axis){.title = "x", .lower = 0, .upper = 10, .null = NAN};
    chart.y = (struct axis){.title = "y", .lower = 0, .upper = 10, .null = NAN};
    chart_ticks(&chart.x, 3, arena);
    chart_ticks(&chart.y, 3, arena);
    struct canvas *canvas = canvas_create(23, 14, true);
    struct paint_state state = {.selected = marks[1].of};
    struct paint_map map =
        painter_draw(canvas, (struct rectangle){0, 0, 23, 14}, &chart, &state, arena);
    ck_assert_str_eq(glyph(canvas, 17, 8), "#");
    ck_assert_uint_eq(map.mark[8 * 23 + 17], 1);
    ck_assert_uint_eq(canvas->cursor_column, 17);
    ck_assert_str_eq(glyph(canvas, 3, 11), ".");
    ck_assert_str_eq(glyph(canvas, 22, 2), ".");
    canvas_destroy(canvas);
    arena_destroy(arena);
}
END_TEST

/* What is stored in tests/screens, and from what it is painted. */
struct screen {
    const char *name, *kind;
    size_t variants, columns, rows;
    bool ascii, odds_ratio, excluded;
};
static const struct screen screens[] = {
    {"forest-7-100x30", "forest", 7, 100, 30, false, false, false},
    {"forest-7-80x24-or", "forest", 7, 80, 24, false, true, false},
    {"forest-7-100x30-ascii", "forest", 7, 100, 30, true, false, true},
    {"forest-0-80x24", "forest", 0, 80, 24, false, false, false},
    {"forest-1-80x24", "forest", 1, 80, 24, false, false, false},
    {"forest-2-80x24", "forest", 2, 80, 24, false, false, false},
    {"forest-94-120x40", "forest", 94, 120, 40, false, true, false},
    {"loo-7-100x30", "loo", 7, 100, 30, false, false, true},
    {"methods-7-80x24", "methods", 7, 80, 24, false, true, true},
    {"heterogeneity-7-100x30", "heterogeneity", 7, 100, 30, false, false, false},
    {"heterogeneity-506-80x24-ascii", "heterogeneity", 506, 80, 24, true, false, false},
};

static char *read_whole(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return NULL;
    }
    struct text text = {0};
    char block[4096];
    size_t got;
    while ((got = fread(block, 1, sizeof block, file)) > 0) {
        text_add_bytes(&text, block, got);
    }
    ck_assert_int_eq(fclose(file), 0);
    return text_take(&text);
}

static void check_screen(const struct screen *screen, const char *drawn)
{
    const char *folder = getenv("srcdir");
    struct text path = {0};
    text_addf(&path, "%s/tests/screens/chart-%s.txt", folder == NULL ? "." : folder,
              screen->name);
    if (getenv("GENERATE") != NULL) {
        FILE *file = fopen(path.bytes, "wb");
        ck_assert_ptr_nonnull(file);
        ck_assert_int_ge(fputs(drawn, file), 0);
        ck_assert_int_eq(fclose(file), 0);
    }
    char *stored = read_whole(path.bytes);
    ck_assert_msg(stored != NULL, "%s is missing; GENERATE=1 writes it", path.bytes);
    ck_assert_msg(strcmp(stored, drawn) == 0, "%s differs; GENERATE=1 rewrites it", path.bytes);
    memory_free(stored);
    text_drop(&path);
}

START_TEST(screens_are_as_stored)
{
    const struct screen *screen = &screens[_i];
    static const char *const excluded[] = {"rs1000"};
    struct chart_options options = {
        .odds_ratio = screen->odds_ratio,
        .by_effect = true,
        .fold = true,
        .exclusions = {screen->excluded ? excluded : NULL, screen->excluded}};
    struct paint_state state = {.selected = {OF_VARIANT, "rs1000", 0}};
    struct painted painted = paint(screen->kind, screen->variants, screen->columns,
                                   screen->rows, screen->ascii, &options, &state);
    char *drawn = canvas_as_text(painted.canvas, true);
    check_screen(screen, drawn);
    memory_free(drawn);
    unpaint(&painted);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("painter");
    TCase *painter = tcase_create("painter");
    tcase_set_timeout(painter, 60);
    tcase_add_test(painter, rounding_never_touches_the_null);
    tcase_add_test(painter, glyphs_tell_whether_the_null_is_inside);
    tcase_add_test(painter, tick_labels_do_not_collide);
    tcase_add_test(painter, map_leads_from_cells_to_marks);
    tcase_add_test(painter, selected_row_is_always_seen);
    tcase_add_test(painter, every_size_of_chart_and_screen_paints);
    tcase_add_test(painter, points_and_lines_paint);
    tcase_add_loop_test(painter, screens_are_as_stored, 0,
                        (int)(sizeof screens / sizeof screens[0]));
    suite_add_tcase(suite, painter);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
