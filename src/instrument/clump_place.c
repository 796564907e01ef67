#include "base/i18n.h"
#include "base/memory.h"
#include "instrument/clump_parts.h"
#include <stdio.h>

/* How many ids a warning names. */
#define NAMED 5

static char *name_some(const struct clump *clump, enum clump_fate fate)
{
    struct text text = {0};
    size_t count = 0;

    for (size_t i = 0; i < clump->absent.count; i++) {
        const struct clump_variant *variant = array_at(&clump->absent, i);

        if (variant->fate == fate) {
            if (count < NAMED) {
                text_addf(&text, "%s%s", count == 0 ? "" : ", ", variant->id);
            }
            count++;
        }
    }
    text_add(&text, count > NAMED ? ", ..." : "");
    return text_take(&text);
}

static size_t count_of(const struct clump *clump, enum clump_fate fate)
{
    size_t count = 0;

    for (size_t i = 0; i < clump->absent.count; i++) {
        count += ((const struct clump_variant *)array_at(&clump->absent, i))->fate == fate;
    }
    return count;
}

static void warn_of(struct clump *clump, enum clump_fate fate, size_t all)
{
    size_t count = count_of(clump, fate);
    char *names = name_some(clump, fate);

    if (count > 0 && fate == CLUMP_ABSENT) {
        clump_warn(clump,
                   _("%zu of %zu variants with small enough P are not in the reference and "
                     "were dropped: %s"),
                   count, all, names);
    } else if (count > 0) {
        clump_warn(clump,
                   _("%zu of %zu variants with small enough P have other alleles in the "
                     "reference and were dropped: %s"),
                   count, all, names);
    }
    memory_free(names);
}

static void warn_of_places(struct clump *clump, size_t count)
{
    if (count > 0) {
        clump_warn(clump,
                   ngettext("%zu variant has another id in the reference and was found by "
                            "chromosome, position and alleles",
                            "%zu variants have other ids in the reference and were found by "
                            "chromosome, position and alleles",
                            (unsigned long)count),
                   count);
    }
}

static bool fail_absent(const struct clump *clump, const struct plink *plink,
                        struct error *error)
{
    const char *example = plink_example(plink);
    const struct clump_variant *first = array_at(&clump->absent, 0);

    if (count_of(clump, CLUMP_ALLELES_DIFFER) == clump->absent.count) {
        return error_set(error, ERROR_DATA, NULL, 0, NULL,
                         _("found all %zu variants with small enough P on other alleles in the "
                           "reference (%s first); check the columns of the alleles"),
                         clump->absent.count, first->id);
    }
    return error_set(error, ERROR_DATA, NULL, 0, NULL,
                     _("found none of the %zu variants with small enough P in the reference; "
                       "it has ids as %s where the table has %s: give ids alike, or another "
                       "reference"),
                     clump->absent.count, example == NULL ? "-" : example, first->id);
}

void clump_take(struct clump_variant *variant, const struct plink_variant *found)
{
    variant->chromosome = found->chromosome;
    variant->position = found->position;
    variant->first = found->first;
    variant->second = found->second;
    variant->row = variant->order = found->index;
}

/* Leaves what the reference has, and moves the rest to the absent ones; how many were found by
 * their place. */
static size_t part(struct clump *clump, const struct plink_variant *found)
{
    size_t kept = 0, places = 0;

    for (size_t i = 0; i < clump->variants.count; i++) {
        struct clump_variant *variant = clump_at(clump, i);

        if (found[i].id != NULL) {
            clump_take(variant, &found[i]);
            places += found[i].match == PLINK_BY_PLACE;
            *clump_at(clump, kept++) = *variant;
            continue;
        }
        variant->fate =
            found[i].match == PLINK_ALLELES_DIFFER ? CLUMP_ALLELES_DIFFER : CLUMP_ABSENT;
        *(struct clump_variant *)array_add(&clump->absent) = *variant;
    }
    clump->variants.count = kept;
    return places;
}

/* Two names of the table for one row of the reference: the smaller P stays. */
static void drop_twice(struct clump *clump)
{
    struct map *rows = map_create();
    size_t kept = 0;
    char key[32];

    for (size_t i = 0; i < clump->variants.count; i++) {
        struct clump_variant variant = *clump_at(clump, i), *other;
        size_t place;

        snprintf(key, sizeof key, "%zu", variant.row);
        if (!map_get(rows, key, &place)) {
            map_set(rows, key, kept);
            *clump_at(clump, kept++) = variant;
            continue;
        }
        other = clump_at(clump, place);
        if (variant.neglog10_p > other->neglog10_p) {
            *other = variant;
        }
    }
    clump->variants.count = kept;
    map_destroy(rows);
}

static bool take_found(struct clump *clump, const struct plink *plink,
                       const struct plink_variant *found, struct error *error)
{
    size_t count = clump->variants.count, places = part(clump, found);

    if (clump->variants.count == 0 && count > 0) {
        return fail_absent(clump, plink, error);
    }
    if (places > 0) {
        drop_twice(clump);
    }
    warn_of(clump, CLUMP_ABSENT, count);
    warn_of(clump, CLUMP_ALLELES_DIFFER, count);
    warn_of_places(clump, places);
    return true;
}

bool clump_place(struct clump *clump, struct plink *plink, struct error *error)
{
    size_t count = clump->variants.count;
    struct plink_variant *found = memory_get(count, sizeof *found);
    struct plink_wanted *wanted = memory_get(count, sizeof *wanted);
    bool is_good;

    for (size_t i = 0; i < count; i++) {
        const struct clump_variant *variant = clump_at(clump, i);

        wanted[i] = (struct plink_wanted){.id = variant->id,
                                          .chromosome = variant->chromosome,
                                          .position = variant->position,
                                          .first = variant->effect,
                                          .second = variant->other};
    }
    is_good = plink_place(plink, wanted, count, found, error) &&
              take_found(clump, plink, found, error);
    memory_free(wanted);
    memory_free(found);
    return is_good;
}
