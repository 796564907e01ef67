#include "gwas/association.h"
#include <string.h>

static const char *const rank_keys[RANK_COUNT] = {
    [RANK_NONE] = "",       [RANK_KINGDOM] = "kingdom", [RANK_PHYLUM] = "phylum",
    [RANK_CLASS] = "class", [RANK_ORDER] = "order",     [RANK_FAMILY] = "family",
    [RANK_GENUS] = "genus", [RANK_SPECIES] = "species",
};

static const char *const unit_keys[] = {
    [UNIT_UNKNOWN] = "unknown", [UNIT_SD] = "sd",       [UNIT_LOG_ODDS] = "log-odds",
    [UNIT_LINEAR] = "linear",   [UNIT_SCORE] = "score",
};

const char *trait_rank_key(enum trait_rank rank)
{
    return rank_keys[rank];
}

bool trait_is_taxon(const struct trait *trait)
{
    return trait->rank != RANK_NONE;
}

const char *trait_shared_name(const struct trait *trait)
{
    return trait->shared_name == NULL ? trait->name : trait->shared_name;
}

enum trait_rank trait_rank_of(const char *key)
{
    for (size_t i = 0; i < RANK_COUNT; i++) {
        if (strcmp(rank_keys[i], key) == 0) {
            return (enum trait_rank)i;
        }
    }
    return RANK_NONE;
}

const char *trait_unit_key(enum trait_unit unit)
{
    return unit_keys[unit];
}

bool trait_unit_of(const char *key, enum trait_unit *unit)
{
    for (size_t i = 0; i < sizeof unit_keys / sizeof *unit_keys; i++) {
        if (strcmp(unit_keys[i], key) == 0) {
            *unit = (enum trait_unit)i;
            return true;
        }
    }
    return false;
}
