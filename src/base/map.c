#include "base/map.h"
#include "base/memory.h"
#include <string.h>

#define FIRST_PLACES 64

struct place {
    const char *key; /* NULL: free */
    uint64_t hash;
    size_t value;
};

struct map {
    struct place *places; /* a power of two of them, at most half full */
    size_t capacity;
    size_t count;
    bool is_borrowing; /* keys belong to the caller */
};

struct map *map_create(void)
{
    struct map *map = memory_get(1, sizeof *map);
    map->places = memory_get(FIRST_PLACES, sizeof *map->places);
    map->capacity = FIRST_PLACES;
    return map;
}

struct map *map_create_borrowing(void)
{
    struct map *map = map_create();
    map->is_borrowing = true;
    return map;
}

void map_destroy(struct map *map)
{
    if (map == NULL) {
        return;
    }
    for (size_t i = 0; i < map->capacity && !map->is_borrowing; i++) {
        /* a copy of this file's own */
        memory_free((void *)(uintptr_t)map->places[i].key);
    }
    memory_free(map->places);
    memory_free(map);
}

uint64_t map_hash(uint64_t hash, const char *text)
{
    for (; *text != '\0'; text++) {
        hash = (hash ^ (unsigned char)*text) * UINT64_C(1099511628211);
    }
    return hash;
}

/* Where the key is, or the free place where it would go. */
static struct place *find(struct place *places, size_t capacity, const char *key, uint64_t hash)
{
    size_t at = (size_t)(hash ^ hash >> 32) & (capacity - 1);
    while (places[at].key != NULL &&
           (places[at].hash != hash || strcmp(places[at].key, key) != 0)) {
        at = (at + 1) & (capacity - 1);
    }
    return &places[at];
}

static void grow(struct map *map)
{
    size_t capacity = memory_product(map->capacity, 2);
    struct place *places = memory_get(capacity, sizeof *places);
    for (size_t i = 0; i < map->capacity; i++) {
        struct place *old = &map->places[i];
        if (old->key != NULL) {
            *find(places, capacity, old->key, old->hash) = *old;
        }
    }
    memory_free(map->places);
    map->places = places;
    map->capacity = capacity;
}

bool map_set(struct map *map, const char *key, size_t value)
{
    if (2 * (map->count + 1) > map->capacity) {
        grow(map);
    }
    uint64_t hash = map_hash(MAP_HASH_START, key);
    struct place *place = find(map->places, map->capacity, key, hash);
    bool is_new = place->key == NULL;
    if (is_new) {
        place->key = map->is_borrowing ? key : memory_copy_text(key);
        place->hash = hash;
        map->count++;
    }
    place->value = value;
    return is_new;
}

bool map_get(const struct map *map, const char *key, size_t *value)
{
    struct place *place = find(map->places, map->capacity, key, map_hash(MAP_HASH_START, key));
    if (place->key == NULL) {
        return false;
    }
    *value = place->value;
    return true;
}

bool map_next(const struct map *map, size_t *cursor, const char **key)
{
    while (*cursor < map->capacity) {
        *key = map->places[(*cursor)++].key;
        if (*key != NULL) {
            return true;
        }
    }
    return false;
}

size_t map_count(const struct map *map)
{
    return map->count;
}

void map_each(const struct map *map, void (*function)(void *context, const char *key),
              void *context)
{
    for (size_t i = 0; i < map->capacity; i++) {
        if (map->places[i].key != NULL) {
            function(context, map->places[i].key);
        }
    }
}
