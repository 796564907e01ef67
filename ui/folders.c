#include "ui/folders.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct {
    const char *variable, *below_home;
} places[] = {
    [FOLDER_CONFIG] = {"XDG_CONFIG_HOME", ".config"},
    [FOLDER_STATE] = {"XDG_STATE_HOME", ".local/state"},
    [FOLDER_DATA] = {"XDG_DATA_HOME", ".local/share"},
    [FOLDER_CACHE] = {"XDG_CACHE_HOME", ".cache"},
};

char *folders_path(enum folder folder, const char *name)
{
    struct text path = {0};
    const char *base = getenv(places[folder].variable), *home = getenv("HOME");
    if (base != NULL && base[0] == '/') {
        text_addf(&path, "%s/taxamr/%s", base, name);
    } else if (home != NULL && home[0] == '/') {
        text_addf(&path, "%s/%s/taxamr/%s", home, places[folder].below_home, name);
    } else {
        return NULL;
    }
    return text_take(&path);
}

/* All of a file of a known length; a NUL inside makes it no text. */
static char *read_bytes(int file, size_t length)
{
    char *bytes = memory_get(length + 1, 1);
    size_t got = 0;
    ssize_t more = 1;
    while (got < length && more > 0) {
        more = read(file, bytes + got, length - got);
        got += more > 0 ? (size_t)more : 0;
    }
    if (got < length || strlen(bytes) < length) {
        memory_free(bytes);
        return NULL;
    }
    return bytes;
}

char *folders_read(const char *path, size_t most)
{
    struct stat status;
    /* A pipe in the place of a file must not be waited for. */
    int file = path == NULL ? -1 : open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (file < 0) {
        return NULL;
    }
    bool is_plain =
        fstat(file, &status) == 0 && S_ISREG(status.st_mode) && status.st_size <= (off_t)most;
    char *bytes = is_plain ? read_bytes(file, (size_t)status.st_size) : NULL;
    (void)close(file);
    return bytes;
}

char *folders_digest(const char *text)
{
    uint64_t digest = UINT64_C(14695981039346656037);
    for (; *text != '\0'; text++) {
        digest = (digest ^ (unsigned char)*text) * UINT64_C(1099511628211);
    }
    struct text digits = {0};
    text_addf(&digits, "%016" PRIx64, digest);
    return text_take(&digits);
}
