#include "gwas/lines.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "gwas/stream.h"
#include <string.h>

#define FIRST_CAPACITY ((size_t)512 << 10)

struct lines {
    struct stream *stream;
    char *buffer;
    size_t capacity;   /* one byte less than there is, for the last NUL */
    size_t begin, end; /* what of buffer was not given yet */
    bool is_at_end;
    bool has_failed;
    long number;
};

/* What the first bytes of files that are no text look like. */
static const struct {
    const char *magic;
    size_t length;
    const char *what;
} strangers[] = {
    {"\xff\xfe", 2, N_("UTF-16 text; save it as UTF-8")},
    {"\xfe\xff", 2, N_("UTF-16 text; save it as UTF-8")},
    {"PK\3\4", 4, N_("a zip archive or a spreadsheet; unpack it or save it as text")},
    {"BZh", 3, N_("bzip2 data; unpack it first")},
    {"\xfd"
     "7zXZ",
     5, N_("xz data; unpack it first")},
    {"\x28\xb5\x2f\xfd", 4, N_("zstd data; unpack it first")},
    {"PAR1", 4, N_("a Parquet file; save it as text")},
    {"##fileformat=VCF", 16, N_("a VCF file; write its associations as a table")},
};

static bool fail(struct lines *lines, struct error *error)
{
    lines->has_failed = true;
    if (error->line == 0 && lines->number > 0) {
        error->line = lines->number + 1;
    }
    return false;
}

static long newlines(const char *bytes, size_t length)
{
    long count = 0;
    const char *end = bytes + length;
    const char *at = bytes;

    while ((at = memchr(at, '\n', (size_t)(end - at))) != NULL) {
        count++;
        at++;
    }
    return count;
}

/* A NUL byte means that this is no text, wherever it stands. */
static bool check_text(struct lines *lines, size_t from, struct error *error)
{
    const char *nul = memchr(lines->buffer + from, 0, lines->end - from);
    const char *start = lines->buffer + lines->begin;

    if (nul == NULL) {
        return true;
    }
    lines->has_failed = true;
    return error_set(error, ERROR_DATA, stream_name(lines->stream),
                     lines->number + 1 + newlines(start, (size_t)(nul - start)), NULL,
                     _("found a NUL byte, so this is no text; give a table"));
}

/* Reads more behind what is there, moving it to the front and growing as needed. */
static bool fill(struct lines *lines, struct error *error)
{
    size_t left = lines->end - lines->begin;
    size_t got;

    memmove(lines->buffer, lines->buffer + lines->begin, left);
    lines->begin = 0;
    lines->end = left;
    if (left * 2 > lines->capacity) {
        lines->capacity *= 2;
        lines->buffer = memory_resize(lines->buffer, lines->capacity + 1, 1);
    }
    if (!stream_read(lines->stream, lines->buffer + left, lines->capacity - left, &got,
                     error)) {
        return fail(lines, error);
    }
    lines->end += got;
    lines->is_at_end = got == 0;
    return true;
}

static bool check_start(struct lines *lines, struct error *error)
{
    while (lines->end < 16 && !lines->is_at_end) {
        if (!fill(lines, error)) {
            return false;
        }
    }
    for (size_t i = 0; i < sizeof strangers / sizeof *strangers; i++) {
        if (lines->end >= strangers[i].length &&
            memcmp(lines->buffer, strangers[i].magic, strangers[i].length) == 0) {
            return error_set(error, ERROR_DATA, stream_name(lines->stream), 1, NULL,
                             _("found %s"), _(strangers[i].what));
        }
    }
    if (!check_text(lines, 0, error)) {
        return false;
    }
    if (lines->end >= 3 && memcmp(lines->buffer, "\xef\xbb\xbf", 3) == 0) {
        lines->begin = 3;
    }
    return true;
}

bool lines_open(const char *path, struct lines **lines, struct error *error)
{
    struct lines *opened = memory_get(1, sizeof *opened);

    opened->capacity = FIRST_CAPACITY;
    opened->buffer = memory_get(opened->capacity + 1, 1);
    if (!stream_open(path, &opened->stream, error) || !check_start(opened, error)) {
        lines_close(opened);
        return false;
    }
    *lines = opened;
    return true;
}

void lines_close(struct lines *lines)
{
    if (lines != NULL) {
        stream_close(lines->stream);
        memory_free(lines->buffer);
        memory_free(lines);
    }
}

/* Gives the line of `length` bytes at begin; the next one starts at `next`. */
static enum read_result give(struct lines *lines, size_t length, size_t next, char **text,
                             size_t *text_length)
{
    char *line = lines->buffer + lines->begin;

    if (length > 0 && line[length - 1] == '\r') {
        length--;
    }
    line[length] = '\0';
    lines->begin = next;
    lines->number++;
    *text = line;
    *text_length = length;
    return READ_ROW;
}

static enum read_result too_long(struct lines *lines, struct error *error)
{
    lines->has_failed = true;
    error_set(error, ERROR_DATA, stream_name(lines->stream), lines->number + 1, NULL,
              _("found a line of more than %zu bytes; split it into lines"), LINES_LONGEST);
    return READ_ERROR;
}

enum read_result lines_next(struct lines *lines, char **text, size_t *length,
                            struct error *error)
{
    size_t seen = 0;

    if (lines->has_failed) {
        error_set(error, ERROR_DATA, stream_name(lines->stream), lines->number + 1, NULL,
                  _("cannot read on; mend the file first"));
        return READ_ERROR;
    }
    for (;;) {
        char *start = lines->buffer + lines->begin;
        size_t left = lines->end - lines->begin;
        char *stop = memchr(start + seen, '\n', left - seen);

        if (stop != NULL ? (size_t)(stop - start) > LINES_LONGEST : left > LINES_LONGEST) {
            return too_long(lines, error);
        }
        if (stop != NULL) {
            return give(lines, (size_t)(stop - start), (size_t)(stop - lines->buffer) + 1, text,
                        length);
        }
        if (lines->is_at_end) {
            return left == 0 ? READ_END : give(lines, left, lines->end, text, length);
        }
        seen = left;
        if (!fill(lines, error) || !check_text(lines, lines->begin + seen, error)) {
            return READ_ERROR;
        }
    }
}

long lines_number(const struct lines *lines)
{
    return lines->number;
}

size_t lines_taken(const struct lines *lines)
{
    return stream_taken(lines->stream);
}

const char *lines_name(const struct lines *lines)
{
    return stream_name(lines->stream);
}
