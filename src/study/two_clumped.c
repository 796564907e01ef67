#include "study/two_clumped.h"
#include "base/i18n.h"
#include "instrument/clump.h"
#include "instrument/plink.h"
#include "study/build.h"
#include <math.h>

/* Added to -log10 P of what the outcome has, so that it comes first: beyond that of any z below
 * 2000, and no larger, as sums with it lose digits. */
#define AHEAD 1e6

/* The instruments of a pair on their way into clumps. */
struct thinning {
    const struct two_clumped *asked;
    struct study *study;
    const struct pair *pair;
    struct clump *clump;
    struct plink *plink; /* NULL: by distance alone */
};

/* The ledger's entry of a row of the pair: they are its last, in order. */
static struct ledger_entry *entry_of(const struct thinning *thinning, size_t row)
{
    const struct array *ledger = &thinning->study->ledger;

    return array_at(ledger, ledger->count - thinning->pair->row_count + row);
}

static void drop(const struct thinning *thinning, size_t row, enum reason reason,
                 const char *other, double r2)
{
    struct ledger_entry *entry = entry_of(thinning, row);

    entry->stage = STAGE_INSTRUMENT;
    entry->reason = reason;
    entry->other = other;
    entry->r2 = r2;
}

static void add_all(const struct thinning *thinning)
{
    for (size_t i = 0; i < thinning->pair->row_count; i++) {
        const struct harmonised *row = &thinning->pair->rows[i];
        const struct association *one = row->x_read;
        bool has_place = one->chromosome != NULL && one->position >= 0;

        if (thinning->plink == NULL && !has_place) {
            drop(thinning, i, REASON_NO_POSITION, NULL, NAN);
            continue;
        }
        *(struct clump_variant *)array_add(&thinning->clump->variants) = (struct clump_variant){
            .id = one->variant,
            .chromosome = one->chromosome,
            .position = one->position,
            .effect = one->effect_allele,
            .other = one->other_allele,
            .neglog10_p = instrument_neglog10_p(one) + (pair_is_usable(row) ? AHEAD : 0),
            .order = (size_t)one->line,
            .tag = i};
    }
}

/* Those that are not in the reference, or on other alleles in it. */
static bool place_all(const struct thinning *thinning, struct error *error)
{
    struct clump *clump = thinning->clump;

    if (thinning->plink == NULL || clump->variants.count == 0) {
        return true;
    }
    if (!clump_place(clump, thinning->plink, error)) {
        return false;
    }
    for (size_t i = 0; i < clump->absent.count; i++) {
        const struct clump_variant *variant = array_at(&clump->absent, i);

        drop(thinning, variant->tag,
             variant->fate == CLUMP_ALLELES_DIFFER ? REASON_REFERENCE_ALLELES
                                                   : REASON_NOT_IN_REFERENCE,
             NULL, NAN);
    }
    return true;
}

/* The pair of the index variants, in the order of the file, in the place of the whole one. */
static void keep_indices(const struct thinning *thinning)
{
    const struct pair *pair = thinning->pair;
    struct arena *arena = thinning->study->arena;
    bool *is_index = arena_get(arena, pair->row_count, sizeof *is_index);
    struct harmonised *rows = arena_get(arena, pair->row_count, sizeof *rows);
    size_t count = 0;

    for (size_t i = 0; i < thinning->clump->variants.count; i++) {
        const struct clump_variant *variant = array_at(&thinning->clump->variants, i);

        is_index[variant->tag] = variant->fate == CLUMP_INDEX;
        if (variant->fate == CLUMP_CLAIMED) {
            drop(thinning, variant->tag, thinning->plink == NULL ? REASON_NEAR : REASON_IN_LD,
                 pair->rows[variant->index->tag].x.variant, variant->r2);
        }
    }
    for (size_t i = 0; i < pair->row_count; i++) {
        if (is_index[i]) {
            rows[count++] = pair->rows[i];
        }
    }
    thinning->study->pairs[0] =
        pair_create(arena, pair->exposure, pair->outcome, FORWARD, rows, count);
}

static void tell(const struct thinning *thinning)
{
    struct study *study = thinning->study;

    for (size_t i = 0; i < thinning->clump->warnings.count; i++) {
        *(char **)array_add(&study->warnings) =
            arena_text(study->arena, *(char **)array_at(&thinning->clump->warnings, i));
    }
    if (thinning->plink == NULL) {
        *(char **)array_add(&study->warnings) =
            arena_format(study->arena,
                         _("instruments are pruned by distance alone (%g kb), without LD; name "
                           "a reference by --bfile to clump by r2"),
                         thinning->asked->kb);
    }
}

static bool thin(struct thinning *thinning, struct error *error)
{
    const struct clump_settings settings = {
        .p = 1, .r2 = thinning->asked->r2, .kb = thinning->asked->kb, .wants_r2 = true};

    add_all(thinning);
    if (!place_all(thinning, error)) {
        return false;
    }
    clump_find(thinning->clump, thinning->plink, &settings, NULL);
    keep_indices(thinning);
    tell(thinning);
    return true;
}

static bool thin_pair(const struct two_clumped *asked, struct study *study, struct error *error)
{
    struct thinning thinning = {asked, study, study->pairs[0], clump_create(), NULL};
    bool is_done =
        (asked->reference == NULL || plink_open(asked->reference, &thinning.plink, error)) &&
        thin(&thinning, error);

    if (thinning.plink != NULL) {
        plink_close(thinning.plink);
    }
    clump_destroy(thinning.clump);
    return is_done;
}

static bool check_one(const struct two_clumped *asked, const struct study *study,
                      struct error *error)
{
    if (study->exposure_count == 0) {
        return error_set(error, ERROR_DATA, asked->exposure, 0, NULL,
                         _("found no variant with a P below %g; choose a larger one by --p1"),
                         asked->p);
    }
    return study->pair_count == 1 ||
           error_set(
               error, ERROR_DATA, asked->exposure, 0, NULL,
               _("found %zu traits as exposure and %zu as outcome; give one trait a file"),
               study->exposure_count, study->outcome_count);
}

bool two_clumped_load(const struct two_clumped *asked, struct study **study,
                      struct error *error)
{
    const struct instrument_settings instruments = {.p_threshold = asked->p};
    struct study_side exposure = {asked->exposure, asked->reading, NULL, UNIT_UNKNOWN};
    const struct study_side outcome = {asked->outcome, asked->reading, NULL, UNIT_UNKNOWN};

    exposure.options.wanted = (struct gwas_wanted){.most_p = asked->p};
    if (!study_load_sides(&exposure, &outcome, asked->action, &instruments, study, error)) {
        return false;
    }
    if (!check_one(asked, *study, error) || !thin_pair(asked, *study, error)) {
        study_destroy(*study);
        return false;
    }
    return true;
}
