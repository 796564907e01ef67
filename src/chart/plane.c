#include "chart/plane.h"

#include "base/i18n.h"
#include "chart/range.h"
#include "chart/words.h"
#include <math.h>

enum { WHAT, FIGURES, COLUMNS };

static const struct chart_column columns[COLUMNS] = {
    [WHAT] = {.heading = N_("variant")},
    [FIGURES] = {.heading = ""},
};

struct build plane_start(const char *key, struct arena *arena)
{
    return build_start(key, columns, COLUMNS, arena);
}

static void add_row(struct build *build, struct identity of, size_t mark, const char *figures)
{
    struct chart_row *row =
        build_row(build, of.kind == OF_METHOD ? ROW_SUMMARY : ROW_DATA, of, mark);

    row->cells[WHAT] = of.key;
    row->cells[FIGURES] = figures;
}

void plane_point(struct build *build, struct identity of, const struct plane_point *point)
{
    size_t mark = build_mark(build, (struct mark){.kind = MARK_POINT,
                                                  .of = of,
                                                  .x = point->x,
                                                  .x_lower = point->x - point->across,
                                                  .x_upper = point->x + point->across,
                                                  .y = point->y,
                                                  .y_lower = point->y - point->up,
                                                  .y_upper = point->y + point->up,
                                                  .weight = NAN,
                                                  .contains_null = point->is_hollow,
                                                  .is_dimmed = point->is_dimmed});
    add_row(build, of, mark, point->figures);
}

void plane_line(struct build *build, double x0, double y0, double x1, double y1,
                unsigned series, const char *label)
{
    build_mark(build, (struct mark){.kind = MARK_LINE,
                                    .x = NAN,
                                    .x_lower = x0,
                                    .x_upper = x1,
                                    .y = NAN,
                                    .y_lower = y0,
                                    .y_upper = y1,
                                    .weight = NAN,
                                    .series = series,
                                    .label = label});
}

void plane_estimate(struct build *build, const struct estimate *estimate, unsigned series,
                    struct plane_place from, struct plane_place to)
{
    struct identity of = build_method(estimate->method);

    plane_line(build, from.x, from.y, to.x, to.y, series, words_method(estimate->method));
    ((struct mark *)array_at(&build->marks, build->marks.count - 1))->of = of;
    add_row(build, of, build->marks.count - 1,
            words_interval(estimate, false, ", ", build->arena));
}

void plane_axis(struct build *build, enum plane_side side, const char *title, double null,
                bool from_zero)
{
    struct axis *axis = side == PLANE_X ? &build->chart->x : &build->chart->y;
    struct range range = range_start(from_zero ? 0 : null);

    for (size_t i = 0; i < build->marks.count; i++) {
        const struct mark *mark = array_at(&build->marks, i);
        if (mark->kind == MARK_POINT && side == PLANE_X) {
            range_add(&range, mark->x, mark->x_lower, mark->x_upper);
            range_must(&range, mark->x);
        } else if (mark->kind == MARK_POINT) {
            range_add(&range, mark->y, mark->y_lower, mark->y_upper);
            range_must(&range, mark->y);
        }
    }
    axis->title = title;
    axis->null = null;
    range_finish(&range, axis);
    if (from_zero && axis->lower < 0 && isnan(null)) {
        axis->lower = 0;
    }
}

struct chart *plane_finish(struct build *build)
{
    chart_ticks(&build->chart->x, 7, build->arena);
    chart_ticks(&build->chart->y, 6, build->arena);
    return build_finish(build, FIGURES);
}

size_t plane_estimates(const struct analysis *analysis,
                       const struct estimate *chosen[PLANE_MOST_SERIES])
{
    size_t count = 0;

    for (size_t i = 0; i < analysis->estimate_count; i++) {
        const struct estimate *estimate = &analysis->estimates[i];
        bool is_line = estimate->status == ESTIMATE_DONE && isfinite(estimate->se);
        bool is_wanted = estimate->method->is_default || analysis->estimate_count <= 4;
        if (is_line && is_wanted && count < PLANE_MOST_SERIES) {
            chosen[count++] = estimate;
        }
    }
    return count;
}
