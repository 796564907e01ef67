#include "base/i18n.h"
#include "base/memory.h"
#include "instrument/clump.h"
#include "instrument/genotype.h"
#include "instrument/ld_parts.h"
#include <math.h>

/* The index variants that vary, and their correlations. */
struct square {
    const struct clump_variant **variants;
    size_t count;
    double *r;
};

static void correlate(const struct plink *plink, const struct clump_variant *one,
                      const struct clump_variant *const *others, size_t count,
                      struct arena *scratch, double *r)
{
    struct arena_mark mark = arena_mark(scratch);
    struct genotype_masks masks =
        genotype_masks_of(plink_people_on(plink, one->chromosome), scratch);
    struct genotype_table table;

    genotype_fill(&masks, plink_genotypes(plink, one->row));
    for (size_t i = 0; i < count; i++) {
        genotype_count(&masks, plink_genotypes(plink, others[i]->row), &table);
        r[i] = genotype_r(&table);
    }
    arena_reset(scratch, mark);
}

static struct square square_of(struct clump *clump, const struct plink *plink,
                               struct arena *scratch)
{
    struct square square = {
        .variants = arena_get(scratch, clump->indices.count, sizeof *square.variants)};
    struct text names = {0};
    double r;

    for (size_t i = 0; i < clump->indices.count; i++) {
        const struct clump_variant *variant =
            *(struct clump_variant **)array_at(&clump->indices, i);

        correlate(plink, variant, &variant, 1, scratch, &r);
        if (isnan(r)) {
            text_addf(&names, "%s%s", names.length == 0 ? "" : ", ", variant->id);
        } else {
            square.variants[square.count++] = variant;
        }
    }
    if (names.length > 0) {
        clump_warn(clump, _("left out of the correlations, as they do not vary: %s"),
                   names.bytes);
    }
    text_drop(&names);
    square.r = arena_get(scratch, square.count * square.count, sizeof *square.r);
    for (size_t i = 0; i < square.count; i++) {
        correlate(plink, square.variants[i], square.variants, square.count, scratch,
                  &square.r[i * square.count]);
    }
    return square;
}

static bool check(const struct square *square, struct error *error)
{
    if (square->count == 0) {
        return error_set(error, ERROR_DATA, NULL, 0, NULL,
                         _("found no index variant that varies among the founders, so there "
                           "is nothing to correlate; take another reference"));
    }
    for (size_t i = 0; i < square->count * square->count; i++) {
        if (isnan(square->r[i])) {
            return error_set(error, ERROR_DATA, NULL, 0, NULL,
                             _("found too few people with genotypes of both %s and %s to "
                               "correlate them; leave one out, or take another reference"),
                             square->variants[i / square->count]->id,
                             square->variants[i % square->count]->id);
        }
    }
    return true;
}

static void print_name(const struct clump_variant *variant, struct text *text)
{
    text_addf(text, "%s_%s_%s", variant->id, variant->first, variant->second);
}

static void print(const struct square *square, struct text *text)
{
    text_add(text, "SNP");
    for (size_t i = 0; i < square->count; i++) {
        text_add(text, "\t");
        print_name(square->variants[i], text);
    }
    text_add(text, "\n");
    for (size_t i = 0; i < square->count; i++) {
        print_name(square->variants[i], text);
        for (size_t k = 0; k < square->count; k++) {
            text_add(text, "\t");
            text_add_number(text, i == k ? 1 : square->r[i * square->count + k]);
        }
        text_add(text, "\n");
    }
}

bool clump_correlations(struct clump *clump, const struct plink *plink, struct text *text,
                        struct error *error)
{
    struct arena *scratch;
    struct square square;
    bool is_good;

    if (clump->indices.count > LD_MOST) {
        return error_set(error, ERROR_DATA, NULL, 0, NULL,
                         _("found %zu index variants, and at most %zu can be correlated; give "
                           "a smaller --p1 or --r2"),
                         clump->indices.count, LD_MOST);
    }
    scratch = arena_create();
    square = square_of(clump, plink, scratch);
    is_good = check(&square, error);
    if (is_good) {
        print(&square, text);
    }
    arena_destroy(scratch);
    return is_good;
}
