/*
 * The interval of a method that keeps the effects whose likelihood comes near the top: it may
 * have gaps, or no ends. In: its pieces from low to high. Out: an estimate's interval, whether
 * it holds 0, a probability that agrees with it, and the error that its width stands for.
 */
#ifndef ESTIMATE_REGION_H
#define ESTIMATE_REGION_H

#include "estimate/estimate.h"

struct region {
    struct interval_piece *pieces;
    size_t count;
};

/* No piece yet, with room for `most` of them in `scratch`. */
struct region region_begin(size_t most, struct arena *scratch);

/* Adds a piece that begins at or above all before it; one that begins no more than `gap` above
 * the last piece's end prolongs it. */
void region_add(struct region *region, double lower, double upper, double gap);

/* How far below twice the greatest log likelihood the interval reaches: chi-square's quantile
 * with one degree of freedom at the interval's level. */
double region_depth(const struct estimate_settings *settings);

/*
 * Fills lower, upper, pieces and contains_null, and p from `statistic`, how much twice the log
 * likelihood falls from the top to an effect of 0 (chi-square, one degree of freedom). These
 * methods have no standard error: se is the interval's width in normal errors where it is one
 * piece with ends, and missing otherwise. The note says so, after `remark` where that is not
 * NULL. `scratch` holds note and pieces. The estimate's b is set already; the region has at
 * least one piece.
 */
void region_fill(struct estimate *estimate, const struct estimate_settings *settings,
                 const struct region *region, double statistic, const char *remark,
                 struct arena *scratch);

#endif
