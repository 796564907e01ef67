/*
 * What the painter must never do, on many random intervals and every size of chart.
 * TAXAMR_TRIALS=1000000 tries so many intervals instead of 200000, TAXAMR_SIZES=1 every size
 * instead of some.
 */
#include "base/memory.h"
#include "base/text.h"
#include "tests/chart_fixture.h"
#include "ui/painter.h"
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool is_whole(void)
{
    return getenv("TAXAMR_SIZES") != NULL;
}

/* A uniform number, the same on every machine. */
static double uniform(unsigned long long *state)
{
    *state = *state * 6364136223846793005ULL + 1442695040888963407ULL;
    return (double)(*state >> 11) / 9007199254740992.0;
}

static size_t below(unsigned long long *state, size_t end)
{
    return (size_t)(uniform(state) * (double)end);
}

static const char *glyph(const struct canvas *canvas, size_t column, size_t row)
{
    const char *grapheme = canvas_cell(canvas, column, row)->grapheme;
    return grapheme == NULL ? " " : grapheme;
}

enum { MOST_PIECES = 5, MOST_COLUMNS = 200 };

/* An axis, an interval in pieces, and what must be seen of it. */
struct trial {
    struct axis axis;
    struct mark mark;
    struct interval_piece pieces[MOST_PIECES];
    size_t columns;
    bool ascii;
};

static struct axis random_axis(unsigned long long *state)
{
    double scale = pow(10, 12 * uniform(state) - 6);
    double null = uniform(state) < 0.5 ? 0 : scale * (4 * uniform(state) - 2);
    double left = uniform(state) < 0.2 ? 0 : uniform(state);
    double right = uniform(state) < 0.2 ? 0 : uniform(state);
    double far = fmax(fabs(null), scale);

    return (struct axis){
        .lower = null - scale * left, .upper = null + scale * right + 1e-9 * far, .null = null};
}

/* A place: near the null, on it, within the axis or beyond its ends. */
static double random_place(unsigned long long *state, const struct axis *axis)
{
    double range = axis->upper - axis->lower, kind = uniform(state);

    if (kind < 0.1) {
        return axis->null;
    }
    if (kind < 0.4) {
        return axis->null + range * 1e-9 * (2 * uniform(state) - 1);
    }
    if (kind < 0.43) {
        return uniform(state) < 0.5 ? -INFINITY : INFINITY;
    }
    return axis->lower + range * (2 * uniform(state) - 0.5);
}

static int compare(const void *one, const void *other)
{
    double a = *(const double *)one, b = *(const double *)other;
    return (a > b) - (a < b);
}

/* Ends in order, so that pieces follow each other. */
static void random_pieces(struct trial *trial, unsigned long long *state)
{
    double ends[2 * MOST_PIECES];
    size_t count = uniform(state) < 0.6 ? 1 : 2 + below(state, MOST_PIECES - 1);
    struct mark *mark = &trial->mark;

    for (size_t i = 0; i < 2 * count; i++) {
        ends[i] = random_place(state, &trial->axis);
    }
    qsort(ends, 2 * count, sizeof ends[0], compare);
    for (size_t i = 0; i < count; i++) {
        trial->pieces[i] = (struct interval_piece){ends[2 * i], ends[2 * i + 1]};
        mark->contains_null = mark->contains_null || (ends[2 * i] <= trial->axis.null &&
                                                      trial->axis.null <= ends[2 * i + 1]);
    }
    mark->pieces = count > 1 ? trial->pieces : NULL;
    mark->piece_count = count > 1 ? count : 0;
    mark->x_lower = ends[0];
    mark->x_upper = ends[2 * count - 1];
}

static struct trial random_trial(unsigned long long *state)
{
    struct trial trial = {.axis = random_axis(state),
                          .columns = 5 + below(state, MOST_COLUMNS - 4),
                          .ascii = uniform(state) < 0.5};
    struct mark *mark = &trial.mark;

    *mark = (struct mark){.kind = uniform(state) < 0.2 ? MARK_PREDICTION : MARK_INTERVAL,
                          .weight = uniform(state),
                          .is_summary = uniform(state) < 0.5};
    random_pieces(&trial, state);
    const struct interval_piece *piece =
        &trial.pieces[mark->piece_count == 0 ? 0 : below(state, mark->piece_count)];
    double lower = fmax(piece->lower, trial.axis.lower - 1e9);
    double upper = fmin(piece->upper, trial.axis.upper + 1e9);
    mark->x = fmin(fmax(lower + uniform(state) * (upper - lower), piece->lower), piece->upper);
    if (!isfinite(mark->x)) {
        mark->x = trial.axis.null;
    }
    return trial;
}

/* Where the null line is drawn, alone in row 0. */
static size_t null_column(const struct canvas *canvas, size_t columns)
{
    size_t found = columns;
    for (size_t i = 0; i < columns; i++) {
        if (*glyph(canvas, i, 0) != ' ') {
            ck_assert_uint_eq(found, columns);
            found = i;
        }
    }
    ck_assert_uint_lt(found, columns);
    return found;
}

/* Stretches of cells that the interval takes in row 1, arrows among them. */
static size_t count_stretches(const struct canvas *canvas, size_t columns, size_t null)
{
    size_t count = 0;
    bool was_drawn = false;
    for (size_t i = 0; i < columns; i++) {
        bool is_drawn = *glyph(canvas, i, 1) != ' ' &&
                        (i != null || strcmp(glyph(canvas, i, 0), glyph(canvas, i, 1)) != 0);
        count += is_drawn && !was_drawn;
        was_drawn = is_drawn;
    }
    return count;
}

static bool has(const struct canvas *canvas, size_t first, size_t last, const char *wanted)
{
    for (size_t i = first; i <= last; i++) {
        if (strcmp(glyph(canvas, i, 1), wanted) == 0) {
            return true;
        }
    }
    return false;
}

static void check_trial(struct canvas *canvas, const struct trial *trial)
{
    const struct mark *mark = &trial->mark;
    struct mark none = {.x = NAN};

    canvas->ascii = trial->ascii;
    canvas_clear(canvas);
    painter_interval(canvas, 0, 0, trial->columns, &trial->axis, &none);
    painter_interval(canvas, 0, 1, trial->columns, &trial->axis, mark);
    size_t last = trial->columns - 1, null = null_column(canvas, trial->columns);
    bool is_crossed = strcmp(glyph(canvas, null, 0), glyph(canvas, null, 1)) != 0;
    ck_assert_int_eq(is_crossed, mark->contains_null);
    ck_assert_str_eq(glyph(canvas, trial->columns, 1), " ");
    size_t stretches = count_stretches(canvas, trial->columns, null);
    ck_assert_uint_ge(stretches, 1);
    ck_assert_uint_le(stretches, mark->piece_count == 0 ? 1 : mark->piece_count);
    ck_assert_int_eq(has(canvas, 0, last, trial->ascii ? "<" : "◀"),
                     mark->x_lower < trial->axis.lower);
    ck_assert_int_eq(has(canvas, 0, last, trial->ascii ? ">" : "▶"),
                     mark->x_upper > trial->axis.upper);
    if (!mark->contains_null && mark->piece_count == 0) {
        bool is_above = mark->x > trial->axis.null;
        for (size_t i = is_above ? 0 : null; i <= (is_above ? null : last); i++) {
            ck_assert_str_eq(glyph(canvas, i, 1), glyph(canvas, i, 0));
        }
    }
}

START_TEST(rounding_never_touches_the_null)
{
    const char *wanted = getenv("TAXAMR_TRIALS");
    size_t trials = wanted == NULL ? 200000 : strtoul(wanted, NULL, 10);
    struct canvas *canvas = canvas_create(MOST_COLUMNS + 1, 2, false);
    unsigned long long state = 20;

    for (size_t i = 0; i < trials; i++) {
        struct trial trial = random_trial(&state);
        trial.mark.pieces = trial.mark.pieces == NULL ? NULL : trial.pieces; /* it was moved */
        check_trial(canvas, &trial);
    }
    canvas_destroy(canvas);
}
END_TEST

/* Pieces as they are drawn: gaps however narrow where there are cells for them. */
START_TEST(gaps_are_seen)
{
    static const struct interval_piece apart[] = {{-0.8, -0.4}, {0.2, 0.6}};
    static const struct interval_piece near[] = {{-0.8, 0.1}, {0.1001, 0.6}};
    static const struct interval_piece far[] = {{-INFINITY, -0.5}, {-0.1, 0.1}, {2, 3}};
    struct axis axis = {.lower = -1, .upper = 1, .null = 0};
    struct mark mark = {
        .x = 0.4, .x_lower = -0.8, .x_upper = 0.6, .is_summary = true, .weight = NAN};
    struct canvas *canvas = canvas_create(21, 6, false);

    mark.pieces = apart;
    mark.piece_count = 2;
    painter_interval(canvas, 0, 0, 21, &axis, &mark);
    mark.pieces = near;
    mark.contains_null = true;
    painter_interval(canvas, 0, 1, 21, &axis, &mark);
    mark.pieces = far;
    mark.piece_count = 3;
    mark.x = 0.05;
    mark.x_lower = -INFINITY;
    mark.x_upper = 3;
    painter_interval(canvas, 0, 2, 21, &axis, &mark);
    mark = (struct mark){.x = 0.4, .x_lower = NAN, .x_upper = NAN, .is_summary = true};
    painter_interval(canvas, 0, 3, 21, &axis, &mark);
    mark = (struct mark){.x = 0.4, .x_lower = -INFINITY, .x_upper = INFINITY};
    mark.contains_null = mark.is_summary = true;
    painter_interval(canvas, 0, 4, 21, &axis, &mark);
    mark = (struct mark){.x = 4, .x_lower = NAN, .x_upper = NAN, .is_summary = true};
    painter_interval(canvas, 0, 5, 21, &axis, &mark);
    char *text = canvas_as_text(canvas, false);
    ck_assert_str_eq(text, "  ‹━━━›   ┆ ‹━◆━›\n  ‹───────┼ ‹─◇─›\n◀────›   ‹┼◇        ▶\n"
                           "          ┆   •\n◀─────────┼───◇─────▶\n          ┆         ▶\n");
    memory_free(text);
    canvas_destroy(canvas);
}
END_TEST

static const size_t variants[] = {0, 1, 2, 3, 8, 94, 506};
enum { VARIANTS = sizeof variants / sizeof variants[0], LEFT = 3, ABOVE = 2 };

static bool is_untouched(const struct cell *cell)
{
    return cell->grapheme == NULL && cell->width == 1 && !cell->is_selected &&
           cell->role == ROLE_TEXT;
}

/* The area is written to, its surroundings never are. */
static void check_surroundings(const struct canvas *canvas, struct rectangle area,
                               const struct chart *chart)
{
    for (size_t row = 0; row < canvas->rows; row++) {
        for (size_t column = 0; column < canvas->columns; column++) {
            bool is_inside = column >= area.column && column < area.column + area.columns &&
                             row >= area.row && row < area.row + area.rows;
            ck_assert_msg(is_inside || is_untouched(canvas_cell(canvas, column, row)),
                          "%s: cell %zu,%zu outside %zux%zu", chart->key, column, row,
                          area.columns, area.rows);
        }
    }
    ck_assert_uint_lt(canvas->cursor_column, canvas->columns);
    ck_assert_uint_lt(canvas->cursor_row, canvas->rows);
}

static bool is_label(const struct axis *axis, const char *word)
{
    for (size_t i = 0; i < axis->tick_count; i++) {
        if (strcmp(axis->ticks[i].label, word) == 0) {
            return true;
        }
    }
    return false;
}

/* What stands left of a plane is a label of its own row, whole, or nothing. */
static void check_y_labels(const struct canvas *canvas, struct rectangle area,
                           const struct chart *chart)
{
    size_t widest = 0;
    for (size_t i = 0; i < chart->y.tick_count; i++) {
        size_t width = text_width(chart->y.ticks[i].label);
        widest = width > widest ? width : widest;
    }
    /* below the title, above the rule */
    for (size_t row = area.row + 1; row < area.row + area.rows; row++) {
        if (strcmp(glyph(canvas, area.column, row), "─") == 0) {
            return;
        }
        struct text text = {0};
        for (size_t i = 0; i < widest && i < area.columns; i++) {
            text_add(&text, glyph(canvas, area.column + i, row));
        }
        const char *word = text.length == 0 ? "" : text.bytes + strspn(text.bytes, " ");
        bool is_number = *word != '\0' && strspn(word, "-.0123456789e+") == strlen(word);
        bool is_rule = strspn(word, "-") == strlen(word);
        bool is_free = *glyph(canvas, area.column + widest, row) == ' ';
        ck_assert_msg(!is_number || is_rule || !is_free || is_label(&chart->y, word),
                      "%s: %s at %zux%zu", chart->key, word, area.columns, area.rows);
        text_drop(&text);
    }
}

/* Every word of an axis is a label: none is cut, none touches its neighbour. */
static void check_axis(const struct axis *axis, size_t columns)
{
    struct canvas *canvas = canvas_create(columns, 1, false);
    painter_axis(canvas, 0, 0, columns, axis);
    char *text = canvas_as_text(canvas, false);
    for (char *word = strtok(text, " \n"); word != NULL; word = strtok(NULL, " \n")) {
        ck_assert_msg(is_label(axis, word), "%s at %zu columns", word, columns);
    }
    memory_free(text);
    canvas_destroy(canvas);
}

static void check_size(const struct chart *chart, size_t columns, size_t rows, bool ascii,
                       struct arena *arena)
{
    struct rectangle area = {LEFT, ABOVE, columns, rows};
    struct canvas *canvas = canvas_create(columns + 2 * LEFT, rows + 2 * ABOVE, ascii);
    size_t at = chart->row_count > 0 ? (columns * 7 + rows) % chart->row_count : 0;
    struct paint_state state = {.first_row = rows};
    if (chart->row_count > 0) {
        state.selected = chart->rows[at].of;
    }
    (void)painter_draw(canvas, area, chart, &state, arena);
    check_surroundings(canvas, area, chart);
    if (chart->y.lower < chart->y.upper && !ascii) {
        check_y_labels(canvas, area, chart);
    }
    canvas_destroy(canvas);
}

static void check_chart(const struct chart *chart, struct arena *arena)
{
    unsigned long long state = 1;
    for (size_t columns = 20; columns <= 200; columns++) {
        for (size_t rows = 5; rows <= 60; rows++) {
            if (!is_whole() && below(&state, 400) > 0) {
                continue;
            }
            struct arena_mark mark = arena_mark(arena);
            check_size(chart, columns, rows, (columns + rows) % 2 == 0, arena);
            if (is_whole()) {
                check_size(chart, columns, rows, (columns + rows) % 2 != 0, arena);
            }
            arena_reset(arena, mark);
        }
        if (columns % 7 == 0 || is_whole()) {
            check_axis(&chart->x, columns);
        }
    }
}

START_TEST(every_chart_at_every_size)
{
    size_t kinds;
    const struct chart_kind *const *all = charts_all(&kinds);
    const struct chart_kind *kind = all[(size_t)_i / VARIANTS];
    struct arena *arena = arena_create();
    const struct analysis *analysis = fixture_analysis(variants[(size_t)_i % VARIANTS], arena);
    for (int fold = is_whole() ? 0 : 1; fold < 2; fold++) {
        struct chart_options options = {.fold = fold == 1, .by_effect = true};
        options.odds_ratio = _i % 2 == 0;
        check_chart(kind->function(analysis, &options, arena), arena);
    }
    arena_destroy(arena);
}
END_TEST

int main(void)
{
    size_t kinds;
    (void)charts_all(&kinds);
    Suite *suite = suite_create("painter proof");
    TCase *proof = tcase_create("painter proof");
    tcase_set_timeout(proof, 3000);
    tcase_add_test(proof, rounding_never_touches_the_null);
    tcase_add_test(proof, gaps_are_seen);
    tcase_add_loop_test(proof, every_chart_at_every_size, 0, (int)(kinds * VARIANTS));
    suite_add_tcase(suite, proof);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
