#include "gwas/index_source.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "gwas/index_blocks.h"
#include "gwas/lines.h"
#include <errno.h>
#include <fcntl.h>
#include <htslib/bgzf.h>
#include <htslib/hts.h>
#include <htslib/kstring.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct index_source {
    BGZF *file;                  /* for lines in order */
    int descriptor;              /* the same file, for lines here and there */
    struct index_blocks *blocks; /* of it, where it is BGZF; else NULL */
    char *name;
    kstring_t line;
    struct text text; /* a line from here or there */
    char *piece;      /* what was read last of a plain file, */
    off_t start;      /* from where, */
    size_t length;    /* and how much */
    bool is_at_end;   /* nothing more was there to read */
    bool is_moved;    /* the next line is not where `file` is, */
    uint64_t next;    /* but here */
};

/* What is read of a plain file at once for lines here and there: a few dozen of them. */
#define PIECE ((size_t)8192)

/* A file that is compressed as a whole has to be read from its beginning. */
static bool check_kind(const struct index_source *source, int file, struct error *error)
{
    unsigned char start[4] = {0};
    bool is_whole = bgzf_compression(source->file) == 1;

    if (pread(file, start, sizeof start, 0) == (ssize_t)sizeof start) {
        is_whole = is_whole || memcmp(start, "\x28\xb5\x2f\xfd", 4) == 0;
    }
    return !is_whole ||
           error_set(error, ERROR_DATA, source->name, 0, NULL,
                     _("found a file that is compressed as a whole, so no row of it can be "
                       "reached alone; unpack it and compress it with bgzip"));
}

static bool open_file(struct index_source *source, const char *path, struct error *error)
{
    struct stat status;
    int file = open(path, O_RDONLY | O_CLOEXEC);

    if (file < 0 || fstat(file, &status) != 0) {
        error_set_errno(error, path, _("cannot open; check the name"));
    } else if (!S_ISREG(status.st_mode)) {
        error_set(error, ERROR_DATA, path, 0, NULL,
                  _("found no plain file; an index needs a file that stays"));
    } else {
        hts_set_log_level(HTS_LOG_OFF);
        source->file = bgzf_dopen(file, "r");
        if (source->file == NULL) {
            error_set(error, ERROR_DATA, path, 0, NULL, _("cannot be read as plain or BGZF"));
        } else {
            source->descriptor = fcntl(file, F_DUPFD_CLOEXEC, 0);
            if (source->descriptor < 0) {
                return error_set_errno(error, path, _("cannot open; check the name"));
            }
            source->blocks = bgzf_compression(source->file) == 0
                                 ? NULL
                                 : index_blocks_create(source->descriptor);
            return check_kind(source, file, error);
        }
    }
    if (file >= 0) {
        close(file);
    }
    return false;
}

bool index_source_open(const char *path, struct index_source **source, struct error *error)
{
    struct index_source *opened = memory_get(1, sizeof *opened);

    opened->descriptor = -1;
    opened->piece = memory_get(PIECE, 1);
    opened->name = memory_copy_text(path);
    if (!open_file(opened, path, error)) {
        index_source_close(opened);
        return false;
    }
    *source = opened;
    return true;
}

void index_source_close(struct index_source *source)
{
    if (source == NULL) {
        return;
    }
    if (source->file != NULL) {
        bgzf_close(source->file);
    }
    index_blocks_destroy(source->blocks);
    if (source->descriptor >= 0) {
        close(source->descriptor);
    }
    free(source->line.s);
    text_drop(&source->text);
    memory_free(source->piece);
    memory_free(source->name);
    memory_free(source);
}

/* Sees to it that the piece holds a place of the plain file; false at its end, or an error. */
static bool read_piece(struct index_source *source, off_t place)
{
    ssize_t got;

    source->is_at_end = false;
    if (place >= source->start && place < source->start + (off_t)source->length) {
        return true;
    }
    do {
        got = pread(source->descriptor, source->piece, PIECE, place);
    } while (got < 0 && errno == EINTR);
    source->start = place;
    source->length = got < 0 ? 0 : (size_t)got;
    source->is_at_end = got == 0;
    return got > 0;
}

/* The line at a place of a plain file, pieced together. */
static bool read_plain(struct index_source *source, uint64_t place)
{
    const char *stop = NULL;

    source->text.length = 0;
    while (stop == NULL && source->text.length <= LINES_LONGEST) {
        off_t here = (off_t)(place + source->text.length);
        const char *at;
        size_t left;

        if (!read_piece(source, here)) {
            break;
        }
        at = source->piece + (here - source->start);
        left = source->length - (size_t)(here - source->start);
        stop = memchr(at, '\n', left);
        text_add_bytes(&source->text, at, stop == NULL ? left : (size_t)(stop - at));
    }
    source->next = place + source->text.length + 1;
    return stop != NULL || (source->is_at_end && source->text.length > 0);
}

/* The same of a BGZF file. */
static bool read_packed(struct index_source *source, uint64_t place)
{
    uint64_t at = place >> 16;
    size_t offset = (size_t)(place & 0xffff);
    const char *stop = NULL;

    source->text.length = 0;
    source->is_at_end = false;
    while (stop == NULL && source->text.length <= LINES_LONGEST) {
        struct index_block block;
        size_t length;

        if (!index_blocks_get(source->blocks, at, &block) || offset > block.length) {
            return false;
        }
        source->is_at_end = block.next == at;
        if (source->is_at_end) {
            break;
        }
        stop = memchr(block.bytes + offset, '\n', block.length - offset);
        length = stop == NULL ? block.length : (size_t)(stop - block.bytes);
        text_add_bytes(&source->text, block.bytes + offset, length - offset);
        offset = length + 1;
        if (offset >= block.length) {
            at = block.next;
            offset = 0;
        }
    }
    source->next = at << 16 | offset;
    return stop != NULL || (source->is_at_end && source->text.length > 0);
}

static bool read_there(struct index_source *source, uint64_t place)
{
    return place <= INT64_MAX &&
           (source->blocks == NULL ? read_plain : read_packed)(source, place);
}

void index_source_expect(struct index_source *source, const uint64_t *places, size_t count,
                         size_t threads)
{
    if (source->blocks != NULL) {
        index_blocks_expect(source->blocks, places, count, threads);
    }
}

bool index_source_go(struct index_source *source, uint64_t place)
{
    source->is_moved = place <= INT64_MAX;
    source->next = place;
    return source->is_moved;
}

bool index_source_line(struct index_source *source, uint64_t place, const char **line,
                       size_t *length)
{
    if (!read_there(source, place)) {
        return false;
    }
    *line = source->text.bytes;
    *length = source->text.length;
    if (*length > 0 && (*line)[*length - 1] == '\r') {
        (*length)--;
    }
    return true;
}

static bool fail_blocks(const struct index_source *source, struct error *error)
{
    return error_set(error, ERROR_DATA, source->name, 0, NULL,
                     _("found corrupt BGZF data; download it again"));
}

/* Why there is no line that is not the end of the file either. */
static bool fail_there(const struct index_source *source, struct error *error)
{
    if (source->text.length > LINES_LONGEST) {
        return error_set(error, ERROR_DATA, source->name, 0, NULL,
                         _("found a line of more than %zu bytes; split it into lines"),
                         LINES_LONGEST);
    }
    if (source->blocks != NULL) {
        return fail_blocks(source, error);
    }
    return error_set_errno(error, source->name, _("cannot read"));
}

/* The next line where lines are read here and there. */
static bool read_next(struct index_source *source, const char **line, size_t *length,
                      uint64_t *place, struct error *error)
{
    uint64_t here = source->next;
    bool is_there = read_there(source, here);

    if (!is_there && !source->is_at_end) {
        return fail_there(source, error);
    }
    *place = here;
    *line = is_there ? source->text.bytes : NULL;
    *length = is_there ? source->text.length : 0;
    return true;
}

bool index_source_next(struct index_source *source, const char **line, size_t *length,
                       uint64_t *place, struct error *error)
{
    int got;

    if (source->is_moved) {
        return read_next(source, line, length, place, error);
    }
    *place = (uint64_t)bgzf_tell(source->file);
    if (source->blocks == NULL) {
        *place = (*place >> 16) + (*place & 0xffff);
    }
    got = bgzf_getline(source->file, '\n', &source->line);
    *line = got < 0 ? NULL : source->line.s;
    *length = got < 0 ? 0 : source->line.l;
    if (got < -1) {
        return fail_blocks(source, error);
    }
    return true;
}
