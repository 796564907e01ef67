/*
 * Four doubles, or four 64-bit words, at a time, by GCC's vector types. Code over them is
 * compiled once for every machine and once for wider registers; the operations and their order
 * are the same, so the numbers are the same to the last bit.
 */
#ifndef NUMERIC_WIDE_H
#define NUMERIC_WIDE_H

#include <stdint.h>

#define LANES 4

typedef double wide_doubles __attribute__((vector_size(LANES * sizeof(double))));
typedef uint64_t wide_words __attribute__((vector_size(LANES * sizeof(uint64_t))));

#if defined(__x86_64__)
#define WIDE_TARGET __attribute__((target("avx2")))
#define WIDE_IS_THERE() __builtin_cpu_supports("avx2")
#else
#define WIDE_TARGET
#define WIDE_IS_THERE() 0
#endif

/* Compiled into its callers, for whatever they are compiled for. */
#define WIDE_BODY static inline __attribute__((always_inline))

/* Of two numbers, without a branch; the second where one of them is NaN. */
WIDE_BODY double wide_lesser(double a, double b)
{
    return a < b ? a : b;
}

WIDE_BODY double wide_greater(double a, double b)
{
    return a > b ? a : b;
}

#endif
