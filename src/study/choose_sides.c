#include "study/choose_sides.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "instrument/regions.h"
#include <math.h>
#include <string.h>

struct choose_settings sides_settings(const struct loader *loader,
                                      const struct plan_section *section)
{
    return loader->loading->choosing == NULL
               ? section->choosing
               : choose_over(&section->choosing, loader->loading->choosing);
}

void sides_drop(struct loader *loader, const struct trait *trait,
                const struct association *instrument, enum direction direction,
                enum reason reason, const char *other, double r2)
{
    study_note(loader->study, (struct ledger_entry){.trait = trait->key,
                                                    .variant = instrument->variant,
                                                    .direction = direction,
                                                    .stage = STAGE_INSTRUMENT,
                                                    .reason = reason,
                                                    .other = other,
                                                    .r2 = r2});
}

static void warn(struct loader *loader, const char *text)
{
    *(const char **)array_add(&loader->study->warnings) = text;
}

/* Instruments of all traits that one reference is asked about. */
struct asking {
    struct loader *loader;
    const char *prefix;
    struct plink *plink;
    enum direction direction;
    struct array wanted; /* struct plink_wanted */
    struct array of;     /* const struct association *, likewise */
    size_t absent, differ, by_place;
};

static struct side *side_at(const struct array *sides, size_t i)
{
    return array_at(sides, i);
}

static bool has_prefix(const struct asking *asking, const struct side *side)
{
    struct choose_settings settings = sides_settings(asking->loader, side->section);
    return settings.reference != NULL && strcmp(settings.reference, asking->prefix) == 0;
}

static void ask(struct asking *asking, const struct side *side)
{
    for (size_t j = 0; j < side->as_exposure.traits.count; j++) {
        const struct chosen *chosen = &side->chosen[j];
        for (size_t k = 0; k < chosen->count; k++) {
            const struct association *one = chosen->instruments[k];
            *(struct plink_wanted *)array_add(&asking->wanted) =
                (struct plink_wanted){.id = one->variant,
                                      .chromosome = one->chromosome,
                                      .position = one->position,
                                      .first = one->effect_allele,
                                      .second = one->other_allele};
            *(const struct association **)array_add(&asking->of) = one;
        }
    }
}

static bool fail_all(const struct asking *asking, struct error *error)
{
    const struct plink_wanted *first = array_at(&asking->wanted, 0);
    const char *example = plink_example(asking->plink);
    return error_set(error, ERROR_DATA, asking->prefix, 0, NULL,
                     _("found none of the %zu instruments in this reference; it has ids as %s "
                       "where they are called as %s: give ids alike, or another reference"),
                     asking->wanted.count, example == NULL ? "-" : example, first->id);
}

static void take_found(struct asking *asking, struct references *references,
                       const struct plink_variant *found)
{
    for (size_t i = 0; i < asking->wanted.count; i++) {
        asking->absent += found[i].match == PLINK_ABSENT;
        asking->differ += found[i].match == PLINK_ALLELES_DIFFER;
        asking->by_place += found[i].match == PLINK_BY_PLACE;
        if (found[i].match != PLINK_ABSENT) {
            const struct association *of =
                *(const struct association **)array_at(&asking->of, i);
            references_add(references, asking->prefix, of, &found[i]);
        }
    }
}

static void warn_of_places(struct asking *asking)
{
    struct arena *arena = asking->loader->study->arena;
    if (asking->absent > 0) {
        warn(asking->loader,
             arena_format(arena,
                          _("%s: %zu of %zu instruments are not in this reference (see the "
                            "ledger)"),
                          asking->prefix, asking->absent, asking->wanted.count));
    }
    if (asking->differ > 0) {
        warn(asking->loader,
             arena_format(arena,
                          _("%s: %zu of %zu instruments have other alleles in this reference "
                            "(see the ledger)"),
                          asking->prefix, asking->differ, asking->wanted.count));
    }
    if (asking->by_place > 0) {
        warn(asking->loader,
             arena_format(arena,
                          _("%s: %zu of %zu instruments have another id in this reference and "
                            "were found by chromosome, position and alleles"),
                          asking->prefix, asking->by_place, asking->wanted.count));
    }
}

static bool place_all(struct asking *asking, struct references *references,
                      struct error *error)
{
    size_t count = asking->wanted.count;
    struct plink_variant *found = memory_get(count, sizeof *found);
    bool is_good = plink_place(asking->plink, asking->wanted.items, count, found, error);
    if (is_good) {
        take_found(asking, references, found);
        is_good = asking->absent + asking->differ < count || fail_all(asking, error);
    }
    if (is_good) {
        warn_of_places(asking);
    }
    memory_free(found);
    return is_good;
}

/* One pass over a reference for all sections that name it, from `first` on. */
static bool ask_reference(struct loader *loader, const struct array *sides, size_t first,
                          enum direction direction)
{
    struct choose_settings settings = sides_settings(loader, side_at(sides, first)->section);
    struct asking asking = {.loader = loader,
                            .prefix = settings.reference,
                            .direction = direction,
                            .wanted = ARRAY_OF(struct plink_wanted),
                            .of = ARRAY_OF(const struct association *)};
    for (size_t i = first; i < sides->count; i++) {
        if (has_prefix(&asking, side_at(sides, i))) {
            ask(&asking, side_at(sides, i));
        }
    }
    bool is_good = references_open(loader->references, asking.prefix, &asking.plink,
                                   loader->error) &&
                   (asking.wanted.count == 0 ||
                    place_all(&asking, loader->references, loader->error));
    array_destroy(&asking.wanted);
    array_destroy(&asking.of);
    return is_good;
}

/* Whether a section before this one named the same reference. */
static bool was_asked(const struct loader *loader, const struct array *sides, size_t at)
{
    struct choose_settings own = sides_settings(loader, side_at(sides, at)->section);
    for (size_t i = 0; i < at; i++) {
        struct choose_settings other = sides_settings(loader, side_at(sides, i)->section);
        if (other.reference != NULL && strcmp(own.reference, other.reference) == 0) {
            return true;
        }
    }
    return false;
}

static bool place_sides(struct loader *loader, const struct array *sides,
                        enum direction direction)
{
    for (size_t i = 0; i < sides->count; i++) {
        struct choose_settings settings = sides_settings(loader, side_at(sides, i)->section);
        if (settings.reference != NULL && !was_asked(loader, sides, i) &&
            !ask_reference(loader, sides, i, direction)) {
            return false;
        }
    }
    return true;
}

static void filter_side(struct loader *loader, struct side *side, enum direction direction)
{
    struct choose_settings settings = sides_settings(loader, side->section);
    for (size_t j = 0; j < side->as_exposure.traits.count; j++) {
        sides_filter(loader, &settings, trait_list_at(&side->as_exposure, j), &side->chosen[j],
                     direction);
    }
}

static bool thin_side(struct loader *loader, struct side *side, enum direction direction)
{
    struct choose_settings settings = sides_settings(loader, side->section);
    struct plink *plink = NULL;
    if (!choose_is_clumped(&settings)) {
        return true;
    }
    if (settings.reference != NULL &&
        !references_open(loader->references, settings.reference, &plink, loader->error)) {
        return false;
    }
    struct sides_thinning thinning = {loader, &settings, plink, direction};
    for (size_t j = 0; j < side->as_exposure.traits.count; j++) {
        sides_thin(&thinning, trait_list_at(&side->as_exposure, j), &side->chosen[j]);
    }
    if (plink == NULL) {
        warn(loader, arena_format(loader->study->arena,
                                  _("instruments of \"%s\" are pruned by distance alone "
                                    "(%g kb), without LD; name a reference to clump by r2"),
                                  side->section->key, settings.clump_kb));
    }
    return true;
}

static void mark_chosen(struct loader *loader, const struct side *side)
{
    struct choose_settings settings = sides_settings(loader, side->section);
    for (size_t j = 0; j < side->as_exposure.traits.count && !isnan(settings.proxies); j++) {
        for (size_t k = 0; k < side->chosen[j].count; k++) {
            struct reference_place *place = references_find(
                loader->references, settings.reference, side->chosen[j].instruments[k]);
            if (place != NULL) {
                place->is_chosen = true;
            }
        }
    }
}

static bool find_proxies(struct loader *loader, const struct array *sides)
{
    double least = NAN;
    for (size_t i = 0; i < sides->count; i++) {
        mark_chosen(loader, side_at(sides, i));
        least = fmin(least, sides_settings(loader, side_at(sides, i)->section).proxies);
    }
    for (size_t i = 0; i < sides->count && !isnan(least); i++) {
        struct choose_settings settings = sides_settings(loader, side_at(sides, i)->section);
        if (settings.reference != NULL && !isnan(settings.proxies) &&
            !references_find_proxies(loader->references, settings.reference, least,
                                     CHOOSE_PROXY_REACH, loader->error)) {
            return false;
        }
    }
    return true;
}

static bool check_side(struct loader *loader, const struct side *side)
{
    struct choose_settings settings = sides_settings(loader, side->section);
    return choose_check(&settings, loader->plan->path, loader->error) &&
           (settings.exclude_regions == NULL ||
            regions_check(&loader->study->regions, settings.exclude_regions, loader->error));
}

bool sides_refine(struct loader *loader, struct array *sides, enum direction direction)
{
    for (size_t i = 0; i < sides->count; i++) {
        if (!check_side(loader, side_at(sides, i))) {
            return false;
        }
        filter_side(loader, side_at(sides, i), direction);
    }
    if (!place_sides(loader, sides, direction)) {
        return false;
    }
    for (size_t i = 0; i < sides->count; i++) {
        if (!thin_side(loader, side_at(sides, i), direction)) {
            return false;
        }
    }
    return find_proxies(loader, sides);
}
