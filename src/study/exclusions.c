#include "study/exclusions.h"
#include "base/text.h"

struct map *exclusions_ids(const struct exclusions *exclusions)
{
    if (exclusions->count == 0) {
        return NULL;
    }
    struct map *ids = map_create();
    for (size_t i = 0; i < exclusions->count; i++) {
        map_set(ids, exclusions->variants[i], i);
    }
    return ids;
}

bool exclusions_has(const struct map *ids, const char *variant)
{
    size_t unused;
    return ids != NULL && variant != NULL && map_get(ids, variant, &unused);
}

void exclusions_list(const struct exclusions *exclusions, struct text *text)
{
    for (size_t i = 0; i < exclusions->count; i++) {
        text_addf(text, "%s%s", i == 0 ? "" : ",", exclusions->variants[i]);
    }
}

struct ledger_entry exclusions_entry(const struct map *ids, const struct ledger_entry *entry)
{
    struct ledger_entry now = *entry;
    if (now.reason == REASON_KEPT && exclusions_has(ids, now.variant)) {
        now.stage = STAGE_HAND;
        now.reason = REASON_EXCLUDED;
    }
    return now;
}
