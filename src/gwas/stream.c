#include "gwas/stream.h"
#include "base/job.h"
#include "base/memory.h"
#include "gwas/bgzf.h"
#include "gwas/unpack.h"
#include <string.h>
#include <unistd.h>

/* The size of a block that is handed from thread to thread, large enough to be worth it; and of
 * one that is filled and looked at by the same thread, small enough for the second cache.
 * Copies by the system are faster than pages of the file mapped in. */
#define BLOCK_SIZE ((size_t)256 << 10)
#define NEAR_SIZE ((size_t)64 << 10)
#define PAGE_SIZE ((size_t)4096)
#define MOST_THREADS ((size_t)16)

/* Blocks of a wave where one thread fills one after the other. */
#define IN_ORDER_WIDTH ((size_t)4)

/* How a file becomes blocks. */
enum way {
    WAY_PIPE, /* plain, in order */
    WAY_FILE, /* plain, at any place */
    WAY_GZIP,
    WAY_BGZF, /* gathered in order, unpacked in any */
    WAY_ZSTD,
};

/* A block, and what makes it. */
struct slot {
    struct stream *stream;
    off_t place; /* of a plain file's block */
    size_t size; /* the most that is filled, but of BGZF */
    enum way way;
    bool is_deferred; /* filled by who asks, not ahead */
    char *room;       /* of the block, */
    char *bytes;      /* which begins where a page does */
    size_t length;
    bool is_last; /* no block comes behind it */
    struct error error;
    struct bgzf_piece *piece; /* of WAY_BGZF, with what unpacks it */
    struct bgzf *bgzf;
    struct sieved *sieved; /* room, where it is sieved ahead */
    bool is_sieved;
};

/* Slots that are filled together, while those of the other wave are looked at. */
struct wave {
    struct slot *slots;
    struct job_batch *batch; /* NULL: not under way */
};

struct stream {
    struct input input;
    enum way way;
    bool has_left_bgzf; /* the rest is unpacked in order */
    struct unpack_gzip *gzip;
    struct unpack_zstd *zstd;
    const struct sieve *sieve;
    size_t threads; /* as asked */
    struct job_pool *pool;
    struct wave waves[2];
    size_t width;  /* slots of a wave */
    off_t place;   /* of the next block of a plain file */
    size_t given;  /* blocks given out */
    bool is_over;  /* the last was given out */
    uint64_t read; /* bytes given out */
    _Atomic uint64_t *consumed;
    struct slot first;
};

/* Way and what it needs, from the first bytes. */
static bool choose_way(struct stream *stream, struct error *error)
{
    struct input *input = &stream->input;
    bool is_bgzf;

    stream->way = input->is_regular ? WAY_FILE : WAY_PIPE;
    if (!input_need(input, 4, error)) {
        return false;
    }
    if (unpack_is_zstd(input)) {
        stream->way = WAY_ZSTD;
        stream->zstd = unpack_zstd_create();
    } else if (unpack_is_gzip(input)) {
        stream->gzip = unpack_gzip_create();
        if (!bgzf_is_next(input, &is_bgzf, error)) {
            return false;
        }
        stream->way = is_bgzf ? WAY_BGZF : WAY_GZIP;
    }
    return true;
}

/* A block begins where a page does, which is where the system copies to the fastest. */
static char *room_of(const struct slot *slot)
{
    return slot->room + (PAGE_SIZE - (uintptr_t)slot->room % PAGE_SIZE);
}

static void slot_create(struct slot *slot, struct stream *stream)
{
    slot->stream = stream;
    slot->room = memory_get(BLOCK_SIZE + STREAM_BEHIND + PAGE_SIZE, 1);
    slot->bytes = room_of(slot);
    if (stream->way == WAY_BGZF) {
        slot->piece = bgzf_piece_create(BLOCK_SIZE);
        slot->bgzf = bgzf_create();
    }
}

static void slot_destroy(struct slot *slot)
{
    memory_free(slot->room);
    bgzf_piece_destroy(slot->piece);
    bgzf_destroy(slot->bgzf);
    sieved_destroy(slot->sieved);
    error_clear(&slot->error);
}

bool stream_open(const char *path, struct stream **stream, struct error *error)
{
    struct stream *opened = memory_get(1, sizeof *opened);

    if (!input_open(&opened->input, path, error) || !choose_way(opened, error)) {
        stream_close(opened);
        return false;
    }
    slot_create(&opened->first, opened);
    *stream = opened;
    return true;
}

struct stream *stream_open_bytes(const char *name, const char *bytes, size_t length)
{
    struct stream *opened = memory_get(1, sizeof *opened);

    opened->input = (struct input){.file = -1,
                                   .name = memory_copy_text(name),
                                   .bytes = memory_get(length, 1),
                                   .end = length,
                                   .is_at_end = true};
    if (length > 0) {
        memcpy(opened->input.bytes, bytes, length);
    }
    opened->threads = 1;
    slot_create(&opened->first, opened);
    return opened;
}

static void end_waves(struct stream *stream)
{
    for (size_t i = 0; i < 2; i++) {
        if (stream->waves[i].batch != NULL) {
            job_batch_cancel(stream->waves[i].batch);
        }
    }
    for (size_t i = 0; i < 2; i++) {
        struct wave *wave = &stream->waves[i];

        if (wave->batch != NULL) {
            (void)job_batch_finish(wave->batch);
        }
        for (size_t j = 0; wave->slots != NULL && j < stream->width; j++) {
            slot_destroy(&wave->slots[j]);
        }
        memory_free(wave->slots);
    }
    job_pool_destroy(stream->pool);
}

void stream_close(struct stream *stream)
{
    if (stream == NULL) {
        return;
    }
    end_waves(stream);
    slot_destroy(&stream->first);
    unpack_gzip_destroy(stream->gzip);
    unpack_zstd_destroy(stream->zstd);
    input_close(&stream->input);
    memory_free(stream);
}

void stream_threads(struct stream *stream, size_t threads)
{
    if (stream->input.file >= 0) {
        stream->threads = threads;
    }
}

void stream_sieve(struct stream *stream, const struct sieve *sieve)
{
    stream->sieve = sieve;
}

const char *stream_name(const struct stream *stream)
{
    return stream->input.name;
}

/*
 * Gives a block its place and, of BGZF, its packed bytes. In order, by the thread that asks.
 * What stands behind the last BGZF block, usually nothing, is unpacked in order as gzip.
 */
static void prepare(struct stream *stream, struct slot *slot)
{
    bool more;

    slot->place = stream->place;
    slot->size = stream->pool == NULL ? NEAR_SIZE : BLOCK_SIZE;
    stream->place += (off_t)slot->size;
    slot->length = 0;
    slot->is_last = slot->is_sieved = false;
    if (stream->way == WAY_BGZF &&
        bgzf_gather(&stream->input, BLOCK_SIZE, slot->piece, &more, &slot->error) &&
        slot->piece->length == 0) {
        stream->way = WAY_GZIP;
        stream->has_left_bgzf = true;
    }
    slot->way = stream->way;
    slot->is_deferred = stream->has_left_bgzf;
}

static bool fill_from_pipe(struct input *input, struct slot *slot)
{
    if (!input_need(input, 1, &slot->error)) {
        return false;
    }
    slot->length = input_left(input) < slot->size ? input_left(input) : slot->size;
    memcpy(slot->bytes, input_at(input), slot->length);
    input->begin += slot->length;
    slot->is_last = slot->length == 0;
    return true;
}

static bool fill(struct slot *slot)
{
    struct stream *stream = slot->stream;
    bool is_filled = false;

    switch (slot->way) {
    case WAY_PIPE:
        return fill_from_pipe(&stream->input, slot);
    case WAY_BGZF:
        slot->length = slot->piece->unpacked;
        return bgzf_unpack(slot->bgzf, slot->piece, stream->input.name, slot->bytes,
                           &slot->error);
    case WAY_FILE:
        is_filled = input_read_at(&stream->input, slot->bytes, slot->size, slot->place,
                                  &slot->length, &slot->error);
        break;
    case WAY_GZIP:
        is_filled = unpack_gzip(stream->gzip, &stream->input, slot->bytes, slot->size,
                                &slot->length, &slot->error);
        break;
    case WAY_ZSTD:
        is_filled = unpack_zstd(stream->zstd, &stream->input, slot->bytes, slot->size,
                                &slot->length, &slot->error);
        break;
    }
    slot->is_last = slot->length < slot->size;
    return is_filled;
}

/* The whole lines of a block but the first, which began in the block before. */
static void sieve_slot(struct slot *slot)
{
    const char *first = memchr(slot->bytes, '\n', slot->length);
    size_t start = first == NULL ? slot->length : (size_t)(first - slot->bytes) + 1;
    size_t end = sieve_whole(slot->bytes, slot->length);

    if (start < end) {
        sieve_run(slot->stream->sieve, NULL, slot->bytes, start, end, slot->sieved);
        slot->is_sieved = true;
    }
}

static void work_ahead(void *context, size_t index, size_t worker)
{
    struct slot *slot = &((struct wave *)context)->slots[index];

    (void)worker;
    if (slot->is_deferred || slot->error.code != ERROR_NONE) {
        return;
    }
    if (fill(slot) && slot->sieved != NULL) {
        sieve_slot(slot);
    }
}

static void start_wave(struct stream *stream, struct wave *wave)
{
    if (wave->batch != NULL) {
        (void)job_batch_finish(wave->batch);
    }
    for (size_t i = 0; i < stream->width; i++) {
        prepare(stream, &wave->slots[i]);
    }
    wave->batch = job_batch_start(stream->pool, stream->width, work_ahead, wave);
}

static void create_wave(struct stream *stream, struct wave *wave, bool is_sieved)
{
    wave->slots = memory_get(stream->width, sizeof *wave->slots);
    for (size_t i = 0; i < stream->width; i++) {
        slot_create(&wave->slots[i], stream);
        if (is_sieved) {
            wave->slots[i].sieved = sieved_create(stream->sieve);
        }
    }
}

/* Threads for what is behind the first block. */
static void go_ahead(struct stream *stream)
{
    bool is_any_order = stream->way == WAY_FILE || stream->way == WAY_BGZF;
    size_t threads = is_any_order ? stream->threads : 1;

    stream->pool = job_pool_create(threads > MOST_THREADS ? MOST_THREADS : threads);
    threads = job_pool_threads(stream->pool);
    threads = threads > MOST_THREADS ? MOST_THREADS : threads;
    stream->width = is_any_order ? threads : IN_ORDER_WIDTH;
    for (size_t i = 0; i < 2; i++) {
        create_wave(stream, &stream->waves[i], is_any_order && stream->sieve != NULL);
        start_wave(stream, &stream->waves[i]);
    }
}

/* The next block that was worked ahead. When a wave begins, the one before it is free. */
static struct slot *wait_for_slot(struct stream *stream)
{
    size_t place = (stream->given - 1) % (2 * stream->width);
    size_t index = place % stream->width;
    struct wave *wave = &stream->waves[place / stream->width];

    if (index == 0 && stream->given > stream->width) {
        start_wave(stream, wave == stream->waves ? wave + 1 : wave - 1);
    }
    while (!job_batch_wait_for(wave->batch, index, 1)) {
    }
    if (wave->slots[index].is_deferred) {
        (void)fill(&wave->slots[index]);
    }
    return &wave->slots[index];
}

/* Of a file that is read at any place; what is read in order counts itself. */
static void count(struct stream *stream, size_t length)
{
    stream->read += length;
    if (stream->consumed != NULL) {
        atomic_fetch_add_explicit(stream->consumed, length, memory_order_relaxed);
    }
}

void stream_count_bytes(struct stream *stream, _Atomic uint64_t *consumed)
{
    bool is_any_order = stream->way == WAY_FILE;

    stream->consumed = is_any_order ? consumed : NULL;
    stream->input.consumed = is_any_order ? NULL : consumed;
    if (consumed != NULL) {
        atomic_fetch_add_explicit(consumed, is_any_order ? stream->read : stream->input.read,
                                  memory_order_relaxed);
    }
}

static struct slot *next_slot(struct stream *stream)
{
    struct slot *slot = &stream->first;

    if (stream->given > 0 && stream->pool == NULL && stream->threads != 1) {
        go_ahead(stream);
    }
    if (stream->pool != NULL) {
        slot = wait_for_slot(stream);
    } else {
        prepare(stream, slot);
        if (slot->error.code == ERROR_NONE) {
            (void)fill(slot);
        }
    }
    stream->given++;
    count(stream, slot->length);
    return slot;
}

bool stream_next(struct stream *stream, struct stream_block *block, struct error *error)
{
    struct slot *slot = NULL;

    *block = (struct stream_block){.length = 0};
    while (!stream->is_over && block->length == 0) {
        slot = next_slot(stream);
        if (slot->error.code != ERROR_NONE) {
            *error = slot->error;
            slot->error = (struct error){0};
            stream->is_over = true;
            return false;
        }
        block->bytes = slot->bytes;
        block->length = slot->length;
        block->sieved = slot->is_sieved ? slot->sieved : NULL;
        stream->is_over = slot->is_last;
    }
    return true;
}
