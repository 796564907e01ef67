#include "diagnose/agreement.h"
#include <math.h>

static bool reach(double lower, double upper, const struct estimate *main)
{
    return lower <= main->upper && upper >= main->lower;
}

/* Whether any piece of an interval overlaps with the main one. */
static bool overlaps(const struct estimate *estimate, const struct estimate *main)
{
    for (size_t i = 0; i < estimate->piece_count; i++) {
        if (reach(estimate->pieces[i].lower, estimate->pieces[i].upper, main)) {
            return true;
        }
    }
    return estimate->piece_count == 0 && reach(estimate->lower, estimate->upper, main);
}

static bool counts(const struct estimate *estimate, const struct estimate *main)
{
    return estimate->status == ESTIMATE_DONE && estimate->method != main->method &&
           !isnan(estimate->lower) && !isnan(estimate->upper);
}

struct agreement agreement_of(const struct analysis *analysis)
{
    const struct estimate *main = &analysis->main;
    struct agreement agreement = {0};

    for (size_t i = 0; main->status == ESTIMATE_DONE && i < analysis->estimate_count; i++) {
        const struct estimate *estimate = &analysis->estimates[i];

        if (counts(estimate, main)) {
            agreement.of++;
            agreement.agree += (estimate->b < 0) == (main->b < 0) && overlaps(estimate, main);
        }
    }
    return agreement;
}
