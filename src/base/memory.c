#include "base/memory.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The one piece of state that outlives calls: who answers when memory runs out. */
static memory_handler *on_exhaustion;

void memory_on_exhaustion(memory_handler *handler)
{
    on_exhaustion = handler;
}

static _Noreturn void exhausted(void)
{
    if (on_exhaustion != NULL) {
        on_exhaustion();
    }
    static const char words[] =
        "taxamr: out of memory; use a smaller file or a larger machine\n";
    if (write(STDERR_FILENO, words, sizeof words - 1) < 0) {
        _exit(1);
    }
    _exit(1);
}

#ifdef TAXAMR_FAULTS
#include <stdatomic.h>
#include <stdbool.h>

/* Whether this is the allocation that TAXAMR_FAIL_ALLOC says should fail. */
static bool must_fail(void)
{
    static atomic_long seen;
    const char *wanted = getenv("TAXAMR_FAIL_ALLOC");
    return wanted != NULL && atomic_fetch_add(&seen, 1) + 1 == strtol(wanted, NULL, 10);
}
#else
#define must_fail() 0
#endif

size_t memory_product(size_t count, size_t size)
{
    size_t product;
    if (__builtin_mul_overflow(count, size, &product) || product > PTRDIFF_MAX) {
        exhausted();
    }
    return product;
}

void *memory_get(size_t count, size_t size)
{
    size_t bytes = memory_product(count, size);
    void *pointer = must_fail() ? NULL : calloc(1, bytes == 0 ? 1 : bytes);
    if (pointer == NULL) {
        exhausted();
    }
    return pointer;
}

void *memory_resize(void *old, size_t count, size_t size)
{
    size_t bytes = memory_product(count, size);
    void *pointer = must_fail() ? NULL : realloc(old, bytes == 0 ? 1 : bytes);
    if (pointer == NULL) {
        exhausted();
    }
    return pointer;
}

char *memory_copy_bytes(const char *bytes, size_t length)
{
    char *copy = memory_get(memory_product(length, 1) + 1, 1);
    if (length > 0) {
        memcpy(copy, bytes, length);
    }
    return copy;
}

char *memory_copy_text(const char *text)
{
    return text == NULL ? NULL : memory_copy_bytes(text, strlen(text));
}

void memory_free(void *pointer)
{
    free(pointer);
}
