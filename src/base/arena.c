#include "base/arena.h"

#include "base/memory.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* Plain: a block holds one allocation of its exact size, so that an overrun leaves the block.
 */
#if defined(__SANITIZE_ADDRESS__)
#define ARENA_PLAIN true
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_PLAIN true
#endif
#endif
#ifndef ARENA_PLAIN
#define ARENA_PLAIN false
#endif

enum { FIRST_BLOCK = 64 * 1024, LARGEST_BLOCK = 4 * 1024 * 1024 };

struct block {
    struct block *previous;
    size_t capacity;
    size_t used;
    _Alignas(max_align_t) unsigned char bytes[];
};

struct arena {
    struct block *newest;
    struct block *spare; /* kept by a reset, so that a loop does not ask the system each turn */
    size_t size;
};

struct arena *arena_create(void)
{
    return memory_get(1, sizeof(struct arena));
}

static void block_free(struct arena *arena, struct block *block)
{
    if (block == NULL)
        return;
    arena->size -= sizeof *block + block->capacity;
    memory_free(block);
}

/* Keeps the larger of the block and the present spare. */
static void block_retire(struct arena *arena, struct block *block)
{
    bool keep =
        !ARENA_PLAIN && (arena->spare == NULL || arena->spare->capacity < block->capacity);
    if (keep) {
        block_free(arena, arena->spare);
        arena->spare = block;
    } else {
        block_free(arena, block);
    }
}

void arena_destroy(struct arena *arena)
{
    if (arena == NULL)
        return;
    arena_reset(arena, (struct arena_mark){NULL, 0});
    block_free(arena, arena->spare);
    memory_free(arena);
}

static size_t next_capacity(const struct arena *arena, size_t bytes)
{
    if (ARENA_PLAIN)
        return bytes;
    size_t capacity = arena->newest != NULL ? arena->newest->capacity * 2 : FIRST_BLOCK;
    if (capacity > LARGEST_BLOCK)
        capacity = LARGEST_BLOCK;
    return capacity > bytes ? capacity : bytes;
}

static struct block *block_create(struct arena *arena, size_t bytes)
{
    size_t capacity = next_capacity(arena, bytes);
    if (capacity > SIZE_MAX - sizeof(struct block))
        memory_product(SIZE_MAX, 2);
    struct block *block = memory_resize(NULL, sizeof *block + capacity, 1);
    block->capacity = capacity;
    arena->size += sizeof *block + capacity;
    return block;
}

static void push_block(struct arena *arena, size_t bytes)
{
    struct block *block = arena->spare;
    if (block != NULL && block->capacity >= bytes)
        arena->spare = NULL;
    else
        block = block_create(arena, bytes);
    block->previous = arena->newest;
    block->used = 0;
    arena->newest = block;
}

static size_t aligned(size_t bytes)
{
    const size_t step = _Alignof(max_align_t);
    if (ARENA_PLAIN)
        return bytes;
    if (bytes > SIZE_MAX - step)
        memory_product(SIZE_MAX, 2);
    return (bytes + step - 1) / step * step;
}

static void *take(struct arena *arena, size_t bytes)
{
    bytes = aligned(bytes);
    const struct block *newest = arena->newest;
    if (ARENA_PLAIN || newest == NULL || newest->capacity - newest->used < bytes)
        push_block(arena, bytes);
    void *place = arena->newest->bytes + arena->newest->used;
    arena->newest->used += bytes;
    return place;
}

void *arena_get(struct arena *arena, size_t count, size_t size)
{
    size_t bytes = memory_product(count, size);
    return memset(take(arena, bytes), 0, bytes);
}

char *arena_bytes(struct arena *arena, const char *bytes, size_t length)
{
    if (bytes == NULL)
        return NULL;
    if (length == SIZE_MAX)
        memory_product(SIZE_MAX, 2);
    char *copy = take(arena, length + 1);
    memcpy(copy, bytes, length);
    copy[length] = '\0';
    return copy;
}

char *arena_text(struct arena *arena, const char *text)
{
    return text != NULL ? arena_bytes(arena, text, strlen(text)) : NULL;
}

char *arena_lower(struct arena *arena, const char *text)
{
    char *copy = arena_text(arena, text);

    for (char *at = copy; at != NULL && *at != '\0'; at++) {
        *at = (char)tolower((unsigned char)*at);
    }
    return copy;
}

char *arena_format(struct arena *arena, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    int length = vsnprintf(NULL, 0, format, values);
    va_end(values);
    if (length < 0)
        return arena_text(arena, "");
    char *text = take(arena, (size_t)length + 1);
    va_start(values, format);
    vsnprintf(text, (size_t)length + 1, format, values);
    va_end(values);
    return text;
}

struct arena_mark arena_mark(const struct arena *arena)
{
    const struct block *newest = arena->newest;
    return (struct arena_mark){arena->newest, newest != NULL ? newest->used : 0};
}

void arena_reset(struct arena *arena, struct arena_mark mark)
{
    while (arena->newest != NULL && arena->newest != mark.block) {
        struct block *block = arena->newest;
        arena->newest = block->previous;
        block_retire(arena, block);
    }
    if (arena->newest != NULL)
        arena->newest->used = mark.used;
}

size_t arena_size(const struct arena *arena)
{
    return arena->size;
}
