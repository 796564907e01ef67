/*
 * Growable arrays of items of one size.
 * In: items one by one. Out: a block of them. Pointers into it die when it grows.
 */
#ifndef BASE_ARRAY_H
#define BASE_ARRAY_H

#include <stddef.h>

/* Start with ARRAY_OF(type); end with array_destroy. */
struct array {
    void *items;
    size_t count;
    size_t capacity;
    size_t item_size;
};

#define ARRAY_OF(type)                                                                         \
    (struct array)                                                                             \
    {                                                                                          \
        .items = NULL, .count = 0, .capacity = 0, .item_size = sizeof(type)                    \
    }

/* A new zeroed item at the end; borrowed until the array grows. */
void *array_add(struct array *array);

/* Item `index`, which must be below count; borrowed until the array grows. */
void *array_at(const struct array *array, size_t index);

/* Forgets the items and keeps the memory; frees the memory. */
void array_clear(struct array *array);
void array_destroy(struct array *array);

#endif
