#include "base/pack.h"
#include <string.h>

/* Stands for the length of a text that is not there. */
#define NO_TEXT UINT64_MAX

void pack_count(struct text *bytes, uint64_t count)
{
    text_add_bytes(bytes, (const char *)&count, sizeof count);
}

void pack_number(struct text *bytes, double number)
{
    text_add_bytes(bytes, (const char *)&number, sizeof number);
}

void pack_text(struct text *bytes, const char *text)
{
    if (text == NULL) {
        pack_count(bytes, NO_TEXT);
        return;
    }
    size_t length = strlen(text);
    pack_count(bytes, length);
    text_add_bytes(bytes, text, length);
}

size_t pack_open(struct text *bytes)
{
    pack_count(bytes, 0);
    return bytes->length;
}

void pack_close(struct text *bytes, size_t place)
{
    uint64_t length = bytes->length - place;
    memcpy(bytes->bytes + place - sizeof length, &length, sizeof length);
}

struct unpack unpack_begin(const char *bytes, size_t length)
{
    return (struct unpack){bytes, bytes + length, false};
}

static bool take(struct unpack *from, void *to, size_t size)
{
    if (from->is_broken || (size_t)(from->end - from->at) < size) {
        from->is_broken = true;
        memset(to, 0, size);
        return false;
    }
    memcpy(to, from->at, size);
    from->at += size;
    return true;
}

uint64_t unpack_count(struct unpack *from)
{
    uint64_t count;
    (void)take(from, &count, sizeof count);
    return count;
}

size_t unpack_length(struct unpack *from, size_t least)
{
    uint64_t count = unpack_count(from);
    if (count > (size_t)(from->end - from->at) / least) {
        from->is_broken = true;
        return 0;
    }
    return (size_t)count;
}

size_t unpack_below(struct unpack *from, size_t end)
{
    uint64_t value = unpack_count(from);
    if (value >= end) {
        from->is_broken = true;
        return 0;
    }
    return (size_t)value;
}

double unpack_number(struct unpack *from)
{
    double number;
    (void)take(from, &number, sizeof number);
    return number;
}

char *unpack_text(struct unpack *from, struct arena *arena)
{
    uint64_t length = unpack_count(from);
    if (from->is_broken || length == NO_TEXT) {
        return NULL;
    }
    if (length > (size_t)(from->end - from->at)) {
        from->is_broken = true;
        return NULL;
    }
    char *text = arena_bytes(arena, from->at, (size_t)length);
    from->at += length;
    return text;
}

struct unpack unpack_block(struct unpack *from)
{
    size_t length = unpack_length(from, 1);
    struct unpack block = {from->at, from->at + length, from->is_broken};
    from->at += length;
    return block;
}
