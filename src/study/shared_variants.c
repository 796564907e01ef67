#include "study/shared_variants.h"
#include "base/map.h"
#include <math.h>
#include <string.h>

static const char *effect_allele(const struct pair *pair, size_t j)
{
    return pair->rows[pair->row[j]].x.effect_allele;
}

/* Unknown alleles count as the same. */
static bool is_same_allele(const char *one, const char *other)
{
    return one == NULL || other == NULL || strcmp(one, other) == 0;
}

static size_t variants_at_most(const struct pair *const *pairs, size_t count)
{
    size_t most = 0;
    for (size_t i = 0; i < count; i++) {
        most += pairs[i]->count;
    }
    return most;
}

/* A variant as it was met first. */
struct first {
    const char *allele;
    double sign; /* that makes its effect on that exposure positive */
};

/* Numbers the variants of a pair; `first` holds those known so far. */
static void number_pair(struct shared_pair *shared, struct map *numbers, struct first *first)
{
    const struct pair *pair = shared->pair;
    for (size_t j = 0; j < pair->count; j++) {
        const char *id = pair_variant(pair, j);
        size_t number = map_count(numbers);
        if (!map_get(numbers, id, &number)) {
            map_set(numbers, id, number);
            first[number] = (struct first){effect_allele(pair, j), pair->bx[j] < 0 ? -1 : 1};
        }
        bool is_same = is_same_allele(first[number].allele, effect_allele(pair, j));
        shared->of[j] = number;
        shared->sign[j] = is_same ? first[number].sign : -first[number].sign;
    }
}

struct shared_variants shared_variants_of(const struct pair *const *pairs, size_t count,
                                          struct arena *arena)
{
    struct shared_variants shared = {
        .pairs = arena_get(arena, count, sizeof(struct shared_pair)), .pair_count = count};
    struct first *first = arena_get(arena, variants_at_most(pairs, count), sizeof *first);
    struct map *numbers = map_create();
    for (size_t i = 0; i < count; i++) {
        shared.pairs[i] =
            (struct shared_pair){pairs[i], arena_get(arena, pairs[i]->count, sizeof(size_t)),
                                 arena_get(arena, pairs[i]->count, sizeof(double))};
        number_pair(&shared.pairs[i], numbers, first);
    }
    shared.count = map_count(numbers);
    map_destroy(numbers);
    return shared;
}

double shared_jaccard(const struct shared_pair *one, const struct shared_pair *other,
                      bool *mark)
{
    size_t both = 0, first = one->pair->count, second = other->pair->count;
    for (size_t j = 0; j < first; j++) {
        mark[one->of[j]] = true;
    }
    for (size_t j = 0; j < second; j++) {
        both += mark[other->of[j]];
    }
    for (size_t j = 0; j < first; j++) {
        mark[one->of[j]] = false;
    }
    return first + second == 0 ? NAN : (double)both / (double)(first + second - both);
}
