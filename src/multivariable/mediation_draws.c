#include "base/memory.h"
#include "base/text.h"
#include "multivariable/mediation_parts.h"
#include "numeric/sort.h"
#include <math.h>

/* Estimates as they might have come out. */
struct draws {
    size_t count;
    double *total, *a, *b, *direct;
    double *values; /* of what percentiles are taken */
};

/* Behind names: a stream does not depend on what else a batch holds. */
static struct random_stream stream_of(const struct mediation_input *input, uint64_t seed)
{
    const struct design *design = input->design;
    struct text names = {0};
    struct random_stream stream;
    char *text;

    text_addf(&names, "%s\n%s\n", design->exposures[0], design->exposures[1]);
    text = text_take(&names);
    stream = random_stream_of(seed, text, design->outcome, "mediation");
    memory_free(text);
    return stream;
}

/* Draws of an estimate that goes with the total effect as its covariance says. */
static void draw_with_total(const struct mediation *mediation, const struct estimate *estimate,
                            double covariance, struct random_stream *stream,
                            const struct draws *draws, double *out)
{
    const struct estimate *total = &mediation->total;
    double slope = covariance / (total->se * total->se);
    double left =
        sqrt(fmax(0, estimate->se * estimate->se - slope * slope * total->se * total->se));

    random_standard_normals(stream, out, draws->count);
    for (size_t i = 0; i < draws->count; i++) {
        out[i] = estimate->b + slope * (draws->total[i] - total->b) + left * out[i];
    }
}

static void draw_alone(const struct estimate *estimate, struct random_stream *stream,
                       const struct draws *draws, double *out)
{
    random_standard_normals(stream, out, draws->count);
    for (size_t i = 0; i < draws->count; i++) {
        out[i] = estimate->b + estimate->se * out[i];
    }
}

/* Between order statistics as R's quantile() does it (Hyndman and Fan 1996, type 7). */
static double quantile(const double *sorted, size_t count, double share)
{
    double at = share * (double)(count - 1);
    size_t below = (size_t)at;

    return below + 1 < count
               ? sorted[below] + (at - (double)below) * (sorted[below + 1] - sorted[below])
               : sorted[count - 1];
}

static void take_interval(const struct draws *draws, const struct estimate_settings *settings,
                          struct mediated *value)
{
    if (isnan(value->b) || draws->count == 0) {
        return;
    }
    sort_numbers(draws->values, draws->count);
    value->boot_lower = quantile(draws->values, draws->count, 0.5 - 0.5 * settings->level);
    value->boot_upper = quantile(draws->values, draws->count, 0.5 + 0.5 * settings->level);
}

static void take_all(const struct draws *draws, const struct estimate_settings *settings,
                     struct mediation *mediation)
{
    for (size_t i = 0; i < draws->count; i++) {
        draws->values[i] = draws->a[i] * draws->b[i];
    }
    take_interval(draws, settings, &mediation->product);
    for (size_t i = 0; i < draws->count; i++) {
        draws->values[i] = draws->total[i] - draws->direct[i];
    }
    take_interval(draws, settings, &mediation->difference);
    for (size_t i = 0; i < draws->count; i++) {
        draws->values[i] = draws->a[i] * draws->b[i] / draws->total[i];
    }
    take_interval(draws, settings, &mediation->proportion);
    for (size_t i = 0; i < draws->count; i++) {
        draws->values[i] = 1 - draws->direct[i] / draws->total[i];
    }
    take_interval(draws, settings, &mediation->proportion_difference);
}

void mediation_draw(const struct mediation_input *input,
                    const struct estimate_settings *settings, struct arena *scratch,
                    struct mediation *mediation)
{
    struct arena_mark mark = arena_mark(scratch);
    struct random_stream stream = stream_of(input, settings->seed);
    size_t count = settings->boot;
    struct draws draws = {.count = count};
    double **places[] = {&draws.total, &draws.a, &draws.b, &draws.direct, &draws.values};

    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        *places[i] = arena_get(scratch, count, sizeof(double));
    }
    draw_alone(&mediation->total, &stream, &draws, draws.total);
    draw_alone(&mediation->a, &stream, &draws, draws.a);
    draw_with_total(mediation, &mediation->b, mediation->total_b, &stream, &draws, draws.b);
    draw_with_total(mediation, &mediation->direct, mediation->total_direct, &stream, &draws,
                    draws.direct);
    take_all(&draws, settings, mediation);
    arena_reset(scratch, mark);
}
