#include "ui/explorer/taxa_lineage.h"

#include <string.h>

struct lineage lineage_begin(void)
{
    return (struct lineage){.taxa = map_create()};
}

void lineage_end(struct lineage *lineage)
{
    map_destroy(lineage->taxa);
    text_drop(&lineage->path);
}

/* As one cohort measured them. A name that is missing differs from one that is empty. */
static const char *path_to(struct lineage *lineage, const struct trait *trait, int rank)
{
    struct text *path = &lineage->path;
    path->length = 0;
    text_add(path, trait->cohort == NULL ? "" : trait->cohort);
    for (int i = RANK_KINGDOM; i <= rank; i++) {
        text_add(path, trait->lineage[i] == NULL ? "\n-" : "\n+");
        text_add(path, trait->lineage[i] == NULL ? "" : trait->lineage[i]);
    }
    return path->bytes;
}

void lineage_add(struct lineage *lineage, const struct trait *trait, size_t place)
{
    size_t first;
    if (trait_is_taxon(trait)) {
        const char *path = path_to(lineage, trait, (int)trait->rank);
        if (!map_get(lineage->taxa, path, &first)) {
            (void)map_set(lineage->taxa, path, place);
        }
    }
}

bool lineage_above(struct lineage *lineage, const struct trait *trait, size_t *place)
{
    for (int rank = (int)trait->rank - 1; rank >= RANK_KINGDOM; rank--) {
        if (map_get(lineage->taxa, path_to(lineage, trait, rank), place)) {
            return true;
        }
    }
    return false;
}

struct map *lineage_pairs(const struct state *state)
{
    struct map *pairs = map_create();
    const struct study *study = state->study;
    const struct trait *disease = state_disease(state);
    size_t first;
    for (size_t i = 0; disease != NULL && i < study->pair_count; i++) {
        const struct pair *pair = study->pairs[i];
        const char *taxon = study_taxon(pair)->key;
        if (pair->direction == state->direction &&
            strcmp(study_disease(pair)->key, disease->key) == 0 &&
            !map_get(pairs, taxon, &first)) {
            (void)map_set(pairs, taxon, i);
        }
    }
    return pairs;
}
