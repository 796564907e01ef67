#include "study/mediations.h"
#include "base/memory.h"
#include "multivariable/network_totals.h"
#include "study/results.h"
#include "study/results_owned.h"
#include <math.h>

/* A batch under way: network by network, its triples before it. */
struct batch {
    struct mediations *mediations;
    size_t first;             /* network */
    struct arena **scratches; /* one a worker */
};

/* A design with the sample sizes and correlations that were asked for. */
static struct design completed(const struct batch *batch, const struct design *design,
                               struct arena *arena)
{
    const double *parameters = batch->mediations->options.settings.parameters;
    const struct design_options options = {.correlation = parameters[PARAMETER_MV_CORRELATION],
                                           .exposure_n = parameters[PARAMETER_MV_EXPOSURE_N],
                                           .outcome_n = parameters[PARAMETER_MV_OUTCOME_N],
                                           .correlations =
                                               batch->mediations->study->through->correlations};
    struct design copy = *design;

    design_fill(&options, arena, &copy);
    return copy;
}

static void run_triple(const struct batch *batch, struct mediated_triple *result,
                       struct arena *scratch, struct arena *arena)
{
    const struct mediations_options *options = &batch->mediations->options;
    const struct through_triple *triple = result->triple;
    const struct design design = completed(batch, &triple->joined.design, arena);
    const struct mediation_input input = {triple->total, triple->first, &design,
                                          triple->joined.own[1]};

    result->mediation = mediation_of(&input, &options->settings, scratch, arena);
    result->estimates = arena_get(arena, options->method_count, sizeof *result->estimates);
    for (size_t i = 0; i < options->method_count; i++) {
        result->estimates[i] =
            mv_run(options->methods[i], &design, &options->settings, scratch, arena);
    }
}

/* Of a network's traits; the outcome's errors are its own. */
static const double *network_correlation(const struct batch *batch,
                                         const struct through_network *network,
                                         struct arena *arena)
{
    const struct through *through = batch->mediations->study->through;
    size_t count = through->mediator_count + 2, last = count - 1;
    const char **names = arena_get(arena, count, sizeof *names);
    double *matrix;

    names[0] = network->exposure->key;
    for (size_t k = 0; k < through->mediator_count; k++) {
        names[1 + k] = through->mediators[k]->key;
    }
    names[last] = network->outcome->key;
    matrix = correlations_matrix(
        through->correlations, names, count,
        batch->mediations->options.settings.parameters[PARAMETER_MV_CORRELATION], arena);
    for (size_t k = 0; k < last; k++) {
        matrix[k * count + last] = matrix[last * count + k] = 0;
    }
    return matrix;
}

/* The totals by IVW; false where one is not known. */
static bool fill_totals(const struct batch *batch, const struct through_network *network,
                        size_t count, double *total, double *se, struct arena *scratch,
                        struct arena *arena)
{
    const struct estimate_settings *settings = &batch->mediations->options.settings;

    for (size_t i = 0; i < count * count; i++) {
        if (network->pairs[i] != NULL) {
            struct estimate estimate =
                mediation_univariable(network->pairs[i], settings, scratch, arena);

            total[i] = estimate.b;
            se[i] = estimate.se;
            if (!isfinite(total[i]) || !isfinite(se[i])) {
                return false;
            }
        }
    }
    return true;
}

/* Direct effects of all traits out of their total ones. */
static void add_direct(const struct batch *batch, struct mediated_network *result,
                       struct arena *scratch, struct arena *arena)
{
    const struct through_network *network = result->network;
    size_t count = batch->mediations->study->through->mediator_count + 2;
    size_t cells = count * count;
    double *direct = arena_get(arena, cells, sizeof *direct);
    double *errors = arena_get(arena, cells, sizeof *errors);
    struct arena_mark mark = arena_mark(scratch);
    double *total = arena_get(scratch, cells, sizeof *total);
    double *se = arena_get(scratch, cells, sizeof *se);
    double *covariance = arena_get(scratch, cells * cells, sizeof *covariance);

    if (fill_totals(batch, network, count, total, se, scratch, arena)) {
        const struct network_totals totals = {count, network->pairs, total, se,
                                              network_correlation(batch, network, scratch)};

        network_covariance(&totals, covariance, scratch);
        if (network_direct(total, count, direct, scratch) &&
            network_direct_errors(total, covariance, count, errors, scratch)) {
            result->direct = direct;
            result->direct_se = errors;
        }
    }
    arena_reset(scratch, mark);
}

/* Each mediator's path: the exposure on it, it on the outcome given all others. */
static void add_paths(const struct batch *batch, const struct design *design,
                      struct mediated_network *result, struct arena *scratch,
                      struct arena *arena)
{
    const struct estimate_settings *settings = &batch->mediations->options.settings;
    const struct through_network *network = result->network;
    struct mv_estimate all =
        mv_run(mv_methods_find("mv_ivw"), design, settings, scratch, arena);
    size_t count = batch->mediations->study->through->mediator_count;

    result->a = arena_get(arena, count, sizeof *result->a);
    result->b = arena_get(arena, count, sizeof *result->b);
    result->paths = arena_get(arena, count, sizeof *result->paths);
    for (size_t i = 0; i < count; i++) {
        result->a[i] = mediation_univariable(network->first[i], settings, scratch, arena);
        result->b[i] = all.effects[1 + i];
        const double edges[] = {result->a[i].b, result->b[i].b};
        const double errors[] = {result->a[i].se, result->b[i].se};
        result->paths[i] = network_path_of(edges, errors, 2);
    }
}

/* The fewest variants that stand for any of the mediators. */
static size_t least_own(const struct joined *joined, size_t mediators)
{
    size_t least = joined->own[1];

    for (size_t k = 2; k <= mediators; k++) {
        least = joined->own[k] < least ? joined->own[k] : least;
    }
    return least;
}

static void run_network(const struct batch *batch, struct mediated_network *result,
                        struct arena *scratch, struct arena *arena)
{
    const struct through_network *network = result->network;
    size_t count = batch->mediations->study->through->mediator_count;
    const struct design design = completed(batch, &network->joined.design, arena);
    const struct mediation_input input = {network->total, NULL, &design,
                                          least_own(&network->joined, count)};

    result->whole = mediation_of(&input, &batch->mediations->options.settings, scratch, arena);
    add_paths(batch, &design, result, scratch, arena);
    add_direct(batch, result, scratch, arena);
}

static void run_one(void *context, size_t index, size_t worker)
{
    struct batch *batch = context;
    struct mediations *mediations = batch->mediations;
    struct arena *scratch = batch->scratches[worker], *arena = mediations->arenas[worker];
    size_t triples = mediations->study->through->mediator_count;
    size_t network = batch->first + index / (triples + 1), piece = index % (triples + 1);

    if (piece < triples) {
        run_triple(batch, &mediations->triples[network * triples + piece], scratch, arena);
    } else {
        run_network(batch, &mediations->networks[network], scratch, arena);
    }
}

void mediations_run(struct mediations *mediations, size_t first, size_t end,
                    struct job_pool *pool)
{
    size_t workers = mediations->arena_count - 1;
    struct batch batch = {mediations, first, owned_arenas(workers)};

    if (end > first) {
        job_run(pool, (end - first) * (mediations->study->through->mediator_count + 1), run_one,
                &batch);
    }
    owned_end_arenas(batch.scratches, workers);
}

/* Over the triples of each outcome, which stand together. */
void mediations_adjust(struct mediations *mediations)
{
    size_t count = mediations->triple_count;
    double *p = memory_get(count, sizeof *p), *q = memory_get(count, sizeof *q);

    for (size_t i = 0; i < count; i++) {
        p[i] = mediations->triples[i].mediation.product.p;
    }
    for (size_t first = 0, end; first < count; first = end) {
        const struct trait *outcome = mediations->triples[first].triple->outcome;

        for (end = first; end < count && mediations->triples[end].triple->outcome == outcome;
             end++) {
        }
        results_adjust(p + first, end - first, q + first);
    }
    for (size_t i = 0; i < count; i++) {
        mediations->triples[i].q = q[i];
    }
    memory_free(p);
    memory_free(q);
}

static void set_up(struct mediations *mediations, const struct through *through)
{
    struct arena *arena = mediations_arena(mediations);

    mediations->triple_count = through->triple_count;
    mediations->network_count = through->network_count;
    mediations->triples = arena_get(arena, through->triple_count, sizeof *mediations->triples);
    mediations->networks =
        arena_get(arena, through->network_count, sizeof *mediations->networks);
    for (size_t i = 0; i < through->triple_count; i++) {
        mediations->triples[i].triple = &through->triples[i];
    }
    for (size_t i = 0; i < through->network_count; i++) {
        mediations->networks[i].network = &through->networks[i];
    }
}

struct mediations *mediations_create(const struct study *study,
                                     const struct mediations_options *options, size_t threads)
{
    struct mediations *mediations = memory_get(1, sizeof *mediations);

    mediations->study = study;
    mediations->options = *options;
    mediations->arena_count = threads + 1;
    mediations->arenas = owned_arenas(mediations->arena_count);
    if (study->through != NULL) {
        set_up(mediations, study->through);
    }
    return mediations;
}

struct arena *mediations_arena(const struct mediations *mediations)
{
    return mediations->arenas[mediations->arena_count - 1];
}

struct mediations_options mediations_default(const struct estimate_settings *settings,
                                             struct arena *arena)
{
    size_t count;
    const struct mv_method *const *all = mv_methods_all(&count);
    const struct mv_method **methods = arena_get(arena, count, sizeof *methods);
    struct mediations_options options = {.settings = *settings, .methods = methods};

    for (size_t i = 0; i < count; i++) {
        if (all[i]->is_default) {
            methods[options.method_count++] = all[i];
        }
    }
    return options;
}

struct mediations *mediations_of(const struct study *study,
                                 const struct mediations_options *options,
                                 struct job_pool *pool)
{
    struct mediations *mediations =
        mediations_create(study, options, pool == NULL ? 1 : job_pool_threads(pool));

    mediations_run(mediations, 0, mediations->network_count, pool);
    mediations_adjust(mediations);
    return mediations;
}

void mediations_destroy(struct mediations *mediations)
{
    owned_end_arenas(mediations->arenas, mediations->arena_count);
    memory_free(mediations);
}
