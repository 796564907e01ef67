#include "gwas/wanted.h"
#include "base/map.h"
#include "base/memory.h"
#include "gwas/policy.h"
#include <math.h>

struct wanted {
    double most_p;
    struct id_set *ids; /* NULL: no list */
};

static void add_id(void *context, const char *id)
{
    id_set_add(context, id);
}

struct wanted *wanted_create(const struct gwas_wanted *asked)
{
    struct wanted *wanted = memory_get(1, sizeof *wanted);

    wanted->most_p = asked->most_p;
    if (asked->variants != NULL) {
        wanted->ids = id_set_create(map_count(asked->variants));
        map_each(asked->variants, add_id, wanted->ids);
    }
    return wanted;
}

void wanted_destroy(struct wanted *wanted)
{
    if (wanted != NULL) {
        id_set_destroy(wanted->ids);
        memory_free(wanted);
    }
}

bool wanted_has(const struct wanted *wanted, const struct association *association)
{
    struct association mended = *association;

    if (!(wanted->most_p > 0) && wanted->ids == NULL) {
        return true;
    }
    if (wanted->most_p > 0) {
        (void)policy_mend(&mended);
        if (mended.neglog10_p > -log10(wanted->most_p)) {
            return true;
        }
    }
    return wanted->ids != NULL && association->variant != NULL &&
           id_set_has_text(wanted->ids, association->variant);
}

void wanted_sieve(const struct wanted *wanted, struct rows *rows, const struct columns *columns)
{
    struct sieve sieve = {.numbers = SIEVE_NONE, .names = SIEVE_NONE};

    if (wanted->most_p > 0) {
        sieve.numbers = columns->of[COLUMN_P];
        sieve.bound = wanted->most_p;
    }
    if (wanted->ids != NULL) {
        sieve.names = columns->of[COLUMN_VARIANT];
        sieve.ids = wanted->ids;
    }
    /* A row that could be wanted for what no column says must be read. */
    if ((wanted->most_p > 0 && sieve.numbers == SIEVE_NONE) ||
        (wanted->ids != NULL && sieve.names == SIEVE_NONE) ||
        (!(wanted->most_p > 0) && wanted->ids == NULL)) {
        return;
    }
    rows_sieve(rows, &sieve);
}
