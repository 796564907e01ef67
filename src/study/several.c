#include "study/several.h"
#include "base/i18n.h"
#include "base/map.h"
#include "gwas/place.h"
#include "instrument/match.h"
#include "instrument/plink.h"
#include "study/build.h"
#include "study/plan_path.h"
#include <math.h>
#include <string.h>

/* r2 of clumping where only a reference is asked for. */
#define USUAL_R2 0.001

struct several {
    const struct several_asked *asked;
    struct study *study;
    struct instrument_settings choice;
    struct join_trait *traits; /* the exposures, and behind them the outcome */
    struct map *ids, *places;  /* of all instruments */
    struct clump *clump;       /* instruments on the reference */
    struct map *placed;        /* ids to their places in it */
    struct error *error;
};

static const char *path_of(const struct several *several, size_t k)
{
    const struct several_asked *asked = several->asked;

    return k < asked->exposure_count ? asked->exposures[k] : asked->outcome;
}

/* The one trait of a file, with the rows that `wanted` asks for. */
static struct trait *read_file(struct several *several, size_t k, struct gwas_wanted wanted)
{
    const char *path = path_of(several, k);
    struct gwas_options options = several->asked->reading;
    struct trait_list list = trait_list_create();
    const char *stem = plan_path_stem(path, several->study->arena);
    struct trait *trait = NULL;

    options.wanted = wanted;
    if (!trait_list_read(&list, several->study, path, stem, &options, several->error)) {
        trait_list_destroy(&list);
        return NULL;
    }
    if (list.traits.count > 1) {
        error_set(several->error, ERROR_DATA, path, 0, NULL,
                  _("found %zu traits; give each exposure a file of its own"),
                  list.traits.count);
    } else {
        trait =
            trait_list_get(&list, list.traits.count == 1 ? trait_list_at(&list, 0)->key : stem,
                           several->study->arena);
        trait->key = trait->name = stem;
    }
    trait_list_destroy(&list);
    return trait;
}

static bool check_names(const struct several *several)
{
    const struct several_asked *asked = several->asked;
    struct map *names = map_create();
    bool is_good = true;

    for (size_t k = 0; k <= asked->exposure_count && is_good; k++) {
        const char *path = path_of(several, k);
        const char *name = plan_path_stem(path, several->study->arena);

        is_good = map_set(names, name, k) ||
                  error_set(several->error, ERROR_DATA, path, 0, NULL,
                            _("found two files called %s; traits are called after their files, "
                              "so give each its own name, and each exposure once"),
                            name);
    }
    map_destroy(names);
    return is_good;
}

static void list_one(struct several *several, const struct association *one)
{
    map_set(several->ids, one->variant, 0);
    if (one->chromosome != NULL && one->position >= 0) {
        map_set(several->places,
                arena_format(several->study->arena, "%s:%.0f",
                             place_chromosome(one->chromosome), one->position),
                0);
    }
}

static bool read_instruments(struct several *several)
{
    struct gwas_wanted wanted = {.most_p =
                                     several->choice.all ? 0 : several->choice.p_threshold};

    for (size_t k = 0; k < several->asked->exposure_count; k++) {
        struct join_trait *trait = &several->traits[k];
        const struct association **chosen;
        struct trait *read = read_file(several, k, wanted);

        if (read == NULL) {
            return false;
        }
        study_choose(several->study, read, &several->choice, FORWARD, &chosen,
                     &trait->instrument_count);
        *trait = (struct join_trait){read, chosen, trait->instrument_count, read->associations,
                                     read->count};
        for (size_t i = 0; i < trait->instrument_count; i++) {
            list_one(several, chosen[i]);
        }
    }
    return true;
}

/* A second reading of the exposures, unless the first gave every row. */
static bool read_effects(struct several *several)
{
    size_t count = several->asked->exposure_count;
    struct gwas_wanted wanted = {.variants = several->ids,
                                 .places =
                                     map_count(several->places) == 0 ? NULL : several->places};

    for (size_t k = several->choice.all ? count : 0; k <= count; k++) {
        struct join_trait *trait = &several->traits[k];
        struct trait *read = read_file(several, k, wanted);

        if (read == NULL) {
            return false;
        }
        trait->trait = read;
        trait->associations = read->associations;
        trait->count = read->count;
    }
    return true;
}

/* The variant to be clumped with this id and these alleles, or NULL. Those of
 * one id are chained by their tags: the next one's place and 1. */
static const struct clump_variant *find_placed(const struct several *several, const char *id,
                                               const char *effect, const char *other)
{
    const struct clump_variant *one;
    size_t first, next;

    if (!map_get(several->placed, id, &first)) {
        return NULL;
    }
    for (next = first + 1; next > 0; next = one->tag) {
        one = array_at(&several->clump->variants, next - 1);
        if (match_alleles(effect, other, one->effect, one->other) != MATCH_NONE) {
            return one;
        }
    }
    return NULL;
}

static bool place_on(const void *context, const struct association *one,
                     struct clump_variant *variant)
{
    const struct several *several = context;
    const struct clump_variant *found =
        find_placed(several, one->variant, one->effect_allele, one->other_allele);

    if (found == NULL) {
        return false;
    }
    variant->chromosome = found->chromosome;
    variant->position = found->position;
    variant->first = found->first;
    variant->second = found->second;
    variant->row = variant->order = found->row;
    return true;
}

/* Chains a variant before those of its id. */
static void chain(struct several *several, size_t at)
{
    struct clump_variant *one = array_at(&several->clump->variants, at);
    size_t first;

    one->tag = map_get(several->placed, one->id, &first) ? first + 1 : 0;
    map_set(several->placed, one->id, at);
}

static void add_to_clump(struct several *several, const struct association *one)
{
    if (find_placed(several, one->variant, one->effect_allele, one->other_allele) != NULL) {
        return;
    }
    *(struct clump_variant *)array_add(&several->clump->variants) =
        (struct clump_variant){.id = one->variant,
                               .chromosome = one->chromosome,
                               .position = one->position,
                               .effect = one->effect_allele,
                               .other = one->other_allele,
                               .neglog10_p = instrument_neglog10_p(one)};
    chain(several, several->clump->variants.count - 1);
}

/* Where the instruments stand in the reference. */
static bool place_all(struct several *several, struct plink *plink)
{
    struct arena *arena = several->study->arena;

    for (size_t k = 0; k < several->asked->exposure_count; k++) {
        for (size_t i = 0; i < several->traits[k].instrument_count; i++) {
            add_to_clump(several, several->traits[k].instruments[i]);
        }
    }
    if (several->clump->variants.count > 0 &&
        !clump_place(several->clump, plink, several->error)) {
        return false;
    }
    map_destroy(several->placed);
    several->placed = map_create();
    for (size_t i = 0; i < several->clump->variants.count; i++) {
        chain(several, i);
    }
    for (size_t i = 0; i < several->clump->warnings.count; i++) {
        *(char **)array_add(&several->study->warnings) =
            arena_text(arena, *(char **)array_at(&several->clump->warnings, i));
    }
    return true;
}

static void join(struct several *several, const struct plink *plink, struct joined *joined)
{
    const struct several_asked *asked = several->asked;
    const struct join_settings settings = {.action = asked->action,
                                           .kb = isnan(asked->kb) ? CHOOSE_KB : asked->kb,
                                           .r2 = isnan(asked->r2) ? USUAL_R2 : asked->r2,
                                           .plink = plink,
                                           .place = place_on,
                                           .context = several};
    struct arena *arena = several->study->arena;

    join_traits(several->traits, asked->exposure_count, &several->traits[asked->exposure_count],
                &settings, arena, joined);
    if (plink == NULL) {
        *(char **)array_add(&several->study->warnings) =
            arena_format(arena,
                         _("instruments are pruned together by distance alone (%g kb), "
                           "without LD; name a reference by --bfile to clump by r2"),
                         settings.kb);
    }
}

static bool read_all(struct several *several, struct joined *joined)
{
    struct plink *plink = NULL;
    bool is_done = check_names(several) && read_instruments(several) && read_effects(several);

    if (is_done && several->asked->reference != NULL) {
        is_done = plink_open(several->asked->reference, &plink, several->error) &&
                  place_all(several, plink);
    }
    if (is_done) {
        join(several, plink, joined);
    }
    if (plink != NULL) {
        plink_close(plink);
    }
    return is_done;
}

bool several_read(const struct several_asked *asked, struct study *study, struct joined *joined,
                  struct error *error)
{
    struct several several = {
        .asked = asked,
        .study = study,
        .choice = {.all = asked->p == 1, .p_threshold = isnan(asked->p) ? SEVERAL_P : asked->p},
        .ids = map_create(),
        .places = map_create(),
        .placed = map_create(),
        .clump = clump_create(),
        .error = error};
    bool is_read;

    several.traits = arena_get(study->arena, asked->exposure_count + 1, sizeof *several.traits);
    is_read = read_all(&several, joined);
    map_destroy(several.ids);
    map_destroy(several.places);
    map_destroy(several.placed);
    clump_destroy(several.clump);
    return is_read;
}
