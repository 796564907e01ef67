#include "numeric/random.h"
#include "base/map.h"
#include "numeric/draw.h"
#include "numeric/normal.h"
#include "numeric/philox.h"
#include <string.h>

_Static_assert(RANDOM_BATCH == DRAW_BATCH && RANDOM_BATCH == 2 * PHILOX_BATCH,
               "a batch is one of both");

/* Scatters the bits of a hash over the whole word (the finaliser of splitmix64). */
static uint64_t scatter(uint64_t bits)
{
    bits = (bits ^ (bits >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    bits = (bits ^ (bits >> 27)) * UINT64_C(0x94D049BB133111EB);
    return bits ^ (bits >> 31);
}

/* A separator goes behind each text, so that "ab", "c" and "a", "bc" differ. */
static uint64_t add_text(uint64_t hash, const char *text)
{
    return scatter(map_hash(hash, text == NULL ? "" : text) + UINT64_C(0x9E3779B97F4A7C15));
}

struct random_stream random_stream_of(uint64_t seed, const char *exposure, const char *outcome,
                                      const char *method)
{
    uint64_t hash = scatter(MAP_HASH_START ^ scatter(seed + UINT64_C(0x9E3779B97F4A7C15)));
    struct random_stream stream = {.used = RANDOM_BATCH};

    hash = add_text(add_text(add_text(hash, exposure), outcome), method);
    stream.key[0] = (uint32_t)hash;
    stream.key[1] = (uint32_t)(hash >> 32);
    return stream;
}

/* The words of the next batch, two a block of the generator. */
static void next_batch(struct random_stream *stream)
{
    philox_blocks(stream->batch * PHILOX_BATCH, stream->key, stream->words);
    stream->batch++;
    stream->used = 0;
    stream->quantiles = 0;
}

static inline uint64_t next_word(struct random_stream *stream)
{
    if (stream->used >= RANDOM_BATCH) {
        next_batch(stream);
    }
    return stream->words[stream->used++];
}

double random_uniform(struct random_stream *stream)
{
    return draw_uniform(next_word(stream));
}

size_t random_below(struct random_stream *stream, size_t count)
{
    uint64_t limit = UINT64_MAX - UINT64_MAX % count;
    uint64_t word = next_word(stream);

    while (word >= limit) {
        word = next_word(stream);
    }
    return (size_t)(word % count);
}

/*
 * The next normals, up to `count` and as many as the batch has left; how many there are. A
 * batch costs a fraction of its numbers one by one, and what one call leaves the next takes.
 */
static size_t next_normals(struct random_stream *stream, size_t count, const double **normals)
{
    size_t left;

    if (stream->used >= RANDOM_BATCH) {
        next_batch(stream);
    }
    if (stream->quantiles == 0) {
        draw_normals(stream->words, stream->normals);
        stream->quantiles = RANDOM_BATCH;
    }
    *normals = stream->normals + stream->used;
    left = RANDOM_BATCH - stream->used;
    left = left < count ? left : count;
    stream->used += left;
    return left;
}

double random_normal(struct random_stream *stream)
{
    return normal_quantile(random_uniform(stream));
}

void random_normals(struct random_stream *stream, const double *mean, const double *sd,
                    double *out, size_t count)
{
    for (size_t j = 0; j < count;) {
        const double *normals;
        size_t taken = next_normals(stream, count - j, &normals);

        draw_scale(mean + j, sd + j, normals, out + j, (int)taken);
        j += taken;
    }
}

void random_standard_normals(struct random_stream *stream, double *out, size_t count)
{
    for (size_t j = 0; j < count;) {
        const double *normals;
        size_t taken = next_normals(stream, count - j, &normals);

        memcpy(out + j, normals, taken * sizeof *out);
        j += taken;
    }
}

void random_uniforms(struct random_stream *stream, double *out, size_t count)
{
    for (size_t j = 0; j < count;) {
        size_t end = count - j;

        if (stream->used >= RANDOM_BATCH) {
            next_batch(stream);
        }
        end = end < RANDOM_BATCH - stream->used ? count : j + RANDOM_BATCH - stream->used;
        for (; j < end; j++) {
            out[j] = draw_uniform(stream->words[stream->used++]);
        }
    }
}
