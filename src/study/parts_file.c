#include "study/parts_file.h"
#include "base/memory.h"
#include "base/write.h"
#include "config.h"
#include "gwas/checksum.h"
#include <stdio.h>
#include <string.h>

/* Grows with the form of what is packed. */
static const char MARK[] = "taxamr parts 4 " PACKAGE_VERSION "\n";
#define MARK_LENGTH (sizeof MARK - 1)

char *parts_file_join(const char *folder, const char *name)
{
    struct text path = {0};
    text_addf(&path, "%s/%s", folder, name);
    return text_take(&path);
}

char *parts_file_path(const char *folder, size_t part)
{
    struct text path = {0};
    text_addf(&path, "%s/part-%05zu", folder, part);
    return text_take(&path);
}

char *parts_file_end_path(const char *folder)
{
    return parts_file_join(folder, "shard");
}

bool parts_file_write(const char *path, struct text *bytes, struct error *error)
{
    uint32_t sum = checksum_bytes(0, bytes->bytes, bytes->length);
    const struct write_piece pieces[] = {
        {MARK, MARK_LENGTH}, {bytes->bytes, bytes->length}, {&sum, sizeof sum}};
    bool is_written = write_unflushed(path, pieces, sizeof pieces / sizeof pieces[0], error);
    text_drop(bytes);
    return is_written;
}

static char *read_all(FILE *file, size_t *length)
{
    struct text text = {0};
    char bytes[65536];
    size_t got;
    while ((got = fread(bytes, 1, sizeof bytes, file)) > 0) {
        text_add_bytes(&text, bytes, got);
    }
    *length = text.length;
    return text_take(&text);
}

bool parts_file_read(const char *path, char **bytes, struct unpack *from)
{
    uint32_t sum;
    size_t length, ends = MARK_LENGTH + sizeof sum;
    FILE *file = fopen(path, "rb");
    *bytes = NULL;
    if (file == NULL) {
        return false;
    }
    *bytes = read_all(file, &length);
    (void)fclose(file);
    if (length >= ends && memcmp(*bytes, MARK, MARK_LENGTH) == 0) {
        memcpy(&sum, *bytes + length - sizeof sum, sizeof sum);
        *from = unpack_begin(*bytes + MARK_LENGTH, length - ends);
        if (sum == checksum_bytes(0, from->at, length - ends)) {
            return true;
        }
    }
    memory_free(*bytes);
    *bytes = NULL;
    return false;
}
