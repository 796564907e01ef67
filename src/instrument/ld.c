#include "base/memory.h"
#include "base/text.h"
#include "instrument/ld_parts.h"
#include <string.h>

size_t ld_count(const struct ld *ld)
{
    return ld->count;
}

bool ld_has_names(const struct ld *ld)
{
    return ld->names != NULL;
}

static const char *lower(const char *text, struct arena *arena)
{
    char *copy = arena_text(arena, text);

    for (char *at = copy; *at != '\0'; at++) {
        *at = *at >= 'A' && *at <= 'Z' ? (char)(*at - 'A' + 'a') : *at;
    }
    return copy;
}

static bool is_allele(const char *text)
{
    return *text != '\0' && text[strspn(text, "ACGTDIacgtdi")] == '\0';
}

/* Takes the last part of a name behind its last "_" off; NULL where that is no allele. */
static const char *cut_allele(char *name)
{
    char *sign = strrchr(name, '_');

    if (sign == NULL || sign == name || !is_allele(sign + 1)) {
        return NULL;
    }
    *sign = '\0';
    return sign + 1;
}

/* A name with two alleles is known by what stands before them, too. */
static void add_id(struct ld *ld, size_t index)
{
    struct ld_name *name = &ld->names[index];
    char *id = arena_text(ld->arena, name->name);
    const char *second = cut_allele(id);
    const char *first = second == NULL ? NULL : cut_allele(id);
    size_t before;

    if (first == NULL) {
        return;
    }
    name->first = first;
    name->second = second;
    if (map_get(ld->by_id, lower(id, ld->arena), &before)) {
        name->next = before;
    }
    map_set(ld->by_id, lower(id, ld->arena), index);
}

bool ld_add_name(struct ld *ld, size_t index, const char *name)
{
    ld->names[index] = (struct ld_name){.name = arena_text(ld->arena, name), .next = LD_NONE};
    if (!map_set(ld->by_name, lower(name, ld->arena), index)) {
        return false;
    }
    add_id(ld, index);
    return true;
}

struct ld *ld_make(const struct ld_entry *entries, size_t count, const double *r)
{
    struct ld *ld = memory_get(1, sizeof *ld);

    ld->arena = arena_create();
    ld->by_name = map_create();
    ld->by_id = map_create();
    ld->count = count;
    ld->names = arena_get(ld->arena, count, sizeof *ld->names);
    ld->r = arena_get(ld->arena, count * count, sizeof *ld->r);
    memcpy(ld->r, r, count * count * sizeof *r);
    for (size_t i = 0; i < count; i++) {
        const char *id = lower(entries[i].id, ld->arena);
        size_t before = LD_NONE;

        ld->names[i] = (struct ld_name){.name = arena_text(ld->arena, entries[i].id),
                                        .first = arena_text(ld->arena, entries[i].first),
                                        .second = arena_text(ld->arena, entries[i].second),
                                        .next = LD_NONE};
        if (map_get(ld->by_id, id, &before)) {
            ld->names[i].next = before;
        }
        map_set(ld->by_id, id, i);
    }
    return ld;
}

void ld_name(struct ld *ld, const char *const *ids)
{
    ld->names = arena_get(ld->arena, ld->count, sizeof *ld->names);
    for (size_t i = 0; i < ld->count; i++) {
        bool is_new = ld_add_name(ld, i, ids[i]);

        (void)is_new;
    }
}

/* Whether alleles of a file are an association's; an other allele that is not known may be. */
static bool agree(const struct association *variant, const char *effect, const char *other)
{
    return text_equal_fold(variant->effect_allele, effect) &&
           (variant->other_allele == NULL || text_equal_fold(variant->other_allele, other));
}

static struct ld_place match(const struct ld *ld, size_t index,
                             const struct association *variant)
{
    const struct ld_name *name = &ld->names[index];
    struct ld_place place = {LD_FOUND, index, 1, false};

    if (variant->effect_allele == NULL) {
        place.is_unchecked = true;
    } else if (agree(variant, name->second, name->first)) {
        place.sign = -1;
    } else if (!agree(variant, name->first, name->second)) {
        place.match = LD_ALLELES_DIFFER;
    }
    return place;
}

struct ld_place ld_find(const struct ld *ld, const struct association *variant)
{
    struct arena_mark mark = arena_mark(ld->arena);
    const char *id = lower(variant->variant, ld->arena);
    struct ld_place place = {.match = LD_ABSENT};
    size_t index;

    if (map_get(ld->by_name, id, &index)) {
        place = (struct ld_place){LD_FOUND, index, 1, true};
    } else if (map_get(ld->by_id, id, &index)) {
        for (; index != LD_NONE && place.match != LD_FOUND; index = ld->names[index].next) {
            place = match(ld, index, variant);
        }
    }
    arena_reset(ld->arena, mark);
    return place;
}

double ld_correlation(const struct ld *ld, const struct ld_place *one,
                      const struct ld_place *other)
{
    return one->sign * other->sign * ld->r[one->index * ld->count + other->index];
}
