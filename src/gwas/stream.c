#include "gwas/stream.h"
#include "base/i18n.h"
#include "base/memory.h"
#include <errno.h>
#include <fcntl.h>
#include <isa-l/igzip_lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define INPUT_SIZE ((size_t)256 << 10)

struct stream {
    int file;
    char *name;
    unsigned char *input;
    size_t begin, end; /* what of input is not consumed yet */
    size_t taken;      /* of the file so far */
    bool is_at_end;    /* the file has no more */
    bool is_gzip;
    bool is_inside; /* within a gzip member */
    struct inflate_state *inflate;
};

/* Reads once more, behind what is left; sets is_at_end when there is nothing. */
static bool refill(struct stream *stream, struct error *error)
{
    size_t left = stream->end - stream->begin;

    if (stream->is_at_end || left == INPUT_SIZE) {
        return true;
    }
    memmove(stream->input, stream->input + stream->begin, left);
    stream->begin = 0;
    stream->end = left;
    for (;;) {
        ssize_t got = read(stream->file, stream->input + left, INPUT_SIZE - left);

        if (got >= 0) {
            stream->end += (size_t)got;
            stream->taken += (size_t)got;
            stream->is_at_end = got == 0;
            return true;
        }
        if (errno != EINTR) {
            return error_set_errno(error, stream->name, _("cannot read"));
        }
    }
}

/* Sees to `count` bytes of input, fewer only at the end. */
static bool need(struct stream *stream, size_t count, struct error *error)
{
    while (stream->end - stream->begin < count && !stream->is_at_end) {
        if (!refill(stream, error)) {
            return false;
        }
    }
    return true;
}

static bool open_file(struct stream *stream, const char *path, struct error *error)
{
    struct stat status;

    if (strcmp(path, "-") == 0) {
        stream->file = STDIN_FILENO;
        stream->name = memory_copy_text(_("standard input"));
    } else {
        stream->name = memory_copy_text(path);
        do {
            stream->file = open(path, O_RDONLY | O_CLOEXEC);
        } while (stream->file < 0 && errno == EINTR);
    }
    if (stream->file < 0 || fstat(stream->file, &status) != 0) {
        return error_set_errno(error, stream->name, _("cannot open; check the name"));
    }
    if (S_ISDIR(status.st_mode)) {
        return error_set(error, ERROR_DATA, stream->name, 0, NULL,
                         _("found a folder; give a file"));
    }
    return true;
}

static bool is_gzip_magic(const struct stream *stream)
{
    return stream->end - stream->begin >= 2 && stream->input[stream->begin] == 0x1f &&
           stream->input[stream->begin + 1] == 0x8b;
}

bool stream_open(const char *path, struct stream **stream, struct error *error)
{
    struct stream *opened = memory_get(1, sizeof *opened);

    opened->input = memory_get(INPUT_SIZE, 1);
    opened->file = -1;
    if (!open_file(opened, path, error) || !need(opened, 2, error)) {
        stream_close(opened);
        return false;
    }
    opened->is_gzip = is_gzip_magic(opened);
    if (opened->is_gzip) {
        opened->inflate = memory_get(1, sizeof *opened->inflate);
        isal_inflate_init(opened->inflate);
    }
    *stream = opened;
    return true;
}

void stream_close(struct stream *stream)
{
    if (stream == NULL) {
        return;
    }
    if (stream->file > STDIN_FILENO) {
        close(stream->file);
    }
    memory_free(stream->inflate);
    memory_free(stream->input);
    memory_free(stream->name);
    memory_free(stream);
}

size_t stream_taken(const struct stream *stream)
{
    return stream->taken;
}

const char *stream_name(const struct stream *stream)
{
    return stream->name;
}

/* Zeros behind the last member are padding: skips them, up to the end. */
static bool skip_padding(struct stream *stream, struct error *error)
{
    do {
        while (stream->begin < stream->end && stream->input[stream->begin] == 0) {
            stream->begin++;
        }
        if (stream->begin < stream->end) {
            return error_set(error, ERROR_DATA, stream->name, 0, NULL,
                             _("found bytes behind the end of the gzip data; "
                               "download it again"));
        }
        if (!need(stream, 1, error)) {
            return false;
        }
    } while (stream->begin < stream->end);
    return true;
}

/* Behind a member: nothing or padding (then not *more), or the next member. */
static bool next_member(struct stream *stream, bool *more, struct error *error)
{
    *more = false;
    if (!need(stream, 2, error)) {
        return false;
    }
    if (!is_gzip_magic(stream)) {
        return skip_padding(stream, error);
    }
    *more = true;
    isal_inflate_reset(stream->inflate);
    stream->inflate->crc_flag = ISAL_GZIP;
    stream->is_inside = true;
    return true;
}

/* One call of the decompressor on what input there is. */
static bool inflate_some(struct stream *stream, char *buffer, size_t size, size_t *got,
                         struct error *error)
{
    struct inflate_state *state = stream->inflate;
    size_t given = stream->end - stream->begin;
    int status;

    state->next_in = stream->input + stream->begin;
    state->avail_in = (uint32_t)given;
    state->next_out = (uint8_t *)buffer;
    state->avail_out = (uint32_t)size;
    status = isal_inflate(state);
    stream->begin = stream->end - state->avail_in;
    *got = size - state->avail_out;
    if (status != ISAL_DECOMP_OK) {
        return error_set(error, ERROR_DATA, stream->name, 0, NULL,
                         status == ISAL_INCORRECT_CHECKSUM
                             ? _("found gzip data whose checksum is wrong; download it again")
                             : _("found corrupt gzip data; download it again"));
    }
    stream->is_inside = state->block_state != ISAL_BLOCK_FINISH;
    if (stream->is_inside && *got == 0 && given == 0 && stream->is_at_end) {
        return error_set(error, ERROR_DATA, stream->name, 0, NULL,
                         _("found truncated gzip data; download it again"));
    }
    return true;
}

static bool read_gzip(struct stream *stream, char *buffer, size_t size, size_t *got,
                      struct error *error)
{
    while (*got == 0) {
        bool more = true;

        if (!stream->is_inside && !next_member(stream, &more, error)) {
            return false;
        }
        if (!more) {
            return true;
        }
        if (!need(stream, 1, error) || !inflate_some(stream, buffer, size, got, error)) {
            return false;
        }
    }
    return true;
}

bool stream_read(struct stream *stream, char *buffer, size_t size, size_t *got,
                 struct error *error)
{
    *got = 0;
    if (stream->is_gzip) {
        return read_gzip(stream, buffer, size, got, error);
    }
    if (!need(stream, 1, error)) {
        return false;
    }
    *got = stream->end - stream->begin < size ? stream->end - stream->begin : size;
    memcpy(buffer, stream->input + stream->begin, *got);
    stream->begin += *got;
    return true;
}
