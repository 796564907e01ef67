#include "gwas/index_blocks.h"
#include "base/job.h"
#include "base/memory.h"
#include "gwas/bgzf.h"

/* Blocks that are unpacked at a time, 64 KB each; and so many make threads worth their start.
 */
#define AT_ONCE ((size_t)32)
#define WORTH_THREADS ((size_t)8)

struct slot {
    uint64_t at, next;
    size_t length;
    bool is_whole;
    char *bytes;
};

/* What one thread unpacks with. */
struct unpacker {
    struct bgzf_piece *piece;
    struct bgzf *bgzf;
};

struct index_blocks {
    int file;
    uint64_t *expected; /* where they begin, ascending */
    size_t expected_count;
    size_t first, count; /* of the expected ones, those that are unpacked */
    struct slot slots[AT_ONCE];
    struct slot other; /* the last one that was not expected */
    struct unpacker *unpackers;
    size_t unpacker_count;
    struct job_pool *pool; /* NULL: one after the other */
};

static void create_unpackers(struct index_blocks *blocks, size_t count)
{
    blocks->unpackers = memory_get(count, sizeof *blocks->unpackers);
    blocks->unpacker_count = count;
    for (size_t i = 0; i < count; i++) {
        blocks->unpackers[i] =
            (struct unpacker){bgzf_piece_create(BGZF_LARGEST_BLOCK), bgzf_create()};
    }
}

static void destroy_unpackers(struct index_blocks *blocks)
{
    for (size_t i = 0; i < blocks->unpacker_count; i++) {
        bgzf_piece_destroy(blocks->unpackers[i].piece);
        bgzf_destroy(blocks->unpackers[i].bgzf);
    }
    memory_free(blocks->unpackers);
}

struct index_blocks *index_blocks_create(int file)
{
    struct index_blocks *blocks = memory_get(1, sizeof *blocks);

    blocks->file = file;
    create_unpackers(blocks, 1);
    return blocks;
}

void index_blocks_destroy(struct index_blocks *blocks)
{
    if (blocks == NULL) {
        return;
    }
    for (size_t i = 0; i < AT_ONCE; i++) {
        memory_free(blocks->slots[i].bytes);
    }
    memory_free(blocks->other.bytes);
    memory_free(blocks->expected);
    destroy_unpackers(blocks);
    job_pool_destroy(blocks->pool);
    memory_free(blocks);
}

void index_blocks_expect(struct index_blocks *blocks, const uint64_t *places, size_t count,
                         size_t threads)
{
    memory_free(blocks->expected);
    blocks->expected = memory_get(count, sizeof *blocks->expected);
    blocks->expected_count = blocks->first = blocks->count = 0;
    for (size_t i = 0; i < count; i++) {
        uint64_t at = places[i] >> 16;
        size_t last = blocks->expected_count;

        if (last == 0 || blocks->expected[last - 1] != at) {
            blocks->expected[blocks->expected_count++] = at;
        }
    }
    if (blocks->pool == NULL && threads != 1 && blocks->expected_count >= WORTH_THREADS) {
        blocks->pool = job_pool_create(threads);
        destroy_unpackers(blocks);
        create_unpackers(blocks, job_pool_threads(blocks->pool));
    }
}

static void unpack(const struct index_blocks *blocks, const struct unpacker *unpacker,
                   struct slot *slot)
{
    struct error ignored = {0};

    if (slot->bytes == NULL) {
        slot->bytes = memory_get(BGZF_LARGEST_BLOCK, 1);
    }
    slot->is_whole = bgzf_piece_read(blocks->file, slot->at, unpacker->piece) &&
                     bgzf_unpack(unpacker->bgzf, unpacker->piece, "", slot->bytes, &ignored);
    slot->length = unpacker->piece->unpacked;
    slot->next = slot->at + unpacker->piece->length;
    error_clear(&ignored);
}

static void unpack_expected(void *context, size_t index, size_t worker)
{
    struct index_blocks *blocks = context;
    struct slot *slot = &blocks->slots[index];

    slot->at = blocks->expected[blocks->first + index];
    unpack(blocks, &blocks->unpackers[worker], slot);
}

/* Where among the expected blocks it is; their number when it is none. */
static size_t find_expected(const struct index_blocks *blocks, uint64_t at)
{
    size_t low = 0, high = blocks->expected_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (blocks->expected[middle] < at) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < blocks->expected_count && blocks->expected[low] == at ? low
                                                                       : blocks->expected_count;
}

/* The block unpacked, with those that are expected behind it. */
static const struct slot *slot_of(struct index_blocks *blocks, uint64_t at)
{
    size_t place = find_expected(blocks, at);

    if (place == blocks->expected_count) {
        if (blocks->other.bytes == NULL || blocks->other.at != at) {
            blocks->other.at = at;
            unpack(blocks, blocks->unpackers, &blocks->other);
        }
        return &blocks->other;
    }
    if (place < blocks->first || place >= blocks->first + blocks->count) {
        size_t left = blocks->expected_count - place;

        blocks->first = place;
        blocks->count = left < AT_ONCE ? left : AT_ONCE;
        job_run(blocks->pool, blocks->count, unpack_expected, blocks);
    }
    return &blocks->slots[place - blocks->first];
}

bool index_blocks_get(struct index_blocks *blocks, uint64_t at, struct index_block *block)
{
    const struct slot *slot = slot_of(blocks, at);

    *block = (struct index_block){slot->bytes, slot->length, slot->next};
    return slot->is_whole;
}
