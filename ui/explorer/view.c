#include "ui/explorer/view.h"

#include "base/memory.h"
#include <stdarg.h>
#include <stdio.h>

struct effect effect_of(enum effect_kind kind)
{
    return (struct effect){.kind = kind};
}

struct effect effect_none(void)
{
    return effect_of(EFFECT_NONE);
}

struct effect effect_unhandled(void)
{
    return effect_of(EFFECT_UNHANDLED);
}

struct effect effect_open(struct view *view)
{
    return (struct effect){.kind = EFFECT_OPEN, .view = view};
}

struct effect effect_text(enum effect_kind kind, const char *text)
{
    return (struct effect){.kind = kind, .text = memory_copy_text(text)};
}

static char *formatted(const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    size_t size = (size_t)(length < 0 ? 0 : length) + 1;
    char *text = memory_get(size, 1);
    (void)vsnprintf(text, size, format, again);
    va_end(again);
    return text;
}

struct effect effect_message(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct effect effect = {.kind = EFFECT_MESSAGE, .text = formatted(format, arguments)};
    va_end(arguments);
    return effect;
}

struct effect effect_refuse(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct effect effect = {.kind = EFFECT_REFUSE, .text = formatted(format, arguments)};
    va_end(arguments);
    return effect;
}

struct effect effect_error(struct error *error)
{
    char *message = error_message(error);
    struct effect effect = effect_refuse("%s", message);
    memory_free(message);
    error_clear(error);
    return effect;
}
