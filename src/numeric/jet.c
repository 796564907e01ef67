#include "numeric/jet.h"
#include <math.h>

/* The powers of each coefficient, packed by two bits a variable, by rising degree; and where
 * each degree begins. */
static const unsigned char powers[JET_SIZE] = {
    0,  64,  16, 4,  1,  128, 80, 32,  68, 20, 8,  65, 17, 5,  2,  192, 144, 96,
    48, 132, 84, 36, 72, 24,  12, 129, 81, 33, 69, 21, 9,  66, 18, 6,   3};
static const unsigned char begins[JET_ORDER + 2] = {0, 1, 5, 15, JET_SIZE};

/* Which coefficient has some powers. */
static const unsigned char places[] = {
    [0] = 0,   [64] = 1,   [16] = 2,   [4] = 3,   [1] = 4,    [128] = 5,  [80] = 6,
    [32] = 7,  [68] = 8,   [20] = 9,   [8] = 10,  [65] = 11,  [17] = 12,  [5] = 13,
    [2] = 14,  [192] = 15, [144] = 16, [96] = 17, [48] = 18,  [132] = 19, [84] = 20,
    [36] = 21, [72] = 22,  [24] = 23,  [12] = 24, [129] = 25, [81] = 26,  [33] = 27,
    [69] = 28, [21] = 29,  [9] = 30,   [66] = 31, [18] = 32,  [6] = 33,   [3] = 34};

struct jet jet_constant(double value)
{
    return (struct jet){{value}};
}

struct jet jet_variable(int which, double value, double scale)
{
    struct jet jet = jet_constant(value);

    jet.c[places[1 << 2 * which]] = scale;
    return jet;
}

struct jet jet_sum(double a, const struct jet *one, double b, const struct jet *other)
{
    struct jet sum;

    for (int i = 0; i < JET_SIZE; i++) {
        sum.c[i] = a * one->c[i] + b * other->c[i];
    }
    return sum;
}

struct jet jet_product(const struct jet *one, const struct jet *other)
{
    struct jet product = {{0}};

    for (int degree = 0; degree <= JET_ORDER; degree++) {
        for (int i = begins[degree]; i < begins[degree + 1]; i++) {
            for (int k = 0; k < begins[JET_ORDER - degree + 1]; k++) {
                product.c[places[powers[i] + powers[k]]] += one->c[i] * other->c[k];
            }
        }
    }
    return product;
}

struct jet jet_of(const struct jet *inner, const double taylor[JET_ORDER + 1])
{
    struct jet small = *inner, result = jet_constant(taylor[JET_ORDER]);

    small.c[0] = 0;
    for (int order = JET_ORDER - 1; order >= 0; order--) {
        result = jet_product(&result, &small);
        result.c[0] += taylor[order];
    }
    return result;
}

struct jet jet_exp(const struct jet *jet)
{
    double value = exp(jet->c[0]);
    const double taylor[] = {value, value, value / 2, value / 6};

    return jet_of(jet, taylor);
}

struct jet jet_log(const struct jet *jet)
{
    double r = 1 / jet->c[0];
    const double taylor[] = {log(jet->c[0]), r, -r * r / 2, r * r * r / 3};

    return jet_of(jet, taylor);
}

struct jet jet_reciprocal(const struct jet *jet)
{
    double r = 1 / jet->c[0];
    const double taylor[] = {r, -r * r, r * r * r, -r * r * r * r};

    return jet_of(jet, taylor);
}

double jet_derivative(const struct jet *jet, int a, int b, int c, int d)
{
    static const double factorials[] = {1, 1, 2, 6};

    return jet->c[places[a + 4 * b + 16 * c + 64 * d]] * factorials[a] * factorials[b] *
           factorials[c] * factorials[d];
}
