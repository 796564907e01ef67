#include "tests/made_study.h"

#include "study/across.h"
#include <math.h>

static struct trait *trait_of(struct made *made, const char *word, size_t i, bool is_taxon)
{
    struct trait *trait = arena_get(made->arena, 1, sizeof *trait);
    trait->key = arena_format(made->arena, "%s%zu", word, i);
    trait->name = arena_format(made->arena, "Name %s", trait->key);
    trait->unit = is_taxon ? UNIT_SD : UNIT_LOG_ODDS;
    trait->rank = is_taxon ? RANK_GENUS : RANK_NONE;
    return trait;
}

static struct trait **traits_of(struct made *made, const char *word, size_t count,
                                bool is_taxon)
{
    struct trait **traits = arena_get(made->arena, count, sizeof(struct trait *));
    for (size_t i = 0; i < count; i++) {
        traits[i] = trait_of(made, word, i, is_taxon);
    }
    return traits;
}

static struct harmonised *rows_of(struct made *made, size_t pair, size_t count)
{
    struct harmonised *rows = arena_get(made->arena, count, sizeof *rows);
    for (size_t j = 0; j < count; j++) {
        size_t number = pair * count + j;
        rows[j].keep = true;
        rows[j].x =
            (struct association){.variant = arena_format(made->arena, "rs%zu", number),
                                 .chromosome = arena_format(made->arena, "%zu", 1 + j % 22),
                                 .position = j == 0 ? NAN : 2e7 + 1e5 * (double)number,
                                 .beta = 0.1,
                                 .se = 0.02,
                                 .p = 5.7e-7,
                                 .neglog10_p = 6.24 + (double)j};
        rows[j].y = rows[j].x;
    }
    return rows;
}

static void fill_main(struct analysis *analysis, double z)
{
    struct estimate *main = &analysis->main;
    *main = (struct estimate){.method = methods_find("ivw"),
                              .status = isnan(z) ? ESTIMATE_TOO_FEW : ESTIMATE_DONE,
                              .variants = analysis->pair->count,
                              .b = z / 10,
                              .se = 0.1,
                              .p = erfc(fabs(z) * M_SQRT1_2),
                              .lower = (z - 1.959963984540054) / 10,
                              .upper = (z + 1.959963984540054) / 10};
    main->neglog10_p = -log10(main->p);
    main->contains_null = main->lower <= 0 && 0 <= main->upper;
}

static void add_pair(struct made *made, const struct trait *exposure,
                     const struct trait *outcome, enum direction direction, size_t per_pair,
                     double z)
{
    size_t place = made->study.pair_count++;
    struct pair *pair = pair_create(made->arena, exposure, outcome, direction,
                                    rows_of(made, place, per_pair), per_pair);
    struct analysis *analysis = arena_get(made->arena, 1, sizeof *analysis);
    analysis->pair = pair;
    analysis->settings = made->results.options.settings;
    fill_main(analysis, z);
    made->study.pairs[place] = pair;
    made->results.pairs[place].analysis = analysis;
    ledger_add_pair(&made->study.ledger, pair);
}

void made_begin(struct made *made, size_t taxa, size_t outcomes, size_t per_pair, made_z *z)
{
    *made = (struct made){.arena = arena_create()};
    struct study *study = &made->study;
    study->arena = made->arena;
    study->title = "A study";
    study->instruments.all = true;
    study->has_direction[FORWARD] = study->has_direction[REVERSE] = true;
    study->exposures = traits_of(made, "taxon", taxa, true);
    study->outcomes = traits_of(made, "disease", outcomes, false);
    study->exposure_count = taxa;
    study->outcome_count = outcomes;
    study->pairs = arena_get(made->arena, 2 * taxa * outcomes, sizeof(struct pair *));
    study->ledger = ARRAY_OF(struct ledger_entry);
    made->results.study = study;
    made->results.options.settings = estimate_default_settings();
    made->results.pairs =
        arena_get(made->arena, 2 * taxa * outcomes, sizeof *made->results.pairs);
    for (size_t i = 0; i < 2 * taxa * outcomes; i++) {
        enum direction direction = i < taxa * outcomes ? FORWARD : REVERSE;
        size_t taxon = i % taxa, outcome = i / taxa % outcomes;
        const struct trait *one = study->exposures[taxon], *two = study->outcomes[outcome];
        add_pair(made, direction == FORWARD ? one : two, direction == FORWARD ? two : one,
                 direction, per_pair, z(taxon, outcome, direction));
    }
    for (size_t i = 0; i < study->pair_count; i++) {
        made->results.pairs[i].set = across_set(study->pairs[i]);
    }
    struct across across = across_of(study, made->arena);
    across_fill(&made->results, &across);
}

void made_end(struct made *made)
{
    array_destroy(&made->study.ledger);
    arena_destroy(made->arena);
}
