/*
 * Which variants a chart shows, and in what order. In: an analysis, the one with nothing
 * excluded beside it, and how a person wants to see it. Out: the variants to draw, those that
 * were excluded by hand among them, and how many are folded away.
 */
#ifndef CHART_ORDER_H
#define CHART_ORDER_H

#include "chart/chart.h"

/* How many variants a folded chart shows. */
enum { ORDER_FOLDED = 20 };

struct shown_variant {
    const struct single_variant *single;
    const struct pair *pair; /* that `single` is of */
    struct identity of;
    bool is_excluded;
};

struct order {
    struct shown_variant *variants;
    size_t count;
    size_t hidden;      /* folded away */
    size_t excluded;    /* by hand */
    double most_weight; /* the largest weight share */
};

enum order_by { ORDER_FILE, ORDER_EFFECT, ORDER_Q, ORDER_STUDENTISED };

/* The variants to draw, in an order that does not change from run to run; in `arena`. */
struct order order_of(const struct analysis *analysis, const struct chart_options *options,
                      enum order_by by, struct arena *arena);

/* The pleiotropic region that a shown variant lies in, with a mark; else the gene near it, NULL
 * when unknown. */
const char *order_gene(const struct shown_variant *variant);

/* "7 variants", "6 of 7 variants, 1 excluded by hand", with the order and the scale. */
const char *order_title(const struct analysis *analysis, const struct chart_options *options,
                        enum order_by by, bool exponential, struct arena *arena);

/* The row that tells of folded variants, NULL when none are. */
const char *order_hidden(const struct order *order, struct arena *arena);

#endif
