#include "study/calibration.h"
#include "base/memory.h"
#include "numeric/random.h"
#include "numeric/sort.h"
#include "numeric/summary.h"
#include "numeric/tail.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

/* Chi-square with one degree of freedom: its middle, and its upper 5%. */
static const double MIDDLE_CHI = 0.45493642311957283;
static const double LEVEL_CHI = 3.8414588206941254;
/* Terms of sums that all deals of a family may cost. */
#define MOST_WORK 1e8
double calibration_z(const struct estimate *estimate)
{
    return tail_z_of_neglog10(estimate->neglog10_p);
}

double calibration_lambda(const double *chi, size_t count)
{
    double *room = memory_get(count, sizeof *room);
    double middle = count == 0 ? NAN : summary_median(chi, count, room);
    memory_free(room);
    return middle / MIDDLE_CHI;
}

/* A group's z as observed and as dealt. */
struct hand {
    const struct family_group *group;
    double *z;         /* one a variant */
    double *dealt;     /* the same, dealt out */
    bool is_as_before; /* the group before it has the same variants: dealt alike */
};

struct table {
    const struct test_family *family;
    const struct estimate_settings *settings;
    struct hand *hands;
    size_t *card; /* the variant whose z each variant gets */
    double *turn; /* its sign */
    double *chi;  /* of the deal's estimates */
    size_t most;  /* variants of a group */
};

static bool has_same_variants(const struct shared_variants *one,
                              const struct shared_variants *other)
{
    if (one->pair_count != 1 || other->pair_count != 1 || one->count != other->count) {
        return false;
    }
    for (size_t j = 0; j < one->count; j++) {
        if (strcmp(pair_variant(one->pairs[0].pair, j),
                   pair_variant(other->pairs[0].pair, j)) != 0) {
            return false;
        }
    }
    return true;
}

/* The first pair that holds a variant says what its z is; others have the same. */
static void fill_hand(struct hand *hand, struct arena *arena)
{
    const struct shared_variants *shared = &hand->group->shared;
    hand->z = arena_get(arena, shared->count, sizeof(double));
    hand->dealt = arena_get(arena, shared->count, sizeof(double));
    for (size_t i = shared->pair_count; i-- > 0;) {
        const struct shared_pair *of = &shared->pairs[i];
        for (size_t j = 0; j < of->pair->count; j++) {
            hand->z[of->of[j]] = of->sign[j] * of->pair->by[j] / of->pair->sy[j];
        }
    }
}

static struct table table_of(const struct test_family *family,
                             const struct estimate_settings *settings, struct arena *arena)
{
    struct table table = {.family = family, .settings = settings};
    table.hands = arena_get(arena, family->group_count, sizeof *table.hands);
    for (size_t g = 0; g < family->group_count; g++) {
        const struct shared_variants *shared = &family->groups[g].shared;
        table.hands[g].group = &family->groups[g];
        table.hands[g].is_as_before =
            g > 0 && has_same_variants(&family->groups[g - 1].shared, shared);
        fill_hand(&table.hands[g], arena);
        table.most = shared->count > table.most ? shared->count : table.most;
    }
    table.card = arena_get(arena, table.most, sizeof *table.card);
    table.turn = arena_get(arena, table.most, sizeof *table.turn);
    table.chi = arena_get(arena, family->count, sizeof *table.chi);
    return table;
}

/* Fisher and Yates. Groups of as many variants are dealt alike. */
static void shuffle(struct table *table, size_t count, struct random_stream stream)
{
    for (size_t i = 0; i < count; i++) {
        table->card[i] = i;
    }
    for (size_t i = count; i > 1; i--) {
        size_t other = random_below(&stream, i), card = table->card[i - 1];
        table->card[i - 1] = table->card[other];
        table->card[other] = card;
    }
    for (size_t i = 0; i < count; i++) {
        table->turn[i] = random_uniform(&stream) < 0.5 ? -1 : 1;
    }
}

/* The squared z of IVW with the dealt z in the place of the outcome's effects; NaN where it has
 * no value. With y in units of sy every weight is 1. */
static double chi_of(const struct table *table, const struct shared_pair *shared,
                     const double *dealt)
{
    const struct pair *pair = shared->pair;
    double xx = 0, xy = 0, yy = 0;
    for (size_t j = 0; j < pair->count; j++) {
        double x = shared->sign[j] * pair->bx[j] / pair->sy[j], y = dealt[shared->of[j]];
        xx += x * x;
        xy += x * y;
        yy += y * y;
    }
    if (!(xx > 0)) {
        return NAN;
    }
    bool is_fixed = pair->count < 2 || estimate_is_fixed(table->settings, pair->count);
    double chi = xy * xy / xx;
    double scatter = is_fixed ? 1 : fmax(1, (yy - chi) / ((double)pair->count - 1));
    return chi / scatter;
}

/* Deals once; the chi-squares that have a value are in table->chi, their number is returned. */
static size_t deal(struct table *table, const struct random_stream *stream)
{
    size_t count = 0;
    for (size_t g = 0; g < table->family->group_count; g++) {
        struct hand *hand = &table->hands[g];
        const struct shared_variants *shared = &hand->group->shared;
        if (!hand->is_as_before) {
            shuffle(table, shared->count, *stream);
        }
        for (size_t v = 0; v < shared->count; v++) {
            hand->dealt[v] = table->turn[v] * hand->z[table->card[v]];
        }
        for (size_t i = 0; i < shared->pair_count; i++) {
            double chi = chi_of(table, &shared->pairs[i], hand->dealt);
            if (!isnan(chi)) {
                table->chi[count++] = chi;
            }
        }
    }
    return count;
}

/* What a deal came to. */
struct dealt {
    double hits, greatest, lambda;
};

static struct dealt sum_up(const double *chi, size_t count)
{
    struct dealt dealt = {.lambda = calibration_lambda(chi, count)};
    for (size_t i = 0; i < count; i++) {
        dealt.hits += chi[i] > LEVEL_CHI;
        dealt.greatest = fmax(dealt.greatest, chi[i]);
    }
    return dealt;
}

static size_t deals_of(const struct test_family *family)
{
    double terms = 1;
    for (size_t g = 0; g < family->group_count; g++) {
        for (size_t i = 0; i < family->groups[g].count; i++) {
            terms += (double)family->groups[g].shared.pairs[i].pair->count;
        }
    }
    double deals = fmin(CALIBRATION_DEALS, MOST_WORK / terms);
    return deals < CALIBRATION_FEWEST ? CALIBRATION_FEWEST : (size_t)deals;
}

/* The value that a share of `count` sorted values does not exceed. */
static double quantile(const double *sorted, size_t count, double share)
{
    size_t at = (size_t)ceil(share * (double)count);
    return sorted[at == 0 ? 0 : at - 1];
}

/* Sorts both lists. */
static void conclude(struct calibration *seen, double *hits, double *greatest)
{
    double as_many = 0, as_great = 0, z = tail_z_of_neglog10(-log10(seen->least));
    for (size_t d = 0; d < seen->deals; d++) {
        seen->hits += hits[d];
        as_many += hits[d] >= (double)seen->nominal;
        as_great += greatest[d] >= z * z;
    }
    seen->hits /= (double)seen->deals;
    seen->deal_lambda /= (double)seen->deals;
    sort_numbers(hits, seen->deals);
    sort_numbers(greatest, seen->deals);
    seen->hits_lower = quantile(hits, seen->deals, 0.025);
    seen->hits_upper = quantile(hits, seen->deals, 0.975);
    seen->hits_p = (as_many + 1) / ((double)seen->deals + 1);
    seen->least_p = (as_great + 1) / ((double)seen->deals + 1);
    seen->threshold =
        tail_normal_two_sided(sqrt(quantile(greatest, seen->deals, 1 - RESULTS_LEVEL)));
}

static void deal_all(struct calibration *seen, struct table *table, const char *disease)
{
    double *hits = memory_get(seen->deals, sizeof *hits);
    double *greatest = memory_get(seen->deals, sizeof *greatest);
    for (size_t d = 0; d < seen->deals; d++) {
        char name[40];
        snprintf(name, sizeof name, "calibration %zu", d);
        struct random_stream stream = random_stream_of(
            table->settings->seed, disease, direction_key(table->family->direction), name);
        struct dealt dealt = sum_up(table->chi, deal(table, &stream));
        hits[d] = dealt.hits;
        greatest[d] = dealt.greatest;
        seen->deal_lambda += dealt.lambda;
    }
    conclude(seen, hits, greatest);
    memory_free(hits);
    memory_free(greatest);
}

/* What the study itself gave. */
static struct calibration see(const struct results *results, const struct test_family *family)
{
    struct calibration seen = {.least = NAN,
                               .hits_lower = NAN,
                               .hits_upper = NAN,
                               .hits_p = NAN,
                               .least_p = NAN,
                               .threshold = NAN};
    double *chi = memory_get(family->count, sizeof *chi);
    for (size_t i = 0; i < family->count; i++) {
        if (isnan(family->p[i])) {
            continue;
        }
        double z = calibration_z(&results->pairs[family->member[i]].analysis->main);
        chi[seen.tested++] = z * z;
        seen.nominal += family->p[i] < RESULTS_LEVEL;
        seen.least = fmin(seen.least, family->p[i]);
    }
    seen.lambda = calibration_lambda(chi, seen.tested);
    memory_free(chi);
    return seen;
}

struct calibration calibration_of(const struct results *results,
                                  const struct test_family *family,
                                  const struct estimate_settings *settings)
{
    struct calibration seen = see(results, family);
    if (seen.tested == 0) {
        seen.hits = seen.deal_lambda = NAN;
        return seen;
    }
    struct arena *arena = arena_create();
    struct table table = table_of(family, settings, arena);
    seen.deals = deals_of(family);
    deal_all(&seen, &table, family->disease->key);
    arena_destroy(arena);
    return seen;
}
