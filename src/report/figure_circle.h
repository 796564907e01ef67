/*
 * Where the parts of a grid drawn round lie. Private to this room.
 * In: a chart of a grid, the paper. Out: radii, the angle of every row's sector, how large the
 * names can be, and which rows have theirs.
 */
#ifndef REPORT_FIGURE_CIRCLE_H
#define REPORT_FIGURE_CIRCLE_H

#include "report/figure_parts.h"

/* The geometry: angles clockwise from the top, in radians. */
struct circle {
    double x, y, outer, inner, ring; /* of the cells; a ring's width */
    double sector;                   /* a sector's angle */
    double names;                    /* size of the names' text */
    double below;                    /* what the names reach under the middle */
    bool is_sparse;                  /* only what excludes no effect has its name */
    double *middles;                 /* angle of each row's middle; NaN: no sector */
    const char **labels;             /* the name that stands outside of each sector, or NULL */
    bool is_cut;                     /* some of these are cut, for want of room */
};

struct circle circle_lay_out(struct figure *figure);

/* Whether a row is a sector, or the name of the group that begins behind a gap. */
bool circle_is_sector(const struct chart_row *row);
bool circle_begins_group(const struct chart *chart, size_t row);

/* Between the cells and the names, for the band of groups. */
double circle_band(const struct figure *figure);

#endif
