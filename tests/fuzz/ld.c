/* Correlations as a square, a named square or a list. */
#include "instrument/ld.h"
#include "base/arena.h"
#include "fuzz.h"
#include <math.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct association one = {.variant = "rs1", .effect_allele = "A", .other_allele = "G"};
    struct association other = {.variant = "rs2", .effect_allele = "C"};
    struct error error = {0};
    struct ld_place places[2];
    struct ld *ld;

    if (!ld_read(fuzz_file("ld", bytes, length), &ld, &error)) {
        fuzz_refused(&error);
        return 0;
    }
    if (ld_has_names(ld)) {
        places[0] = ld_find(ld, &one);
        places[1] = ld_find(ld, &other);
        if (places[0].match == LD_FOUND && places[1].match == LD_FOUND) {
            volatile double r = ld_correlation(ld, &places[0], &places[1]);

            (void)r;
        }
    }
    ld_destroy(ld);
    return 0;
}
