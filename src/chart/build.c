#include "chart/build.h"

#include "base/i18n.h"
#include "chart/numbers.h"
#include "chart/range.h"
#include "chart/words.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

const struct identity build_nothing = {OF_NOTHING, NULL, 0};

struct build build_start(const char *key, const struct chart_column *columns, size_t count,
                         struct arena *arena)
{
    struct build build = {.chart = arena_get(arena, 1, sizeof(struct chart)),
                          .arena = arena,
                          .rows = ARRAY_OF(struct chart_row),
                          .marks = ARRAY_OF(struct mark),
                          .notes = ARRAY_OF(const char *)};
    build.chart->key = key;
    build.chart->columns = arena_get(arena, count, sizeof *columns);
    build.chart->column_count = count;
    for (size_t i = 0; i < count; i++) {
        build.chart->columns[i] = columns[i];
        build.chart->columns[i].heading = *columns[i].heading ? _(columns[i].heading) : "";
    }
    build.chart->y.null = NAN;
    return build;
}

struct chart_row *build_row(struct build *build, enum row_kind kind, struct identity of,
                            size_t mark)
{
    size_t columns = build->chart->column_count;
    struct chart_row *row = array_add(&build->rows);
    row->kind = kind;
    row->of = of;
    row->cells = arena_get(build->arena, columns, sizeof *row->cells);
    row->shares = arena_get(build->arena, columns, sizeof *row->shares);
    for (size_t i = 0; i < columns; i++) {
        row->shares[i] = NAN;
    }
    row->mark = mark;
    row->second = CHART_NO_MARK;
    return row;
}

size_t build_mark(struct build *build, struct mark mark)
{
    *(struct mark *)array_add(&build->marks) = mark;
    return build->marks.count - 1;
}

size_t build_estimate(struct build *build, const struct estimate *estimate, struct identity of)
{
    bool is_effect = estimate->method == NULL || !estimate->method->is_share;
    bool is_bare = isnan(estimate->lower) || isnan(estimate->upper);
    if (estimate->status != ESTIMATE_DONE || !is_effect || !isfinite(estimate->b)) {
        return CHART_NO_MARK;
    }
    return build_mark(build, (struct mark){.kind = MARK_INTERVAL,
                                           .of = of,
                                           .x = estimate->b,
                                           .x_lower = estimate->lower,
                                           .x_upper = estimate->upper,
                                           .y = NAN,
                                           .y_lower = NAN,
                                           .y_upper = NAN,
                                           .weight = NAN,
                                           .contains_null = is_bare ? estimate->b == 0
                                                                    : estimate->contains_null,
                                           .is_summary = true,
                                           .pieces = estimate->pieces,
                                           .piece_count = estimate->piece_count});
}

size_t build_single(struct build *build, const struct single_variant *single,
                    struct identity of, double largest)
{
    if (!isfinite(single->b)) {
        return CHART_NO_MARK;
    }
    return build_mark(build, (struct mark){.kind = MARK_INTERVAL,
                                           .of = of,
                                           .x = single->b,
                                           .x_lower = single->lower,
                                           .x_upper = single->upper,
                                           .y = NAN,
                                           .y_lower = NAN,
                                           .y_upper = NAN,
                                           .weight = single->weight_share / largest,
                                           .contains_null = single->contains_null});
}

void build_guide(struct build *build, double x, const char *label)
{
    if (isfinite(x)) {
        build_mark(build, (struct mark){.kind = MARK_LINE,
                                        .x = x,
                                        .x_lower = x,
                                        .x_upper = x,
                                        .y = NAN,
                                        .y_lower = NAN,
                                        .y_upper = NAN,
                                        .weight = NAN,
                                        .label = label});
    }
}

void build_note(struct build *build, const char *note)
{
    if (note != NULL) {
        *(const char **)array_add(&build->notes) = note;
    }
}

struct identity build_variant(const struct pair *pair, size_t j)
{
    return (struct identity){OF_VARIANT, pair_variant(pair, j), j};
}

struct identity build_method(const struct method *method)
{
    return (struct identity){OF_METHOD, method == NULL ? NULL : method->key, 0};
}

/* Where no interval has ends, the effects themselves set the axis. */
static void add_bare(const struct build *build, struct range *range)
{
    for (size_t i = 0; i < build->marks.count; i++) {
        range_must(range, ((const struct mark *)array_at(&build->marks, i))->x);
    }
}

void build_axis(struct build *build, const struct pair *pair, bool exponential, double level)
{
    struct chart *chart = build->chart;
    struct range range = range_start(0);
    for (size_t i = 0; i < build->marks.count; i++) {
        const struct mark *mark = array_at(&build->marks, i);
        if (mark->kind == MARK_LINE) {
            range_must(&range, mark->x);
        } else {
            range_add(&range, mark->x, mark->x_lower, mark->x_upper);
        }
    }
    if (range.intervals.count == 0) {
        add_bare(build, &range);
    }
    chart->scale = words_scale(pair, exponential, build->arena);
    chart->level = level;
    chart->x.title = chart->scale;
    chart->x.null = 0;
    chart->x.is_exponential = exponential;
    words_directions(pair, &chart->x);
    range_finish(&range, &chart->x);
    chart_ticks(&chart->x, 7, build->arena);
}

/* Rows that stand for what an earlier row stands for are repeats. */
struct row_place {
    const struct chart_row *row;
    size_t at;
};

static int compare_identities(struct identity a, struct identity b)
{
    bool by_text = a.kind == b.kind && a.kind != OF_PAIR && a.key != NULL && b.key != NULL;
    if (a.kind != b.kind) {
        return a.kind < b.kind ? -1 : 1;
    }
    if (by_text) {
        return strcmp(a.key, b.key);
    }
    return a.key != b.key ? (a.key < b.key ? -1 : 1)
                          : (a.index > b.index) - (a.index < b.index);
}

static int compare_rows(const void *one, const void *other)
{
    const struct row_place *a = one, *b = other;
    int order = compare_identities(a->row->of, b->row->of);
    return order != 0 ? order : a->at < b->at ? -1 : 1;
}

static void find_repeats(struct build *build)
{
    struct chart *chart = build->chart;
    struct row_place *places = arena_get(build->arena, chart->row_count, sizeof *places);
    for (size_t i = 0; i < chart->row_count; i++) {
        places[i] = (struct row_place){&chart->rows[i], i};
    }
    if (chart->row_count > 0) {
        qsort(places, chart->row_count, sizeof *places, compare_rows);
    }
    for (size_t i = 1; i < chart->row_count; i++) {
        chart->rows[places[i].at].is_repeat =
            identity_equal(places[i - 1].row->of, places[i].row->of);
    }
}

static void *moved(struct build *build, struct array *array)
{
    void *copy = arena_get(build->arena, array->count, array->item_size);
    if (array->count > 0) {
        memcpy(copy, array->items, array->count * array->item_size);
    }
    array_destroy(array);
    return copy;
}

static void align_column(struct build *build, size_t column)
{
    size_t count = build->rows.count;
    const char **texts = arena_get(build->arena, count, sizeof *texts);
    for (size_t i = 0; i < count; i++) {
        texts[i] = ((struct chart_row *)array_at(&build->rows, i))->cells[column];
    }
    numbers_align(texts, count, build->arena);
    for (size_t i = 0; i < count; i++) {
        ((struct chart_row *)array_at(&build->rows, i))->cells[column] = texts[i];
    }
}

struct chart *build_finish(struct build *build, size_t column)
{
    struct chart *chart = build->chart;
    align_column(build, column);
    chart->row_count = build->rows.count;
    chart->mark_count = build->marks.count;
    chart->note_count = build->notes.count;
    chart->rows = moved(build, &build->rows);
    chart->marks = moved(build, &build->marks);
    chart->notes = moved(build, &build->notes);
    find_repeats(build);
    return chart;
}
