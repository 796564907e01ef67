#include "base/i18n.h"
#include "base/memory.h"
#include "instrument/match.h"
#include "instrument/plink_parts.h"
#include <math.h>
#include <string.h>

#define NONE UINT32_MAX

/*
 * What is wanted, by a hash of its id or of its place: chains of numbers through `next`, and
 * before them bits, many for each that is wanted, which few other rows of a .bim get past.
 */
struct table {
    uint64_t *bits;
    uint32_t *first, *next;
    uint64_t mask, bit_mask;
};

#define BITS_EACH 16

struct search {
    struct plink *plink;
    const struct plink_wanted *wanted;
    struct plink_variant *found;
    size_t count;
    struct table ids, places;
    char chromosome[32]; /* of the row before, as written, and the hash of its code */
    uint64_t chromosome_hash;
    const char *kept;      /* the code of the last row that was kept */
    size_t moved, unmoved; /* found by id, with another and with the same position */
};

static void table_create(struct table *table, size_t count)
{
    uint64_t size = 1024;

    while (size < 2 * (uint64_t)count) {
        size *= 2;
    }
    table->mask = size - 1;
    table->bit_mask = size * BITS_EACH - 1;
    table->bits = memory_get(size * BITS_EACH / 64, sizeof *table->bits);
    table->first = memory_get(size, sizeof *table->first);
    table->next = memory_get(count, sizeof *table->next);
    memset(table->first, 0xff, size * sizeof *table->first);
}

static void table_destroy(struct table *table)
{
    memory_free(table->bits);
    memory_free(table->first);
    memory_free(table->next);
}

static void table_add(struct table *table, uint64_t hash, size_t number)
{
    uint64_t at = hash & table->mask, bit = hash & table->bit_mask;

    table->next[number] = table->first[at];
    table->first[at] = (uint32_t)number;
    table->bits[bit / 64] |= UINT64_C(1) << (bit % 64);
}

static uint32_t table_first(const struct table *table, uint64_t hash)
{
    uint64_t bit = hash & table->bit_mask;

    return (table->bits[bit / 64] >> (bit % 64) & 1) == 0 ? NONE
                                                          : table->first[hash & table->mask];
}

#define ODD UINT64_C(0x9e3779b97f4a7c15)

static uint64_t word_at(const char *text, size_t bytes)
{
    uint64_t word = 0;

    memcpy(&word, text, bytes);
    return word;
}

static uint64_t mix(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * ODD;
    return hash ^ hash >> 32;
}

/* Eight bytes at a time; the last ones overlap what was taken. */
static uint64_t hash_id(const char *id)
{
    size_t length = strlen(id);
    uint64_t hash = length;

    for (size_t i = 0; i + 8 < length; i += 8) {
        hash = mix(hash, word_at(id + i, 8));
    }
    if (length >= 8) {
        return mix(hash, word_at(id + length - 8, 8));
    }
    if (length >= 4) {
        return mix(hash, word_at(id, 4) | word_at(id + length - 4, 4) << 32);
    }
    return length == 0 ? hash
                       : mix(hash, word_at(id, 1) | word_at(id + length / 2, 1) << 8 |
                                       word_at(id + length - 1, 1) << 16);
}

static uint64_t hash_place(uint64_t chromosome_hash, double position)
{
    return mix(chromosome_hash, (uint64_t)position);
}

static bool has_place(const struct plink_wanted *wanted)
{
    return wanted->chromosome != NULL && wanted->position >= 0 && wanted->position < 1e10 &&
           wanted->first != NULL && wanted->second != NULL;
}

/* Chromosomes stand together: their codes are hashed once. */
static uint64_t hash_chromosome(struct search *search, const char *chromosome)
{
    size_t i = 0;

    while (chromosome[i] == search->chromosome[i] && chromosome[i] != '\0') {
        i++;
    }
    if (i > 0 && chromosome[i] == search->chromosome[i]) {
        return search->chromosome_hash;
    }
    search->chromosome_hash = hash_id(plink_chromosome(chromosome));
    search->chromosome[0] = '\0';
    if (strlen(chromosome) < sizeof search->chromosome) {
        memcpy(search->chromosome, chromosome, strlen(chromosome) + 1);
    }
    return search->chromosome_hash;
}

static void enter(struct search *search)
{
    table_create(&search->ids, search->count);
    table_create(&search->places, search->count);
    for (size_t i = search->count; i-- > 0;) {
        const struct plink_wanted *wanted = &search->wanted[i];

        if (wanted->id != NULL) {
            table_add(&search->ids, hash_id(wanted->id), i);
        }
        if (has_place(wanted)) {
            uint64_t hash = hash_chromosome(search, wanted->chromosome);

            table_add(&search->places, hash_place(hash, wanted->position), i);
        }
    }
}

static enum match compare(const struct plink_wanted *wanted, const struct plink_variant *row)
{
    return match_alleles(wanted->first, wanted->second, row->first, row->second);
}

/* One copy serves the rows of a chromosome, which stand together. */
static const char *keep_chromosome(struct search *search, const char *code)
{
    if (search->kept == NULL || strcmp(search->kept, code) != 0) {
        search->kept = arena_text(search->plink->arena, code);
    }
    return search->kept;
}

static void keep(struct search *search, size_t number, const struct plink_variant *row,
                 enum plink_match match)
{
    struct arena *arena = search->plink->arena;
    struct plink_variant *found = &search->found[number];

    *found = *row;
    found->match = match;
    found->id = arena_text(arena, row->id);
    found->chromosome = keep_chromosome(search, plink_chromosome(row->chromosome));
    found->first = arena_text(arena, row->first);
    found->second = arena_text(arena, row->second);
}

/* A row with the id of a wanted variant. A negative position takes a row out, as in PLINK 1.9.
 */
static bool take_id(struct search *search, size_t number, const struct plink_variant *row,
                    long line, struct error *error)
{
    const struct plink_wanted *wanted = &search->wanted[number];
    struct plink_variant *found = &search->found[number];

    if (compare(wanted, row) == MATCH_NONE) {
        if (found->match == PLINK_ABSENT) {
            found->match = PLINK_ALLELES_DIFFER;
        }
        return true;
    }
    if (found->match == PLINK_BY_ID) {
        return error_set(error, ERROR_DATA, search->plink->bim_path, line, NULL,
                         _("found %s a second time; give each variant an id of its own, or "
                           "take one of the two out"),
                         row->id);
    }
    if (row->position >= 0) {
        search->moved += row->position != wanted->position && !isnan(wanted->position);
        search->unmoved += row->position == wanted->position;
        keep(search, number, row, PLINK_BY_ID);
    }
    return true;
}

static void take_place(struct search *search, size_t number, const struct plink_variant *row)
{
    const struct plink_wanted *wanted = &search->wanted[number];
    enum match match;

    if (wanted->position != row->position || search->found[number].match >= PLINK_BY_PLACE ||
        strcmp(plink_chromosome(wanted->chromosome), plink_chromosome(row->chromosome)) != 0) {
        return;
    }
    match = compare(wanted, row);
    if (match == MATCH_SAME || match == MATCH_SWAPPED) {
        keep(search, number, row, PLINK_BY_PLACE);
    }
}

static bool visit(void *context, const struct plink_variant *row, long line,
                  struct error *error)
{
    struct search *search = context;
    uint32_t i = table_first(&search->ids, hash_id(row->id));

    for (; i != NONE; i = search->ids.next[i]) {
        if (strcmp(search->wanted[i].id, row->id) == 0 &&
            !take_id(search, i, row, line, error)) {
            return false;
        }
    }
    if (row->position < 0) {
        return true;
    }
    i = table_first(&search->places,
                    hash_place(hash_chromosome(search, row->chromosome), row->position));
    for (; i != NONE; i = search->places.next[i]) {
        take_place(search, i, row);
    }
    return true;
}

/* Where ids tell that positions are of another build, a place says nothing. */
static void drop_places(struct search *search)
{
    for (size_t i = 0; i < search->count && search->moved > search->unmoved; i++) {
        if (search->found[i].match == PLINK_BY_PLACE) {
            search->found[i] = (struct plink_variant){.match = PLINK_ABSENT};
        }
    }
}

bool plink_place(struct plink *plink, const struct plink_wanted *wanted, size_t count,
                 struct plink_variant *found, struct error *error)
{
    struct search search = {.plink = plink, .wanted = wanted, .found = found, .count = count};
    bool is_good;

    memset(found, 0, count * sizeof *found);
    enter(&search);
    is_good = plink_each(plink, visit, &search, error);
    drop_places(&search);
    table_destroy(&search.ids);
    table_destroy(&search.places);
    return is_good;
}
