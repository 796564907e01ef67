#include "base/i18n.h"
#include "base/memory.h"
#include "gwas/unpack.h"
#include <string.h>
#include <zstd.h>

/* The largest window that is unpacked, 2^this bytes: as much as zstd takes unasked. */
#define LARGEST_WINDOW 27

struct unpack_zstd {
    ZSTD_DStream *stream;
    bool is_inside; /* within a frame */
};

/* A frame, or a skippable one, which pzstd writes in front of each. */
bool unpack_is_zstd(const struct input *input)
{
    const unsigned char *at = input_at(input);

    return input_left(input) >= 4 &&
           ((at[0] == 0x28 && at[1] == 0xb5) || ((at[0] & 0xf0) == 0x50 && at[1] == 0x2a)) &&
           at[2] == (at[0] == 0x28 ? 0x2f : 0x4d) && at[3] == (at[0] == 0x28 ? 0xfd : 0x18);
}

struct unpack_zstd *unpack_zstd_create(void)
{
    struct unpack_zstd *unpack = memory_get(1, sizeof *unpack);

    unpack->stream = ZSTD_createDStream();
    if (unpack->stream != NULL) {
        (void)ZSTD_DCtx_setParameter(unpack->stream, ZSTD_d_windowLogMax, LARGEST_WINDOW);
    }
    return unpack;
}

void unpack_zstd_destroy(struct unpack_zstd *unpack)
{
    if (unpack != NULL) {
        ZSTD_freeDStream(unpack->stream);
        memory_free(unpack);
    }
}

static bool fail(const struct input *input, const char *words, struct error *error)
{
    return error_set(error, ERROR_DATA, input->name, 0, NULL, "%s", words);
}

/* One call of the decompressor on what input there is. */
static bool unpack_some(struct unpack_zstd *unpack, struct input *input, char *bytes,
                        size_t size, size_t *got, struct error *error)
{
    ZSTD_inBuffer in = {input_at(input), input_left(input), 0};
    ZSTD_outBuffer out = {bytes, size, 0};
    size_t hint;

    if (!unpack->is_inside && !unpack_is_zstd(input)) {
        return fail(input, _("found bytes behind the end of the zstd data; download it again"),
                    error);
    }
    hint = ZSTD_decompressStream(unpack->stream, &out, &in);
    input->begin += in.pos;
    *got = out.pos;
    if (ZSTD_isError(hint)) {
        return fail(input, _("found corrupt zstd data; download it again"), error);
    }
    unpack->is_inside = hint != 0;
    return true;
}

bool unpack_zstd(struct unpack_zstd *unpack, struct input *input, char *bytes, size_t size,
                 size_t *got, struct error *error)
{
    *got = 0;
    if (unpack->stream == NULL) {
        return error_set(error, ERROR_SYSTEM, input->name, 0, NULL,
                         _("found too little memory to unpack zstd data; free some"));
    }
    while (*got < size) {
        size_t more = 0;
        size_t before;

        if (!input_need(input, unpack->is_inside ? 1 : 4, error)) {
            return false;
        }
        before = input_left(input);
        if (before == 0 && !unpack->is_inside) {
            return true;
        }
        if (!unpack_some(unpack, input, bytes + *got, size - *got, &more, error)) {
            return false;
        }
        *got += more;
        if (before == 0 && more == 0) {
            return fail(input, _("found truncated zstd data; download it again"), error);
        }
    }
    return true;
}
