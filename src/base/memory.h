/*
 * The one gate for memory: every allocation of the program goes through here.
 * In: a count and a size, multiplied with a check. Out: zeroed memory, never NULL.
 * When memory runs out, the handler that main set is called; it must not return.
 */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

#include <stddef.h>

/* Called once when memory runs out or a size overflows; must not return (it may longjmp or
 * exit). */
typedef void memory_handler(void);

/* Sets what to do when memory runs out; NULL restores the default, which ends the process
 * with 1. */
void memory_on_exhaustion(memory_handler *handler);

/* `count` items of `size` bytes, zeroed. The caller owns them (memory_free). count 0 is
 * allowed. */
void *memory_get(size_t count, size_t size);

/* Resizes to `count` items; the new tail is not zeroed. The old pointer is invalid afterwards.
 */
void *memory_resize(void *old, size_t count, size_t size);

/* A copy of `length` bytes with a NUL behind; of a whole string; NULL gives NULL. Caller frees.
 */
char *memory_copy_bytes(const char *bytes, size_t length);
char *memory_copy_text(const char *text);

/* Frees what the functions above returned; NULL is allowed. */
void memory_free(void *pointer);

/* count * size, or a call of the exhaustion handler when the product does not fit. */
size_t memory_product(size_t count, size_t size);

#endif
