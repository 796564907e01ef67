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

/* Rows start at any byte, and the last word may be a part of one, or none of it there. */
BODY uint64_t word_of(const unsigned char *row, size_t bytes, size_t word)
{
    uint64_t pairs = 0;
    size_t from = word * 8;

    if (from + 8 <= bytes) {
        memcpy(&pairs, row + from, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
        pairs = __builtin_bswap64(pairs);
#endif
        return pairs;
    }
    for (size_t i = from; i < bytes; i++) {
        pairs |= (uint64_t)row[i] << (8 * (i - from));
    }
    return pairs;
}

/* The low and the high bits of 64 people, the first 32 of them at even places. */
struct bits {
    uint64_t low, high;
};

BODY struct bits bits_of(const unsigned char *row, size_t bytes, size_t word)
{
    uint64_t even = word_of(row, bytes, 2 * word), odd = word_of(row, bytes, 2 * word + 1);

    return (struct bits){(even & LOW) | (odd & LOW) << 1, (even >> 1 & LOW) | (odd & ~LOW)};
}

/* A mask of the people's, packed in the same way. */
static const uint64_t *packed(const uint64_t *mask, size_t words, struct arena *arena)
{
    uint64_t *bits = arena_get(arena, words / 2 + 1, sizeof *bits);

    for (size_t i = 0; i < words; i++) {
        bits[i / 2] |= mask[i] << (i % 2);
    }
    return bits;
}

struct genotype_masks genotype_masks_of(const struct plink_people *people, struct arena *arena)
{
    struct genotype_masks masks = {.people = people, .words = (people->words + 1) / 2};

    masks.diploid = packed(people->diploid, people->words, arena);
    if (people->haploid != NULL) {
        masks.haploid = packed(people->haploid, people->words, arena);
    }
    for (int i = 0; i < 3; i++) {
        masks.has[i] = arena_get(arena, masks.words, sizeof *masks.has[i]);
    }
    return masks;
}

void genotype_fill(struct genotype_masks *masks, const unsigned char *row)
{
    const struct plink_people *people = masks->people;

    for (size_t i = 0; i < masks->words; i++) {
        struct bits bits = bits_of(row, people->bytes, i);
        uint64_t counted = people->counted[2 * i];

        if (2 * i + 1 < people->words) {
            counted |= people->counted[2 * i + 1] << 1;
        }
        masks->has[0][i] = ~(bits.low | bits.high) & counted;
        masks->has[1][i] = bits.high & ~bits.low & masks->diploid[i];
        masks->has[2][i] = bits.high & bits.low & counted;
    }
}

BODY void count_all(const struct genotype_masks *one, const unsigned char *other,
                    struct genotype_table *table)
{
    for (size_t i = 0; i < one->words; i++) {
        struct bits bits = bits_of(other, one->people->bytes, i);
        uint64_t has[3] = {~(bits.low | bits.high), bits.high & ~bits.low & one->diploid[i],
                           bits.high & bits.low};

        for (int a = 0; a < 3; a++) {
            for (int b = 0; b < 3; b++) {
                table->count[a][b] += (uint32_t)__builtin_popcountll(one->has[a][i] & has[b]);
            }
        }
    }
}

/* One copy is never heterozygous. */
BODY void count_haploid(const struct genotype_masks *one, const unsigned char *other,
                        struct genotype_table *table)
{
    for (size_t i = 0; i < one->words; i++) {
        struct bits bits = bits_of(other, one->people->bytes, i);
        uint64_t has[3] = {~(bits.low | bits.high), 0, bits.high & bits.low};

        for (int a = 0; a < 3; a += 2) {
            uint64_t of_one = one->has[a][i] & one->haploid[i];

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
    if (one->haploid != NULL) {
        count_haploid(one, other, table);
    }
}

/* Four counts and the sums of rows and columns give all nine. */
BODY void count_whole(const struct genotype_masks *one, const uint32_t sums_of_one[3],
                      const unsigned char *other, const uint32_t sums_of_other[3],
                      struct genotype_table *table)
{
    uint32_t n00 = 0, n02 = 0, n20 = 0, n22 = 0;

    for (size_t i = 0; i < one->words; i++) {
        struct bits bits = bits_of(other, one->people->bytes, i);
        uint64_t twice = ~(bits.low | bits.high), none = bits.low & bits.high;

        n00 += (uint32_t)__builtin_popcountll(one->has[0][i] & twice);
        n02 += (uint32_t)__builtin_popcountll(one->has[0][i] & none);
        n20 += (uint32_t)__builtin_popcountll(one->has[2][i] & twice);
        n22 += (uint32_t)__builtin_popcountll(one->has[2][i] & none);
    }
    *table = (struct genotype_table){
        .count = {{n00, sums_of_one[0] - n00 - n02, n02},
                  {sums_of_other[0] - n00 - n20, 0, sums_of_other[2] - n02 - n22},
                  {n20, sums_of_one[2] - n20 - n22, n22}}};
    table->count[1][1] = sums_of_one[1] - table->count[1][0] - table->count[1][2];
}

POPCNT_TARGET static void count_fast(const struct genotype_masks *one,
                                     const unsigned char *other, struct genotype_table *table)
{
    count(one, other, table);
}

POPCNT_TARGET static void count_whole_fast(const struct genotype_masks *one,
                                           const uint32_t sums_of_one[3],
                                           const unsigned char *other,
                                           const uint32_t sums_of_other[3],
                                           struct genotype_table *table)
{
    count_whole(one, sums_of_one, other, sums_of_other, table);
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

void genotype_count_tallied(const struct genotype_masks *one,
                            const struct genotype_tally *tally_of_one,
                            const unsigned char *other,
                            const struct genotype_tally *tally_of_other,
                            struct genotype_table *table)
{
    if (!tally_of_one->is_whole || !tally_of_other->is_whole) {
        genotype_count(one, other, table);
    } else if (POPCNT_IS_THERE()) {
        count_whole_fast(one, tally_of_one->count, other, tally_of_other->count, table);
    } else {
        count_whole(one, tally_of_one->count, other, tally_of_other->count, table);
    }
}

BODY struct genotype_pair pair(const struct genotype_masks *one, const unsigned char *other)
{
    struct genotype_pair found = {0, 0};

    for (size_t i = 0; i < one->words; i++) {
        struct bits bits = bits_of(other, one->people->bytes, i);
        uint64_t twice = ~(bits.low | bits.high), none = bits.low & bits.high;
        uint64_t opposite = (one->has[0][i] & none) | (one->has[2][i] & twice);
        uint64_t both = (one->has[0][i] | one->has[2][i]) & (twice | none);

        found.opposite += (uint32_t)__builtin_popcountll(opposite);
        found.homozygous += (uint32_t)__builtin_popcountll(both);
    }
    return found;
}

POPCNT_TARGET static struct genotype_pair pair_fast(const struct genotype_masks *one,
                                                    const unsigned char *other)
{
    return pair(one, other);
}

struct genotype_pair genotype_pair_of(const struct genotype_masks *one,
                                      const unsigned char *other)
{
    return POPCNT_IS_THERE() ? pair_fast(one, other) : pair(one, other);
}

BODY struct genotype_tally tally(const struct plink_people *people, const unsigned char *row)
{
    struct genotype_tally found = {.is_diploid = people->haploid == NULL};
    uint32_t once_first = 0, once_second = 0;

    for (size_t i = 0; i < people->words; i++) {
        uint64_t pairs = word_of(row, people->bytes, i);
        uint64_t low = pairs & LOW, high = pairs >> 1 & LOW;
        uint64_t twice = ~(low | high) & people->counted[i],
                 none = low & high & people->counted[i];
        uint64_t once = people->haploid == NULL ? 0 : people->haploid[i];

        found.people += (uint32_t)__builtin_popcountll(people->counted[i]);
        found.count[0] += (uint32_t)__builtin_popcountll(twice);
        found.count[1] += (uint32_t)__builtin_popcountll(high & ~low & people->diploid[i]);
        found.count[2] += (uint32_t)__builtin_popcountll(none);
        once_first += (uint32_t)__builtin_popcountll(twice & once);
        once_second += (uint32_t)__builtin_popcountll(none & once);
    }
    found.is_whole =
        found.is_diploid && found.count[0] + found.count[1] + found.count[2] == found.people;
    found.is_turned = 2 * found.count[0] - once_first > 2 * found.count[2] - once_second;
    return found;
}

POPCNT_TARGET static struct genotype_tally tally_fast(const struct plink_people *people,
                                                      const unsigned char *row)
{
    return tally(people, row);
}

struct genotype_tally genotype_tally_of(const struct plink_people *people,
                                        const unsigned char *row)
{
    return POPCNT_IS_THERE() ? tally_fast(people, row) : tally(people, row);
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
