/* A table of taxa and their lineage. */
#include "fuzz.h"
#include "study/build.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct study *study = study_create();
    struct trait_list list = trait_list_create();
    struct error error = {0};

    if (!taxonomy_read(&list, study, fuzz_file("taxa", bytes, length), &error)) {
        fuzz_refused(&error);
    }
    trait_list_destroy(&list);
    study_destroy(study);
    return 0;
}
