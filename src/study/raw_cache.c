#include "study/raw_cache.h"
#include "base/i18n.h"
#include "base/map.h"
#include "base/memory.h"
#include "base/paths.h"
#include "base/write.h"
#include "config.h"
#include "gwas/checksum.h"
#include "study/raw_table.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Raised whenever the reader comes to understand files otherwise, or entries look otherwise. */
#define FORMAT "taxamr " PACKAGE_VERSION " table 5"
#define ENDING ".table"
/* An entry larger than this was not written by this program. */
#define LARGEST_ENTRY ((off_t)4 << 30)

char *raw_cache_key(const char *path, const struct gwas_options *options, uint64_t ids)
{
    struct checksum_ends ends;
    char *real = realpath(path, NULL);
    if (real == NULL || !checksum_ends_of(real, &ends)) {
        free(real);
        return NULL;
    }
    struct text key = {0};
    text_addf(&key, "%s\n%s\n%" PRIu64 " bytes, changed %" PRId64 ", ends %08" PRIx32 "\n",
              FORMAT, real, ends.bytes, ends.changed, ends.crc32);
    free(real);
    text_addf(&key, "P %a, ids %016" PRIx64 " %s %s, bad rows %s\n", options->wanted.most_p,
              ids, options->wanted.variants == NULL ? "none" : "asked for",
              options->wanted.places == NULL ? "by name" : "by place too",
              options->skip_bad_rows ? "skipped" : "refused");
    for (size_t i = 0; i < options->override_count; i++) {
        text_addf(&key, "%s\n", options->overrides[i]);
    }
    return text_take(&key);
}

static char *entry_path(const char *folder, const char *key)
{
    struct text path = {0};
    text_addf(&path, "%s/%016" PRIx64 ENDING, folder, map_hash(MAP_HASH_START, key));
    return text_take(&path);
}

/* A plain file of a sensible size, whole; NULL otherwise. The caller frees it. */
static char *read_entry(const char *path, size_t *length)
{
    struct stat status;
    int file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (file < 0) {
        return NULL;
    }
    char *bytes = NULL;
    *length = 0;
    if (fstat(file, &status) == 0 && S_ISREG(status.st_mode) &&
        status.st_size < LARGEST_ENTRY) {
        size_t size = (size_t)status.st_size;
        ssize_t got = 1;
        bytes = memory_get(size + 1, 1);
        while (*length < size && got > 0) {
            got = read(file, bytes + *length, size - *length);
            *length += got > 0 ? (size_t)got : 0;
        }
    }
    (void)close(file);
    return bytes;
}

/* An entry is the key with a NUL behind, the table, and the checksum of both. */
static bool open_entry(const char *bytes, size_t length, const char *key, struct arena *arena,
                       struct gwas_table *table)
{
    size_t head = strlen(key) + 1;
    uint32_t checksum;
    if (length < head + sizeof checksum || memcmp(bytes, key, head) != 0) {
        return false;
    }
    memcpy(&checksum, bytes + length - sizeof checksum, sizeof checksum);
    return checksum == checksum_bytes(0, bytes, length - sizeof checksum) &&
           raw_table_unpack(bytes + head, length - head - sizeof checksum, arena, table);
}

bool raw_cache_take(const char *folder, const char *key, struct arena *arena,
                    struct gwas_table *table)
{
    size_t length;
    char *path = entry_path(folder, key), *bytes = read_entry(path, &length);
    bool is_there = bytes != NULL && open_entry(bytes, length, key, arena, table);
    memory_free(bytes);
    memory_free(path);
    return is_there;
}

void raw_cache_put(const char *folder, const char *key, const struct gwas_table *table)
{
    struct text bytes = {0};
    struct error unsaid = {0};
    char *path = entry_path(folder, key);
    text_add_bytes(&bytes, key, strlen(key) + 1);
    raw_table_pack(table, &bytes);
    uint32_t checksum = checksum_bytes(0, bytes.bytes, bytes.length);
    text_add_bytes(&bytes, (const char *)&checksum, sizeof checksum);
    bool is_kept = paths_make(path, PATHS_FOR_OWNER, &unsaid) &&
                   write_whole(path, bytes.bytes, bytes.length, &unsaid);
    (void)is_kept; /* what is not kept is read again */
    error_clear(&unsaid);
    text_drop(&bytes);
    memory_free(path);
}

/* Sixteen digits and the ending; an unfinished one has more behind. */
static bool is_entry(const char *name)
{
    size_t digits = strspn(name, "0123456789abcdef");
    return digits == 16 && strncmp(name + 16, ENDING, sizeof ENDING - 1) == 0;
}

/* Counts the entries of a folder, and removes them if asked to. */
static bool walk(const char *folder, bool is_removing, struct raw_cache_size *size,
                 struct error *error)
{
    DIR *entries = opendir(folder);
    *size = (struct raw_cache_size){0, 0};
    if (entries == NULL) {
        return errno == ENOENT || error_set_errno(error, folder, _("cannot open the folder"));
    }
    bool is_done = true;
    for (struct dirent *entry = readdir(entries); entry != NULL && is_done;
         entry = readdir(entries)) {
        struct stat status;
        struct text path = {0};
        text_addf(&path, "%s/%s", folder, entry->d_name);
        if (is_entry(entry->d_name) && stat(path.bytes, &status) == 0) {
            size->entries++;
            size->bytes += (double)status.st_size;
            is_done = !is_removing || unlink(path.bytes) == 0 || errno == ENOENT ||
                      error_set_errno(error, path.bytes, _("cannot remove it"));
        }
        text_drop(&path);
    }
    (void)closedir(entries);
    return is_done;
}

struct raw_cache_size raw_cache_measure(const char *folder)
{
    struct raw_cache_size size;
    struct error ignored = {0};
    bool is_there = walk(folder, false, &size, &ignored);
    (void)is_there;
    error_clear(&ignored);
    return size;
}

bool raw_cache_clear(const char *folder, struct raw_cache_size *removed, struct error *error)
{
    return walk(folder, true, removed, error);
}
