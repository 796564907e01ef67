/* A study file. */
#include "fuzz.h"
#include "study/plan.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct arena *arena = arena_create();
    struct error error = {0};
    struct plan plan;

    if (plan_read(fuzz_file("study.conf", bytes, length), arena, &plan, &error)) {
        plan_destroy(&plan);
    } else {
        fuzz_refused(&error);
    }
    arena_destroy(arena);
    return 0;
}
