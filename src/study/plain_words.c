#include "study/plain_words.h"
#include "base/array.h"
#include "base/i18n.h"
#include "study/plain_parts.h"
#include <math.h>
#include <string.h>

const char *plain_words_head(enum plain_part part)
{
    static const char *const heads[PLAIN_PARTS] = {
        [PLAIN_COMPARED] = N_("What was compared"), [PLAIN_SIZE] = N_("How large it is"),
        [PLAIN_SURE] = N_("How sure that is"),      [PLAIN_FOOLED] = N_("What could fool us"),
        [PLAIN_NOT] = N_("What it does not mean"),
    };

    return gettext(heads[part]);
}

/* That effects are simulated is said once, not with every name. */
static const char *without_bracket(const struct trait *trait, struct arena *arena)
{
    const char *name = trait_shared_name(trait);
    const char *bracket = strstr(name, " (simulated");

    return bracket == NULL || bracket == name
               ? name
               : arena_bytes(arena, name, (size_t)(bracket - name));
}

const char *plain_words_name(const struct trait *trait, struct arena *arena)
{
    const char *name = without_bracket(trait, arena);

    switch (trait->rank) {
    case RANK_KINGDOM:
        return arena_format(arena, _("%s (kingdom)"), name);
    case RANK_PHYLUM:
        return arena_format(arena, _("%s (phylum)"), name);
    case RANK_CLASS:
        return arena_format(arena, _("%s (class)"), name);
    case RANK_ORDER:
        return arena_format(arena, _("%s (order)"), name);
    case RANK_FAMILY:
        return arena_format(arena, _("%s (family)"), name);
    case RANK_GENUS:
        return arena_format(arena, _("%s (genus)"), name);
    case RANK_SPECIES:
        return arena_format(arena, _("%s (species)"), name);
    case RANK_NONE:
    case RANK_COUNT:
    default:
        return name;
    }
}

const char *plain_join(struct arena *arena, const char *one, const char *other)
{
    if (one == NULL || other == NULL) {
        return one == NULL ? other : one;
    }
    /* Two whole sentences, one after the other: some languages have no space between. */
    return arena_format(arena, _("%1$s %2$s"), one, other);
}

bool plain_has_estimate(const struct plain_pair *plain)
{
    return plain->analysis != NULL && plain->analysis->main.status == ESTIMATE_DONE;
}

struct plain_pair plain_pair_of(const struct results *results, size_t pair,
                                const struct verdict *verdict, struct arena *arena)
{
    const struct analysis *analysis = results->pairs[pair].analysis;
    const struct pair *of = analysis == NULL ? results->study->pairs[pair] : analysis->pair;

    return (struct plain_pair){.results = results,
                               .index = pair,
                               .pair = of,
                               .analysis = analysis,
                               .verdict = verdict,
                               .exposure = plain_words_name(of->exposure, arena),
                               .outcome = plain_words_name(of->outcome, arena),
                               .arena = arena};
}

struct plain_words plain_words_of_pair(const struct results *results, size_t pair,
                                       const struct verdict *verdict, struct arena *arena)
{
    struct plain_pair plain = plain_pair_of(results, pair, verdict, arena);

    return (struct plain_words){
        .grade = verdict->grade,
        .headline = plain_headline(&plain),
        .parts = {[PLAIN_COMPARED] = plain_compared(&plain),
                  [PLAIN_SIZE] = plain_size(&plain),
                  [PLAIN_SURE] = plain_sure(&plain),
                  [PLAIN_FOOLED] = plain_fooled(&plain),
                  [PLAIN_NOT] = plain_not(&plain)},
    };
}
