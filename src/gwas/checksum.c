#include "gwas/checksum.h"
#include "base/i18n.h"
#include <isa-l/crc.h>
#include <stdio.h>
#include <sys/stat.h>

#define END_BYTES 65536
/* A larger file is not read once more for its checksum alone. */
#define MOST_BYTES ((uint64_t)256 << 20)

bool checksum_of(const char *path, struct checksum *checksum, struct error *error)
{
    unsigned char bytes[65536];
    size_t got;
    FILE *file = fopen(path, "rb");
    *checksum = (struct checksum){.extent = CHECKSUM_WHOLE};
    if (file == NULL) {
        return error_set_errno(error, path, _("the file cannot be opened"));
    }
    while ((got = fread(bytes, 1, sizeof bytes, file)) > 0) {
        checksum->crc32 = crc32_gzip_refl(checksum->crc32, bytes, got);
        checksum->bytes += got;
    }
    bool is_read = ferror(file) == 0 || error_set_errno(error, path, _("cannot be read"));
    (void)fclose(file);
    return is_read;
}

uint32_t checksum_bytes(uint32_t before, const void *bytes, size_t length)
{
    return crc32_gzip_refl(before, bytes, length);
}

static bool add_end(FILE *file, long from, uint32_t *crc32)
{
    unsigned char bytes[END_BYTES];
    if (fseek(file, from, SEEK_SET) != 0) {
        return false;
    }
    size_t got = fread(bytes, 1, sizeof bytes, file);
    *crc32 = crc32_gzip_refl(*crc32, bytes, got);
    return ferror(file) == 0;
}

bool checksum_ends_of(const char *path, struct checksum_ends *ends)
{
    struct stat status;
    *ends = (struct checksum_ends){0, 0, 0};
    if (stat(path, &status) != 0 || !S_ISREG(status.st_mode)) {
        return false;
    }
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return false;
    }
    ends->bytes = (uint64_t)status.st_size;
    ends->changed =
        (int64_t)status.st_mtim.tv_sec * 1000000000 + (int64_t)status.st_mtim.tv_nsec;
    long last = status.st_size > END_BYTES ? (long)status.st_size - END_BYTES : 0;
    bool is_read = add_end(file, 0, &ends->crc32) && add_end(file, last, &ends->crc32);
    (void)fclose(file);
    return is_read;
}

bool checksum_in_passing(const char *path, struct checksum *checksum, struct error *error)
{
    struct stat status;
    struct checksum_ends ends;
    bool is_there = stat(path, &status) == 0;
    *checksum = (struct checksum){.extent = CHECKSUM_NONE};
    if (is_there && !S_ISREG(status.st_mode)) {
        return true;
    }
    if (is_there && (uint64_t)status.st_size > MOST_BYTES && checksum_ends_of(path, &ends)) {
        *checksum = (struct checksum){ends.bytes, ends.crc32, CHECKSUM_ENDS};
        return true;
    }
    return checksum_of(path, checksum, error);
}
