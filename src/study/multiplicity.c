#include "study/multiplicity.h"
#include "base/memory.h"
#include "study/results.h"
#include <math.h>
#include <stdbool.h>

#define LAMBDA 0.5

size_t multiplicity_tested(const double *p, size_t count)
{
    size_t tested = 0;
    for (size_t i = 0; i < count; i++) {
        tested += !isnan(p[i]);
    }
    return tested;
}

/* Each times a factor, at most 1; NaN stay. */
static void scale(const double *p, size_t count, double factor, double *scaled)
{
    for (size_t i = 0; i < count; i++) {
        scaled[i] = isnan(p[i]) ? NAN : fmin(1, p[i] * factor);
    }
}

void multiplicity_bonferroni(const double *p, size_t count, double *adjusted)
{
    scale(p, count, (double)multiplicity_tested(p, count), adjusted);
}

void multiplicity_by(const double *p, size_t count, double *adjusted)
{
    double harmonic = 0;
    for (size_t i = multiplicity_tested(p, count); i > 0; i--) {
        harmonic += 1 / (double)i;
    }
    results_adjust(p, count, adjusted);
    scale(adjusted, count, harmonic, adjusted);
}

double multiplicity_pi0(const double *p, size_t count)
{
    size_t tested = multiplicity_tested(p, count), above = 0;
    for (size_t i = 0; i < count; i++) {
        above += p[i] > LAMBDA;
    }
    return tested == 0 ? NAN : fmin(1, (double)(above + 1) / ((1 - LAMBDA) * (double)tested));
}

void multiplicity_storey(const double *p, size_t count, double *adjusted)
{
    results_adjust(p, count, adjusted);
    scale(adjusted, count, multiplicity_pi0(p, count), adjusted);
}

double multiplicity_sidak(double p, double tests)
{
    return p >= 1 ? 1 : -expm1(tests * log1p(-p));
}

/* Tests of one parent. */
struct siblings {
    size_t *member;
    double *p, *adjusted;
    size_t count;
};

static void take_siblings(struct siblings *siblings, const double *p, const size_t *parent,
                          size_t count, size_t of)
{
    siblings->count = 0;
    for (size_t i = 0; i < count; i++) {
        if (parent[i] == of && !isnan(p[i])) {
            siblings->member[siblings->count] = i;
            siblings->p[siblings->count++] = p[i];
        }
    }
}

/* Adjusts the tests below one, which has its own adjusted P already, and puts them on the list
 * of those whose tests come next. */
static size_t adjust_below(struct siblings *siblings, double above, double *adjusted,
                           size_t *list, size_t listed)
{
    results_adjust(siblings->p, siblings->count, siblings->adjusted);
    for (size_t i = 0; i < siblings->count; i++) {
        adjusted[siblings->member[i]] = fmax(above, siblings->adjusted[i]);
        list[listed++] = siblings->member[i];
    }
    return listed;
}

void multiplicity_tree(const double *p, const size_t *parent, size_t count, double *adjusted)
{
    struct siblings siblings = {memory_get(count, sizeof(size_t)),
                                memory_get(count, sizeof(double)),
                                memory_get(count, sizeof(double)), 0};
    size_t *list = memory_get(count, sizeof *list), listed = 0;
    for (size_t i = 0; i < count; i++) {
        adjusted[i] = NAN;
    }
    take_siblings(&siblings, p, parent, count, count);
    listed = adjust_below(&siblings, 0, adjusted, list, listed);
    for (size_t i = 0; i < listed; i++) {
        take_siblings(&siblings, p, parent, count, list[i]);
        listed = adjust_below(&siblings, adjusted[list[i]], adjusted, list, listed);
    }
    memory_free(siblings.member);
    memory_free(siblings.p);
    memory_free(siblings.adjusted);
    memory_free(list);
}
