#include "numeric/random.h"
#include "base/map.h"
#include "numeric/normal.h"
#include "numeric/philox.h"
#include <string.h>

#define WORDS 4

/* So many numbers, or fewer, are cheaper one by one than as a batch. */
#define FEW 10

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
    struct random_stream stream = {.used = WORDS};

    hash = add_text(add_text(add_text(hash, exposure), outcome), method);
    stream.key[0] = (uint32_t)hash;
    stream.key[1] = (uint32_t)(hash >> 32);
    return stream;
}

static void next_block(struct random_stream *stream)
{
    const uint32_t counter[WORDS] = {(uint32_t)stream->counter,
                                     (uint32_t)(stream->counter >> 32)};

    philox_block(counter, stream->key, stream->block);
    stream->counter++;
    stream->used = 0;
}

/* Two words as one; words are used in pairs only. */
static inline uint64_t next_word(struct random_stream *stream)
{
    uint64_t word;

    if (stream->used >= WORDS) {
        next_block(stream);
    }
    word = (uint64_t)stream->block[stream->used] << 32 | stream->block[stream->used + 1];
    stream->used += 2;
    return word;
}

/* The middles of 2^52 equal parts of (0, 1): all are doubles, none is 0 or 1. */
static inline double uniform_of(uint64_t word)
{
    return ((double)(int64_t)(word >> 12) + 0.5) * 0x1p-52;
}

double random_uniform(struct random_stream *stream)
{
    return uniform_of(next_word(stream));
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

double random_normal(struct random_stream *stream)
{
    return normal_quantile(random_uniform(stream));
}

/* Two at a time, which every machine has registers for. */
typedef double two_doubles __attribute__((vector_size(2 * sizeof(double))));
typedef uint64_t two_words __attribute__((vector_size(2 * sizeof(uint64_t))));

/* What is put into the fraction of 2^52 is added to it. */
#define BIG UINT64_C(0x4330000000000000)

/* The two uniforms of each block of a batch, the same as uniform_of. */
static void uniforms_of(const struct philox_batch *batch, double out[NORMAL_BATCH])
{
    for (size_t block = 0; block < PHILOX_BATCH; block++) {
        two_words words = {batch->pairs[0][block], batch->pairs[1][block]};
        two_doubles uniforms = (two_doubles)(words >> 12 | BIG) - 0x1p52;

        uniforms = (uniforms + 0.5) * 0x1p-52;
        memcpy(out + 2 * block, &uniforms, sizeof uniforms);
    }
}

/* Moves on by `count` uniforms of a batch of whole blocks. */
static void move_on(struct random_stream *stream, const struct philox_batch *batch,
                    size_t count)
{
    size_t blocks = (count + 1) / 2;

    stream->counter += blocks;
    for (size_t i = 0; i < WORDS / 2; i++) {
        stream->block[2 * i] = (uint32_t)(batch->pairs[i][blocks - 1] >> 32);
        stream->block[2 * i + 1] = (uint32_t)batch->pairs[i][blocks - 1];
    }
    stream->used = count % 2 == 0 ? WORDS : WORDS / 2;
}

/* The next numbers as far as a batch reaches: how many there are of `count`. */
static size_t next_uniforms(struct random_stream *stream, size_t count,
                            double uniforms[NORMAL_BATCH])
{
    size_t taken = count < NORMAL_BATCH ? count : NORMAL_BATCH;
    struct philox_batch batch;

    philox_blocks(stream->counter, stream->key, &batch);
    uniforms_of(&batch, uniforms);
    move_on(stream, &batch, taken);
    return taken;
}

/* Many go in batches, which cost a fraction; the numbers are those of random_normal. */
void random_normals(struct random_stream *stream, const double *mean, const double *sd,
                    double *out, size_t count)
{
    double uniforms[NORMAL_BATCH], normals[NORMAL_BATCH];
    size_t j = 0;

    if (stream->used < WORDS && count > 0) {
        out[0] = mean[0] + sd[0] * random_normal(stream);
        j = 1;
    }
    while (j + FEW < count) {
        size_t taken = next_uniforms(stream, count - j, uniforms);

        normal_quantiles(uniforms, normals);
        for (size_t i = 0; i < taken; i++) {
            out[j + i] = mean[j + i] + sd[j + i] * normals[i];
        }
        j += taken;
    }
    for (; j < count; j++) {
        out[j] = mean[j] + sd[j] * random_normal(stream);
    }
}

void random_standard_normals(struct random_stream *stream, double *out, size_t count)
{
    double uniforms[NORMAL_BATCH], normals[NORMAL_BATCH];
    size_t j = 0;

    if (stream->used < WORDS && count > 0) {
        out[j++] = random_normal(stream);
    }
    for (; j + NORMAL_BATCH <= count; j += NORMAL_BATCH) {
        (void)next_uniforms(stream, NORMAL_BATCH, uniforms);
        normal_quantiles(uniforms, out + j);
    }
    if (j + FEW < count) {
        size_t taken = next_uniforms(stream, count - j, uniforms);

        normal_quantiles(uniforms, normals);
        memcpy(out + j, normals, taken * sizeof *out);
        j += taken;
    }
    for (; j < count; j++) {
        out[j] = random_normal(stream);
    }
}

void random_uniforms(struct random_stream *stream, double *out, size_t count)
{
    double uniforms[NORMAL_BATCH];
    size_t j = 0;

    if (stream->used < WORDS && count > 0) {
        out[j++] = random_uniform(stream);
    }
    for (; j + NORMAL_BATCH <= count; j += NORMAL_BATCH) {
        (void)next_uniforms(stream, NORMAL_BATCH, out + j);
    }
    if (j + FEW < count) {
        size_t taken = next_uniforms(stream, count - j, uniforms);

        memcpy(out + j, uniforms, taken * sizeof *out);
        j += taken;
    }
    for (; j < count; j++) {
        out[j] = random_uniform(stream);
    }
}
