/* What the explorer kept: notes of a study. */
#include "ui/explorer/notes.h"
#include "base/memory.h"
#include "fuzz.h"
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    char *text = memory_copy_bytes((const char *)bytes, length);
    struct notes notes = {0}, again = {0};

    if (notes_take(&notes, text, "/somewhere/study.conf")) {
        char *written = notes_text(&notes, "/somewhere/study.conf");

        /* What is written is read again. */
        if (!notes_take(&again, written, "/somewhere/study.conf")) {
            __builtin_trap();
        }
        memory_free(written);
    }
    notes_end(&notes);
    notes_end(&again);
    memory_free(text);
    return 0;
}
