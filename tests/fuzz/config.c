/* The configuration file: whatever it holds, the rest is taken and every complaint is a line.
 */
#include "ui/config.h"
#include "base/text.h"
#include "fuzz.h"
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct config config;

    config_read(&config, fuzz_file("taxamr.conf", bytes, length));
    for (size_t i = 0; i < config.complaints.count; i++) {
        if (strchr(*(char **)array_at(&config.complaints, i), '\n') != NULL) {
            abort();
        }
    }
    config_end(&config);
    return 0;
}
