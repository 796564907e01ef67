#include "base/write.h"
#include "base/i18n.h"
#include "base/text.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* Names that are tried before it is said that there is one already. */
enum { MOST_NAMES = 100 };

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

/* Ends a name in six characters that no file there has, and makes that file. mkstemp would make
 * it for its owner alone, and no thread can read the umask without changing it for all. */
static int open_new(char *name)
{
    static const char characters[] =
        "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    char *end = name + strlen(name) - 6;
    uint64_t bits;
    int file = -1;
    for (int i = 0; i < MOST_NAMES && file < 0; i++) {
        if (getentropy(&bits, sizeof bits) != 0) {
            return -1;
        }
        for (size_t k = 0; k < 6; k++, bits /= sizeof characters - 1) {
            end[k] = characters[bits % (sizeof characters - 1)];
        }
        file = open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (file < 0 && errno != EEXIST) {
            return -1;
        }
    }
    return file;
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
static bool fill(int file, write_source *source, void *context, bool is_flushed)
{
    struct write_piece piece;
    bool is_filled = true;
    while (is_filled && source(context, &piece)) {
        is_filled = piece.bytes != NULL && write_all(file, piece.bytes, piece.length);
    }
    is_filled = is_filled && (!is_flushed || sync_file(file));
    int cause = errno;
    if (close(file) != 0 && is_filled) {
        return false;
    }
    errno = cause;
    return is_filled;
}

void write_hold_signals(sigset_t *before)
{
    static const int faults[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
    sigset_t held;
    sigfillset(&held);
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        sigdelset(&held, faults[i]);
    }
    pthread_sigmask(SIG_SETMASK, &held, before);
}

/* A file that grew too large has its error, which says more than the signal would. */
void write_release_signals(const sigset_t *before)
{
    sigset_t grown;
    sigemptyset(&grown);
    sigaddset(&grown, SIGXFSZ);
    (void)sigtimedwait(&grown, NULL, &(struct timespec){0});
    pthread_sigmask(SIG_SETMASK, before, NULL);
}

/* Between making the temporary file and its end nothing is allocated, so that a lack of memory
 * never leaves one behind, and no signal but SIGKILL and those of faults comes through. */
static bool replace(const char *path, write_source *source, void *context, bool is_flushed,
                    char **waiting)
{
    struct text name = {0};
    sigset_t before;
    text_addf(&name, "%s" WRITE_TEMPORARY "XXXXXX", path);
    write_hold_signals(&before);
    int file = open_new(name.bytes);
    bool is_written = file >= 0 && fill(file, source, context, is_flushed) &&
                      (waiting != NULL || rename(name.bytes, path) == 0);
    int cause = errno;
    if (!is_written && file >= 0) {
        unlink(name.bytes);
    }
    write_release_signals(&before);
    if (is_written && waiting != NULL) {
        *waiting = name.bytes;
    } else {
        text_drop(&name);
    }
    errno = cause;
    return is_written;
}

/* A pipe that nobody reads yet is waited for, so long. */
enum { WAITS = 20 };
static const struct timespec A_WAIT = {.tv_nsec = 100000000};

static int open_special(const char *path)
{
    for (int i = 0;; i++) {
        int file = open(path, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
        if (file >= 0) {
            (void)fcntl(file, F_SETFL, 0);
            return file;
        }
        if (errno != ENXIO || i == WAITS) {
            return -1;
        }
        (void)nanosleep(&A_WAIT, NULL);
    }
}

/* The number of an open file that a path is another name of, as "/dev/stdout"; -1: none. */
static int opened_as(const char *path)
{
    static const char *const folders[] = {"/dev/fd/", "/proc/self/fd/"};
    if (strcmp(path, "/dev/stdout") == 0) {
        return STDOUT_FILENO;
    }
    if (strcmp(path, "/dev/stderr") == 0) {
        return STDERR_FILENO;
    }
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++) {
        size_t length = strlen(folders[i]);
        size_t digits =
            strncmp(path, folders[i], length) == 0 ? strspn(path + length, "0123456789") : 0;
        if (digits > 0 && digits < 6 && path[length + digits] == '\0') {
            return atoi(path + length);
        }
    }
    return -1;
}

/* Into what is there: a pipe, a device, a file that is open already. A reader that is gone is
 * an error, no signal. */
static bool write_into(const char *path, write_source *source, void *context)
{
    sigset_t pipe, before;
    int opened = opened_as(path);
    int file = opened < 0 ? open_special(path) : fcntl(opened, F_DUPFD_CLOEXEC, 0);
    if (file < 0) {
        return false;
    }
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe, &before);
    bool is_written = fill(file, source, context, false);
    int cause = errno;
    (void)sigtimedwait(&pipe, NULL, &(struct timespec){0});
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    errno = cause;
    return is_written;
}

/* Links that are followed before it is said that they lead in a circle. */
enum { MOST_LINKS = 40 };

/* Where a link leads, whether or not anything is there. */
static bool follow_links(struct text *path)
{
    struct stat status;
    char target[PATH_MAX];
    for (int i = 0; lstat(path->bytes, &status) == 0 && S_ISLNK(status.st_mode); i++) {
        ssize_t length = readlink(path->bytes, target, sizeof target);
        if (length < 0 || (size_t)length == sizeof target || i == MOST_LINKS) {
            errno = length < 0 ? errno : ELOOP;
            return false;
        }
        const char *slash = strrchr(path->bytes, '/');
        path->length =
            target[0] == '/' || slash == NULL ? 0 : (size_t)(slash + 1 - path->bytes);
        text_add_bytes(path, target, (size_t)length);
    }
    return true;
}

static bool write_to(const char *path, write_source *source, void *context, bool is_flushed,
                     struct error *error)
{
    struct stat status;
    struct text place = {0};
    bool is_special = stat(path, &status) == 0 && !S_ISDIR(status.st_mode) &&
                      (!S_ISREG(status.st_mode) || opened_as(path) >= 0);
    text_add(&place, path);
    bool is_written = is_special ? write_into(path, source, context)
                                 : follow_links(&place) &&
                                       replace(place.bytes, source, context, is_flushed, NULL);
    int cause = errno;
    text_drop(&place);
    errno = cause;
    return is_written || error_set_errno(error, path, _("cannot write the file"));
}

bool write_more(const char *path, const void *bytes, size_t length, struct error *error)
{
    sigset_t before;
    write_hold_signals(&before);
    int file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    bool is_written = file >= 0 && write_all(file, bytes, length);
    int cause = errno;
    if (file >= 0 && close(file) != 0 && is_written) {
        is_written = false;
        cause = errno;
    }
    write_release_signals(&before);
    errno = cause;
    return is_written || error_set_errno(error, path, _("cannot write the file"));
}

/* Pieces that are all there. */
struct ready {
    const struct write_piece *at, *end;
};

static bool next_ready(void *context, struct write_piece *piece)
{
    struct ready *ready = context;
    if (ready->at == ready->end) {
        return false;
    }
    *piece = *ready->at++;
    piece->bytes = piece->bytes == NULL ? "" : piece->bytes;
    return true;
}

bool write_pieces(const char *path, const struct write_piece *pieces, size_t count,
                  struct error *error)
{
    struct ready ready = {pieces, pieces + count};
    return write_to(path, next_ready, &ready, true, error);
}

bool write_unflushed(const char *path, const struct write_piece *pieces, size_t count,
                     struct error *error)
{
    struct ready ready = {pieces, pieces + count};
    return write_to(path, next_ready, &ready, false, error);
}

bool write_stream(const char *path, write_source *source, void *context, struct error *error)
{
    return write_to(path, source, context, true, error);
}

char *write_beside(const char *path, write_source *source, void *context, struct error *error)
{
    char *waiting;
    if (!replace(path, source, context, true, &waiting)) {
        (void)error_set_errno(error, path, _("cannot write the file"));
        return NULL;
    }
    return waiting;
}

bool write_follow(const char *path, struct text *place, struct error *error)
{
    struct stat status;
    text_add(place, path);
    if (stat(path, &status) == 0 && !S_ISREG(status.st_mode)) {
        return true;
    }
    return follow_links(place) || error_set_errno(error, path, _("cannot write the file"));
}

bool write_whole(const char *path, const void *bytes, size_t length, struct error *error)
{
    return write_pieces(path, &(struct write_piece){bytes, length}, 1, error);
}
