#include "instrument/genotype.h"
#include <math.h>
#include <string.h>

/* The low bit of each pair. */
#define LOW UINT64_C(0x5555555555555555)

#if defined(__x86_64__)
#define POPCNT_TARGET __attribute__((target("popcnt")))
#define POPCNT_IS_THERE() __builtin_cpu_supports("popcnt")
#else
#define POPCNT_TARGET
#define POPCNT_IS_THERE() 0
#endif
/* Compiled into its callers, for whatever they are compiled for. */
#define BODY static inline __attribute__((always_inline))

struct genotype_masks genotype_masks_of(const struct plink_people *people, struct arena *arena)
{
    struct genotype_masks masks = {.people = people};

    for (int i = 0; i < 3; i++) {
        masks.has[i] = arena_get(arena, people->words, sizeof *masks.has[i]);
    }
    return masks;
}

/* Rows start at any byte, and the last word may be a part of one. */
BODY uint64_t word_of(const unsigned char *row, size_t bytes, size_t word)
{
    uint64_t pairs = 0;
    size_t left = bytes - word * 8;

    if (left >= 8) {
        memcpy(&pairs, row + word * 8, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
        pairs = __builtin_bswap64(pairs);
#endif
        return pairs;
    }
    for (size_t i = 0; i < left; i++) {
        pairs |= (uint64_t)row[word * 8 + i] << (8 * i);
    }
    return pairs;
}

/* Who of a word has 2, 1 and 0 copies of A1. */
BODY void split(uint64_t pairs, uint64_t has[3])
{
    uint64_t low = pairs & LOW, high = (pairs >> 1) & LOW;

    has[0] = ~(low | high) & LOW;
    has[1] = high & ~low;
    has[2] = high & low;
}

void genotype_fill(struct genotype_masks *masks, const unsigned char *row)
{
    const struct plink_people *people = masks->people;

    for (size_t i = 0; i < people->words; i++) {
        uint64_t has[3];

        split(word_of(row, people->bytes, i), has);
        masks->has[0][i] = has[0] & people->counted[i];
        masks->has[1][i] = has[1] & people->diploid[i];
        masks->has[2][i] = has[2] & people->counted[i];
    }
}

BODY void count_all(const struct genotype_masks *one, const unsigned char *other,
                    struct genotype_table *table)
{
    const struct plink_people *people = one->people;

    for (size_t i = 0; i < people->words; i++) {
        uint64_t has[3];

        split(word_of(other, people->bytes, i), has);
        has[1] &= people->diploid[i];
        for (int a = 0; a < 3; a++) {
            uint64_t of_one = one->has[a][i];

            for (int b = 0; b < 3; b++) {
                table->count[a][b] += (uint32_t)__builtin_popcountll(of_one & has[b]);
            }
        }
    }
}

/* One copy is never heterozygous. */
BODY void count_haploid(const struct genotype_masks *one, const unsigned char *other,
                        struct genotype_table *table)
{
    const struct plink_people *people = one->people;

    for (size_t i = 0; i < people->words; i++) {
        uint64_t has[3];

        split(word_of(other, people->bytes, i), has);
        for (int a = 0; a < 3; a += 2) {
            uint64_t of_one = one->has[a][i] & people->haploid[i];

            for (int b = 0; b < 3; b += 2) {
                table->haploid[a][b] += (uint32_t)__builtin_popcountll(of_one & has[b]);
            }
        }
    }
}

BODY void count(const struct genotype_masks *one, const unsigned char *other,
                struct genotype_table *table)
{
    *table = (struct genotype_table){0};
    count_all(one, other, table);
    if (one->people->haploid != NULL) {
        count_haploid(one, other, table);
    }
}

POPCNT_TARGET static void count_fast(const struct genotype_masks *one,
                                     const unsigned char *other, struct genotype_table *table)
{
    count(one, other, table);
}

void genotype_count(const struct genotype_masks *one, const unsigned char *other,
                    struct genotype_table *table)
{
    if (POPCNT_IS_THERE()) {
        count_fast(one, other, table);
    } else {
        count(one, other, table);
    }
}

bool genotype_is_turned(const struct plink_people *people, const unsigned char *row)
{
    size_t first = 0, second = 0;

    for (size_t i = 0; i < people->words; i++) {
        uint64_t has[3], twice = people->counted[i];
        uint64_t once = people->haploid == NULL ? 0 : people->haploid[i];

        split(word_of(row, people->bytes, i), has);
        first += 2 * (size_t)__builtin_popcountll(has[0] & twice) -
                 (size_t)__builtin_popcountll(has[0] & once);
        second += 2 * (size_t)__builtin_popcountll(has[2] & twice) -
                  (size_t)__builtin_popcountll(has[2] & once);
    }
    return first > second;
}

static void swap(uint32_t *one, uint32_t *other)
{
    uint32_t first = *one;

    *one = *other;
    *other = first;
}

void genotype_turn(struct genotype_table *table, bool is_one_turned, bool is_other_turned)
{
    for (int i = 0; i < 3 && is_one_turned; i++) {
        swap(&table->count[0][i], &table->count[2][i]);
        swap(&table->haploid[0][i], &table->haploid[2][i]);
    }
    for (int i = 0; i < 3 && is_other_turned; i++) {
        swap(&table->count[i][0], &table->count[i][2]);
        swap(&table->haploid[i][0], &table->haploid[i][2]);
    }
}

double genotype_r(const struct genotype_table *table)
{
    double n = 0, x = 0, y = 0, xx = 0, yy = 0, xy = 0;

    /* whole numbers up to here: exact */
    for (int a = 0; a < 3; a++) {
        for (int b = 0; b < 3; b++) {
            double count = table->count[a][b], one = 2 - a, other = 2 - b;

            n += count;
            x += count * one;
            y += count * other;
            xx += count * one * one;
            yy += count * other * other;
            xy += count * one * other;
        }
    }
    xx = n * xx - x * x;
    yy = n * yy - y * y;
    if (!(xx > 0) || !(yy > 0)) {
        return NAN;
    }
    xy = (n * xy - x * y) / sqrt(xx * yy);
    return fmax(-1, fmin(1, xy));
}
