/* A table with both sides of pairs. */
#include "base/memory.h"
#include "fuzz.h"
#include "study/study.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    const char *path = fuzz_file("harmonised", bytes, length);
    struct gwas_options options = {.threads = 1};
    struct error error = {0};
    struct study *study;

    for (int i = 0; i < 2; i++) {
        options.skip_bad_rows = i == 1;
        if (study_load_harmonised(path, &options, &study, &error)) {
            study_destroy(study);
        } else {
            fuzz_refused(&error);
        }
    }
    return 0;
}
