#include "simulate/chance.h"
#include "numeric/random.h"

#define COMMON 0.05 /* the least frequency of either allele */

/* A stream a purpose: another variant, or another choice, moves none of the others' numbers. */
static struct random_stream stream_of(uint64_t seed, const char *number, const char *purpose)
{
    return random_stream_of(seed, "scenario", number, purpose);
}

static double *normals_of(uint64_t seed, const char *number, const char *purpose, size_t count,
                          struct arena *arena)
{
    struct random_stream stream = stream_of(seed, number, purpose);
    double *normals = arena_get(arena, count, sizeof *normals);

    random_standard_normals(&stream, normals, count);
    return normals;
}

static double *uniforms_of(uint64_t seed, const char *number, const char *purpose, size_t count,
                           struct arena *arena)
{
    struct random_stream stream = stream_of(seed, number, purpose);
    double *uniforms = arena_get(arena, count, sizeof *uniforms);

    random_uniforms(&stream, uniforms, count);
    return uniforms;
}

/* One more variant changes one rank of those before it. */
static size_t *ranks_of(uint64_t seed, const char *number, size_t count, struct arena *arena)
{
    struct random_stream stream = stream_of(seed, number, "rank");
    size_t *rank = arena_get(arena, count, sizeof *rank);

    for (size_t i = 0; i < count; i++) {
        size_t other = random_below(&stream, i + 1);

        rank[i] = rank[other];
        rank[other] = i;
    }
    return rank;
}

struct chance chance_of(uint64_t seed, uint64_t study, size_t count, struct arena *arena)
{
    const char *number = arena_format(arena, "%llu", (unsigned long long)study);
    struct chance chance = {
        .frequency = uniforms_of(seed, number, "frequency", count, arena),
        .sign = uniforms_of(seed, number, "sign", count, arena),
        .size = normals_of(seed, number, "size", count, arena),
        .past = normals_of(seed, number, "past", count, arena),
        .error_x = normals_of(seed, number, "error_x", count, arena),
        .error_y = normals_of(seed, number, "error_y", count, arena),
        .error_other = normals_of(seed, number, "error_other", count, arena),
        .rank = ranks_of(seed, number, count, arena),
    };

    for (size_t j = 0; j < count; j++) {
        chance.frequency[j] = COMMON + (1 - 2 * COMMON) * chance.frequency[j];
        chance.sign[j] = chance.sign[j] < 0.5 ? -1 : 1;
    }
    return chance;
}
