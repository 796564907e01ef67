#include "gwas/bgzf.h"
#include "base/i18n.h"
#include "base/memory.h"
#include <errno.h>
#include <isa-l/igzip_lib.h>
#include <string.h>
#include <unistd.h>

#define FIXED_HEADER ((size_t)12) /* up to and with the length of the extra field */
#define TRAILER ((size_t)8)       /* checksum and length */
#define MOSTLY ((size_t)24576)    /* few blocks of text are larger */

struct bgzf {
    struct inflate_state state;
};

static unsigned little(const unsigned char *at, int bytes)
{
    unsigned value = 0;

    for (int i = bytes; i-- > 0;) {
        value = value << 8 | at[i];
    }
    return value;
}

/*
 * How long the block at `at` is with its header; 0 when it is none. The extra field of a BGZF
 * block has a subfield BC of two bytes, the length less one.
 */
static size_t block_length(const unsigned char *at, size_t left, size_t *header)
{
    size_t extra;

    if (left < FIXED_HEADER || memcmp(at, "\x1f\x8b\x08\x04", 4) != 0) {
        return 0;
    }
    extra = little(at + 10, 2);
    *header = FIXED_HEADER + extra;
    for (size_t i = FIXED_HEADER; i + 4 <= *header && i + 4 <= left;
         i += 4 + little(at + i + 2, 2)) {
        if (at[i] == 'B' && at[i + 1] == 'C' && little(at + i + 2, 2) == 2 && i + 6 <= left) {
            size_t length = (size_t)little(at + i + 4, 2) + 1;

            return length > *header + TRAILER ? length : 0;
        }
    }
    return 0;
}

bool bgzf_is_next(struct input *input, bool *is_bgzf, struct error *error)
{
    size_t header;

    if (!input_need(input, BGZF_LARGEST_BLOCK, error)) {
        return false;
    }
    *is_bgzf = block_length(input_at(input), input_left(input), &header) > 0;
    return true;
}

struct bgzf_piece *bgzf_piece_create(size_t size)
{
    struct bgzf_piece *piece = memory_get(1, sizeof *piece);

    piece->packed = memory_get(size + BGZF_LARGEST_BLOCK, 1);
    return piece;
}

void bgzf_piece_destroy(struct bgzf_piece *piece)
{
    if (piece != NULL) {
        memory_free(piece->packed);
        memory_free(piece);
    }
}

struct bgzf *bgzf_create(void)
{
    return memory_get(1, sizeof(struct bgzf));
}

void bgzf_destroy(struct bgzf *bgzf)
{
    memory_free(bgzf);
}

bool bgzf_gather(struct input *input, size_t size, struct bgzf_piece *piece, bool *more,
                 struct error *error)
{
    piece->length = piece->unpacked = 0;
    for (;;) {
        size_t header, length, unpacked;

        if (!input_need(input, BGZF_LARGEST_BLOCK, error)) {
            return false;
        }
        length = block_length(input_at(input), input_left(input), &header);
        /* One that is cut off is left to unpack_gzip too, which says so. */
        *more = length > 0 && length <= input_left(input);
        if (!*more) {
            return true;
        }
        unpacked = little(input_at(input) + length - 4, 4);
        *more = unpacked <= BGZF_LARGEST_BLOCK;
        if (!*more || piece->unpacked + unpacked > size || piece->length + length > size) {
            return true;
        }
        memcpy(piece->packed + piece->length, input_at(input), length);
        input->begin += length;
        piece->length += length;
        piece->unpacked += unpacked;
    }
}

/* Bytes of a file up to `size`, fewer at its end; false where they cannot be read. */
static bool read_at(int file, unsigned char *bytes, size_t size, uint64_t at, size_t *length)
{
    ssize_t got = 1;

    *length = 0;
    while (*length < size && (got > 0 || (got < 0 && errno == EINTR))) {
        got = pread(file, bytes + *length, size - *length, (off_t)(at + *length));
        *length += got > 0 ? (size_t)got : 0;
    }
    return got >= 0;
}

bool bgzf_piece_read(int file, uint64_t at, struct bgzf_piece *piece)
{
    size_t got, more = 0, header, length;

    piece->length = piece->unpacked = 0;
    if (!read_at(file, piece->packed, MOSTLY, at, &got)) {
        return false;
    }
    length = block_length(piece->packed, got, &header);
    if (length > got && !read_at(file, piece->packed + got, length - got, at + got, &more)) {
        return false;
    }
    got += more;
    if (length == 0 || length > got) {
        return got == 0;
    }
    piece->length = length;
    piece->unpacked = little(piece->packed + length - 4, 4);
    return piece->unpacked <= BGZF_LARGEST_BLOCK;
}

/* One block, which must give exactly what its trailer says. */
static bool unpack_block(struct bgzf *bgzf, const unsigned char *block, size_t header,
                         size_t length, char *bytes, bool *is_checksum)
{
    struct inflate_state *state = &bgzf->state;
    size_t unpacked = little(block + length - 4, 4);
    int status;

    isal_inflate_init(state);
    state->crc_flag = ISAL_GZIP_NO_HDR_VER;
    state->next_in = (uint8_t *)(uintptr_t)(block + header);
    state->avail_in = (uint32_t)(length - header);
    state->next_out = (uint8_t *)bytes;
    state->avail_out = (uint32_t)unpacked;
    status = isal_inflate(state);
    *is_checksum = status == ISAL_INCORRECT_CHECKSUM;
    return status == ISAL_DECOMP_OK && state->block_state == ISAL_BLOCK_FINISH &&
           state->avail_out == 0 && state->avail_in == 0;
}

bool bgzf_unpack(struct bgzf *bgzf, const struct bgzf_piece *piece, const char *name,
                 char *bytes, struct error *error)
{
    size_t header, length;

    for (size_t at = 0; at < piece->length; at += length) {
        const unsigned char *block = piece->packed + at;
        bool is_checksum;

        length = block_length(block, piece->length - at, &header);
        if (!unpack_block(bgzf, block, header, length, bytes, &is_checksum)) {
            return error_set(
                error, ERROR_DATA, name, 0, NULL,
                is_checksum ? _("found gzip data whose checksum is wrong; download it again")
                            : _("found corrupt gzip data; download it again"));
        }
        bytes += little(block + length - 4, 4);
    }
    return true;
}
