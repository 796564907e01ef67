#include "base/write.h"
#include "base/i18n.h"
#include "base/text.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

bool write_all(int file, const void *bytes, size_t length)
{
    const char *at = bytes;

    while (length > 0) {
        ssize_t written = write(file, at, length);
        if (written < 0 && errno != EINTR) {
            return false;
        }
        if (written > 0) {
            at += written;
            length -= (size_t)written;
        }
    }
    return true;
}

/* mkstemp makes files for their owner alone; others get what their umask says. */
static bool open_to_others(int file)
{
    mode_t mask = umask(0);
    umask(mask);
    return fchmod(file, 0666 & ~mask) == 0;
}

static bool sync_file(int file)
{
    while (fsync(file) != 0) {
        if (errno == EINVAL || errno == ENOTSUP) {
            return true; /* a file system that cannot */
        }
        if (errno != EINTR) {
            return false;
        }
    }
    return true;
}

/* The whole file under its temporary name; errno says why not. */
static bool fill(int file, const struct write_piece *pieces, size_t count)
{
    bool is_filled = open_to_others(file);
    for (size_t i = 0; i < count && is_filled; i++) {
        is_filled = write_all(file, pieces[i].bytes, pieces[i].length);
    }
    is_filled = is_filled && sync_file(file);
    int cause = errno;
    if (close(file) != 0 && is_filled) {
        return false;
    }
    errno = cause;
    return is_filled;
}

/* Between making the temporary file and its end nothing is allocated, so that a lack of memory
 * never leaves one behind. */
bool write_pieces(const char *path, const struct write_piece *pieces, size_t count,
                  struct error *error)
{
    struct text name = {0};
    text_addf(&name, "%s.XXXXXX", path);
    int file = mkstemp(name.bytes);
    bool is_written = file >= 0 && fill(file, pieces, count) && rename(name.bytes, path) == 0;
    if (!is_written) {
        int cause = errno;
        if (file >= 0) {
            unlink(name.bytes);
        }
        errno = cause;
        error_set_errno(error, path, _("cannot write the file"));
    }
    text_drop(&name);
    return is_written;
}

bool write_whole(const char *path, const void *bytes, size_t length, struct error *error)
{
    return write_pieces(path, &(struct write_piece){bytes, length}, 1, error);
}
