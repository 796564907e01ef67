#include "base/memory.h"
#include "base/text.h"
#include "report/figure_circle.h"
#include <math.h>

#define TOP_GAP 0.035 /* of all sectors */
#define LEAST_GAP 0.2 /* at the top, in sectors */
#define GROUP_GAP 1.0 /* between groups, in sectors */
#define SMALLEST 3.5  /* points of the names: where they do not fit, few are named */
#define SPARSE 5.0    /* of these few */
#define LEAST 0.25    /* of the width that the circle takes: names that leave less are cut */

bool circle_is_sector(const struct chart_row *row)
{
    return row->kind == ROW_DATA;
}

bool circle_begins_group(const struct chart *chart, size_t row)
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
        units += circle_is_sector(&chart->rows[i]) ? 1
                 : circle_begins_group(chart, i)   ? GROUP_GAP
                                                   : 0;
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
        bool is_one = circle_is_sector(&chart->rows[i]);

        circle->middles[i] = is_one ? angle + circle->sector / 2 : NAN;
        angle += circle->sector * (is_one ? 1 : circle_begins_group(chart, i) ? GROUP_GAP : 0);
    }
}

double circle_band(const struct figure *figure)
{
    return 0.9 * figure->size;
}

/* Whether an interval of the row excludes no effect. */
static bool is_sure(const struct chart *chart, size_t row)
{
    const struct mark *marks = &chart->marks[row * chart->grid_count];
    bool is_one = false;

    for (size_t k = 0; k < chart->grid_count; k++) {
        is_one = is_one || (isfinite(marks[k].x) && !marks[k].contains_null);
    }
    return is_one;
}

/* The name that stands outside of a row's sector, or NULL. */
static const char *full_name(const struct chart *chart, const struct circle *circle, size_t row)
{
    bool is_named = !isnan(circle->middles[row]) && (!circle->is_sparse || is_sure(chart, row));

    return is_named ? chart->rows[row].cells[0] : NULL;
}

static double name_width(struct figure *figure, const struct circle *circle, size_t row,
                         double size)
{
    const char *name =
        circle->labels != NULL ? circle->labels[row] : full_name(figure->chart, circle, row);
    double before = figure->size, width;

    figure->size = size;
    width = name == NULL ? 0 : figure_text_width(figure, WEIGHT_PLAIN, name);
    figure->size = before;
    return width;
}

/* The largest radius that leaves room on the paper for names of a size, as far as that leaves
 * a circle to look at. */
static double widest_radius(struct figure *figure, const struct circle *circle, double size)
{
    double half = figure->width / 2 - figure->margin, radius = half;

    for (size_t i = 0; i < figure->chart->row_count; i++) {
        if (!isnan(circle->middles[i])) {
            double aside = fmax(fabs(sin(circle->middles[i])), 1e-3);

            radius = fmin(radius, half / aside - name_width(figure, circle, i, size) -
                                      circle_band(figure));
        }
    }
    return fmax(radius, LEAST * figure->width);
}

/* The room for a row's name: to the edge of the paper, and as much where that is far above or
 * below. */
static double room_for_name(const struct figure *figure, const struct circle *circle,
                            size_t row)
{
    double half = figure->width / 2 - figure->margin, aside = fabs(sin(circle->middles[row]));
    double end = half / fmax(aside, 1e-3) - circle->outer - circle_band(figure);

    return fmin(end, half);
}

/* A name as it is drawn; one that has no room is cut, and says so by its end. */
static const char *cut_name(struct figure *figure, const struct circle *circle, size_t row)
{
    const char *name = full_name(figure->chart, circle, row);
    double before = figure->size, room = name == NULL ? 0 : room_for_name(figure, circle, row);
    const char *cut = name;

    figure->size = circle->names;
    for (size_t columns = name == NULL ? 0 : text_width(name);
         columns > 1 && figure_text_width(figure, WEIGHT_PLAIN, cut) > room; columns--) {
        char *shorter = text_fit(name, columns - 1, false);

        cut = arena_text(figure->arena, shorter);
        memory_free(shorter);
    }
    figure->size = before;
    return cut;
}

static void cut_names(struct figure *figure, struct circle *circle)
{
    circle->labels = arena_get(figure->arena, figure->chart->row_count, sizeof(char *));
    for (size_t i = 0; i < figure->chart->row_count; i++) {
        circle->labels[i] = cut_name(figure, circle, i);
        circle->is_cut |= circle->labels[i] != full_name(figure->chart, circle, i);
    }
}

/* How far names reach above the middle (sign 1) or below it (-1). */
static double reach(struct figure *figure, const struct circle *circle, int sign)
{
    double most = circle->outer;

    for (size_t i = 0; i < figure->chart->row_count; i++) {
        if (!isnan(circle->middles[i])) {
            double end = circle->outer + circle_band(figure) +
                         name_width(figure, circle, i, circle->names);

            most = fmax(most, sign * cos(circle->middles[i]) * end + circle->names);
        }
    }
    return most;
}

/* The largest names that do not touch each other round the circle that they leave; where there
 * are none, only those that a reader looks for. */
static void fit_names(struct figure *figure, struct circle *circle)
{
    for (circle->names = figure->size; circle->names >= SMALLEST; circle->names -= 0.1) {
        circle->outer = widest_radius(figure, circle, circle->names);
        if (circle->sector * (circle->outer + figure->size) >= 1.05 * circle->names) {
            return;
        }
    }
    circle->is_sparse = true;
    circle->names = SPARSE;
    circle->outer = widest_radius(figure, circle, circle->names);
}

struct circle circle_lay_out(struct figure *figure)
{
    struct circle circle = {.x = figure->width / 2};
    double rings = (double)figure->chart->grid_count;

    place_sectors(figure, &circle);
    fit_names(figure, &circle);
    cut_names(figure, &circle);
    circle.ring = fmin(0.1 * circle.outer, 0.5 * circle.outer / rings);
    circle.inner = circle.outer - circle.ring * rings;
    circle.y = figure->y + reach(figure, &circle, 1);
    circle.below = reach(figure, &circle, -1);
    return circle;
}
