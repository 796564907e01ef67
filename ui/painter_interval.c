#include "ui/painter_parts.h"

#include "ui/glyphs.h"
#include <math.h>

size_t parts_column(const struct axis *axis, size_t columns, double x)
{
    double place = (x - axis->lower) / (axis->upper - axis->lower) * (double)columns;
    if (!(place > 0)) {
        return 0;
    }
    return place >= (double)columns ? columns - 1 : (size_t)place;
}

size_t parts_null_column(const struct axis *axis, size_t columns)
{
    if (columns < PLOT_LEAST || !(axis->lower <= axis->null && axis->null <= axis->upper)) {
        return CHART_NO_MARK;
    }
    size_t column = parts_column(axis, columns, axis->null);
    return column < 1 ? 1 : column > columns - 2 ? columns - 2 : column;
}

static size_t least(size_t one, size_t other)
{
    return one < other ? one : other;
}

static size_t most(size_t one, size_t other)
{
    return one > other ? one : other;
}

/* An interval that contains the null reaches its column; the estimate stays on its side. */
static void across_null(struct placed *placed, size_t null, double x, double at)
{
    placed->first = least(placed->first, null);
    placed->last = most(placed->last, null);
    placed->marker = x < at   ? least(placed->marker, null)
                     : x > at ? most(placed->marker, null)
                              : null;
}

/* One that excludes it keeps off its column, with all that is drawn. */
static void beside_null(struct placed *placed, size_t null, bool is_above)
{
    if (is_above) {
        placed->first = most(placed->first, null + 1);
        placed->last = most(placed->last, null + 1);
        placed->marker = most(placed->marker, null + 1);
    } else {
        placed->first = least(placed->first, null - 1);
        placed->last = least(placed->last, null - 1);
        placed->marker = least(placed->marker, null - 1);
    }
}

struct placed parts_place(const struct axis *axis, size_t columns, const struct mark *mark)
{
    struct placed placed = {.is_drawn = false};
    if (isnan(mark->x) || columns < PLOT_LEAST || !(axis->lower < axis->upper)) {
        return placed;
    }
    double lower = isnan(mark->x_lower) ? mark->x : mark->x_lower;
    double upper = isnan(mark->x_upper) ? mark->x : mark->x_upper;
    placed = (struct placed){.is_drawn = true,
                             .first = parts_column(axis, columns, lower),
                             .last = parts_column(axis, columns, upper),
                             .marker = parts_column(axis, columns, mark->x),
                             .has_marker = axis->lower <= mark->x && mark->x <= axis->upper &&
                                           mark->kind != MARK_PREDICTION,
                             .is_clipped_left =
                                 lower<axis->lower, .is_clipped_right = upper> axis->upper};
    size_t null = parts_null_column(axis, columns);
    if (null != CHART_NO_MARK && mark->contains_null) {
        across_null(&placed, null, mark->x, axis->null);
    } else if (null != CHART_NO_MARK) {
        beside_null(&placed, null, mark->x > axis->null);
    }
    placed.marker = most(placed.first, least(placed.marker, placed.last));
    return placed;
}

/* Makes a free cell between two pieces, from the end that has one to spare. */
static bool part(struct placed *before, struct placed *after, size_t null)
{
    bool needs_first = after->first == null, needs_last = before->last == null;
    while (before->last + 1 >= after->first) {
        if (before->last > before->first && !needs_last) {
            before->last--;
        } else if (after->first < after->last && !needs_first) {
            after->first++;
        } else {
            return false;
        }
        needs_last = before->last == null;
        needs_first = after->first == null;
    }
    return true;
}

/* A piece as a mark of its own: the estimate is in one of them, the nearest. */
static struct mark piece_of(const struct mark *mark, size_t i, const struct axis *axis)
{
    struct mark piece = *mark;
    piece.x_lower = mark->pieces[i].lower;
    piece.x_upper = mark->pieces[i].upper;
    piece.x = fmin(fmax(mark->x, piece.x_lower), piece.x_upper);
    piece.contains_null = piece.x_lower <= axis->null && axis->null <= piece.x_upper;
    return piece;
}

static void join(struct placed *before, const struct placed *after)
{
    before->last = after->last;
    before->is_clipped_right = after->is_clipped_right;
    before->marker = after->has_marker ? after->marker : before->marker;
    before->has_marker = before->has_marker || after->has_marker;
}

size_t parts_pieces(const struct axis *axis, size_t columns, const struct mark *mark,
                    struct placed places[PARTS_MOST])
{
    size_t count = 0, null = parts_null_column(axis, columns);
    if (mark->piece_count < 2) {
        places[0] = parts_place(axis, columns, mark);
        return places[0].is_drawn;
    }
    for (size_t i = 0; i < mark->piece_count; i++) {
        struct mark piece = piece_of(mark, i, axis);
        struct placed placed = parts_place(axis, columns, &piece);
        placed.has_marker = placed.has_marker && piece.x == mark->x;
        if (!placed.is_drawn) {
            return 0;
        }
        if (count > 0 && (!part(&places[count - 1], &placed, null) || count == PARTS_MOST)) {
            join(&places[count - 1], &placed);
        } else {
            places[count++] = placed;
        }
    }
    for (size_t i = 0; i < count; i++) {
        places[i].marker = most(places[i].first, least(places[i].marker, places[i].last));
    }
    return count;
}

static enum role role_of(const struct mark *mark, const struct axis *axis)
{
    bool is_bare = isnan(mark->x_lower) || isnan(mark->x_upper);
    if (mark->is_dimmed || is_bare || mark->kind == MARK_PREDICTION) {
        return ROLE_DIM;
    }
    if (mark->is_summary) {
        return ROLE_SUMMARY;
    }
    return mark->contains_null ? ROLE_UNSURE : mark->x > axis->null ? ROLE_MORE : ROLE_LESS;
}

/* Small markers for variants of less than three quarters of the largest weight. */
static const char *marker_of(const struct interval_glyphs *glyphs, const struct mark *mark)
{
    return mark->weight < 0.75 ? glyphs->small_marker : glyphs->marker;
}

static const char *glyph_at(const struct placed *placed, const struct interval_glyphs *glyphs,
                            const struct mark *mark, size_t null, size_t at)
{
    if (at == placed->last && placed->is_clipped_right) {
        return glyphs->right_arrow;
    }
    if (at == placed->first && placed->is_clipped_left) {
        return glyphs->left_arrow;
    }
    if (at == placed->marker && placed->has_marker) {
        return marker_of(glyphs, mark);
    }
    if (at == null) {
        return glyphs->cross;
    }
    if (at == placed->first && placed->first < placed->last) {
        return glyphs->left;
    }
    if (at == placed->last && placed->first < placed->last) {
        return glyphs->right;
    }
    return glyphs->line;
}

void parts_interval(struct canvas *canvas, size_t column, size_t row, size_t columns,
                    const struct axis *axis, const struct mark *mark)
{
    struct placed places[PARTS_MOST];
    size_t count = parts_pieces(axis, columns, mark, places);
    enum interval_style style = isnan(mark->x_lower) || isnan(mark->x_upper) ? STYLE_BARE
                                : mark->kind == MARK_PREDICTION              ? STYLE_PREDICTION
                                : mark->is_summary                           ? STYLE_SUMMARY
                                                                             : STYLE_SINGLE;
    const struct interval_glyphs *glyphs =
        glyphs_interval(style, mark->contains_null, canvas->ascii);
    size_t null = parts_null_column(axis, columns);
    for (size_t i = 0; i < count; i++) {
        for (size_t at = places[i].first; at <= places[i].last; at++) {
            canvas_fill(canvas, column + at, row, 1, role_of(mark, axis),
                        glyph_at(&places[i], glyphs, mark, null, at));
        }
    }
}

void painter_interval(struct canvas *canvas, size_t column, size_t row, size_t columns,
                      const struct axis *axis, const struct mark *mark)
{
    size_t null = parts_null_column(axis, columns);
    if (null != CHART_NO_MARK) {
        canvas_fill(canvas, column + null, row, 1, ROLE_NULL, glyphs_null(canvas->ascii));
    }
    parts_interval(canvas, column, row, columns, axis, mark);
}
