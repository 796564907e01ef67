#include "gwas/id_set.h"
#include "base/memory.h"
#include <endian.h>
#include <stdint.h>
#include <string.h>

/* Before the table a field of bits is asked, small enough for the first cache. */
#define BITS ((size_t)1 << 17)

struct id_set {
    uint64_t *hashes; /* 0: free; a power of two of them, at most half full */
    size_t places;
    size_t count;
    uint64_t *bits;
};

struct id_set *id_set_create(size_t count)
{
    struct id_set *set = memory_get(1, sizeof *set);

    set->places = 64;
    while (set->places < memory_product(count, 2)) {
        set->places = memory_product(set->places, 2);
    }
    set->hashes = memory_get(set->places, sizeof *set->hashes);
    set->bits = memory_get(BITS / 64, sizeof *set->bits);
    return set;
}

void id_set_destroy(struct id_set *set)
{
    if (set != NULL) {
        memory_free(set->hashes);
        memory_free(set->bits);
        memory_free(set);
    }
}

static uint64_t mix(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
    return hash ^ hash >> 32;
}

/* Eight bytes, capital letters as small ones (and a few signs as others, which only adds
 * chances of a false yes). */
static uint64_t load(const char *at, size_t count)
{
    uint64_t word;

    memcpy(&word, at, sizeof word);
    word = le64toh(word) | UINT64_C(0x2020202020202020);
    return count < 8 ? word & ((UINT64_C(1) << 8 * count) - 1) : word;
}

/* 0 is never a hash. */
static uint64_t hash_of(const char *id, size_t length)
{
    uint64_t hash = mix(length, load(id, length));

    for (size_t at = 8; at < length; at += 8) {
        size_t left = length - at;

        hash =
            mix(hash, left < 8 && length > 16 ? load(id + length - 8, 8) : load(id + at, left));
    }
    return hash == 0 ? 1 : hash;
}

static size_t place_of(const struct id_set *set, uint64_t hash)
{
    size_t at = (size_t)hash & (set->places - 1);

    while (set->hashes[at] != 0 && set->hashes[at] != hash) {
        at = (at + 1) & (set->places - 1);
    }
    return at;
}

static void grow(struct id_set *set)
{
    uint64_t *old = set->hashes;
    size_t places = set->places;

    set->places = memory_product(places, 2);
    set->hashes = memory_get(set->places, sizeof *set->hashes);
    for (size_t i = 0; i < places; i++) {
        if (old[i] != 0) {
            set->hashes[place_of(set, old[i])] = old[i];
        }
    }
    memory_free(old);
}

static uint64_t hash_of_text(const char *id)
{
    char start[ID_SET_BEHIND] = {0};
    size_t length = strlen(id);

    memcpy(start, id, length < sizeof start ? length : sizeof start);
    return hash_of(length < sizeof start ? start : id, length);
}

void id_set_add(struct id_set *set, const char *id)
{
    uint64_t hash = hash_of_text(id);
    size_t place;

    if (2 * (set->count + 1) > set->places) {
        grow(set);
    }
    place = place_of(set, hash);
    set->count += set->hashes[place] == 0;
    set->hashes[place] = hash;
    set->bits[(hash >> 40) % BITS / 64] |= UINT64_C(1) << (hash >> 40) % 64;
}

static bool has_hash(const struct id_set *set, uint64_t hash)
{
    return (set->bits[(hash >> 40) % BITS / 64] >> (hash >> 40) % 64 & 1) != 0 &&
           set->hashes[place_of(set, hash)] != 0;
}

bool id_set_has(const struct id_set *set, const char *id, size_t length)
{
    return has_hash(set, hash_of(id, length));
}

bool id_set_has_text(const struct id_set *set, const char *id)
{
    return has_hash(set, hash_of_text(id));
}
