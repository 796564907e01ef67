#include "gwas/duplicates.h"
#include "base/map.h"
#include "base/memory.h"
#include "base/text.h"
#include <ctype.h>
#include <math.h>
#include <string.h>

enum { TEXTS = 5 };

/* What two rows are compared by. */
struct identity {
    const char *texts[TEXTS]; /* trait; or exposure, outcome, direction, their cohorts */
    const struct association *x;
    const struct association *y; /* NULL in a table of associations */
    bool mr_keep;
};

static struct identity identity_of(const struct gwas_table *table, size_t row,
                                   bool is_harmonised)
{
    const void *item = array_at(&table->rows, row);
    const struct gwas_row *plain = item;
    const struct gwas_harmonised_row *both = item;

    if (is_harmonised) {
        return (struct identity){{both->exposure, both->outcome, both->direction,
                                  both->exposure_cohort, both->outcome_cohort},
                                 &both->x,
                                 &both->y,
                                 both->mr_keep};
    }
    return (struct identity){{plain->trait}, &plain->association, NULL, true};
}

static uint64_t hash_byte(uint64_t hash, unsigned char byte)
{
    return (hash ^ byte) * UINT64_C(1099511628211);
}

static uint64_t hash_fold(uint64_t hash, const char *text)
{
    for (; *text != '\0'; text++) {
        hash = hash_byte(hash, (unsigned char)tolower((unsigned char)*text));
    }
    return hash_byte(hash, 0);
}

static uint64_t hash_allele(const char *allele)
{
    return map_hash(MAP_HASH_START, allele == NULL ? "" : allele);
}

/* Equal for rows that are the same variant, whichever allele is the effect's. */
static uint64_t hash_identity(const struct identity *identity)
{
    uint64_t hash = MAP_HASH_START;

    for (size_t i = 0; i < TEXTS; i++) {
        hash = map_hash(hash, identity->texts[i] == NULL ? "" : identity->texts[i]);
        hash = hash_byte(hash, 0);
    }
    hash = hash_fold(hash, identity->x->variant);
    hash += hash_allele(identity->x->effect_allele) + hash_allele(identity->x->other_allele);
    return hash ^ (hash >> 32);
}

static bool is_swapped(const struct association *one, const struct association *other)
{
    return text_equal(one->effect_allele, other->other_allele) &&
           text_equal(one->other_allele, other->effect_allele);
}

static bool same_alleles(const struct association *one, const struct association *other)
{
    return (text_equal(one->effect_allele, other->effect_allele) &&
            text_equal(one->other_allele, other->other_allele)) ||
           is_swapped(one, other);
}

static bool is_same_variant(const struct identity *one, const struct identity *other)
{
    for (size_t i = 0; i < TEXTS; i++) {
        if (!text_equal(one->texts[i], other->texts[i])) {
            return false;
        }
    }
    return text_equal_fold(one->x->variant, other->x->variant) &&
           same_alleles(one->x, other->x);
}

static bool same_number(double one, double other)
{
    return one == other || (isnan(one) && isnan(other));
}

static bool same_figures(const struct association *one, const struct association *other)
{
    bool is_turned = !text_equal(one->effect_allele, other->effect_allele);

    return same_number(one->beta, is_turned ? -other->beta : other->beta) &&
           same_number(one->eaf, is_turned ? 1 - other->eaf : other->eaf) &&
           same_number(one->se, other->se) && same_number(one->p, other->p) &&
           same_number(one->n, other->n) && same_number(one->position, other->position);
}

static bool is_equal(const struct identity *one, const struct identity *other)
{
    return same_figures(one->x, other->x) &&
           (one->y == NULL || same_figures(one->y, other->y)) && one->mr_keep == other->mr_keep;
}

/* An open hash table of row numbers, each one up; 0 is free. */
struct slots {
    size_t *rows;
    size_t mask;
};

/* The earlier row that is the same variant as `row`, or `row` itself, which is then entered. */
static size_t find_or_enter(struct slots *slots, const struct gwas_table *table, size_t row,
                            bool is_harmonised)
{
    struct identity identity = identity_of(table, row, is_harmonised);
    size_t slot = (size_t)hash_identity(&identity) & slots->mask;

    for (; slots->rows[slot] != 0; slot = (slot + 1) & slots->mask) {
        struct identity earlier = identity_of(table, slots->rows[slot] - 1, is_harmonised);

        if (is_same_variant(&identity, &earlier)) {
            return slots->rows[slot] - 1;
        }
    }
    slots->rows[slot] = row + 1;
    return row;
}

static void record(struct array *all, const struct identity *identity)
{
    struct gwas_dropped *dropped = array_add(all);

    dropped->trait = identity->texts[0];
    dropped->variant = identity->x->variant;
    dropped->line = identity->x->line;
    dropped->reason = DROP_DUPLICATE;
}

void duplicates_remove(struct gwas_table *table, size_t first, bool is_harmonised,
                       struct array *dropped)
{
    struct slots slots = {NULL, 15};
    size_t kept = first;

    while (slots.mask < (table->rows.count - first) * 2) {
        slots.mask = slots.mask * 2 + 1;
    }
    slots.rows = memory_get(slots.mask + 1, sizeof *slots.rows);
    for (size_t row = first; row < table->rows.count; row++) {
        void *place = array_at(&table->rows, kept);
        struct identity identity;
        size_t found;

        memmove(place, array_at(&table->rows, row), table->rows.item_size);
        found = find_or_enter(&slots, table, kept, is_harmonised);
        if (found == kept) {
            kept++;
            continue;
        }
        identity = identity_of(table, kept, is_harmonised);
        struct identity earlier = identity_of(table, found, is_harmonised);
        if (is_equal(&identity, &earlier)) {
            table->duplicates++;
        } else {
            record(dropped, &identity);
        }
    }
    table->rows.count = kept;
    memory_free(slots.rows);
}
