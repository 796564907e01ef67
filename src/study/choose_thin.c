#include "base/memory.h"
#include "instrument/regions.h"
#include "instrument/clump.h"
#include "study/choose_sides.h"
#include <math.h>

static enum reason filter_reason(const struct loader *loader,
                                 const struct choose_settings *settings,
                                 const struct association *one)
{
    const struct region_bounds *region;
    double maf = fmin(one->eaf, 1 - one->eaf);
    if (!isnan(settings->min_maf) && !(maf >= settings->min_maf)) {
        return isnan(one->eaf) ? REASON_NO_FREQUENCY : REASON_RARE;
    }
    if (!isnan(settings->min_info) && !(one->info >= settings->min_info)) {
        return one->info > 0 ? REASON_LOW_INFO : REASON_NO_INFO;
    }
    if (!isnan(settings->min_f) && !(instrument_f(one) >= settings->min_f)) {
        return REASON_LOW_F;
    }
    region = settings->exclude_regions == NULL
                 ? NULL
                 : regions_find(&loader->study->regions, one,
                                isnan(settings->build) ? 0 : (int)settings->build);
    return region != NULL && regions_has(settings->exclude_regions, region->name)
               ? REASON_IN_REGION
               : REASON_KEPT;
}

void sides_filter(struct loader *loader, const struct choose_settings *settings,
                  const struct trait *trait, struct chosen *chosen, enum direction direction)
{
    size_t kept = 0;
    for (size_t i = 0; i < chosen->count; i++) {
        const struct association *one = chosen->instruments[i];
        enum reason reason = filter_reason(loader, settings, one);
        if (reason == REASON_KEPT) {
            chosen->instruments[kept++] = one;
        } else {
            sides_drop(loader, trait, one, direction, reason, NULL, NAN);
        }
    }
    chosen->count = kept;
}

/* Why an instrument cannot be clumped; else it is added to the clumps. */
static enum reason add(const struct sides_thinning *thinning, const struct association *one,
                       size_t tag, struct clump *clump)
{
    const struct choose_settings *settings = thinning->settings;
    struct clump_variant variant = {.id = one->variant,
                                    .chromosome = one->chromosome,
                                    .position = one->position,
                                    .neglog10_p = instrument_neglog10_p(one),
                                    .order = (size_t)one->line,
                                    .tag = tag};
    variant.p = isnan(one->p) ? pow(10, -variant.neglog10_p) : one->p;
    if (!isnan(settings->clump_p) && variant.p > settings->clump_p) {
        return REASON_TOO_WEAK;
    }
    if (thinning->plink != NULL) {
        const struct reference_place *place =
            references_find(thinning->loader->references, settings->reference, one);
        if (place == NULL) {
            return REASON_NOT_IN_REFERENCE;
        }
        if (place->variant.id == NULL) {
            return REASON_REFERENCE_ALLELES;
        }
        clump_take(&variant, &place->variant);
    } else if (variant.chromosome == NULL || !(variant.position >= 0)) {
        return REASON_NO_POSITION;
    }
    *(struct clump_variant *)array_add(&clump->variants) = variant;
    return REASON_KEPT;
}

static void drop_claimed(const struct sides_thinning *thinning, const struct trait *trait,
                         const struct chosen *chosen, const struct clump *clump, bool *is_kept)
{
    for (size_t i = 0; i < clump->variants.count; i++) {
        const struct clump_variant *variant = array_at(&clump->variants, i);
        is_kept[variant->tag] = variant->fate == CLUMP_INDEX;
        if (variant->fate == CLUMP_CLAIMED) {
            sides_drop(thinning->loader, trait, chosen->instruments[variant->tag],
                       thinning->direction,
                       thinning->plink == NULL ? REASON_NEAR : REASON_IN_LD,
                       chosen->instruments[variant->index->tag]->variant, variant->r2);
        }
    }
}

void sides_thin(const struct sides_thinning *thinning, const struct trait *trait,
                struct chosen *chosen)
{
    const struct choose_settings *settings = thinning->settings;
    struct clump_settings asked = {
        .p = 1,
        .r2 = settings->clump_r2,
        .kb = isnan(settings->clump_kb) ? CHOOSE_KB : settings->clump_kb,
        .wants_r2 = true};
    struct clump *clump = clump_create();
    bool *is_kept = memory_get(chosen->count, sizeof *is_kept);
    size_t kept = 0;
    for (size_t i = 0; i < chosen->count; i++) {
        const struct association *one = chosen->instruments[i];
        enum reason reason = add(thinning, one, i, clump);
        if (reason != REASON_KEPT) {
            sides_drop(thinning->loader, trait, one, thinning->direction, reason, NULL, NAN);
        }
    }
    clump_find(clump, thinning->plink, &asked, NULL);
    drop_claimed(thinning, trait, chosen, clump, is_kept);
    for (size_t i = 0; i < chosen->count; i++) {
        if (is_kept[i]) {
            chosen->instruments[kept++] = chosen->instruments[i];
        }
    }
    chosen->count = kept;
    memory_free(is_kept);
    clump_destroy(clump);
}
