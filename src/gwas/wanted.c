#include "gwas/wanted.h"
#include "base/map.h"
#include "base/memory.h"
#include "gwas/policy.h"
#include "gwas/record_parts.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

struct wanted {
    double most_p;
    struct id_set *ids;       /* NULL: no list */
    const struct map *places; /* NULL: no list */
    struct id_set *positions; /* of the places, as tables write them */
};

static void add_id(void *context, const char *id)
{
    id_set_add(context, id);
}

static void add_position(void *context, const char *place)
{
    const char *colon = strrchr(place, ':');

    if (colon != NULL) {
        id_set_add(context, colon + 1);
    }
}

struct wanted *wanted_create(const struct gwas_wanted *asked)
{
    struct wanted *wanted = memory_get(1, sizeof *wanted);

    wanted->most_p = asked->most_p;
    wanted->places = asked->places;
    if (asked->variants != NULL) {
        wanted->ids = id_set_create(map_count(asked->variants));
        map_each(asked->variants, add_id, wanted->ids);
    }
    if (asked->places != NULL) {
        wanted->positions = id_set_create(map_count(asked->places));
        map_each(asked->places, add_position, wanted->positions);
    }
    return wanted;
}

void wanted_destroy(struct wanted *wanted)
{
    if (wanted != NULL) {
        id_set_destroy(wanted->ids);
        id_set_destroy(wanted->positions);
        memory_free(wanted);
    }
}

static bool has_place(const struct map *places, const struct association *association)
{
    char key[64];
    size_t place;

    if (association->chromosome == NULL || isnan(association->position)) {
        return false;
    }
    snprintf(key, sizeof key, "%s:%.0f", association->chromosome, association->position);
    return map_get(places, key, &place);
}

/* The row's id, or one of several. */
static bool has_id(const struct id_set *ids, const struct association *association)
{
    const char *all = association->more_ids, *id;
    char copy[64 + ID_SET_BEHIND];
    size_t length;

    if (association->variant == NULL || id_set_has_text(ids, association->variant)) {
        return association->variant != NULL;
    }
    while (all != NULL && (length = record_next_id(&all, &id)) > 0) {
        length = length < 64 ? length : 64;
        memset(copy, 0, sizeof copy);
        memcpy(copy, id, length);
        if (id_set_has(ids, copy, length)) {
            return true;
        }
    }
    return false;
}

bool wanted_is_asked(const struct wanted *wanted)
{
    return wanted->most_p > 0 || wanted->ids != NULL || wanted->places != NULL;
}

bool wanted_has(const struct wanted *wanted, const struct association *association)
{
    struct association mended = *association;

    if (!wanted_is_asked(wanted)) {
        return true;
    }
    if (wanted->most_p > 0) {
        (void)policy_mend(&mended);
        if (mended.neglog10_p > -log10(wanted->most_p)) {
            return true;
        }
    }
    return (wanted->ids != NULL && has_id(wanted->ids, association)) ||
           (wanted->places != NULL && has_place(wanted->places, association));
}

/* Whether a list that is asked for can be looked up in the columns of the sieve. */
static bool is_told(const struct wanted *wanted, const struct sieve *sieve)
{
    bool has_names = sieve->names != SIEVE_NONE;

    return !(wanted->most_p > 0 && sieve->numbers == SIEVE_NONE) &&
           !(wanted->ids != NULL && !has_names && wanted->places == NULL) &&
           !(wanted->places != NULL && !has_names && sieve->places == SIEVE_NONE);
}

void wanted_sieve(const struct wanted *wanted, struct rows *rows, const struct columns *columns)
{
    struct sieve sieve = {.numbers = SIEVE_NONE,
                          .names = columns->of[COLUMN_VARIANT],
                          .ids = wanted->ids,
                          .places = columns->of[COLUMN_POSITION],
                          .positions = wanted->positions};

    if (wanted->most_p > 0) {
        sieve.is_neglog10 = columns_p(columns, &sieve.numbers) == SCALE_NEGLOG10;
        sieve.bound = sieve.is_neglog10 ? -log10(wanted->most_p) : wanted->most_p;
    }
    /* A row that could be wanted for what no column says must be read. */
    if (is_told(wanted, &sieve) && wanted_is_asked(wanted)) {
        rows_sieve(rows, &sieve);
    }
}
