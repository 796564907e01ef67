/*
 * Numbers and texts as bytes, and back with every read checked.
 * In: values in an order that writer and reader know. Out: the same values, to the last bit, on
 * a machine of the same kind; bytes that end too soon or make no sense never read as values.
 */
#ifndef BASE_PACK_H
#define BASE_PACK_H

#include "base/arena.h"
#include "base/text.h"

/* Each adds one value to the end of `bytes`, which the caller owns. */
void pack_count(struct text *bytes, uint64_t count);
void pack_number(struct text *bytes, double number);
void pack_text(struct text *bytes, const char *text); /* or NULL */
/* A block of bytes with its length before it; ends what pack_open began, and which lies at the
 * place that it gave. */
size_t pack_open(struct text *bytes);
void pack_close(struct text *bytes, size_t place);

/* What is left to read. Once `is_broken`, every read gives zeros. */
struct unpack {
    const char *at, *end;
    bool is_broken;
};
struct unpack unpack_begin(const char *bytes, size_t length);

/* The next value, as pack_count wrote it; 0 once broken. */
uint64_t unpack_count(struct unpack *from);
/* A number of things that take at least `least` bytes each: broken where so many do not fit. */
size_t unpack_length(struct unpack *from, size_t least);
/* Below `end`, or broken. */
size_t unpack_below(struct unpack *from, size_t end);
double unpack_number(struct unpack *from);
/* In `arena`, or NULL. */
char *unpack_text(struct unpack *from, struct arena *arena);
/* What lies between pack_open and pack_close; the reading goes on behind it. */
struct unpack unpack_block(struct unpack *from);

#endif
