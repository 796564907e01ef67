/*
 * Grids drawn round: rows are sectors, grouped, with their names outside; columns are rings,
 * the first outermost. A gap at the top holds the numbers of the rings, the middle their names.
 */
#include "report/figure_circle.h"
#include "base/i18n.h"
#include <math.h>

enum { GROUPS = 9 };

/* Paul Tol's muted colours, which people with any colour vision tell apart. */
static const double group_inks[GROUPS][3] = {
    {.2, .133, .533}, {.533, .8, .933}, {.267, .667, .6},   {.067, .467, .2}, {.6, .6, .2},
    {.867, .8, .467}, {.8, .4, .467},   {.533, .133, .333}, {.667, .267, .6}};

/* A part of a ring between two angles and two radii, as a path. */
static void path(const struct figure *figure, const struct circle *circle, double from,
                 double to, double outside, double inside)
{
    cairo_new_path(figure->cairo);
    cairo_arc(figure->cairo, circle->x, circle->y, outside, from - M_PI / 2, to - M_PI / 2);
    cairo_arc_negative(figure->cairo, circle->x, circle->y, inside, to - M_PI / 2,
                       from - M_PI / 2);
    cairo_close_path(figure->cairo);
}

/* Orange above the null and blue below it, the darker the smaller P. */
static void shade(const struct figure *figure, bool is_more, double weight)
{
    double depth = 0.04 + 0.96 * fmin(1, fmax(0, weight));
    double red = is_more ? .835 : 0, green = is_more ? .369 : .447, blue = is_more ? 0 : .698;

    cairo_set_source_rgb(figure->cairo, 1 - depth * (1 - red), 1 - depth * (1 - green),
                         1 - depth * (1 - blue));
}

static void draw_dot(const struct figure *figure, double x, double y, double radius)
{
    figure_ink(figure, INK_TEXT);
    cairo_new_path(figure->cairo);
    cairo_arc(figure->cairo, x, y, radius, 0, 2 * M_PI);
    cairo_fill(figure->cairo);
}

/* A dot where the interval excludes no effect; grey where there is no estimate. */
static void draw_cell(const struct figure *figure, const struct circle *circle,
                      const struct mark *mark, double angle, size_t ring)
{
    double outside = circle->outer - circle->ring * (double)ring;
    double middle = angle + circle->sector / 2, radius = outside - circle->ring / 2;
    bool has_value = isfinite(mark->x);

    path(figure, circle, angle, angle + circle->sector, outside, outside - circle->ring);
    if (has_value) {
        shade(figure, mark->x > 0, mark->weight);
    } else {
        cairo_set_source_rgb(figure->cairo, .9, .9, .9);
    }
    if (mark->label != NULL) {
        cairo_fill_preserve(figure->cairo);
    }
    cairo_set_source_rgb(figure->cairo, .8, .8, .8);
    cairo_set_line_width(figure->cairo, 0.2);
    cairo_stroke(figure->cairo);
    if (has_value && !mark->contains_null) {
        draw_dot(figure, circle->x + radius * sin(middle), circle->y - radius * cos(middle),
                 fmin(0.22 * circle->ring, 0.3 * circle->sector * radius));
    }
}

/* Outside its sector, along the radius, from left to right on either side. */
static void draw_name(struct figure *figure, const struct circle *circle, double middle,
                      const char *name)
{
    double before = figure->size, radius = circle->outer + circle_band(figure);
    bool is_left = middle > M_PI;

    figure->size = circle->names;
    cairo_save(figure->cairo);
    cairo_translate(figure->cairo, circle->x, circle->y);
    cairo_rotate(figure->cairo, middle - M_PI / 2 + (is_left ? M_PI : 0));
    (void)figure_text(figure, is_left ? -radius : radius, -0.62 * figure->size, 0,
                      is_left ? ALIGN_RIGHT : ALIGN_LEFT, WEIGHT_PLAIN, INK_TEXT, name);
    cairo_restore(figure->cairo);
    figure->size = before;
}

static void group_ink(const struct figure *figure, size_t group)
{
    const double *ink = group_inks[group % GROUPS];

    cairo_set_source_rgb(figure->cairo, ink[0], ink[1], ink[2]);
}

/* The band of a group's colour between cells and names. */
static void draw_band(const struct figure *figure, const struct circle *circle, double angle,
                      size_t group)
{
    path(figure, circle, angle - 0.02 * circle->sector, angle + 1.02 * circle->sector,
         circle->outer + 0.65 * figure->size, circle->outer + 0.15 * figure->size);
    group_ink(figure, group);
    cairo_fill(figure->cairo);
}

static void draw_sector(struct figure *figure, const struct circle *circle, size_t row,
                        size_t group)
{
    const struct chart *chart = figure->chart;
    double angle = circle->middles[row] - circle->sector / 2;

    for (size_t k = 0; k < chart->grid_count; k++) {
        draw_cell(figure, circle, &chart->marks[row * chart->grid_count + k], angle, k);
    }
    if (chart->rows[row].group != NULL) {
        draw_band(figure, circle, angle, group);
    }
}

static void draw_sectors(struct figure *figure, const struct circle *circle)
{
    size_t group = 0;

    for (size_t i = 0; i < figure->chart->row_count; i++) {
        group += circle_begins_group(figure->chart, i);
        if (!isnan(circle->middles[i])) {
            draw_sector(figure, circle, i, group);
        }
    }
}

/* One that would touch the one before is left out. */
static void draw_names(struct figure *figure, const struct circle *circle)
{
    double last = -INFINITY;

    for (size_t i = 0; i < figure->chart->row_count; i++) {
        const char *name = circle->labels[i];

        if (name != NULL &&
            (circle->middles[i] - last) * (circle->outer + figure->size) >= circle->names) {
            draw_name(figure, circle, circle->middles[i], name);
            last = circle->middles[i];
        }
    }
}

/* Their numbers in the gap at the top, their names in the middle. */
static void draw_rings(struct figure *figure, const struct circle *circle)
{
    const struct chart *chart = figure->chart;
    double before = figure->size, line;

    figure->size = fmin(before, 0.8 * circle->ring);
    for (size_t k = 0; k < chart->grid_count; k++) {
        double radius = circle->outer - circle->ring * ((double)k + 0.5);

        (void)figure_text(figure, circle->x, circle->y - radius - 0.62 * figure->size, 0,
                          ALIGN_CENTRE, WEIGHT_BOLD, INK_TEXT, chart->grid[k].group);
    }
    figure->size = fmin(before, circle->inner / 9);
    line = figure_line_height(figure);
    for (size_t k = 0; k < chart->grid_count; k++) {
        double y = circle->y + line * ((double)k - (double)chart->grid_count / 2);

        (void)figure_text(figure, circle->x - 0.72 * circle->inner, y, 0, ALIGN_LEFT,
                          WEIGHT_BOLD, INK_TEXT, chart->grid[k].group);
        (void)figure_text(figure, circle->x - 0.58 * circle->inner, y, 0, ALIGN_LEFT,
                          WEIGHT_PLAIN, INK_TEXT, chart->grid[k].heading);
    }
    figure->size = before;
}

/* The groups with their colours, clockwise from the top, in lines. */
static void draw_groups(struct figure *figure)
{
    double x = figure->margin, side = figure->size, line = figure_line_height(figure);
    size_t group = 0;

    for (size_t i = 0; i < figure->chart->row_count; i++) {
        const struct chart_row *row = &figure->chart->rows[i];
        double width;

        if (circle_is_sector(row) || row->cells[0] == NULL) {
            continue;
        }
        group += circle_begins_group(figure->chart, i);
        width = 2.4 * side + figure_text_width(figure, WEIGHT_PLAIN, row->cells[0]);
        if (x > figure->margin && x + width > figure->width - figure->margin) {
            x = figure->margin;
            figure->y += line;
        }
        cairo_rectangle(figure->cairo, x, figure->y + 0.2 * side, side, 0.8 * side);
        group_ink(figure, group);
        cairo_fill(figure->cairo);
        (void)figure_text(figure, x + 1.4 * side, figure->y, 0, ALIGN_LEFT, WEIGHT_PLAIN,
                          INK_TEXT, row->cells[0]);
        x += width;
    }
    figure->y += x > figure->margin ? 1.3 * line : 0;
}

/* The colours from no evidence to much, less on the left and more on the right. */
static void draw_scale(struct figure *figure)
{
    static const double at[] = {-1, -.75, -.3253, 0, .3253, .75, 1};
    static const char *const labels[] = {"\u2264.0001", ".001", ".05",        "1",
                                         ".05",         ".001", "\u2264.0001"};
    enum { STEPS = 100 };
    double width = fmin(figure->width - 2 * figure->margin, 260), height = figure->size;
    double left = (figure->width - width) / 2, half = width / 2 - 2 * figure->size;

    (void)figure_text(figure, figure->width / 2, figure->y, 0, ALIGN_CENTRE, WEIGHT_PLAIN,
                      INK_TEXT, _("less \u2190   P   \u2192 more"));
    figure->y += 1.1 * figure_line_height(figure);
    for (int i = -STEPS; i < STEPS; i++) {
        cairo_rectangle(figure->cairo, left + width / 2 + i * half / STEPS, figure->y,
                        half / STEPS + 0.2, height);
        shade(figure, i >= 0, fabs(i + 0.5) / STEPS);
        cairo_fill(figure->cairo);
    }
    figure->y += height + 0.2 * figure->size;
    for (size_t i = 0; i < sizeof at / sizeof *at; i++) {
        (void)figure_text(figure, left + width / 2 + at[i] * half, figure->y, 0, ALIGN_CENTRE,
                          WEIGHT_PLAIN, INK_TEXT, labels[i]);
    }
    figure->y += 1.2 * figure_line_height(figure);
}

static void draw_dot_key(struct figure *figure, const struct circle *circle)
{
    double left = figure->margin + 1.4 * figure->size;
    double room = figure->width - figure->margin - left;

    draw_dot(figure, figure->margin + 0.5 * figure->size, figure->y + 0.65 * figure->size,
             0.22 * figure->size);
    figure->y += figure_text(figure, left, figure->y, room, ALIGN_LEFT, WEIGHT_PLAIN, INK_TEXT,
                             _("the interval excludes no effect; grey: no estimate; empty: too "
                               "few variants for the method"));
    if (circle->is_sparse) {
        figure->y +=
            figure_text(figure, left, figure->y, room, ALIGN_LEFT, WEIGHT_PLAIN, INK_TEXT,
                        _("named: taxa with such an interval; on wider "
                          "paper all are"));
    }
    if (circle->is_cut) {
        figure->y +=
            figure_text(figure, left, figure->y, room, ALIGN_LEFT, WEIGHT_PLAIN, INK_TEXT,
                        _("…: the name is longer than the paper leaves room"));
    }
}

void figure_draw_circle(struct figure *figure)
{
    struct circle circle = circle_lay_out(figure);

    cairo_set_dash(figure->cairo, NULL, 0, 0);
    draw_sectors(figure, &circle);
    draw_names(figure, &circle);
    draw_rings(figure, &circle);
    figure->y = circle.y + circle.below + figure->size;
    draw_groups(figure);
    draw_scale(figure);
    draw_dot_key(figure, &circle);
}
