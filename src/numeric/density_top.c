#include "numeric/summary.h"
#include "numeric/wide.h"
#include <math.h>
#include <string.h>

/* Nodes a bandwidth; where there would be more nodes than that, they are R's grid instead. */
#define NODES_A_BANDWIDTH 4
#define MOST_NODES 256

/* Nodes to both sides of one that its kernel reaches: five bandwidths. */
#define REACH 20

/*
 * exp(-k^2 / (2 (4^2 - 5/12))), k nodes off. Sharing a value between two nodes spreads it by
 * 1/6 squared nodes on the average (on a node by 0 and midway by 1/4, which changes heights by
 * up to 1 in 100), and a slope of 0 is found between two slopes, which spreads by 1/12 and 1/6:
 * the kernel is as much narrower.
 */
static const double kernel[REACH + 1] = {1,
                                         0.96842371875087041,
                                         0.87955230437820975,
                                         0.74918445795946265,
                                         0.59847592284540851,
                                         0.4483688598587266,
                                         0.31503226592203015,
                                         0.20758954019664108,
                                         0.12828820611961819,
                                         0.074353057691199181,
                                         0.040414924264935766,
                                         0.020602292124919548,
                                         0.0098496352433580323,
                                         0.0044162697240887738,
                                         0.0018570426058916252,
                                         0.00073235049748666839,
                                         0.00027086128182673188,
                                         9.3951931573374683e-05,
                                         3.0562954333139264e-05,
                                         9.3242903189706892e-06,
                                         2.6678848275417081e-06};

/* Heights are made for two vectors of nodes at a time, so that additions need not wait. */
#define STEP (2 * LANES)

/* The weights at the nodes, with room for the kernel on both sides, and the heights there. */
struct nodes {
    int count; /* the values lie between node 1 and node count - 2 */
    double mass[REACH + MOST_NODES + STEP + REACH];
    double height[MOST_NODES + STEP];
};

/* As many as there are lanes, wherever in an array. */
typedef double loose_doubles
    __attribute__((vector_size(LANES * sizeof(double)), aligned(sizeof(double)), may_alias));

static void fill_masses(struct nodes *nodes, const double *values, const double *weights,
                        size_t count, double least, double scale)
{
    double *mass = nodes->mass + REACH + 1;

    memset(nodes->mass, 0, ((size_t)nodes->count + STEP + 2 * REACH) * sizeof *nodes->mass);
    for (size_t j = 0; j < count; j++) {
        double at = (values[j] - least) * scale;
        int node = (int)at;
        double behind = weights[j] * (at - node);

        mass[node] += weights[j] - behind;
        mass[node + 1] += behind;
    }
}

WIDE_BODY void fill_heights(struct nodes *nodes)
{
    for (int i = 0; i < nodes->count; i += STEP) {
        const double *mass = nodes->mass + REACH + i;
        wide_doubles one = *(const loose_doubles *)mass;
        wide_doubles other = *(const loose_doubles *)(mass + LANES);

        for (int k = 1; k <= REACH; k++) {
            const double *before = mass - k, *behind = mass + k;

            one +=
                (*(const loose_doubles *)before + *(const loose_doubles *)behind) * kernel[k];
            other += (*(const loose_doubles *)(before + LANES) +
                      *(const loose_doubles *)(behind + LANES)) *
                     kernel[k];
        }
        memcpy(nodes->height + i, &one, sizeof one);
        memcpy(nodes->height + i + LANES, &other, sizeof other);
    }
}

WIDE_TARGET static void fill_heights_wide(struct nodes *nodes)
{
    fill_heights(nodes);
}

static void fill_heights_plain(struct nodes *nodes)
{
    fill_heights(nodes);
}

/* The highest of the tops, in nodes: each is that of the parabola through a node, no lower than
 * its neighbours, and these. */
static double top_of(const struct nodes *nodes)
{
    double best = -1, where = 1;

    for (int i = 1; i < nodes->count - 1; i++) {
        double before = nodes->height[i] - nodes->height[i - 1];
        double behind = nodes->height[i] - nodes->height[i + 1];

        if (before >= 0 && behind >= 0 && before + behind > 0) {
            double off = 0.5 * (before - behind) / (before + behind);
            double top = nodes->height[i] + 0.25 * off * (before - behind);

            where = top > best ? i + off : where;
            best = top > best ? top : best;
        }
    }
    return where;
}

double summary_density_top(const double *values, const double *weights, size_t count,
                           struct summary_range range, double bandwidth)
{
    double scale = NODES_A_BANDWIDTH / bandwidth, width = (range.most - range.least) * scale;
    struct nodes nodes;

    if (!(width < MOST_NODES - 4) || !isfinite(scale)) {
        return summary_density_mode(values, weights, count, bandwidth);
    }
    nodes.count = (int)width + 4;
    fill_masses(&nodes, values, weights, count, range.least, scale);
    (WIDE_IS_THERE() ? fill_heights_wide : fill_heights_plain)(&nodes);
    return range.least + (top_of(&nodes) - 1) / scale;
}
