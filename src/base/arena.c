#include "base/arena.h"
#include "base/memory.h"
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define ONE_BLOCK_EACH true
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ONE_BLOCK_EACH true
#endif
#endif
#ifndef ONE_BLOCK_EACH
#define ONE_BLOCK_EACH false
#endif

#define BLOCK_BYTES ((size_t)64 << 10)
#define ALIGNMENT _Alignof(max_align_t)

struct block {
    struct block *before;
    size_t size;
    size_t used;
    _Alignas(max_align_t) unsigned char bytes[];
};

struct arena {
    struct block *last;
    size_t total;
};

struct arena *arena_create(void)
{
    return memory_get(1, sizeof(struct arena));
}

static void drop_last(struct arena *arena)
{
    struct block *block = arena->last;
    arena->last = block->before;
    arena->total -= block->size;
    memory_free(block);
}

void arena_destroy(struct arena *arena)
{
    if (arena == NULL) {
        return;
    }
    while (arena->last != NULL) {
        drop_last(arena);
    }
    memory_free(arena);
}

static void add_block(struct arena *arena, size_t bytes)
{
    size_t size = ONE_BLOCK_EACH || bytes > BLOCK_BYTES ? bytes : BLOCK_BYTES;
    size_t whole;
    if (__builtin_add_overflow(sizeof(struct block), size, &whole)) {
        whole = SIZE_MAX;
    }
    struct block *block = memory_get(whole, 1);
    block->before = arena->last;
    block->size = size;
    arena->last = block;
    arena->total += size;
}

void *arena_get(struct arena *arena, size_t count, size_t size)
{
    size_t bytes = memory_product(count, size);
    size_t rounded = (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    size_t taken = ONE_BLOCK_EACH ? bytes : rounded;
    struct block *block = arena->last;
    if (ONE_BLOCK_EACH || block == NULL || block->size - block->used < taken) {
        add_block(arena, taken);
        block = arena->last;
    }
    void *pointer = block->bytes + block->used;
    block->used += taken;
    /* a block that was reset holds what was there before */
    return memset(pointer, 0, bytes);
}

char *arena_bytes(struct arena *arena, const char *bytes, size_t length)
{
    char *copy = arena_get(arena, memory_product(length, 1) + 1, 1);
    if (length > 0) {
        memcpy(copy, bytes, length);
    }
    return copy;
}

char *arena_text(struct arena *arena, const char *text)
{
    return text == NULL ? NULL : arena_bytes(arena, text, strlen(text));
}

char *arena_format(struct arena *arena, const char *format, ...)
{
    va_list values, again;
    va_start(values, format);
    va_copy(again, values);
    int length = vsnprintf(NULL, 0, format, values);
    va_end(values);
    char *text = arena_get(arena, length < 0 ? 1 : (size_t)length + 1, 1);
    if (length >= 0) {
        vsnprintf(text, (size_t)length + 1, format, again);
    }
    va_end(again);
    return text;
}

struct arena_mark arena_mark(const struct arena *arena)
{
    struct block *block = arena->last;
    return (struct arena_mark){.block = block, .used = block == NULL ? 0 : block->used};
}

void arena_reset(struct arena *arena, struct arena_mark mark)
{
    while (arena->last != mark.block) {
        drop_last(arena);
    }
    if (arena->last != NULL) {
        arena->last->used = mark.used;
    }
}

size_t arena_size(const struct arena *arena)
{
    return arena->total;
}
