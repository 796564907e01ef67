#include "gwas/index_file.h"
#include "base/i18n.h"
#include "base/map.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/write.h"
#include "gwas/checksum.h"
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define BLOCK ((size_t)256) /* entries */
#define STAMPED ((size_t)64 << 10)

/* What an index begins with. In the order of bytes of the machine that wrote it, which `order`
 * tells. */
struct head {
    char magic[16];
    uint32_t order, version;
    struct index_facts facts;
    uint32_t blocks_check; /* CRC-32 of the blocks' table */
    uint32_t marks_check;  /* and of the marks */
    uint32_t check;        /* CRC-32 of all before */
};

/* A block of entries: the hash of its first, and its CRC-32. */
struct block {
    uint32_t first, check;
};

struct index_file {
    const char *bytes;
    size_t length;
    struct head head;
    const struct block *blocks;
    size_t block_count;
    const struct index_entry *entries;
    const struct index_mark *marks;
};

static const char magic[16] = "taxamr index\r\n\x1a";
#define ORDER UINT32_C(0x01020304)
#define VERSION 3

uint32_t index_hash(const char *id)
{
    uint64_t hash = MAP_HASH_START;
    char one[2] = {0};

    for (; *id != '\0'; id++) {
        one[0] = (char)tolower((unsigned char)*id);
        hash = map_hash(hash, one);
    }
    return (uint32_t)(hash ^ hash >> 32);
}

static bool read_at(int file, void *bytes, size_t size, off_t place)
{
    size_t done = 0;

    while (done < size) {
        ssize_t got = pread(file, (char *)bytes + done, size - done, place + (off_t)done);

        if (got == 0 || (got < 0 && errno != EINTR)) {
            return false;
        }
        done += got < 0 ? 0 : (size_t)got;
    }
    return true;
}

bool index_stamp_of(const char *path, struct index_stamp *stamp)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    struct stat status;
    char *bytes = memory_get(STAMPED, 1);
    bool is_read = file >= 0 && fstat(file, &status) == 0 && S_ISREG(status.st_mode);

    *stamp = (struct index_stamp){0};
    if (is_read) {
        size_t size = (size_t)status.st_size < STAMPED ? (size_t)status.st_size : STAMPED;

        stamp->bytes = (uint64_t)status.st_size;
        stamp->seconds = status.st_mtim.tv_sec;
        stamp->nanoseconds = status.st_mtim.tv_nsec;
        is_read = read_at(file, bytes, size, 0);
        stamp->head = checksum_bytes(0, bytes, size);
        is_read = is_read && read_at(file, bytes, size, status.st_size - (off_t)size);
        stamp->tail = checksum_bytes(0, bytes, size);
    }
    if (file >= 0) {
        close(file);
    }
    memory_free(bytes);
    return is_read;
}

bool index_stamp_equal(const struct index_stamp *one, const struct index_stamp *other)
{
    return one->bytes == other->bytes && one->seconds == other->seconds &&
           one->nanoseconds == other->nanoseconds && one->head == other->head &&
           one->tail == other->tail;
}

/* By hash; entries of one hash stay in the order of the file. Two passes over 16 bits. */
static void sort(struct index_entry *entries, size_t count)
{
    struct index_entry *other = memory_get(count, sizeof *other);
    size_t *starts = memory_get((size_t)1 << 16, sizeof *starts);

    for (int shift = 0; shift < 32; shift += 16) {
        size_t sum = 0;

        memset(starts, 0, ((size_t)1 << 16) * sizeof *starts);
        for (size_t i = 0; i < count; i++) {
            starts[entries[i].hash >> shift & 0xffff]++;
        }
        for (size_t i = 0; i < (size_t)1 << 16; i++) {
            size_t here = starts[i];

            starts[i] = sum;
            sum += here;
        }
        for (size_t i = 0; i < count; i++) {
            other[starts[entries[i].hash >> shift & 0xffff]++] = entries[i];
        }
        for (size_t i = 0; i < count; i++) {
            entries[i] = other[i];
        }
    }
    memory_free(other);
    memory_free(starts);
}

static size_t block_size(size_t count, size_t block)
{
    return count - block * BLOCK < BLOCK ? count - block * BLOCK : BLOCK;
}

/* The table of the blocks of entries in order; the caller frees it. */
static struct block *blocks_of(const struct array *entries, size_t count)
{
    struct block *blocks = memory_get(count, sizeof *blocks);
    const struct index_entry *items = entries->items;

    for (size_t i = 0; i < count; i++) {
        blocks[i].first = items[i * BLOCK].hash;
        blocks[i].check =
            checksum_bytes(0, items + i * BLOCK, block_size(entries->count, i) * sizeof *items);
    }
    return blocks;
}

bool index_file_write(const char *path, const struct index_facts *facts, struct array *entries,
                      const struct array *marks, struct error *error)
{
    size_t count = (entries->count + BLOCK - 1) / BLOCK;
    struct block *blocks;
    struct head head;
    bool is_written;

    sort(entries->items, entries->count);
    blocks = blocks_of(entries, count);
    memset(&head, 0, sizeof head);
    memcpy(head.magic, magic, sizeof magic);
    head.order = ORDER;
    head.version = VERSION;
    head.facts = *facts;
    head.facts.ids = entries->count;
    head.facts.marks = marks->count;
    head.blocks_check = checksum_bytes(0, blocks, count * sizeof *blocks);
    head.marks_check =
        checksum_bytes(0, marks->items, marks->count * sizeof(struct index_mark));
    head.check = checksum_bytes(0, &head, offsetof(struct head, check));
    const struct write_piece pieces[] = {
        {&head, sizeof head},
        {blocks, count * sizeof *blocks},
        {entries->items, entries->count * sizeof(struct index_entry)},
        {marks->items, marks->count * sizeof(struct index_mark)}};
    is_written = write_pieces(path, pieces, sizeof pieces / sizeof *pieces, error);
    memory_free(blocks);
    return is_written;
}

/* Whether the mapped bytes are an index whose head and table of blocks are whole. */
static bool check(struct index_file *index)
{
    uint64_t ids, marks;

    if (index->length < sizeof index->head) {
        return false;
    }
    memcpy(&index->head, index->bytes, sizeof index->head);
    ids = index->head.facts.ids;
    marks = index->head.facts.marks;
    if (memcmp(index->head.magic, magic, sizeof magic) != 0 || index->head.order != ORDER ||
        index->head.version != VERSION ||
        index->head.check != checksum_bytes(0, &index->head, offsetof(struct head, check)) ||
        ids > index->length / sizeof(struct index_entry) ||
        marks > index->length / sizeof(struct index_mark)) {
        return false;
    }
    index->block_count = (size_t)(ids + BLOCK - 1) / BLOCK;
    index->blocks = (const struct block *)(index->bytes + sizeof index->head);
    index->entries = (const struct index_entry *)(index->blocks + index->block_count);
    index->marks = (const struct index_mark *)(index->entries + ids);
    return index->length == sizeof index->head + index->block_count * sizeof *index->blocks +
                                (size_t)ids * sizeof *index->entries +
                                (size_t)marks * sizeof *index->marks &&
           index->head.blocks_check ==
               checksum_bytes(0, index->blocks, index->block_count * sizeof *index->blocks);
}

struct index_file *index_file_open(const char *path, bool *is_bad)
{
    struct index_file *index;
    struct stat status;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    void *bytes = MAP_FAILED;

    *is_bad = false;
    if (file < 0) {
        return NULL;
    }
    *is_bad = true;
    if (fstat(file, &status) == 0 && S_ISREG(status.st_mode) && status.st_size > 0) {
        bytes = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, file, 0);
    }
    close(file);
    if (bytes == MAP_FAILED) {
        return NULL;
    }
    index = memory_get(1, sizeof *index);
    index->bytes = bytes;
    index->length = (size_t)status.st_size;
    *is_bad = !check(index);
    if (*is_bad) {
        index_file_close(index);
        return NULL;
    }
    return index;
}

void index_file_close(struct index_file *index)
{
    if (index != NULL) {
        munmap((void *)(uintptr_t)index->bytes, index->length);
        memory_free(index);
    }
}

const struct index_facts *index_file_facts(const struct index_file *index)
{
    return &index->head.facts;
}

/* The last block that begins below a hash, or the first one. */
static size_t block_before(const struct index_file *index, uint32_t hash)
{
    size_t low = 0, high = index->block_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (index->blocks[middle].first < hash) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low > 0 ? low - 1 : 0;
}

bool index_file_find(const struct index_file *index, uint32_t hash, struct array *found)
{
    for (size_t i = block_before(index, hash);
         i < index->block_count && index->blocks[i].first <= hash; i++) {
        const struct index_entry *entries = index->entries + i * BLOCK;
        size_t count = block_size((size_t)index->head.facts.ids, i);

        if (checksum_bytes(0, entries, count * sizeof *entries) != index->blocks[i].check) {
            return false;
        }
        for (size_t j = 0; j < count; j++) {
            if (entries[j].hash == hash) {
                *(struct index_entry *)array_add(found) = entries[j];
            }
        }
    }
    return true;
}

const struct index_mark *index_file_marks(const struct index_file *index)
{
    size_t size = (size_t)index->head.facts.marks * sizeof *index->marks;

    return checksum_bytes(0, index->marks, size) == index->head.marks_check ? index->marks
                                                                            : NULL;
}
