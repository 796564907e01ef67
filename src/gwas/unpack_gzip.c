#include "base/i18n.h"
#include "base/memory.h"
#include "gwas/unpack.h"
#include <isa-l/igzip_lib.h>

struct unpack_gzip {
    struct inflate_state state;
    bool is_inside; /* within a member */
    bool is_over;   /* nothing but padding is left */
};

bool unpack_is_gzip(const struct input *input)
{
    const unsigned char *at = input_at(input);

    return input_left(input) >= 2 && at[0] == 0x1f && at[1] == 0x8b;
}

struct unpack_gzip *unpack_gzip_create(void)
{
    struct unpack_gzip *unpack = memory_get(1, sizeof *unpack);

    isal_inflate_init(&unpack->state);
    return unpack;
}

void unpack_gzip_destroy(struct unpack_gzip *unpack)
{
    memory_free(unpack);
}

/* Zeros behind the last member are padding: skips them, up to the end. */
static bool skip_padding(struct input *input, struct error *error)
{
    do {
        while (input->begin < input->end && input->bytes[input->begin] == 0) {
            input->begin++;
        }
        if (input->begin < input->end) {
            return error_set(error, ERROR_DATA, input->name, 0, NULL,
                             _("found bytes behind the end of the gzip data; "
                               "download it again"));
        }
        if (!input_need(input, 1, error)) {
            return false;
        }
    } while (input->begin < input->end);
    return true;
}

/* Behind a member: the next one, or nothing but padding, which is the end. */
static bool next_member(struct unpack_gzip *unpack, struct input *input, struct error *error)
{
    if (!input_need(input, 2, error)) {
        return false;
    }
    if (!unpack_is_gzip(input)) {
        unpack->is_over = true;
        return skip_padding(input, error);
    }
    isal_inflate_reset(&unpack->state);
    unpack->state.crc_flag = ISAL_GZIP;
    unpack->is_inside = true;
    return true;
}

/* One call of the decompressor on what input there is. */
static bool inflate_some(struct unpack_gzip *unpack, struct input *input, char *bytes,
                         size_t size, size_t *got, struct error *error)
{
    struct inflate_state *state = &unpack->state;
    size_t given = input_left(input);
    int status;

    state->next_in = input->bytes + input->begin;
    state->avail_in = (uint32_t)given;
    state->next_out = (uint8_t *)bytes;
    state->avail_out = (uint32_t)size;
    status = isal_inflate(state);
    input->begin = input->end - state->avail_in;
    *got = size - state->avail_out;
    if (status != ISAL_DECOMP_OK) {
        return error_set(error, ERROR_DATA, input->name, 0, NULL,
                         status == ISAL_INCORRECT_CHECKSUM
                             ? _("found gzip data whose checksum is wrong; download it again")
                             : _("found corrupt gzip data; download it again"));
    }
    unpack->is_inside = state->block_state != ISAL_BLOCK_FINISH;
    if (unpack->is_inside && *got == 0 && given == 0 && input->is_at_end) {
        return error_set(error, ERROR_DATA, input->name, 0, NULL,
                         _("found truncated gzip data; download it again"));
    }
    return true;
}

bool unpack_gzip(struct unpack_gzip *unpack, struct input *input, char *bytes, size_t size,
                 size_t *got, struct error *error)
{
    *got = 0;
    while (*got < size && !unpack->is_over) {
        size_t more = 0;

        if (!unpack->is_inside && !next_member(unpack, input, error)) {
            return false;
        }
        if (!unpack->is_inside) {
            break;
        }
        if (!input_need(input, 1, error) ||
            !inflate_some(unpack, input, bytes + *got, size - *got, &more, error)) {
            return false;
        }
        *got += more;
    }
    return true;
}
