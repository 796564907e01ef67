/*
 * Grids drawn round: rows are sectors, grouped, with their names outside; columns are rings,
 * the first outermost. A gap at the top holds the numbers of the rings, the middle their names.
 */
#include "base/i18n.h"
#include "report/figure_parts.h"
#include <math.h>

#define TOP_GAP 0.035 /* of all sectors */
#define LEAST_GAP 0.2 /* at the top, in sectors */
#define GROUP_GAP 1.0 /* between groups, in sectors */
#define SMALLEST 3.0  /* points of the names, where the paper is narrow */

enum { GROUPS = 9 };

/* Paul Tol's muted colours, which people with any colour vision tell apart. */
static const double group_inks[GROUPS][3] = {
    {.2, .133, .533}, {.533, .8, .933}, {.267, .667, .6},   {.067, .467, .2}, {.6, .6, .2},
    {.867, .8, .467}, {.8, .4, .467},   {.533, .133, .333}, {.667, .267, .6}};

/* The geometry: angles clockwise from the top, in radians. */
struct circle {
    double x, y, outer, inner, ring; /* of the cells; a ring's width */
    double sector;                   /* a sector's angle */
    double names;                    /* size of the names' text */
    double below;                    /* what the names reach under the middle */
    double *middles;                 /* angle of each row's middle; NaN: no sector */
};

static bool is_sector(const struct chart_row *row)
{
    return row->kind == ROW_DATA;
}

static bool begins_group(const struct chart *chart, size_t row)
{
    return row > 0 && chart->rows[row].kind == ROW_SUMMARY;
}

/* The gap at the top, in sectors. */
static double top_gap(const struct chart *chart)
{
    return fmax(LEAST_GAP, TOP_GAP * (double)chart->row_count);
}

static double units_of(const struct chart *chart)
{
    double units = top_gap(chart);

    for (size_t i = 0; i < chart->row_count; i++) {
        units += is_sector(&chart->rows[i]) ? 1 : begins_group(chart, i) ? GROUP_GAP : 0;
    }
    return units;
}

/* Where the sectors lie. */
static void place_sectors(struct figure *figure, struct circle *circle)
{
    const struct chart *chart = figure->chart;
    double angle;

    circle->sector = 2 * M_PI / units_of(chart);
    circle->middles = arena_get(figure->arena, chart->row_count, sizeof *circle->middles);
    angle = top_gap(chart) / 2 * circle->sector;
    for (size_t i = 0; i < chart->row_count; i++) {
        bool is_one = is_sector(&chart->rows[i]);

        circle->middles[i] = is_one ? angle + circle->sector / 2 : NAN;
        angle += circle->sector * (is_one ? 1 : begins_group(chart, i) ? GROUP_GAP : 0);
    }
}

/* Between the cells and the names, for the band of groups. */
static double band(const struct figure *figure)
{
    return 0.9 * figure->size;
}

static double name_width(struct figure *figure, size_t row, double size)
{
    const char *name = figure->chart->rows[row].cells[0];
    double before = figure->size, width;

    figure->size = size;
    width = name == NULL ? 0 : figure_text_width(figure, WEIGHT_PLAIN, name);
    figure->size = before;
    return width;
}

/* The largest radius that leaves room on the paper for names of a size. */
static double widest_radius(struct figure *figure, const struct circle *circle, double size)
{
    double half = figure->width / 2 - figure->margin, radius = half;

    for (size_t i = 0; i < figure->chart->row_count; i++) {
        if (!isnan(circle->middles[i])) {
            double aside = fmax(fabs(sin(circle->middles[i])), 1e-3);

            radius = fmin(radius, half / aside - name_width(figure, i, size) - band(figure));
        }
    }
    return radius;
}

/* How far names reach above the middle (sign 1) or below it (-1). */
static double reach(struct figure *figure, const struct circle *circle, int sign)
{
    double most = circle->outer;

    for (size_t i = 0; i < figure->chart->row_count; i++) {
        if (!isnan(circle->middles[i])) {
            double end = circle->outer + band(figure) + name_width(figure, i, circle->names);

            most = fmax(most, sign * cos(circle->middles[i]) * end + circle->names);
        }
    }
    return most;
}

/* The largest names that do not touch each other round the circle that they leave. */
static struct circle lay_out(struct figure *figure)
{
    struct circle circle = {.x = figure->width / 2, .names = figure->size};
    double rings = (double)figure->chart->grid_count;

    place_sectors(figure, &circle);
    for (;; circle.names -= 0.1) {
        circle.outer = widest_radius(figure, &circle, circle.names);
        if (circle.names <= SMALLEST ||
            circle.sector * (circle.outer + figure->size) >= 1.05 * circle.names) {
            break;
        }
    }
    circle.outer = fmax(circle.outer, figure->width / 8);
    circle.ring = fmin(0.1 * circle.outer, 0.5 * circle.outer / rings);
    circle.inner = circle.outer - circle.ring * rings;
    circle.y = figure->y + reach(figure, &circle, 1);
    circle.below = reach(figure, &circle, -1);
    return circle;
}

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
    double before = figure->size, radius = circle->outer + band(figure);
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

static void draw_sectors(struct figure *figure, const struct circle *circle)
{
    const struct chart *chart = figure->chart;
    size_t group = 0;

    for (size_t i = 0; i < chart->row_count; i++) {
        const struct chart_row *row = &chart->rows[i];
        double angle = circle->middles[i] - circle->sector / 2;

        group += begins_group(chart, i);
        if (isnan(circle->middles[i])) {
            continue;
        }
        for (size_t k = 0; k < chart->grid_count; k++) {
            draw_cell(figure, circle, &chart->marks[i * chart->grid_count + k], angle, k);
        }
        if (row->group != NULL) {
            draw_band(figure, circle, angle, group);
        }
        draw_name(figure, circle, circle->middles[i],
                  row->cells[0] == NULL ? "" : row->cells[0]);
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

        if (is_sector(row) || row->cells[0] == NULL) {
            continue;
        }
        group += begins_group(figure->chart, i);
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

static void draw_dot_key(struct figure *figure)
{
    draw_dot(figure, figure->margin + 0.5 * figure->size, figure->y + 0.65 * figure->size,
             0.22 * figure->size);
    figure->y += figure_text(figure, figure->margin + 1.4 * figure->size, figure->y, 0,
                             ALIGN_LEFT, WEIGHT_PLAIN, INK_TEXT,
                             _("the interval excludes no effect; grey: no estimate; empty: too "
                               "few variants for the method"));
}

void figure_draw_circle(struct figure *figure)
{
    struct circle circle = lay_out(figure);

    cairo_set_dash(figure->cairo, NULL, 0, 0);
    draw_sectors(figure, &circle);
    draw_rings(figure, &circle);
    figure->y = circle.y + circle.below + figure->size;
    draw_groups(figure);
    draw_scale(figure);
    draw_dot_key(figure);
}
