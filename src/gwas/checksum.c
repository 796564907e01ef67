#include "gwas/checksum.h"
#include "base/i18n.h"
#include <isa-l/crc.h>
#include <stdio.h>

bool checksum_of(const char *path, struct checksum *checksum, struct error *error)
{
    unsigned char bytes[65536];
    size_t got;
    FILE *file = fopen(path, "rb");
    *checksum = (struct checksum){0, 0};
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

uint32_t checksum_bytes(uint32_t crc, const void *bytes, size_t length)
{
    return crc32_gzip_refl(crc, bytes, length);
}
