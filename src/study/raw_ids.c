#include "study/raw_ids.h"
#include "base/memory.h"
#include "gwas/place.h"
#include "study/reference.h"
#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* The caller frees it. */
static char *with_case(const char *id, int (*change)(int))
{
    char *copy = memory_copy_text(id);
    for (char *at = copy; *at != '\0'; at++) {
        *at = (char)change((unsigned char)*at);
    }
    return copy;
}

static void add_id(struct raw_ids *ids, const char *variant)
{
    char *lower = with_case(variant, tolower), *upper = with_case(variant, toupper);
    if (map_set(ids->folded, lower, 0)) {
        ids->hash = map_hash(map_hash(ids->hash, lower), "\n");
    }
    map_set(ids->forms, variant, 0);
    map_set(ids->forms, lower, 0);
    map_set(ids->forms, upper, 0);
    memory_free(lower);
    memory_free(upper);
}

static const char *place_text(const char *chromosome, double position, char text[64])
{
    snprintf(text, 64, "%s:%.0f", chromosome, position);
    return text;
}

static void add_place(struct raw_ids *ids, const char *chromosome, double position)
{
    char text[64];
    if (chromosome != NULL && position >= 0 &&
        map_set(ids->places, place_text(chromosome, position, text), 0)) {
        ids->hash = map_hash(map_hash(ids->hash, text), "\n");
    }
}

static void add(struct raw_ids *ids, const struct association *instrument)
{
    struct place place;
    add_id(ids, instrument->variant);
    add_place(ids, instrument->chromosome, instrument->position);
    if (place_of_id(instrument->variant, &place)) {
        add_place(ids, place.chromosome, place.position);
    }
}

static void add_proxy(void *context, const struct proxy *proxy)
{
    add_id(context, proxy->id);
    add_place(context, proxy->chromosome, proxy->position);
}

struct raw_ids raw_ids_of(const struct array *sides, const struct references *references)
{
    struct raw_ids ids = {.forms = map_create(),
                          .folded = map_create(),
                          .places = map_create(),
                          .hash = MAP_HASH_START};
    for (size_t i = 0; i < sides->count; i++) {
        const struct side *side = array_at(sides, i);
        for (size_t j = 0; j < side->as_exposure.traits.count; j++) {
            for (size_t k = 0; k < side->chosen[j].count; k++) {
                add(&ids, side->chosen[j].instruments[k]);
            }
        }
    }
    references_each_proxy(references, add_proxy, &ids);
    return ids;
}

void raw_ids_destroy(struct raw_ids *ids)
{
    map_destroy(ids->forms);
    map_destroy(ids->folded);
    map_destroy(ids->places);
}

static bool has_id(const struct raw_ids *ids, const char *id, size_t length)
{
    size_t value;
    char *copy = memory_copy_bytes(id, length), *lower = with_case(copy, tolower);
    bool is_there = map_get(ids->folded, lower, &value);
    memory_free(lower);
    memory_free(copy);
    return is_there;
}

/* One of "rs1,rs2". */
static bool has_one_of(const struct raw_ids *ids, const char *several)
{
    bool is_there = false;
    while (several != NULL && *several != '\0' && !is_there) {
        size_t length = strcspn(several, ",; ");
        is_there = length > 0 && has_id(ids, several, length);
        several += length + strspn(several + length, ",; ");
    }
    return is_there;
}

bool raw_ids_have(const struct raw_ids *ids, const struct association *row)
{
    size_t value;
    char text[64];
    bool has_place = row->chromosome != NULL && row->position >= 0;
    return has_id(ids, row->variant, strlen(row->variant)) || has_one_of(ids, row->more_ids) ||
           (has_place &&
            map_get(ids->places, place_text(row->chromosome, row->position, text), &value));
}
