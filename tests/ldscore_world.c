#include "ldscore_world.h"
#include "numeric/tail.h"
#include <math.h>

#define P_CHOSEN 5e-8

const struct ldscore_world ldscore_worlds[] = {
    {"the same people in both", 0.2, 0.5, 0.3, 0.1, 0.05, false},
    {"no one in both, no effect", 0, 0, 0.3, 0.1, 0.05, false},
    {"shared people against the effect", 0.3, -0.3, 0.2, 0.2, 0.03, false},
    {"a low heritability", 0.2, 0.5, 0.05, 0.1, 0.003, true},
};
const size_t ldscore_world_count = sizeof ldscore_worlds / sizeof *ldscore_worlds;

/* Arrays of a draw. */
struct made {
    double *scores, *z[2], *n;
    double mean;
};

/* LD scores with a long tail, as real ones have. */
static void make_scores(struct made *made, struct random_stream *stream)
{
    made->mean = 0;
    for (size_t i = 0; i < LDSCORE_MARKERS; i++) {
        made->scores[i] = 1 - 50 * (log(random_uniform(stream)) + log(random_uniform(stream)));
        made->n[i] = LDSCORE_N;
        made->mean += made->scores[i] / LDSCORE_MARKERS;
    }
}

/* An effect of a marker on a trait: 0, or normal; the longer its stretch the likelier not 0. */
static double effect_of(const struct made *made, size_t i, double heritability, double share,
                        struct random_stream *stream)
{
    bool acts = random_uniform(stream) < share * made->scores[i] / made->mean;
    double spread = sqrt(heritability / (share * LDSCORE_MARKERS));

    return acts ? spread * random_normal(stream) : 0;
}

static void make_z(const struct ldscore_world *world, struct made *made,
                   struct random_stream *stream)
{
    double root = sqrt(LDSCORE_N);

    for (size_t i = 0; i < LDSCORE_MARKERS; i++) {
        double x = effect_of(made, i, world->heritability, world->share, stream);
        double y = effect_of(made, i, world->own, world->share, stream);
        double error = random_normal(stream), other = random_normal(stream);

        made->z[0][i] = x * root + error;
        made->z[1][i] = (world->effect * x + y) * root + world->intercept * error +
                        sqrt(1 - world->intercept * world->intercept) * other;
    }
}

static struct pair *pair_of(const struct made *made, struct arena *arena)
{
    struct harmonised *rows = arena_get(arena, LDSCORE_MARKERS, sizeof *rows);
    double cut = tail_z_of_neglog10(-log10(P_CHOSEN)), se = 1 / sqrt(LDSCORE_N);
    static const struct trait trait = {.key = "made", .name = "made", .n = LDSCORE_N};
    size_t count = 0;

    for (size_t i = 0; i < LDSCORE_MARKERS; i++) {
        struct harmonised *row = &rows[count];

        if (fabs(made->z[0][i]) < cut) {
            continue;
        }
        row->x = (struct association){
            .variant = "made", .beta = made->z[0][i] * se, .se = se, .n = LDSCORE_N};
        row->y = (struct association){
            .variant = "made", .beta = made->z[1][i] * se, .se = se, .n = LDSCORE_N};
        row->keep = true;
        count++;
    }
    return pair_create(arena, &trait, &trait, FORWARD, rows, count);
}

struct ldscore_draw ldscore_world_draw(const struct ldscore_world *world,
                                       struct random_stream *stream, struct arena *arena)
{
    size_t count = LDSCORE_MARKERS;
    struct made made = {
        arena_get(arena, count, sizeof(double)),
        {arena_get(arena, count, sizeof(double)), arena_get(arena, count, sizeof(double))},
        arena_get(arena, count, sizeof(double)),
        0};

    make_scores(&made, stream);
    make_z(world, &made, stream);
    return (struct ldscore_draw){{count,
                                  made.scores,
                                  {made.z[0], made.z[1]},
                                  {made.n, made.n},
                                  made.mean * LDSCORE_MARKERS},
                                 pair_of(&made, arena)};
}

static void note(struct ldscore_answer *answer, double estimate, double se)
{
    answer->mean += estimate;
    answer->deviation += estimate * estimate;
    answer->se += se;
    answer->held += fabs(estimate - answer->truth) <= 1.959963984540054 * se;
}

static void settle(struct ldscore_answer *answer, int draws)
{
    answer->mean /= draws;
    answer->deviation = sqrt(answer->deviation / draws - answer->mean * answer->mean);
    answer->se /= draws;
    answer->held /= draws;
}

/* Estimates of one draw. */
static void ask_once(const struct ldscore_draw *draw, struct arena *scratch,
                     struct arena *arena, struct ldscore_answers *answers)
{
    struct estimate_settings settings = estimate_default_settings();
    struct ldsc_fit x = ldsc_heritability(&draw->data, 0, arena);
    struct ldsc_fit y = ldsc_heritability(&draw->data, 1, arena);
    struct ldsc_fit both = ldsc_covariance(&draw->data, &x, &y, arena);
    struct estimate got;

    settings.parameters[PARAMETER_OVERLAP_H2] = x.slope;
    settings.parameters[PARAMETER_OVERLAP_H2_SE] = x.slope_se;
    settings.parameters[PARAMETER_OVERLAP_INTERCEPT] = both.intercept;
    settings.parameters[PARAMETER_OVERLAP_INTERCEPT_SE] = both.intercept_se;
    settings.parameters[PARAMETER_OVERLAP_MARKERS] = LDSCORE_MARKERS;
    settings.parameters[PARAMETER_OVERLAP_DRAWS] = 200;
    got = estimate_run(methods_find("overlap"), draw->pair, &settings, scratch, arena);
    note(&answers->of[ASKED_H2], x.slope, x.slope_se);
    note(&answers->of[ASKED_COVARIANCE], both.slope, both.slope_se);
    note(&answers->of[ASKED_INTERCEPT], both.intercept, both.intercept_se);
    if (got.status == ESTIMATE_DONE) {
        note(&answers->of[ASKED_EFFECT], got.b, got.se);
    } else {
        answers->refused++;
    }
}

struct ldscore_answers ldscore_world_ask(const struct ldscore_world *world, int draws)
{
    struct random_stream stream = random_stream_of(17, "ldscore", world->name, NULL);
    struct arena *arena = arena_create(), *scratch = arena_create();
    struct ldscore_answers answers = {.refused = 0};

    answers.of[ASKED_H2].truth = world->heritability;
    answers.of[ASKED_COVARIANCE].truth = world->effect * world->heritability;
    answers.of[ASKED_INTERCEPT].truth = world->intercept;
    answers.of[ASKED_EFFECT].truth = world->effect;
    for (int i = 0; i < draws; i++) {
        struct arena_mark mark = arena_mark(arena);
        struct ldscore_draw draw = ldscore_world_draw(world, &stream, arena);

        ask_once(&draw, scratch, arena, &answers);
        arena_reset(arena, mark);
    }
    for (int i = 0; i < ASKED; i++) {
        settle(&answers.of[i], i == ASKED_EFFECT ? draws - answers.refused : draws);
    }
    arena_destroy(arena);
    arena_destroy(scratch);
    return answers;
}
