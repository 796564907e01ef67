#include "base/i18n.h"
#include "study/choose_sides.h"
#include "study/through.h"
#include "study/through_sides.h"
#include <math.h>
#include <string.h>

/* Traits as members of designs, and what joining needs. */
struct making {
    struct loader *loader;
    struct join_settings settings;
    struct choose_settings choosing;
    struct join_trait *exposures, *between, *outcomes;
    size_t exposure_count, between_count, outcome_count;
    const struct array *pairs;
    struct through *through;
    struct pair **mutual;  /* of each mediator on each other, which all networks share */
    struct pair **outward; /* of each on the outcome under way */
};

/* Effects at a trait's own instruments and at those of others, in one list. */
static void gather_effects(const struct trait *own, const struct trait *others,
                           struct arena *arena, struct join_trait *member)
{
    size_t first = own->count, second = others == NULL ? 0 : others->count;
    struct association *all = arena_get(arena, first + second, sizeof *all);

    if (first > 0) {
        memcpy(all, own->associations, first * sizeof *all);
    }
    if (second > 0) {
        memcpy(all + first, others->associations, second * sizeof *all);
    }
    member->associations = all;
    member->count = first + second;
}

static const struct trait *find(const struct trait_list *list, const char *key)
{
    size_t at;

    return map_get(list->keys, key, &at) ? trait_list_at(list, at) : NULL;
}

static void add_member(const struct side *side, size_t at, struct arena *arena,
                       struct join_trait *member)
{
    const struct trait *own = trait_list_at(&side->as_exposure, at);
    const struct trait *others =
        side->as_outcome.traits.count == 1 && side->as_exposure.traits.count == 1
            ? trait_list_at(&side->as_outcome, 0)
            : find(&side->as_outcome, own->key);

    *member = (struct join_trait){.trait = own,
                                  .instruments = side->chosen[at].instruments,
                                  .instrument_count = side->chosen[at].count};
    gather_effects(own, others, arena, member);
}

/* Every trait of these sides. */
static struct join_trait *members_of(const struct array *sides, struct arena *arena,
                                     size_t *count)
{
    size_t most = 0;
    struct join_trait *members;

    for (size_t i = 0; i < sides->count; i++) {
        most += ((const struct side *)array_at(sides, i))->as_exposure.traits.count;
    }
    members = arena_get(arena, most, sizeof *members);
    *count = 0;
    for (size_t i = 0; i < sides->count; i++) {
        const struct side *side = array_at(sides, i);

        for (size_t j = 0; j < side->as_exposure.traits.count; j++) {
            add_member(side, j, arena, &members[(*count)++]);
        }
    }
    return members;
}

static struct join_trait *outcomes_of(const struct array *sides, struct arena *arena)
{
    struct join_trait *members = arena_get(arena, sides->count, sizeof *members);

    for (size_t i = 0; i < sides->count; i++) {
        const struct trait *trait =
            trait_list_at(&((const struct side *)array_at(sides, i))->as_outcome, 0);

        members[i] = (struct join_trait){
            .trait = trait, .associations = trait->associations, .count = trait->count};
    }
    return members;
}

static bool place(const void *context, const struct association *one,
                  struct clump_variant *variant)
{
    const struct making *making = context;
    const struct reference_place *found =
        references_find(making->loader->references, making->choosing.reference, one);

    if (found == NULL || found->variant.id == NULL) {
        return false;
    }
    clump_take(variant, &found->variant);
    return true;
}

/* Where no table is said to hold independent instruments; once, in the first slice. */
static void warn_unclumped(const struct loader *loader)
{
    bool is_all = loader->loading->slice > 0;

    for (size_t i = 0; i < loader->taxa.count; i++) {
        const struct side *side = array_at(&loader->taxa, i);

        is_all = is_all || side->section->choice.all;
    }
    if (!is_all) {
        *(const char **)array_add(&loader->study->warnings) =
            _("instruments of exposures and mediators are not clumped together; give the "
              "first exposure clump_kb, or clump_r2 and a reference");
    }
}

/* As a section's own instruments were clumped, those of exposure and mediator are together. */
static bool settle(struct making *making)
{
    struct loader *loader = making->loader;
    struct plink *plink = NULL;

    if (!through_clumping(loader, &making->choosing)) {
        warn_unclumped(loader);
    }
    if (making->choosing.reference != NULL &&
        !references_open(loader->references, making->choosing.reference, &plink,
                         loader->error)) {
        return false;
    }
    making->settings = (struct join_settings){.action = loader->study->action,
                                              .kb = !choose_is_clumped(&making->choosing) ? NAN
                                                    : isnan(making->choosing.clump_kb)
                                                        ? CHOOSE_KB
                                                        : making->choosing.clump_kb,
                                              .r2 = making->choosing.clump_r2,
                                              .plink = plink,
                                              .place = place,
                                              .context = making};
    return true;
}

static struct pair *find_pair(const struct making *making, const struct trait *exposure,
                              const struct trait *outcome)
{
    for (size_t i = 0; i < making->pairs->count; i++) {
        struct pair *pair = *(struct pair **)array_at(making->pairs, i);

        if (pair->direction == FORWARD && pair->exposure == exposure &&
            pair->outcome == outcome) {
            return pair;
        }
    }
    return NULL;
}

static struct pair *pair_of(const struct making *making, const struct join_trait *exposure,
                            const struct join_trait *outcome)
{
    struct arena *arena = making->loader->study->arena;
    struct harmonised *rows;

    harmonise_join(exposure->instruments, exposure->instrument_count, outcome->associations,
                   outcome->count, making->settings.action, arena, &rows);
    return pair_create(arena, exposure->trait, outcome->trait, FORWARD, rows,
                       exposure->instrument_count);
}

/* Exposure, mediators from `first` on, covariates, on an outcome. */
static void join(const struct making *making, const struct join_trait *exposure, size_t first,
                 size_t count, const struct join_trait *outcome, struct joined *joined)
{
    size_t mediators = making->through->mediator_count;
    size_t covariates = making->between_count - mediators;
    struct arena *arena = making->loader->study->arena;
    struct join_trait *members = arena_get(arena, 1 + count + covariates, sizeof *members);

    members[0] = *exposure;
    memcpy(members + 1, making->between + first, count * sizeof *members);
    if (covariates > 0) {
        memcpy(members + 1 + count, making->between + mediators, covariates * sizeof *members);
    }
    join_traits(members, 1 + count + covariates, outcome, &making->settings, arena, joined);
}

/* Of every trait of a network on every other: only the mediators' on the exposure are its own.
 */
static struct pair **pairs_of(const struct making *making, const struct join_trait *exposure,
                              struct pair *const *firsts, struct pair *total)
{
    size_t mediators = making->through->mediator_count, count = mediators + 2;
    struct arena *arena = making->loader->study->arena;
    struct pair **pairs = arena_get(arena, count * count, sizeof(struct pair *));

    memcpy(pairs + 1, firsts, mediators * sizeof(struct pair *));
    pairs[count - 1] = total;
    for (size_t i = 0; i < mediators; i++) {
        struct pair **row = &pairs[(1 + i) * count];

        row[0] = pair_of(making, &making->between[i], exposure);
        memcpy(row + 1, &making->mutual[i * mediators], mediators * sizeof(struct pair *));
        row[count - 1] = making->outward[i];
    }
    return pairs;
}

/* Of each mediator on each other, and nothing on itself. */
static struct pair **mutual_of(const struct making *making)
{
    size_t count = making->through->mediator_count;
    struct pair **pairs =
        arena_get(making->loader->study->arena, count * count, sizeof(struct pair *));

    for (size_t i = 0; i < count * count; i++) {
        if (i / count != i % count) {
            pairs[i] =
                pair_of(making, &making->between[i / count], &making->between[i % count]);
        }
    }
    return pairs;
}

static struct pair **outward_of(const struct making *making, const struct join_trait *outcome)
{
    size_t count = making->through->mediator_count;
    struct pair **pairs = arena_get(making->loader->study->arena, count, sizeof(struct pair *));

    for (size_t i = 0; i < count; i++) {
        pairs[i] = pair_of(making, &making->between[i], outcome);
    }
    return pairs;
}

/* One exposure and outcome with each mediator, and with all of them where there are several. */
static void make_of(struct making *making, const struct join_trait *exposure,
                    struct pair *const *firsts, const struct join_trait *outcome)
{
    struct through *through = making->through;
    struct pair *total = find_pair(making, exposure->trait, outcome->trait);
    size_t count = through->mediator_count;
    struct through_network *network = &through->networks[through->network_count];

    if (total == NULL) {
        return;
    }
    for (size_t i = 0; i < count; i++) {
        const struct join_trait *mediator = &making->between[i];
        struct through_triple *triple = &through->triples[through->triple_count++];

        *triple = (struct through_triple){.exposure = exposure->trait,
                                          .mediator = mediator->trait,
                                          .outcome = outcome->trait,
                                          .total = total,
                                          .first = firsts[i]};
        join(making, exposure, i, 1, outcome, &triple->joined);
    }
    through->network_count++;
    *network = (struct through_network){.exposure = exposure->trait,
                                        .outcome = outcome->trait,
                                        .total = total,
                                        .first = (struct pair **)(uintptr_t)firsts,
                                        .pairs = pairs_of(making, exposure, firsts, total)};
    if (count == 1) {
        network->joined = through->triples[through->triple_count - 1].joined;
    } else {
        join(making, exposure, 0, count, outcome, &network->joined);
    }
}

/* The pairs of each exposure with each mediator, which all outcomes share. */
static struct pair ***firsts_of(const struct making *making)
{
    size_t count = making->through->mediator_count;
    struct arena *arena = making->loader->study->arena;
    struct pair ***firsts = arena_get(arena, making->exposure_count, sizeof *firsts);

    for (size_t i = 0; i < making->exposure_count; i++) {
        firsts[i] = arena_get(arena, count, sizeof **firsts);
        for (size_t j = 0; j < count; j++) {
            firsts[i][j] = pair_of(making, &making->exposures[i], &making->between[j]);
        }
    }
    return firsts;
}

static void make_all(struct making *making)
{
    struct through *through = making->through;
    struct arena *arena = making->loader->study->arena;
    size_t pairs = making->exposure_count * making->outcome_count;
    struct pair ***firsts = firsts_of(making);

    through->triples =
        arena_get(arena, pairs * through->mediator_count, sizeof *through->triples);
    through->networks = arena_get(arena, pairs, sizeof *through->networks);
    making->mutual = mutual_of(making);
    for (size_t i = 0; i < making->outcome_count; i++) {
        making->outward = outward_of(making, &making->outcomes[i]);
        for (size_t j = 0; j < making->exposure_count; j++) {
            make_of(making, &making->exposures[j], firsts[j], &making->outcomes[i]);
        }
    }
}

/* A trait has one part to play. */
static bool check_keys(const struct making *making)
{
    const struct study *study = making->loader->study;

    for (size_t i = 0; i < making->between_count; i++) {
        const char *key = making->between[i].trait->key;
        bool is_new = true;

        for (size_t j = 0; j < i; j++) {
            is_new = is_new && strcmp(key, making->between[j].trait->key) != 0;
        }
        for (size_t j = 0; j < study->exposure_count; j++) {
            is_new = is_new && strcmp(key, study->exposures[j]->key) != 0;
        }
        for (size_t j = 0; j < study->outcome_count; j++) {
            is_new = is_new && strcmp(key, study->outcomes[j]->key) != 0;
        }
        if (!is_new) {
            return error_set(making->loader->error, ERROR_DATA, making->loader->plan->path, 0,
                             NULL, _("found the trait \"%s\" in two sections; rename one"),
                             key);
        }
    }
    return true;
}

static void name_members(struct making *making)
{
    struct through *through = making->through;
    size_t mediators = making->loader->plan->mediators.count;
    struct arena *arena = making->loader->study->arena;

    through->mediator_count = mediators;
    through->covariate_count = making->between_count - mediators;
    through->mediators = arena_get(arena, making->between_count, sizeof *through->mediators);
    through->covariates = through->mediators + mediators;
    for (size_t i = 0; i < making->between_count; i++) {
        through->mediators[i] = (struct trait *)(uintptr_t)making->between[i].trait;
    }
}

bool through_make(struct loader *loader, const struct array *pairs)
{
    struct arena *arena = loader->study->arena;
    struct making making = {.loader = loader,
                            .pairs = pairs,
                            .through = arena_get(arena, 1, sizeof *making.through)};

    if (!sides_choose(loader, &loader->between, FORWARD) || !settle(&making)) {
        return false;
    }
    making.exposures = members_of(&loader->taxa, arena, &making.exposure_count);
    making.between = members_of(&loader->between, arena, &making.between_count);
    making.outcomes = outcomes_of(&loader->diseases, arena);
    making.outcome_count = loader->diseases.count;
    if (!check_keys(&making)) {
        return false;
    }
    name_members(&making);
    make_all(&making);
    loader->study->through = making.through;
    return true;
}
