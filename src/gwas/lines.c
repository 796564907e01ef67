#include "gwas/lines.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "gwas/stream.h"
#include <string.h>

struct lines {
    struct stream *stream;
    struct stream_block block;
    size_t begin; /* what of the block was not given yet starts here */
    bool is_at_end;
    bool has_failed;
    long number;
    struct text carry; /* the start of a line that ends in a later block */
    bool is_carry_given;
    const struct sieve *sieve;
    struct sieved *room;         /* for blocks that come unsieved */
    const struct sieved *sieved; /* what is under way, or NULL */
    size_t next;                 /* of its lines that are left */
    long number_before;          /* lines before what is under way, */
    size_t skipped_before;       /* and rows passed over */
    size_t skipped;
    enum lines_kind kind;
    char nothing[1]; /* what a block holds where there is none */
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
    {"PAR1", 4, N_("a Parquet file; save it as text")},
};

static bool fail(struct lines *lines, struct error *error)
{
    lines->has_failed = true;
    if (error->line == 0 && lines->number > 0) {
        error->line = lines->number + 1;
    }
    return false;
}

static enum read_result fail_nul(struct lines *lines, struct error *error)
{
    lines->has_failed = true;
    error_set(error, ERROR_DATA, stream_name(lines->stream), lines->number + 1, NULL,
              _("found a NUL byte, so this is no text; give a text file"));
    return READ_ERROR;
}

/* The first block is looked through at once: what is no text is told before its columns are. */
static bool check_first_block(struct lines *lines, struct error *error)
{
    const char *bytes = lines->block.bytes;
    const char *nul = lines->block.length == 0 ? NULL : memchr(bytes, 0, lines->block.length);

    if (nul == NULL) {
        return true;
    }
    for (const char *at = bytes; at < nul; at++) {
        lines->number += *at == '\n';
    }
    (void)fail_nul(lines, error);
    return false;
}

static bool next_block(struct lines *lines, struct error *error)
{
    lines->begin = 0;
    lines->sieved = NULL;
    if (!stream_next(lines->stream, &lines->block, error)) {
        lines->block = (struct stream_block){.bytes = lines->nothing};
        return fail(lines, error);
    }
    lines->is_at_end = lines->block.length == 0;
    if (lines->is_at_end) {
        lines->block.bytes = lines->nothing;
    }
    return true;
}

/* Whether the file begins as no table of text does; a byte-order mark is passed over. */
static bool check_start(struct lines *lines, struct error *error)
{
    const char *bytes;
    size_t length;

    if (!next_block(lines, error)) {
        return false;
    }
    bytes = lines->block.bytes;
    length = lines->block.length;
    for (size_t i = 0; i < sizeof strangers / sizeof *strangers; i++) {
        if (length >= strangers[i].length &&
            memcmp(bytes, strangers[i].magic, strangers[i].length) == 0) {
            return error_set(error, ERROR_DATA, stream_name(lines->stream), 1, NULL,
                             _("found %s"), _(strangers[i].what));
        }
    }
    if (length >= 4 && memcmp(bytes, "BCF\2", 4) == 0) {
        lines->kind = LINES_BCF;
        return true;
    }
    if (length >= 16 && memcmp(bytes, "##fileformat=VCF", 16) == 0) {
        lines->kind = LINES_VCF;
    }
    if (length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) {
        lines->begin = 3;
    }
    return check_first_block(lines, error);
}

static bool open_stream(struct stream *stream, struct lines **lines, struct error *error)
{
    struct lines *opened = memory_get(1, sizeof *opened);

    opened->stream = stream;
    if (!check_start(opened, error)) {
        lines_close(opened);
        return false;
    }
    *lines = opened;
    return true;
}

bool lines_open(const char *path, struct lines **lines, struct error *error)
{
    struct stream *stream;

    return stream_open(path, &stream, error) && open_stream(stream, lines, error);
}

bool lines_open_bytes(const char *name, const char *bytes, size_t length, struct lines **lines,
                      struct error *error)
{
    return open_stream(stream_open_bytes(name, bytes, length), lines, error);
}

enum lines_kind lines_kind(const struct lines *lines)
{
    return lines->kind;
}

void lines_close(struct lines *lines)
{
    if (lines != NULL) {
        stream_close(lines->stream);
        sieved_destroy(lines->room);
        text_drop(&lines->carry);
        memory_free(lines);
    }
}

void lines_threads(struct lines *lines, size_t threads)
{
    stream_threads(lines->stream, threads);
}

void lines_sieve(struct lines *lines, const struct sieve *sieve)
{
    lines->sieve = sieve;
    lines->room = sieved_create(sieve);
    stream_sieve(lines->stream, sieve);
}

static enum read_result too_long(struct lines *lines, struct error *error)
{
    lines->has_failed = true;
    error_set(error, ERROR_DATA, stream_name(lines->stream), lines->number + 1, NULL,
              _("found a line of more than %zu bytes; split it into lines"), LINES_LONGEST);
    return READ_ERROR;
}

/* Gives a line, whose last byte may be written behind. */
static enum read_result give(struct lines *lines, char *line, size_t length, char **text,
                             size_t *text_length, struct error *error)
{
    if (memchr(line, 0, length) != NULL) {
        return fail_nul(lines, error);
    }
    if (length > LINES_LONGEST) {
        return too_long(lines, error);
    }
    if (length > 0 && line[length - 1] == '\r') {
        length--;
    }
    line[length] = '\0';
    lines->number++;
    *text = line;
    *text_length = length;
    return READ_ROW;
}

/* What is left of the block belongs to a line that ends in a later one. */
static void carry_rest(struct lines *lines)
{
    text_add_bytes(&lines->carry, lines->block.bytes + lines->begin,
                   lines->block.length - lines->begin);
    lines->begin = lines->block.length;
}

static enum read_result give_carry(struct lines *lines, char **text, size_t *length,
                                   struct error *error)
{
    lines->is_carry_given = true;
    return give(lines, lines->carry.bytes, lines->carry.length, text, length, error);
}

/* Forgets what was carried once it was given, and what was sieved behind the present line. */
static void start_line(struct lines *lines)
{
    if (lines->is_carry_given) {
        lines->carry.length = 0;
        lines->is_carry_given = false;
    }
    lines->sieved = NULL;
}

static enum read_result fail_again(const struct lines *lines, struct error *error)
{
    error_set(error, ERROR_DATA, stream_name(lines->stream), lines->number + 1, NULL,
              _("cannot read on; mend the file first"));
    return READ_ERROR;
}

enum read_result lines_next(struct lines *lines, char **text, size_t *length,
                            struct error *error)
{
    if (lines->has_failed) {
        return fail_again(lines, error);
    }
    start_line(lines);
    for (;;) {
        char *start = lines->block.bytes + lines->begin;
        size_t left = lines->block.length - lines->begin;
        char *stop = left == 0 ? NULL : memchr(start, '\n', left);

        if (stop != NULL && lines->carry.length == 0) {
            lines->begin += (size_t)(stop - start) + 1;
            return give(lines, start, (size_t)(stop - start), text, length, error);
        }
        if (stop != NULL) {
            text_add_bytes(&lines->carry, start, (size_t)(stop - start));
            lines->begin += (size_t)(stop - start) + 1;
            return give_carry(lines, text, length, error);
        }
        if (left > 0) {
            carry_rest(lines);
        }
        if (lines->is_at_end) {
            return lines->carry.length == 0 ? READ_END : give_carry(lines, text, length, error);
        }
        if (lines->carry.length > LINES_LONGEST) {
            return give_carry(lines, text, length, error);
        }
        if (!next_block(lines, error)) {
            return READ_ERROR;
        }
    }
}

/* Takes up what was sieved ahead, or sieves the whole lines of the block here. */
static bool take_up(struct lines *lines)
{
    const struct sieved *ahead = lines->block.sieved;
    const char *start = lines->block.bytes + lines->begin;
    size_t left = lines->block.length - lines->begin;
    size_t whole;

    if (left == 0 || (ahead != NULL && lines->begin < ahead->start)) {
        return false;
    }
    if (ahead == NULL || lines->begin > ahead->start) {
        whole = sieve_whole(start, left);
        if (whole == 0) {
            return false;
        }
        sieve_run(lines->sieve, NULL, lines->block.bytes, lines->begin, lines->begin + whole,
                  lines->room);
        ahead = lines->room;
    }
    lines->sieved = ahead;
    lines->next = 0;
    lines->number_before = lines->number;
    lines->skipped_before = lines->skipped;
    return true;
}

/* Gives the numbers of rows that were passed over since the last time, up to `rows` of them. */
static void give_values(struct lines *lines, size_t rows)
{
    const struct sieve *sieve = lines->sieve;
    size_t given = lines->skipped - lines->skipped_before;

    lines->skipped = lines->skipped_before + rows;
    if (sieve->parsed != NULL && rows > given) {
        sieve->take(sieve->context, lines->sieved->values + given * sieve->parsed_count,
                    rows - given);
    }
}

/* The next line that is left of what is under way; READ_END when there is none. */
static enum read_result give_left(struct lines *lines, char **text, size_t *length,
                                  struct error *error)
{
    const struct sieved *sieved = lines->sieved;
    const struct sieve_line *line;

    if (lines->next == sieved->count) {
        lines->begin = sieved->end;
        lines->number = lines->number_before + (long)sieved->lines;
        give_values(lines, sieved->skipped);
        lines->sieved = NULL;
        return READ_END;
    }
    line = &sieved->left[lines->next++];
    lines->begin = (size_t)line->start + line->length + 1;
    lines->number = lines->number_before + (long)line->lines;
    give_values(lines, line->skipped);
    return give(lines, lines->block.bytes + line->start, line->length, text, length, error);
}

enum read_result lines_next_left(struct lines *lines, char **text, size_t *length,
                                 struct error *error)
{
    if (lines->has_failed) {
        return fail_again(lines, error);
    }
    while (lines->sieve != NULL &&
           (lines->sieved != NULL ||
            ((lines->carry.length == 0 || lines->is_carry_given) && take_up(lines)))) {
        enum read_result result = give_left(lines, text, length, error);

        if (result != READ_END) {
            return result;
        }
    }
    return lines_next(lines, text, length, error);
}

size_t lines_skipped(const struct lines *lines)
{
    return lines->skipped;
}

long lines_number(const struct lines *lines)
{
    return lines->number;
}

const char *lines_name(const struct lines *lines)
{
    return stream_name(lines->stream);
}

void lines_count_bytes(struct lines *lines, _Atomic uint64_t *consumed)
{
    stream_count_bytes(lines->stream, consumed);
}
