#include "estimate/sets.h"
#include "numeric/wide.h"
#include <math.h>

/* The logarithm of no weight. */
#define NO_WEIGHT -1e300

enum { PRECISION, MEAN, SCATTER, LOG_WEIGHT, SPARE }; /* spare: their number less 1 */

/* Lanes at any double of an array. */
typedef double lanes
    __attribute__((vector_size(LANES * sizeof(double)), aligned(sizeof(double)), may_alias));

/* Mean and scatter of two groups from those of each (Chan, Golub and LeVeque 1983, Am Stat
 * 37:242), without differences of large sums. */
static struct sets_part join(const struct sets_part *a, const struct sets_part *b)
{
    double precision = a->precision + b->precision, away = b->mean - a->mean;
    double share = precision > 0 ? b->precision / precision : 0;

    return (struct sets_part){precision, a->mean + share * away,
                              a->scatter + b->scatter + a->precision * share * away * away,
                              a->log_weight + b->log_weight, a->count + b->count};
}

static struct sets_part *parts_of(const struct sets_part *singles, size_t count,
                                  struct arena *scratch)
{
    size_t total = (size_t)1 << count;
    struct sets_part *parts = arena_get(scratch, total, sizeof *parts);

    for (size_t j = 0; j < count; j++) {
        size_t bit = (size_t)1 << j;

        for (size_t mask = 0; mask < bit; mask++) {
            parts[bit + mask] = join(&parts[mask], &singles[j]);
        }
    }
    return parts;
}

static double *column(size_t count, struct arena *scratch)
{
    return arena_get(scratch, count + LANES, sizeof(double));
}

static void lay_out(struct sets *sets, struct arena *scratch)
{
    size_t count = sets->row.count;

    for (int i = PRECISION; i <= SPARE; i++) {
        sets->columns[i] = column(count, scratch);
    }
    sets->row.log_weight = column(count, scratch);
    sets->row.mean = column(count, scratch);
    sets->row.precision = column(count, scratch);
    sets->row.root = column(count, scratch);
    for (size_t k = 0; k < count; k++) {
        sets->columns[PRECISION][k] = sets->second[k].precision;
        sets->columns[MEAN][k] = sets->second[k].mean;
        sets->columns[SCATTER][k] = sets->second[k].scatter;
        sets->columns[LOG_WEIGHT][k] = sets->second[k].log_weight;
        sets->columns[SPARE][k] = (double)sets->second[k].count - 1;
    }
}

struct sets *sets_begin(const struct sets_part *singles, size_t count, struct arena *scratch)
{
    struct sets *sets = arena_get(scratch, 1, sizeof *sets);
    size_t half = count / 2;

    sets->row_count = (size_t)1 << half;
    sets->row.count = (size_t)1 << (count - half);
    sets->first = parts_of(singles, half, scratch);
    sets->second = parts_of(singles + half, count - half, scratch);
    lay_out(sets, scratch);
    return sets;
}

/* The second half's parts from k on joined to one of the first, as join does. A scatter above
 * what it has room for widens the model. */
WIDE_BODY void join_lanes(const struct sets_part *a, const struct sets *sets, size_t k)
{
    wide_doubles precision = *(const lanes *)(sets->columns[PRECISION] + k);
    wide_doubles away = *(const lanes *)(sets->columns[MEAN] + k) - a->mean;
    wide_doubles both = precision + a->precision, share = precision / both;
    wide_doubles scatter = *(const lanes *)(sets->columns[SCATTER] + k) + a->scatter +
                           a->precision * share * away * away;
    wide_doubles spare = *(const lanes *)(sets->columns[SPARE] + k) + (double)a->count;
    wide_words is_wider = (wide_words)(scatter > spare);
    wide_words widened = (wide_words)(both * (spare / scatter));

    *(lanes *)(sets->row.log_weight + k) =
        *(const lanes *)(sets->columns[LOG_WEIGHT] + k) + a->log_weight - scatter / 2;
    *(lanes *)(sets->row.mean + k) = a->mean + share * away;
    *(lanes *)(sets->row.precision + k) =
        (wide_doubles)((is_wider & widened) | (~is_wider & (wide_words)both));
}

WIDE_BODY void join_all(const struct sets_part *a, const struct sets *sets)
{
    for (size_t k = 0; k < sets->row.count; k += LANES) {
        join_lanes(a, sets, k);
    }
}

static void join_plain(const struct sets_part *a, const struct sets *sets)
{
    join_all(a, sets);
}

WIDE_TARGET static void join_wide(const struct sets_part *a, const struct sets *sets)
{
    join_all(a, sets);
}

static void take_weight(const struct sets_row *row, size_t k)
{
    row->log_weight[k] = NO_WEIGHT;
    row->mean[k] = 0;
    row->precision[k] = 1;
}

const struct sets_row *sets_row(struct sets *sets, size_t i)
{
    const struct sets_part *a = &sets->first[i];
    const struct sets_row *row = &sets->row;

    (WIDE_IS_THERE() ? join_wide : join_plain)(a, sets);
    for (size_t k = 0; a->count < 2 && k < row->count; k++) {
        if (sets->second[k].count + a->count < 2) {
            take_weight(row, k);
        }
    }
    for (size_t k = row->count; k % LANES != 0; k++) {
        take_weight(row, k);
    }
    for (size_t k = 0; k < row->count; k++) {
        row->root[k] = sqrt(row->precision[k]);
    }
    return row;
}
