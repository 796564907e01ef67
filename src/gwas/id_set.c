#include "gwas/id_set.h"
#include "base/memory.h"
#include "gwas/words.h"
#include <string.h>

/* Before the table a field of bits is asked, small enough for the first cache. */
#define BITS ((size_t)1 << 17)

/* NA, NaN, None, NULL: cells that begin with an N and are no longer may mean missing. */
#define LONGEST_MISSING ((size_t)4)

struct id_set {
    uint64_t *hashes; /* 0: free; a power of two of them, at most half full */
    size_t places;
    size_t count;
    uint64_t *bits;
};

struct id_set *id_set_create(size_t count)
{
    struct id_set *set = memory_get(1, sizeof *set);

    set->places = 64;
    while (set->places < memory_product(count, 2)) {
        set->places = memory_product(set->places, 2);
    }
    set->hashes = memory_get(set->places, sizeof *set->hashes);
    set->bits = memory_get(BITS / 64, sizeof *set->bits);
    return set;
}

void id_set_destroy(struct id_set *set)
{
    if (set != NULL) {
        memory_free(set->hashes);
        memory_free(set->bits);
        memory_free(set);
    }
}

WIDE_BODY uint64_t mix(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
    return hash ^ hash >> 32;
}

/* Capital letters as small ones (and a few signs as others, which only adds chances of a false
 * yes). 0 is never a hash. */
WIDE_BODY uint64_t hash_of_words(uint64_t first, uint64_t second, size_t length)
{
    uint64_t hash = mix(mix(length, first | WORDS_EACH(0x20)), second | WORDS_EACH(0x20));

    return hash == 0 ? 1 : hash;
}

/* Of a long id the start, the end and all words between go into it. */
static uint64_t hash_of(const char *id, size_t length)
{
    uint64_t middle = 0;

    if (length <= 16) {
        return hash_of_words(words_load_some(id, length),
                             words_load_some(id + 8, length < 8 ? 0 : length - 8), length);
    }
    for (size_t at = 8; at + 8 < length; at += 8) {
        middle = mix(middle, words_load_some(id + at, 8) | WORDS_EACH(0x20));
    }
    return hash_of_words(words_load_some(id, 8),
                         mix(middle, words_load_some(id + length - 8, 8) | WORDS_EACH(0x20)),
                         length);
}

static size_t place_of(const struct id_set *set, uint64_t hash)
{
    size_t at = (size_t)hash & (set->places - 1);

    while (set->hashes[at] != 0 && set->hashes[at] != hash) {
        at = (at + 1) & (set->places - 1);
    }
    return at;
}

static void grow(struct id_set *set)
{
    uint64_t *old = set->hashes;
    size_t places = set->places;

    set->places = memory_product(places, 2);
    set->hashes = memory_get(set->places, sizeof *set->hashes);
    for (size_t i = 0; i < places; i++) {
        if (old[i] != 0) {
            set->hashes[place_of(set, old[i])] = old[i];
        }
    }
    memory_free(old);
}

static uint64_t hash_of_text(const char *id)
{
    char start[ID_SET_BEHIND] = {0};
    size_t length = strlen(id);

    memcpy(start, id, length < sizeof start ? length : sizeof start);
    return hash_of(length < sizeof start ? start : id, length);
}

void id_set_add(struct id_set *set, const char *id)
{
    uint64_t hash = hash_of_text(id);
    size_t place;

    if (2 * (set->count + 1) > set->places) {
        grow(set);
    }
    place = place_of(set, hash);
    set->count += set->hashes[place] == 0;
    set->hashes[place] = hash;
    set->bits[(hash >> 40) % BITS / 64] |= UINT64_C(1) << (hash >> 40) % 64;
}

WIDE_BODY bool has_hash(const struct id_set *set, uint64_t hash)
{
    return (set->bits[(hash >> 40) % BITS / 64] >> (hash >> 40) % 64 & 1) != 0 &&
           set->hashes[place_of(set, hash)] != 0;
}

bool id_set_is_odd(const char *cell, size_t length)
{
    return length < 3 || *cell == ' ' || *cell == '"' || *cell == '#' ||
           cell[length - 1] == ' ' || ((*cell | 0x20) == 'n' && length <= LONGEST_MISSING) ||
           memchr(cell, ',', length) != NULL || memchr(cell, ';', length) != NULL;
}

/* Not 0 where a byte is a semicolon or stands before the digits, as all do that make a cell
 * odd; now and then also where none does, or above 0x7f. */
WIDE_BODY uint64_t odd_bytes(uint64_t word)
{
    uint64_t other = word ^ WORDS_EACH(';');

    return ((word - WORDS_EACH('0')) | (other - WORDS_EACH(1))) & WORDS_EACH(0x80);
}

bool id_set_has(const struct id_set *set, const char *id, size_t length)
{
    return has_hash(set, hash_of(id, length));
}

void id_set_mark(const struct id_set *set, const char *text, const struct scan_cell *cells,
                 size_t count, bool *marks)
{
    for (size_t i = 0; i < count; i++) {
        const char *cell = text + cells[i].start;
        size_t length = cells[i].stop - cells[i].start;
        uint64_t first = words_load_some(cell, length);
        uint64_t second = words_load_some(cell + 8, length < 8 ? 0 : length - 8);

        if (length > LONGEST_MISSING && length <= 16 &&
            (odd_bytes(first) | odd_bytes(second)) == 0) {
            marks[i] |= has_hash(set, hash_of_words(first, second, length));
        } else {
            marks[i] |= id_set_is_odd(cell, length) || id_set_has(set, cell, length);
        }
    }
}

bool id_set_has_text(const struct id_set *set, const char *id)
{
    return has_hash(set, hash_of_text(id));
}
