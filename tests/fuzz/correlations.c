/* Correlations of errors as a square or a list, and what is asked of them. */
#include "multivariable/correlations.h"
#include "base/arena.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    const char *const names[] = {"A", "B", "C"};
    struct arena *arena = arena_create();
    struct error error = {0};
    struct correlations correlations;

    if (!correlations_read(fuzz_file("correlations", bytes, length), arena, &correlations,
                           &error) ||
        !correlations_need(&correlations, names, 3, &error) ||
        !correlations_check(&correlations, names, 3, 0.1, &error)) {
        fuzz_refused(&error);
    }
    arena_destroy(arena);
    return 0;
}
