#include "ui/painter_plane.h"

#include "base/text.h"
#include <math.h>

/* Dots of a cell, 2 across and 4 down, as bits of the braille block. */
static const uint8_t dot_bits[4][2] = {{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};

/* Dashes of a series: a dot is drawn where its place in the pattern has an 'x'. */
static const char *const dashes[] = {"x",          "x",    "xxxx..", "x..",
                                     "xxxxx..x..", "xx..", "x....",  [MARK_DOTTED] = "x..."};

static const char *dashes_of(unsigned series)
{
    return dashes[series % (sizeof dashes / sizeof dashes[0])];
}

enum role plane_role(unsigned series)
{
    static const enum role roles[] = {ROLE_DIM, ROLE_SUMMARY, ROLE_KEY, ROLE_TEXT};

    return series == MARK_DOTTED ? ROLE_DIM : roles[series < 4 ? series : 3];
}

struct plane plane_create(struct canvas *canvas, const struct chart *chart,
                          struct rectangle place, struct arena *arena)
{
    size_t cells = place.columns * place.rows;

    return (struct plane){.canvas = canvas,
                          .chart = chart,
                          .place = place,
                          .dots = arena_get(arena, cells, sizeof(uint8_t)),
                          .series = arena_get(arena, cells, sizeof(uint8_t))};
}

double plane_share(const struct axis *axis, double at)
{
    return (at - axis->lower) / (axis->upper - axis->lower);
}

/* A dot at shares of the plane (0 to 1 from the lower left); nothing outside. */
static void set_dot(struct plane *plane, double across, double up, unsigned series)
{
    if (!(across >= 0 && across < 1 && up > 0 && up <= 1)) {
        return;
    }
    size_t x = (size_t)(across * (double)plane->place.columns * 2);
    /* a share a little above 0 may be rounded to the row below the last */
    size_t y = (size_t)((1 - up) * (double)plane->place.rows * 4);
    y = y < 4 * plane->place.rows ? y : 4 * plane->place.rows - 1;
    size_t cell = y / 4 * plane->place.columns + x / 2;
    plane->dots[cell] |= dot_bits[y % 4][x % 2];
    if (series != MARK_DOTTED && series > plane->series[cell]) {
        plane->series[cell] = (uint8_t)series;
    }
}

/* The part of a line (0 to 1) that lies within [0, 1] of one axis. */
static void clip(double from, double to, double *first, double *last)
{
    double low = (0 - from) / (to - from), high = (1 - from) / (to - from);

    if (from == to) {
        return;
    }
    *first = fmax(*first, fmin(low, high));
    *last = fmin(*last, fmax(low, high));
}

void plane_draw_line(struct plane *plane, const struct mark *mark)
{
    const struct axis *x = &plane->chart->x, *y = &plane->chart->y;
    double from_x = plane_share(x, mark->x_lower), to_x = plane_share(x, mark->x_upper);
    double from_y = plane_share(y, mark->y_lower), to_y = plane_share(y, mark->y_upper);
    const char *pattern = dashes_of(mark->series);
    double first = 0, last = 1;

    clip(from_x, to_x, &first, &last);
    clip(from_y, to_y, &first, &last);
    double length = fmax(fabs(to_x - from_x) * (double)plane->place.columns * 2,
                         fabs(to_y - from_y) * (double)plane->place.rows * 4) *
                    (last - first);
    if (!isfinite(length) || length < 0) {
        return;
    }
    size_t steps = (size_t)fmin(ceil(length), 1e5), at = 0;
    for (size_t i = 0; i <= steps; i++) {
        double part = first + (last - first) * (steps > 0 ? (double)i / (double)steps : 0);
        if (pattern[at] == 'x') {
            set_dot(plane, from_x + part * (to_x - from_x), from_y + part * (to_y - from_y),
                    mark->series);
        }
        at = pattern[at + 1] == '\0' ? 0 : at + 1;
    }
}

void plane_draw_bars(struct plane *plane, const struct mark *mark)
{
    struct mark bar = *mark;

    bar.series = 0;
    if (isfinite(mark->x_lower) && isfinite(mark->x_upper)) {
        bar.y_lower = bar.y_upper = mark->y;
        plane_draw_line(plane, &bar);
    }
    if (isfinite(mark->y_lower) && isfinite(mark->y_upper)) {
        bar.y_lower = mark->y_lower;
        bar.y_upper = mark->y_upper;
        bar.x_lower = bar.x_upper = mark->x;
        plane_draw_line(plane, &bar);
    }
}

void plane_glyph(const struct canvas *canvas, uint8_t dots, unsigned series, char glyph[5])
{
    if (canvas->ascii) {
        glyph[0] = series == 0 ? '.' : (char)('0' + series);
        glyph[1] = '\0';
    } else {
        glyph[text_encode(0x2800u + dots, glyph)] = '\0';
    }
}

void plane_show(const struct plane *plane)
{
    for (size_t i = 0; i < plane->place.columns * plane->place.rows; i++) {
        if (plane->dots[i] != 0) {
            char glyph[5];
            plane_glyph(plane->canvas, plane->dots[i], plane->series[i], glyph);
            canvas_fill(plane->canvas, plane->place.column + i % plane->place.columns,
                        plane->place.row + i / plane->place.columns, 1,
                        plane_role(plane->series[i]), glyph);
        }
    }
}

size_t plane_sample(struct canvas *canvas, size_t column, size_t row, unsigned series)
{
    const char *pattern = dashes_of(series);
    size_t at = 0;

    for (size_t cell = 0; cell < PLANE_SAMPLE; cell++) {
        uint8_t dots = 0;
        for (int half = 0; half < 2; half++) {
            dots |= pattern[at] == 'x' ? dot_bits[2][half] : 0;
            at = pattern[at + 1] == '\0' ? 0 : at + 1;
        }
        char glyph[5];
        plane_glyph(canvas, dots, series, glyph);
        canvas_fill(canvas, column + cell, row, 1, plane_role(series), glyph);
    }
    return PLANE_SAMPLE;
}
