#include "study/lineage.h"
#include <math.h>
#include <string.h>

/* The taxon of a trait's key, or of its name in all cohorts. */
static const struct trait *taxon_of(const struct trait_list *taxa, const struct trait *trait)
{
    size_t index;
    if (map_get(taxa->keys, trait->key, &index) ||
        (trait->shared_name != NULL && map_get(taxa->keys, trait->shared_name, &index))) {
        return trait_list_at(taxa, index);
    }
    return NULL;
}

static void describe(struct trait *trait, const struct trait *taxon)
{
    trait->rank = taxon->rank;
    memcpy(trait->lineage, taxon->lineage, sizeof trait->lineage);
    trait->n = isnan(trait->n) ? taxon->n : trait->n;
}

static void describe_all(struct trait_list *list, const struct trait_list *taxa)
{
    for (size_t i = 0; i < list->traits.count; i++) {
        const struct trait *taxon = taxon_of(taxa, trait_list_at(list, i));
        if (taxon != NULL) {
            describe(trait_list_at(list, i), taxon);
        }
    }
}

bool lineage_take(struct trait_list *forward, struct trait_list *reverse, struct study *study,
                  const struct array *sections, struct error *error)
{
    bool is_read = true;
    for (size_t i = 0; i < sections->count && is_read; i++) {
        const struct plan_section *section = array_at(sections, i);
        struct trait_list taxa = trait_list_create();
        is_read =
            section->lineage == NULL || taxonomy_read(&taxa, study, section->lineage, error);
        describe_all(forward, &taxa);
        describe_all(reverse, &taxa);
        trait_list_destroy(&taxa);
    }
    return is_read;
}
