#include "numeric/philox.h"
#include "numeric/wide.h"
#if defined(__x86_64__)
#include <immintrin.h>
#endif

#define ROUNDS 10
#define MULTIPLIER_0 UINT64_C(0xD2511F53)
#define MULTIPLIER_1 UINT64_C(0xCD9E8D57)
#define WEYL_0 UINT32_C(0x9E3779B9)
#define WEYL_1 UINT32_C(0xBB67AE85)

void philox_block(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4])
{
    uint32_t c0 = counter[0], c1 = counter[1], c2 = counter[2], c3 = counter[3];
    uint32_t k0 = key[0], k1 = key[1];

    for (int round = 0; round < ROUNDS; round++) {
        uint64_t product0 = MULTIPLIER_0 * c0, product1 = MULTIPLIER_1 * c2;

        c0 = (uint32_t)(product1 >> 32) ^ c1 ^ k0;
        c2 = (uint32_t)(product0 >> 32) ^ c3 ^ k1;
        c1 = (uint32_t)product1;
        c3 = (uint32_t)product0;
        k0 += WEYL_0;
        k1 += WEYL_1;
    }
    out[0] = c0;
    out[1] = c1;
    out[2] = c2;
    out[3] = c3;
}

static void plain(uint64_t first, const uint32_t key[2], struct philox_batch *batch)
{
    for (uint64_t i = 0; i < PHILOX_BATCH; i++) {
        uint32_t counter[4] = {(uint32_t)(first + i), (uint32_t)((first + i) >> 32)}, out[4];

        philox_block(counter, key, out);
        for (int word = 0; word < 4; word++) {
            batch->words[word][i] = out[word];
        }
    }
}

#if defined(__x86_64__)

/* Four blocks side by side, a word of each in the low half of a lane: that is what the wide
 * multiplication takes. Its intrinsic says so; GCC's own would multiply all 64 bits. */
WIDE_TARGET static void four(uint64_t first, const uint32_t key[2], struct philox_batch *batch,
                             int at)
{
    const __m256i low = _mm256_set1_epi64x(UINT32_MAX);
    const __m256i m0 = _mm256_set1_epi64x(MULTIPLIER_0), m1 = _mm256_set1_epi64x(MULTIPLIER_1);
    __m256i counter =
        _mm256_add_epi64(_mm256_set1_epi64x((long long)first), _mm256_set_epi64x(3, 2, 1, 0));
    __m256i c0 = counter, c1 = _mm256_srli_epi64(counter, 32);
    __m256i c2 = _mm256_setzero_si256(), c3 = c2;
    uint32_t k0 = key[0], k1 = key[1];

    for (int round = 0; round < ROUNDS; round++) {
        __m256i product0 = _mm256_mul_epu32(c0, m0), product1 = _mm256_mul_epu32(c2, m1);

        c0 = _mm256_xor_si256(_mm256_srli_epi64(product1, 32),
                              _mm256_xor_si256(c1, _mm256_set1_epi64x(k0)));
        c2 = _mm256_xor_si256(_mm256_srli_epi64(product0, 32),
                              _mm256_xor_si256(c3, _mm256_set1_epi64x(k1)));
        c1 = _mm256_and_si256(product1, low);
        c3 = _mm256_and_si256(product0, low);
        k0 += WEYL_0;
        k1 += WEYL_1;
    }
    wide_words words[4] = {(wide_words)c0, (wide_words)c1, (wide_words)c2, (wide_words)c3};
    for (int word = 0; word < 4; word++) {
        for (int i = 0; i < LANES; i++) {
            batch->words[word][at + i] = (uint32_t)words[word][i];
        }
    }
}

WIDE_TARGET static void wide(uint64_t first, const uint32_t key[2], struct philox_batch *batch)
{
    for (int at = 0; at < PHILOX_BATCH; at += LANES) {
        four(first + (uint64_t)at, key, batch, at);
    }
}

#else
#define wide plain
#endif

void philox_blocks(uint64_t first, const uint32_t key[2], struct philox_batch *batch)
{
    (WIDE_IS_THERE() ? wide : plain)(first, key, batch);
}
