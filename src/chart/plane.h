/*
 * Builds a chart of points and lines on two axes: scatter, funnel, radial.
 * In: points that stand for variants, lines that stand for methods. Out: a struct chart whose
 * rows are never drawn: they list what the cursor can stand on, with a line of text each.
 */
#ifndef CHART_PLANE_H
#define CHART_PLANE_H

#include "chart/build.h"
#include "chart/order.h"

/* So many methods have lines of their own. */
enum { PLANE_MOST_SERIES = 6 };

/* Starts a chart of that key: a row has what it stands for and one text of figures. */
struct build plane_start(const char *key, struct arena *arena);

/* A point, with error bars where `across` and `up` (half lengths) are not NaN; drawn hollow or
 * filled. `figures` is what the cursor's line says of it. */
struct plane_point {
    double x, y, across, up;
    bool is_hollow, is_dimmed;
    const char *figures;
};
void plane_point(struct build *build, struct identity of, const struct plane_point *point);

/* A straight line, in the dashes of its series; `label` stands in the legend (NULL: not). */
void plane_line(struct build *build, double x0, double y0, double x1, double y1,
                unsigned series, const char *label);

/* Dashes 1 to PLANE_MOST_SERIES of an estimate's line, from `from` to `to` (x, y), named in the
 * legend; the cursor can stand on it. */
struct plane_place {
    double x, y;
};
void plane_estimate(struct build *build, const struct estimate *estimate, unsigned series,
                    struct plane_place from, struct plane_place to);

/* An axis over all points, error bars and the position of the null (NaN: none); `from_zero`
 * keeps zero in sight. Error bars that are much wider than the others are clipped. */
enum plane_side { PLANE_X, PLANE_Y };
void plane_axis(struct build *build, enum plane_side side, const char *title, double null,
                bool from_zero);

/* Labels the axes and moves everything into the arena. */
struct chart *plane_finish(struct build *build);

/* The estimates to draw as lines: done, with an effect, of the default methods or of those
 * asked for, at most PLANE_MOST_SERIES. Returns how many; `chosen` has that many places. */
size_t plane_estimates(const struct analysis *analysis,
                       const struct estimate *chosen[PLANE_MOST_SERIES]);

#endif
