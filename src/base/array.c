#include "base/array.h"
#include "base/memory.h"
#include <string.h>

#define FIRST_CAPACITY 16

void *array_add(struct array *array)
{
    if (array->count == array->capacity) {
        size_t capacity =
            array->capacity == 0 ? FIRST_CAPACITY : memory_product(array->capacity, 2);
        array->items = memory_resize(array->items, capacity, array->item_size);
        array->capacity = capacity;
    }
    char *item = (char *)array->items + array->count * array->item_size;
    memset(item, 0, array->item_size);
    array->count++;
    return item;
}

void *array_at(const struct array *array, size_t index)
{
    return (char *)array->items + index * array->item_size;
}

void array_clear(struct array *array)
{
    array->count = 0;
}

void array_destroy(struct array *array)
{
    memory_free(array->items);
    array->items = NULL;
    array->count = array->capacity = 0;
}
