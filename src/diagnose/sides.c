#include "diagnose/sides.h"
#include "instrument/instrument.h"
#include <math.h>

const struct association *sides_exposure(const struct pair *pair, size_t j)
{
    return &pair->rows[pair->row[j]].x;
}

const struct association *sides_outcome(const struct pair *pair, size_t j)
{
    return &pair->rows[pair->row[j]].y;
}

double sides_r2(const struct association *association, const struct trait *trait)
{
    enum r2_basis basis;
    double r2 = instrument_r2(association, &basis);

    return basis == R2_EAF && (trait == NULL || trait->unit != UNIT_SD) ? NAN : r2;
}
