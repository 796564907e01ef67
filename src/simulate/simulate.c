#include "simulate/simulate.h"
#include "base/memory.h"
#include "numeric/random.h"
#include "numeric/tail.h"
#include "simulate/effect.h"
#include <math.h>
#include <string.h>

static const char *exposure_of(const struct gwas_row *row, const struct simulate_model *model)
{
    return row->trait == NULL ? model->exposure : row->trait;
}

double simulate_effect_of(const struct simulate_model *model, const char *exposure,
                          const char *outcome)
{
    struct text key = {0};
    size_t place;
    text_addf(&key, "%s\x1f%s", exposure, outcome);
    bool is_there = map_get(model->effect_of, key.bytes, &place);
    text_drop(&key);
    if (!is_there) {
        return 0;
    }
    return ((const struct simulate_effect *)array_at(&model->effects, place))->effect;
}

double simulate_aligned_beta(const struct association *from, const struct association *to)
{
    bool is_swapped = from->effect_allele != NULL && to->other_allele != NULL &&
                      strcmp(from->effect_allele, to->other_allele) == 0;
    return is_swapped ? -from->beta : from->beta;
}

/* Each variant once; *places tells which one a row is. */
static size_t list_variants(const struct array *rows, struct association *into, size_t *places)
{
    struct map *seen = map_create();
    size_t count = 0;
    for (size_t i = 0; i < rows->count; i++) {
        const struct gwas_row *row = array_at(rows, i);
        if (!map_get(seen, row->association.variant, &places[i])) {
            places[i] = count;
            map_set(seen, row->association.variant, count);
            into[count++] = row->association;
        }
    }
    map_destroy(seen);
    return count;
}

/* The first trait with a true effect that a variant serves gives it that effect. */
static void carry_effects(const struct array *rows, const size_t *places,
                          const struct simulate_model *model, struct simulated *simulated)
{
    for (size_t i = 0; i < rows->count; i++) {
        const struct gwas_row *row = array_at(rows, i);
        struct simulate_variant *truth = &simulated->truth[places[i]];
        const char *exposure = exposure_of(row, model);
        double effect = simulate_effect_of(model, exposure, simulated->target->key);
        if (effect != 0 && truth->through == NULL) {
            truth->through = exposure;
            truth->total = effect * simulate_aligned_beta(&row->association,
                                                          &simulated->associations[places[i]]);
        }
    }
}

static double standard_error(double frequency, double n, double share)
{
    double information = 2 * frequency * (1 - frequency) * n;
    return 1 / sqrt(isnan(share) ? information : information * share * (1 - share));
}

/* The line is drawn in a fixed order, so that a model with fewer features changes no other
 * number. */
static void draw(struct association *association, struct simulate_variant *truth,
                 const struct simulate_model *model, const struct simulate_target *target)
{
    struct random_stream stream =
        random_stream_of(model->seed, association->variant, target->key, "simulate");
    size_t unused;
    double absent = model->missing * random_uniform(&stream);
    double pleiotropy = random_normal(&stream), error = random_normal(&stream);
    if (map_get(model->is_pleiotropic, association->variant, &unused)) {
        truth->pleiotropy = model->pleiotropy_sd * pleiotropy;
        truth->total += truth->pleiotropy;
    }
    association->n = round(target->n * (1 - absent));
    association->se =
        standard_error(association->eaf, association->n, target->cases / target->n);
    association->beta = truth->total + association->se * error;
    association->p = tail_normal_two_sided(association->beta / association->se);
    association->neglog10_p =
        tail_normal_two_sided_neglog10(association->beta / association->se);
}

struct simulated simulate_target_effects(const struct array *rows,
                                         const struct simulate_model *model,
                                         const struct simulate_target *target,
                                         struct arena *arena)
{
    struct simulated simulated = {.target = target};
    size_t *places = memory_get(rows->count, sizeof *places);
    simulated.associations = arena_get(arena, rows->count, sizeof(struct association));
    simulated.truth = arena_get(arena, rows->count, sizeof(struct simulate_variant));
    simulated.count = list_variants(rows, simulated.associations, places);
    carry_effects(rows, places, model, &simulated);
    for (size_t i = 0; i < simulated.count; i++) {
        draw(&simulated.associations[i], &simulated.truth[i], model, target);
    }
    memory_free(places);
    return simulated;
}
