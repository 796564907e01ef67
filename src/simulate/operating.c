#include "simulate/operating.h"
#include <math.h>

/* Studies of one piece of work: sums are over a piece, then over pieces in their order. */
#define PIECE 25
#define SECONDS_BETWEEN 0.1

/* What is counted of a method: studies, and sums of d = b - effect. */
struct tally {
    size_t studies, answered, intervals, covered, tested, rejected;
    double variants, d, d2, se;
    size_t errors; /* with a standard error */
};

/* The scenario itself, and the same without effect. */
enum { WITH_EFFECT, WITHOUT, ARMS };

struct operating_run {
    struct scenario scenarios[ARMS];
    const struct operating_options *options;
    size_t pieces;         /* of each arm */
    struct tally *tallies; /* one an arm, piece and method */
    struct arena **arenas; /* two a worker */
};

static bool holds(const struct estimate *estimate, double effect)
{
    bool is_in_piece = estimate->piece_count == 0;

    for (size_t i = 0; i < estimate->piece_count; i++) {
        is_in_piece |=
            estimate->pieces[i].lower <= effect && effect <= estimate->pieces[i].upper;
    }
    return is_in_piece && estimate->lower <= effect && effect <= estimate->upper;
}

static void count(struct tally *tally, const struct estimate *estimate, double effect,
                  double level)
{
    double d = estimate->b - effect;
    bool has_interval = !isnan(estimate->lower) && !isnan(estimate->upper);

    tally->studies++;
    if (estimate->status != ESTIMATE_DONE || !isfinite(estimate->b)) {
        return;
    }
    tally->answered++;
    tally->variants += (double)estimate->variants;
    tally->d += d;
    tally->d2 += d * d;
    tally->intervals += has_interval;
    tally->covered += has_interval && holds(estimate, effect);
    tally->tested += !isnan(estimate->p);
    tally->rejected += estimate->p < 1 - level;
    if (isfinite(estimate->se)) {
        tally->errors++;
        tally->se += estimate->se;
    }
}

/* Piece `index`: the first half are the scenario's, the others the same without effect. */
static void run_piece(void *context, size_t index, size_t worker)
{
    const struct operating_run *run = context;
    const struct operating_options *options = run->options;
    const struct scenario *scenario = &run->scenarios[index / run->pieces];
    struct tally *tallies = &run->tallies[index * options->method_count];
    struct arena *arena = run->arenas[2 * worker], *scratch = run->arenas[2 * worker + 1];
    struct arena_mark mark = arena_mark(arena), scratch_mark = arena_mark(scratch);
    size_t first = index % run->pieces * PIECE;

    for (size_t i = first; i < first + PIECE && i < options->studies; i++) {
        struct scenario_study study =
            scenario_draw(scenario, options->settings.seed, i + 1, arena);

        for (size_t m = 0; m < options->method_count; m++) {
            struct estimate estimate = estimate_run(options->methods[m], study.pair,
                                                    &options->settings, scratch, arena);

            count(&tallies[m], &estimate, scenario->effect, options->settings.level);
        }
        arena_reset(arena, mark);
        arena_reset(scratch, scratch_mark);
    }
}

static void add(struct tally *sum, const struct tally *piece)
{
    sum->studies += piece->studies;
    sum->answered += piece->answered;
    sum->intervals += piece->intervals;
    sum->covered += piece->covered;
    sum->tested += piece->tested;
    sum->rejected += piece->rejected;
    sum->errors += piece->errors;
    sum->variants += piece->variants;
    sum->d += piece->d;
    sum->d2 += piece->d2;
    sum->se += piece->se;
}

/* Of a method in an arm, over all pieces. */
static struct tally sum_of(const struct operating_run *run, size_t arm, size_t method)
{
    size_t methods = run->options->method_count;
    struct tally sum = {0};

    for (size_t i = 0; i < run->pieces; i++) {
        add(&sum, &run->tallies[(arm * run->pieces + i) * methods + method]);
    }
    return sum;
}

static struct operating_number share_of(size_t hits, size_t of)
{
    double share = of == 0 ? NAN : (double)hits / (double)of;

    return (struct operating_number){share, sqrt(share * (1 - share) / (double)of)};
}

static void fill_effect(struct operating *row, const struct tally *tally)
{
    double n = (double)tally->answered, mean = tally->d / n;
    double variance = n > 1 ? fmax((tally->d2 - n * mean * mean) / (n - 1), 0) : NAN;
    double sd = sqrt(variance);

    row->mean_b = row->effect + mean;
    row->bias = (struct operating_number){mean, sd / sqrt(n)};
    row->spread = (struct operating_number){sd, sd / sqrt(2 * (n - 1))};
    row->coverage = share_of(tally->covered, tally->intervals);
    row->mean_se = tally->errors == 0 ? NAN : tally->se / (double)tally->errors;
}

static struct operating row_of(const struct operating_run *run, size_t method)
{
    const struct operating_number none = {NAN, NAN};
    struct tally with = sum_of(run, WITH_EFFECT, method),
                 without = sum_of(run, WITHOUT, method);
    struct operating row = {.method = run->options->methods[method],
                            .studies = with.studies,
                            .answered = with.answered,
                            .effect = run->scenarios[WITH_EFFECT].effect,
                            .mean_variants = with.variants / (double)with.answered,
                            .mean_b = NAN,
                            .mean_se = NAN,
                            .bias = none,
                            .spread = none,
                            .coverage = none,
                            .type1 = share_of(without.rejected, without.tested),
                            .power = share_of(with.rejected, with.tested)};

    if (row.effect == 0) {
        row.power = none;
    }
    if (!row.method->is_share) {
        fill_effect(&row, &with);
    }
    return row;
}

static void run_all(struct operating_run *run)
{
    const struct operating_options *options = run->options;
    size_t all = ARMS * run->pieces;
    struct job_batch *batch;

    if (options->pool == NULL) {
        job_run(NULL, all, run_piece, run);
        return;
    }
    batch = job_batch_start(options->pool, all, run_piece, run);
    while (!job_batch_wait_for(batch, all - 1, SECONDS_BETWEEN)) {
        if (options->progress != NULL) {
            options->progress(options->context, job_batch_done(batch), all);
        }
    }
    (void)job_batch_finish(batch);
}

struct operating *operating_of(const struct scenario *scenario,
                               const struct operating_options *options, struct arena *arena)
{
    size_t workers = options->pool == NULL ? 1 : job_pool_threads(options->pool);
    struct operating_run run = {.scenarios = {*scenario, *scenario},
                                .options = options,
                                .pieces = (options->studies + PIECE - 1) / PIECE};
    struct operating *rows = arena_get(arena, options->method_count, sizeof *rows);

    run.scenarios[WITHOUT].effect = 0;
    run.tallies =
        arena_get(arena, ARMS * run.pieces * options->method_count, sizeof *run.tallies);
    run.arenas = arena_get(arena, 2 * workers, sizeof *run.arenas);
    for (size_t i = 0; i < 2 * workers; i++) {
        run.arenas[i] = arena_create();
    }
    run_all(&run);
    for (size_t m = 0; m < options->method_count; m++) {
        rows[m] = row_of(&run, m);
    }
    for (size_t i = 0; i < 2 * workers; i++) {
        arena_destroy(run.arenas[i]);
    }
    return rows;
}
