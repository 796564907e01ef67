#include "base/memory.h"
#include "instrument/clump_parts.h"
#include <stdarg.h>
#include <stdio.h>

struct clump *clump_create(void)
{
    struct clump *clump = memory_get(1, sizeof *clump);

    clump->arena = arena_create();
    clump->variants = ARRAY_OF(struct clump_variant);
    clump->indices = ARRAY_OF(struct clump_variant *);
    clump->absent = ARRAY_OF(struct clump_variant);
    clump->warnings = ARRAY_OF(char *);
    return clump;
}

void clump_destroy(struct clump *clump)
{
    for (size_t i = 0; i < clump->warnings.count; i++) {
        memory_free(*(char **)array_at(&clump->warnings, i));
    }
    array_destroy(&clump->warnings);
    array_destroy(&clump->indices);
    array_destroy(&clump->absent);
    array_destroy(&clump->variants);
    arena_destroy(clump->arena);
    memory_free(clump);
}

void clump_warn(struct clump *clump, const char *format, ...)
{
    va_list values, again;
    char *warning;
    int length;

    va_start(values, format);
    va_copy(again, values);
    length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    warning = memory_get(length < 0 ? 1 : (size_t)length + 1, 1);
    if (length >= 0) {
        vsnprintf(warning, (size_t)length + 1, format, values);
    }
    va_end(values);
    *(char **)array_add(&clump->warnings) = warning;
}

struct clump_variant *clump_at(const struct clump *clump, size_t i)
{
    return array_at(&clump->variants, i);
}
