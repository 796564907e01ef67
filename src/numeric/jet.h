/*
 * Functions of four variables with all their derivatives up to the third: truncated Taylor
 * series, on which sums, products and functions of one number act. In: a point. Out: exact
 * derivatives there, where formulas of third derivatives would be long and differences coarse.
 */
#ifndef NUMERIC_JET_H
#define NUMERIC_JET_H

#define JET_VARIABLES 4
#define JET_ORDER 3
#define JET_SIZE 35

/* Taylor coefficients of all powers up to the third degree; the first is the value. */
struct jet {
    double c[JET_SIZE];
};

/* A constant; and value + scale times variable 0 <= which < JET_VARIABLES. */
struct jet jet_constant(double value);
struct jet jet_variable(int which, double value, double scale);

/* a * one + b * other, and one * other. */
struct jet jet_sum(double a, const struct jet *one, double b, const struct jet *other);
struct jet jet_product(const struct jet *one, const struct jet *other);

/* A function of a jet, by the function's own Taylor coefficients at the jet's value. */
struct jet jet_of(const struct jet *inner, const double taylor[JET_ORDER + 1]);
struct jet jet_exp(const struct jet *jet);
struct jet jet_log(const struct jet *jet);
struct jet jet_reciprocal(const struct jet *jet);

/* The derivative a times by variable 0, b times by variable 1 ...; a + b + c + d <= 3. */
double jet_derivative(const struct jet *jet, int a, int b, int c, int d);

#endif
