#include "base/decimal.h"
#include <float.h>
#include <string.h>

/* Powers of ten that a double holds exactly. */
static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
#define MOST_EXACT 22
/* Beyond these nothing is a normal double. */
#define LEAST_POWER (-364)
#define MOST_POWER 308
#define MOST_WHOLE (UINT64_C(1) << DBL_MANT_DIG)

#ifdef __SIZEOF_INT128__
__extension__ typedef unsigned __int128 wide_integer;

/* 10^(28 i) for i from -13 to 11: the first 128 bits, cut, and the power of two behind them. */
#define STEP 28
#define FIRST_STEP (LEAST_POWER / STEP)
static const struct {
    uint64_t high, low;
    int exponent;
} steps[] = {
    {UINT64_C(0xe1afa13afbd14d6d), UINT64_C(0x82189c09a3a1ec21), -1337},
    {UINT64_C(0xe3e27a444d8d98b7), UINT64_C(0xfd1b1b2308169b25), -1244},
    {UINT64_C(0xe61acf033d1a45df), UINT64_C(0x6fb92487298e33bd), -1151},
    {UINT64_C(0xe858ad248f5c22c9), UINT64_C(0xd1b3400f8f9cff68), -1058},
    {UINT64_C(0xea9c227723ee8bcb), UINT64_C(0x465e15a979c1cadc), -965},
    {UINT64_C(0xece53cec4a314ebd), UINT64_C(0xa4f8bf5635246428), -872},
    {UINT64_C(0xef340a98172aace4), UINT64_C(0x86fb897116c87c34), -779},
    {UINT64_C(0xf18899b1bc3f8ca1), UINT64_C(0xdc44e6c3cb279ac1), -686},
    {UINT64_C(0xf3e2f893dec3f126), UINT64_C(0x5a89dba3c3efccfa), -593},
    {UINT64_C(0xf64335bcf065d37d), UINT64_C(0x4d4617b5ff4a16d5), -500},
    {UINT64_C(0xf8a95fcf88747d94), UINT64_C(0x75a44c6397ce912a), -407},
    {UINT64_C(0xfb158592be068d2e), UINT64_C(0xeed6e2f0f0d56712), -314},
    {UINT64_C(0xfd87b5f28300ca0d), UINT64_C(0x8bca9d6e188853fc), -221},
    {UINT64_C(0x8000000000000000), UINT64_C(0x0000000000000000), -127},
    {UINT64_C(0x813f3978f8940984), UINT64_C(0x4000000000000000), -34},
    {UINT64_C(0x82818f1281ed449f), UINT64_C(0xbff8f10e7a8921a4), 59},
    {UINT64_C(0x83c7088e1aab65db), UINT64_C(0x792667c6da79e0fa), 152},
    {UINT64_C(0x850fadc09923329e), UINT64_C(0x03e2cf6bc604ddb0), 245},
    {UINT64_C(0x865b86925b9bc5c2), UINT64_C(0x0b8a2392ba45a9b2), 338},
    {UINT64_C(0x87aa9aff79042286), UINT64_C(0x90fb44d2f05d0842), 431},
    {UINT64_C(0x88fcf317f22241e2), UINT64_C(0x441fece3bdf81f03), 524},
    {UINT64_C(0x8a5296ffe33cc92f), UINT64_C(0x82bd6b70d99aaa6f), 617},
    {UINT64_C(0x8bab8eefb6409c1a), UINT64_C(0x1ad089b6c2f7548e), 710},
    {UINT64_C(0x8d07e33455637eb2), UINT64_C(0xdb0b487b6423e1e8), 803},
    {UINT64_C(0x8e679c2f5e44ff8f), UINT64_C(0x570f09eaa7ea7648), 896},
};

/* 5^0 to 5^27. */
static uint64_t power_of_five(int exponent)
{
    uint64_t power = 1;

    for (uint64_t square = 5; exponent > 0; exponent >>= 1, square *= square) {
        power *= (exponent & 1) != 0 ? square : 1;
    }
    return power;
}

static int leading_zeros(wide_integer value)
{
    uint64_t high = (uint64_t)(value >> 64);

    return high != 0 ? __builtin_clzll(high) : 64 + __builtin_clzll((uint64_t)value);
}

/* The first 128 bits of a product of 256, at most 1 too small. */
static wide_integer high_product(wide_integer one, wide_integer other)
{
    uint64_t a = (uint64_t)(one >> 64), b = (uint64_t)one;
    uint64_t c = (uint64_t)(other >> 64), d = (uint64_t)other;
    wide_integer middle = (wide_integer)a * d, middle_too = (wide_integer)b * c;
    wide_integer carried =
        (uint64_t)middle + (wide_integer)(uint64_t)middle_too + ((wide_integer)b * d >> 64);

    return (wide_integer)a * c + (middle >> 64) + (middle_too >> 64) + (carried >> 64);
}

/*
 * Rounds bits * 2^exponent, where what is meant is from bits up to bits + 2, to 53 bits. False
 * when the half lies between, and for what is no normal double.
 */
static bool round_bits(wide_integer bits, int exponent, double *value)
{
    int zeros = leading_zeros(bits);
    int surplus = 128 - zeros - DBL_MANT_DIG;
    wide_integer half = (wide_integer)1 << (surplus - 1);
    wide_integer rest = bits & ((half << 1) - 1);
    uint64_t whole = (uint64_t)(bits >> surplus);
    int power = exponent + surplus + DBL_MANT_DIG - 1 + DBL_MAX_EXP - 1;

    if (rest + 2 >= half && rest <= half) {
        return false;
    }
    whole += rest > half;
    power += whole == MOST_WHOLE;
    if (power < 1 || power > 2 * DBL_MAX_EXP - 2) {
        return false;
    }
    whole = (whole & (MOST_WHOLE / 2 - 1)) | (uint64_t)power << (DBL_MANT_DIG - 1);
    memcpy(value, &whole, sizeof whole);
    return true;
}

/* After Eisel and Lemire (Lemire 2021, Software: Practice and Experience 51), with a power of
 * ten that is a product of two. */
static bool nearest_by_bits(uint64_t digits, int exponent, double *value)
{
    int step = (exponent - FIRST_STEP * STEP) / STEP;
    int rest = exponent - (step + FIRST_STEP) * STEP;
    wide_integer exact = (wide_integer)digits * power_of_five(rest);
    int zeros = leading_zeros(exact);
    wide_integer power = (wide_integer)steps[step].high << 64 | steps[step].low;

    return round_bits(high_product(exact << zeros, power),
                      128 + steps[step].exponent - zeros + rest, value);
}

#else

static bool nearest_by_bits(uint64_t digits, int exponent, double *value)
{
    (void)digits;
    (void)exponent;
    (void)value;
    return false;
}

#endif

bool decimal_nearest(uint64_t digits, long exponent, double *value)
{
    if (digits == 0) {
        *value = 0;
        return true;
    }
    if (digits <= MOST_WHOLE && exponent >= -MOST_EXACT && exponent <= MOST_EXACT) {
        *value = exponent < 0 ? (double)digits / powers[-exponent]
                              : (double)digits * powers[exponent];
        return true;
    }
    if (exponent < LEAST_POWER || exponent > MOST_POWER) {
        return false;
    }
    return nearest_by_bits(digits, (int)exponent, value);
}
