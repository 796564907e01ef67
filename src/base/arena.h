/*
 * Arenas: many small allocations that live and die together.
 * Three are in use: a study's (frozen once loaded), a result's (replaced whole when run again)
 * and one scratch a worker (marked and reset). Under AddressSanitizer each allocation is a
 * plain malloc of its own, so that overruns are seen. Growing arrays do not live here.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

struct arena;

/* A place to go back to; valid until the arena is reset to an earlier one. */
struct arena_mark {
    void *block;
    size_t used;
};

/* An empty arena; the caller ends it with arena_destroy, which frees all that came from it. */
struct arena *arena_create(void);
void arena_destroy(struct arena *arena);

/* `count` items of `size` bytes, zeroed, aligned for any type. Lives as long as the arena. */
void *arena_get(struct arena *arena, size_t count, size_t size);

/* A copy of text (NULL gives NULL), of `length` bytes with a NUL behind, of text with ASCII
 * capitals made small, or of a formatted text. */
char *arena_text(struct arena *arena, const char *text);
char *arena_bytes(struct arena *arena, const char *bytes, size_t length);
char *arena_lower(struct arena *arena, const char *text);
char *arena_format(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Remembers the present fill, and gives back all that was taken since. */
struct arena_mark arena_mark(const struct arena *arena);
void arena_reset(struct arena *arena, struct arena_mark mark);

/* Bytes taken from the system, for reports of memory. */
size_t arena_size(const struct arena *arena);

#endif
