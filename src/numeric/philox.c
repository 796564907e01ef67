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

static void plain(uint64_t first, const uint32_t key[2], uint64_t out[2 * PHILOX_BATCH])
{
    for (uint64_t i = 0; i < PHILOX_BATCH; i++) {
        uint32_t counter[4] = {(uint32_t)(first + i), (uint32_t)((first + i) >> 32)}, block[4];

        philox_block(counter, key, block);
        out[2 * i] = (uint64_t)block[0] << 32 | block[1];
        out[2 * i + 1] = (uint64_t)block[2] << 32 | block[3];
    }
}

#if defined(__x86_64__)

/* Four blocks side by side, a word of each in the low half of a lane: that is what the wide
 * multiplication takes, whatever is in the high half. Its intrinsic says so; GCC's own would
 * multiply all 64 bits. */
struct four {
    __m256i c0, c1, c2, c3;
};

WIDE_TARGET WIDE_BODY void begin(struct four *blocks, uint64_t first)
{
    blocks->c0 =
        _mm256_add_epi64(_mm256_set1_epi64x((long long)first), _mm256_set_epi64x(3, 2, 1, 0));
    blocks->c1 = _mm256_srli_epi64(blocks->c0, 32);
    blocks->c2 = blocks->c3 = _mm256_setzero_si256();
}

WIDE_TARGET WIDE_BODY void mix(struct four *blocks, const __m256i *k0, const __m256i *k1)
{
    __m256i product0 = _mm256_mul_epu32(blocks->c0, _mm256_set1_epi64x(MULTIPLIER_0));
    __m256i product1 = _mm256_mul_epu32(blocks->c2, _mm256_set1_epi64x(MULTIPLIER_1));

    blocks->c0 =
        _mm256_xor_si256(_mm256_srli_epi64(product1, 32), _mm256_xor_si256(blocks->c1, *k0));
    blocks->c2 =
        _mm256_xor_si256(_mm256_srli_epi64(product0, 32), _mm256_xor_si256(blocks->c3, *k1));
    blocks->c1 = product1;
    blocks->c3 = product0;
}

/* Both pairs of words of each of the four, block after block. */
WIDE_TARGET WIDE_BODY void put(const struct four *blocks, uint64_t out[2 * LANES])
{
    const __m256i low = _mm256_set1_epi64x(UINT32_MAX);
    __m256i former =
        _mm256_or_si256(_mm256_slli_epi64(blocks->c0, 32), _mm256_and_si256(blocks->c1, low));
    __m256i latter =
        _mm256_or_si256(_mm256_slli_epi64(blocks->c2, 32), _mm256_and_si256(blocks->c3, low));
    __m256i even = _mm256_unpacklo_epi64(former, latter);
    __m256i odd = _mm256_unpackhi_epi64(former, latter);

    _mm256_storeu_si256((__m256i *)out, _mm256_permute2x128_si256(even, odd, 0x20));
    _mm256_storeu_si256((__m256i *)(out + LANES), _mm256_permute2x128_si256(even, odd, 0x31));
}

/* Two fours at once, so that the one is multiplied while the other waits. */
WIDE_TARGET static void wide(uint64_t first, const uint32_t key[2],
                             uint64_t out[2 * PHILOX_BATCH])
{
    for (int at = 0; at < PHILOX_BATCH; at += 2 * LANES) {
        __m256i k0 = _mm256_set1_epi64x(key[0]), k1 = _mm256_set1_epi64x(key[1]);
        struct four one, other;

        begin(&one, first + (uint64_t)at);
        begin(&other, first + (uint64_t)at + LANES);
        for (int round = 0; round < ROUNDS; round++) {
            mix(&one, &k0, &k1);
            mix(&other, &k0, &k1);
            k0 = _mm256_add_epi32(k0, _mm256_set1_epi64x(WEYL_0));
            k1 = _mm256_add_epi32(k1, _mm256_set1_epi64x(WEYL_1));
        }
        put(&one, out + 2 * at);
        put(&other, out + 2 * (at + LANES));
    }
}

#else
#define wide plain
#endif

void philox_blocks(uint64_t first, const uint32_t key[2], uint64_t out[2 * PHILOX_BATCH])
{
    (WIDE_IS_THERE() ? wide : plain)(first, key, out);
}
