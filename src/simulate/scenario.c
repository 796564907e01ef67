#include "simulate/scenario.h"
#include "base/text.h"
#include "numeric/random.h"
#include "numeric/tail.h"
#include <math.h>
#include <string.h>

#define COMMON 0.05 /* the least frequency of either allele */
#define CHROMOSOMES 22
#define FAR 2e6  /* base pairs between independent variants */
#define NEAR 1e4 /* and between correlated ones */

/* What chance gave one study: one entry a variant. */
struct chance {
    double *frequency, *sign; /* of the effect allele; 1 where it raises the exposure, or -1 */
    double *size, *past;      /* standard normal: of effects on the exposure, and past it */
    double *error_x, *error_y, *error_other; /* standard normal */
    size_t *rank;                            /* a random order: the first are invalid */
};

/* What the model makes of it, by the allele that raises the exposure, in units of a genotype
 * of variance 1; and the room of one study. */
struct drawn {
    const struct scenario *scenario;
    size_t count;
    struct chance chance;
    double *direct_x, *direct_y; /* then marginal */
    double *root_v;              /* the genotype's standard deviation */
    bool *is_invalid;
    size_t *kept; /* variants that are selected, in order */
    size_t kept_count;
};

struct scenario scenario_usual(void)
{
    return (struct scenario){.instruments = 50,
                             .n_exposure = 18000,
                             .n_outcome = 380000,
                             .case_share = NAN,
                             .h2 = 0.14,
                             .spread = 0.5,
                             .effect = 0.1,
                             .invalid_sd = 0.02,
                             .reverse = 0.3,
                             .p_threshold = 1};
}

double scenario_mean_f(const struct scenario *scenario)
{
    return 1 + scenario->n_exposure * scenario->h2 / scenario->instruments;
}

double scenario_error_correlation(const struct scenario *scenario)
{
    double share = scenario->case_share, n1 = scenario->n_exposure, n2 = scenario->n_outcome;
    double unit = isnan(share) ? 1 : sqrt(share * (1 - share));
    double traits = scenario->effect * unit + scenario->confounding;

    return scenario->overlap * sqrt(fmin(n1, n2) / fmax(n1, n2)) * traits;
}

/* A stream a purpose: another variant, or another choice, moves none of the others' numbers. */
static struct random_stream stream_of(uint64_t seed, const char *number, const char *purpose)
{
    return random_stream_of(seed, "scenario", number, purpose);
}

static double *normals_of(uint64_t seed, const char *number, const char *purpose, size_t count,
                          struct arena *arena)
{
    struct random_stream stream = stream_of(seed, number, purpose);
    double *normals = arena_get(arena, count, sizeof *normals);

    random_standard_normals(&stream, normals, count);
    return normals;
}

static double *uniforms_of(uint64_t seed, const char *number, const char *purpose, size_t count,
                           struct arena *arena)
{
    struct random_stream stream = stream_of(seed, number, purpose);
    double *uniforms = arena_get(arena, count, sizeof *uniforms);

    random_uniforms(&stream, uniforms, count);
    return uniforms;
}

/* One more variant changes one rank of those before it. */
static size_t *ranks_of(uint64_t seed, const char *number, size_t count, struct arena *arena)
{
    struct random_stream stream = stream_of(seed, number, "rank");
    size_t *rank = arena_get(arena, count, sizeof *rank);

    for (size_t i = 0; i < count; i++) {
        size_t other = random_below(&stream, i + 1);

        rank[i] = rank[other];
        rank[other] = i;
    }
    return rank;
}

static struct chance chance_of(uint64_t seed, uint64_t study, size_t count, struct arena *arena)
{
    const char *number = arena_format(arena, "%llu", (unsigned long long)study);
    struct chance chance = {
        .frequency = uniforms_of(seed, number, "frequency", count, arena),
        .sign = uniforms_of(seed, number, "sign", count, arena),
        .size = normals_of(seed, number, "size", count, arena),
        .past = normals_of(seed, number, "past", count, arena),
        .error_x = normals_of(seed, number, "error_x", count, arena),
        .error_y = normals_of(seed, number, "error_y", count, arena),
        .error_other = normals_of(seed, number, "error_other", count, arena),
        .rank = ranks_of(seed, number, count, arena),
    };

    for (size_t j = 0; j < count; j++) {
        chance.frequency[j] = COMMON + (1 - 2 * COMMON) * chance.frequency[j];
        chance.sign[j] = chance.sign[j] < 0.5 ? -1 : 1;
    }
    return chance;
}

/* Effects of variants whose neighbours' direct effects reach them by r^k: R times `effects`.
 * `scratch` has count places. */
static void spread_by_ld(double r, double *effects, size_t count, double *scratch)
{
    double behind = 0, ahead = 0;

    for (size_t j = 0; r != 0 && j < count; j++) {
        scratch[j] = behind;
        behind = r * (behind + effects[j]);
    }
    for (size_t j = count; r != 0 && j-- > 0;) {
        double own = effects[j];

        effects[j] = own + scratch[j] + ahead;
        ahead = r * (ahead + own);
    }
}

/* Independent standard normals become ones that correlate by r^k. */
static void correlate(double r, double *errors, size_t count)
{
    double rest = sqrt(1 - r * r);

    for (size_t j = 1; r != 0 && j < count; j++) {
        errors[j] = r * errors[j - 1] + rest * errors[j];
    }
}

/* Direct effects on the exposure that explain h2 together. */
static void draw_sizes(struct drawn *drawn, double *scratch)
{
    const struct scenario *scenario = drawn->scenario;
    size_t count = drawn->count;
    size_t null_from = count - (size_t)round(scenario->null_share * (double)count);
    double explained = 0, scale;

    for (size_t j = 0; j < count; j++) {
        double size = 1 - scenario->spread + scenario->spread * fabs(drawn->chance.size[j]);

        drawn->root_v[j] =
            sqrt(2 * drawn->chance.frequency[j] * (1 - drawn->chance.frequency[j]));
        drawn->direct_x[j] = drawn->chance.rank[j] >= null_from ? 0 : size;
    }
    memcpy(drawn->direct_y, drawn->direct_x, count * sizeof *scratch);
    spread_by_ld(scenario->ld, drawn->direct_y, count, scratch);
    for (size_t j = 0; j < count; j++) {
        explained += drawn->direct_x[j] * drawn->direct_y[j];
    }
    scale = explained > 0 ? sqrt(scenario->h2 / explained) : 0;
    for (size_t j = 0; j < count; j++) {
        drawn->direct_x[j] *= scale;
        drawn->direct_y[j] = scenario->effect * drawn->direct_x[j];
    }
}

/* What an invalid variant does besides. */
static void add_invalid(struct drawn *drawn, size_t j)
{
    const struct scenario *scenario = drawn->scenario;
    enum scenario_kind kind = (enum scenario_kind)scenario->kind;
    double mean = kind == SCENARIO_BALANCED ? 0 : scenario->invalid_mean;
    double past = (mean + scenario->invalid_sd * drawn->chance.past[j]) * drawn->root_v[j];

    if (kind == SCENARIO_REVERSE) {
        drawn->direct_y[j] = drawn->direct_x[j] / scenario->reverse;
    } else if (kind == SCENARIO_CORRELATED) {
        drawn->direct_x[j] += past;
        drawn->direct_y[j] = scenario->effect * drawn->direct_x[j] + past;
    } else if (kind != SCENARIO_ANCESTRY) {
        drawn->direct_y[j] += past;
    }
}

/* Hidden populations add the same to both effects, whatever the variant's neighbours do. */
static void add_ancestry(struct drawn *drawn)
{
    const struct scenario *scenario = drawn->scenario;
    bool is_it = (enum scenario_kind)scenario->kind == SCENARIO_ANCESTRY;

    for (size_t j = 0; is_it && j < drawn->count; j++) {
        if (drawn->is_invalid[j]) {
            double past = scenario->invalid_mean + scenario->invalid_sd * drawn->chance.past[j];

            drawn->direct_x[j] += past * drawn->root_v[j];
            drawn->direct_y[j] += past * drawn->root_v[j];
        }
    }
}

static void draw_effects(struct drawn *drawn, struct arena *arena)
{
    const struct scenario *scenario = drawn->scenario;
    size_t count = drawn->count;
    bool has_invalid = (enum scenario_kind)scenario->kind != SCENARIO_VALID;
    size_t invalid = has_invalid ? (size_t)round(scenario->invalid * (double)count) : 0;
    double *scratch = arena_get(arena, count, sizeof *scratch);

    draw_sizes(drawn, scratch);
    for (size_t j = 0; j < count; j++) {
        drawn->is_invalid[j] = drawn->chance.rank[j] < invalid;
        if (drawn->is_invalid[j]) {
            add_invalid(drawn, j);
        }
    }
    spread_by_ld(scenario->ld, drawn->direct_x, count, scratch);
    spread_by_ld(scenario->ld, drawn->direct_y, count, scratch);
    add_ancestry(drawn);
}

/* Errors of both samples, correlated by overlap and among neighbours. */
static void draw_errors(struct drawn *drawn)
{
    const struct chance *chance = &drawn->chance;
    double shared = scenario_error_correlation(drawn->scenario);
    double rest = sqrt(1 - shared * shared), r = drawn->scenario->ld;

    for (size_t j = 0; j < drawn->count; j++) {
        chance->error_y[j] = shared * chance->error_x[j] + rest * chance->error_y[j];
    }
    correlate(r, chance->error_x, drawn->count);
    correlate(r, chance->error_y, drawn->count);
    correlate(r, chance->error_other, drawn->count);
}

/* Which variants have a P small enough, in the sample that counts. */
static void select_variants(struct drawn *drawn)
{
    const struct scenario *scenario = drawn->scenario;
    bool is_other = (enum scenario_selection)scenario->selection == SCENARIO_OTHER_SAMPLE;
    const double *errors = is_other ? drawn->chance.error_other : drawn->chance.error_x;
    double least =
        scenario->p_threshold < 1 ? tail_z_of_neglog10(-log10(scenario->p_threshold)) : 0;
    double root_n = sqrt(scenario->n_exposure);

    for (size_t j = 0; j < drawn->count; j++) {
        if (fabs(drawn->direct_x[j] * root_n + errors[j]) >= least) {
            drawn->kept[drawn->kept_count++] = j;
        }
    }
}

static struct drawn draw(const struct scenario *scenario, uint64_t seed, uint64_t number,
                         struct arena *arena)
{
    size_t count = (size_t)scenario->instruments;
    struct drawn drawn = {.scenario = scenario,
                          .count = count,
                          .chance = chance_of(seed, number, count, arena),
                          .direct_x = arena_get(arena, count, sizeof(double)),
                          .direct_y = arena_get(arena, count, sizeof(double)),
                          .root_v = arena_get(arena, count, sizeof(double)),
                          .is_invalid = arena_get(arena, count, sizeof(bool)),
                          .kept = arena_get(arena, count, sizeof(size_t))};

    draw_effects(&drawn, arena);
    draw_errors(&drawn);
    select_variants(&drawn);
    return drawn;
}

static struct trait *trait_of(const char *key, uint64_t number, double n, double case_share,
                              struct arena *arena)
{
    struct trait *trait = arena_get(arena, 1, sizeof *trait);

    trait->key =
        number == 0 ? key : arena_format(arena, "%s.%llu", key, (unsigned long long)number);
    trait->name = trait->key;
    trait->unit = isnan(case_share) ? UNIT_SD : UNIT_LOG_ODDS;
    trait->n = n;
    trait->cases = case_share * n;
    trait->is_simulated = true;
    return trait;
}

/* Variant j without its effects. */
static struct association place_of(const struct drawn *drawn, size_t j, struct arena *arena)
{
    static const char *const chromosomes[CHROMOSOMES] = {
        "1",  "2",  "3",  "4",  "5",  "6",  "7",  "8",  "9",  "10", "11",
        "12", "13", "14", "15", "16", "17", "18", "19", "20", "21", "22"};
    bool is_linked = drawn->scenario->ld != 0;

    return (struct association){
        .variant = arena_format(arena, "rs%zu", j + 1),
        .chromosome = chromosomes[is_linked ? 0 : j % CHROMOSOMES],
        .position = is_linked ? NEAR * (double)(j + 1) : FAR * (double)(j / CHROMOSOMES + 1),
        .effect_allele = "A",
        .other_allele = "G",
        .eaf = drawn->chance.frequency[j],
        .info = NAN,
    };
}

static void fill_effect(struct association *association, double beta, double se, double n)
{
    double z = beta / se;

    association->beta = beta;
    association->se = se;
    association->n = n;
    association->p = tail_normal_two_sided(z);
    association->neglog10_p =
        association->p > 1e-300 ? -log10(association->p) : tail_normal_two_sided_neglog10(z);
}

static void fill_row(struct harmonised *row, const struct drawn *drawn, size_t j,
                     struct arena *arena)
{
    const struct scenario *scenario = drawn->scenario;
    const struct chance *chance = &drawn->chance;
    double share = scenario->case_share;
    double unit = chance->sign[j] / drawn->root_v[j];
    double se_x = 1 / (drawn->root_v[j] * sqrt(scenario->n_exposure));
    double information = scenario->n_outcome * (isnan(share) ? 1 : share * (1 - share));
    double se_y = 1 / (drawn->root_v[j] * sqrt(information));

    row->x = place_of(drawn, j, arena);
    row->y = row->x;
    fill_effect(&row->x,
                unit * drawn->direct_x[j] + chance->sign[j] * se_x * chance->error_x[j], se_x,
                scenario->n_exposure);
    fill_effect(&row->y,
                unit * drawn->direct_y[j] + chance->sign[j] * se_y * chance->error_y[j], se_y,
                scenario->n_outcome);
    row->x_read = &row->x;
    row->y_read = &row->y;
    row->keep = true;
}

static void fill_truth(struct scenario_truth *truth, const struct drawn *drawn,
                       struct arena *arena)
{
    size_t count = drawn->kept_count;
    double *bx = arena_get(arena, count, sizeof *bx), *by = arena_get(arena, count, sizeof *by);
    double *pleiotropy = arena_get(arena, count, sizeof *pleiotropy);
    bool *is_invalid = arena_get(arena, count, sizeof *is_invalid);

    for (size_t i = 0; i < count; i++) {
        size_t j = drawn->kept[i];
        double unit = drawn->chance.sign[j] / drawn->root_v[j];

        bx[i] = unit * drawn->direct_x[j];
        by[i] = unit * drawn->direct_y[j];
        is_invalid[i] = drawn->is_invalid[j];
        pleiotropy[i] = is_invalid[i] ? by[i] - drawn->scenario->effect * bx[i] : 0;
    }
    *truth = (struct scenario_truth){.effect = drawn->scenario->effect,
                                     .looked_at = drawn->count,
                                     .bx = bx,
                                     .by = by,
                                     .pleiotropy = pleiotropy,
                                     .is_invalid = is_invalid};
}

/* r^k of variants k apart, signed by the alleles that the pair counts. */
static struct pair *with_ld(const struct drawn *drawn, const struct pair *pair,
                            struct arena *arena)
{
    size_t count = pair->count;
    double *ld = arena_get(arena, count * count, sizeof *ld);
    double *power = arena_get(arena, drawn->count, sizeof *power);
    const double *sign = drawn->chance.sign;

    for (size_t k = 0; k < drawn->count; k++) {
        power[k] = k == 0 ? 1 : power[k - 1] * drawn->scenario->ld;
    }
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k <= i; k++) {
            size_t one = drawn->kept[i], other = drawn->kept[k];

            ld[i * count + k] = power[one - other] * sign[one] * sign[other];
            ld[k * count + i] = ld[i * count + k];
        }
    }
    return pair_with_ld(arena, pair, ld);
}

struct scenario_study scenario_draw(const struct scenario *scenario, uint64_t seed,
                                    uint64_t number, struct arena *arena)
{
    struct drawn drawn = draw(scenario, seed, number, arena);
    size_t count = drawn.kept_count;
    struct harmonised *rows = arena_get(arena, count, sizeof *rows);
    struct scenario_study study;

    for (size_t i = 0; i < count; i++) {
        fill_row(&rows[i], &drawn, drawn.kept[i], arena);
    }
    study.pair = pair_create(
        arena, trait_of("exposure", number, scenario->n_exposure, NAN, arena),
        trait_of("outcome", number, scenario->n_outcome, scenario->case_share, arena), FORWARD,
        rows, count);
    if (scenario->ld != 0) {
        study.pair = with_ld(&drawn, study.pair, arena);
    }
    fill_truth(&study.truth, &drawn, arena);
    return study;
}
