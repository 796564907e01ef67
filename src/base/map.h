/*
 * A hash map from text to a number, for joining variants by id and traits by key.
 * In: keys and values. Out: the value of a key. Order of insertion does not matter to look-ups.
 */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct map;

/* An empty map; the caller ends it with map_destroy. Keys are copied. */
struct map *map_create(void);
/* The same that does not copy its keys: they outlive it. */
struct map *map_create_borrowing(void);
void map_destroy(struct map *map);

/* Sets key to value; true when the key is new, false when it was there (then replaced). */
bool map_set(struct map *map, const char *key, size_t value);

/* Finds a key: true and *value when it is there. */
bool map_get(const struct map *map, const char *key, size_t *value);

/* Goes through the keys, in no order: start with *cursor 0; false behind the last. */
bool map_next(const struct map *map, size_t *cursor, const char **key);

/* Number of keys. */
size_t map_count(const struct map *map);

/* Every key, in no order, is handed to `function`. */
void map_each(const struct map *map, void (*function)(void *context, const char *key),
              void *context);

/* 64-bit FNV-1a of the bytes of text, continuing from `hash` (start with MAP_HASH_START). */
#define MAP_HASH_START UINT64_C(14695981039346656037)
uint64_t map_hash(uint64_t hash, const char *text);

#endif
