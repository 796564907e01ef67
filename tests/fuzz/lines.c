/* Bytes that may be gzip, BGZF or zstd, as lines. */
#include "gwas/lines.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    const char *path = fuzz_file("lines", bytes, length);
    enum read_result result = READ_ROW;
    struct error error = {0};
    struct lines *lines;
    char *line;
    size_t line_length, all = 0;

    if (!lines_open(path, &lines, &error)) {
        fuzz_refused(&error);
        return 0;
    }
    lines_threads(lines, 1);
    while (result == READ_ROW && all < (size_t)64 << 20) {
        result = lines_next(lines, &line, &line_length, &error);
        all += result == READ_ROW ? line_length + 1 : 0;
    }
    if (result == READ_ERROR) {
        fuzz_refused(&error);
    }
    lines_close(lines);
    return 0;
}
