#include "gwas/input.h"
#include "base/i18n.h"
#include "base/memory.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void open_path(struct input *input, const char *path)
{
    if (strcmp(path, "-") == 0) {
        input->file = STDIN_FILENO;
        input->name = memory_copy_text(_("standard input"));
        return;
    }
    input->name = memory_copy_text(path);
    do {
        input->file = open(path, O_RDONLY | O_CLOEXEC);
    } while (input->file < 0 && errno == EINTR);
}

bool input_open(struct input *input, const char *path, struct error *error)
{
    struct stat status;

    *input = (struct input){.file = -1, .bytes = memory_get(INPUT_SIZE, 1)};
    open_path(input, path);
    if (input->file < 0 || fstat(input->file, &status) != 0) {
        return error_set_errno(error, input->name, _("cannot open; check the name"));
    }
    if (S_ISDIR(status.st_mode)) {
        return error_set(error, ERROR_DATA, input->name, 0, NULL,
                         _("found a folder; give a file"));
    }
    /* The kernel's own files have no size and are read in order. */
    input->start = lseek(input->file, 0, SEEK_CUR);
    input->is_regular = S_ISREG(status.st_mode) && status.st_size > 0 && input->start >= 0;
    return true;
}

void input_close(struct input *input)
{
    if (input->file > STDIN_FILENO) {
        close(input->file);
    }
    memory_free(input->bytes);
    memory_free(input->name);
}

size_t input_left(const struct input *input)
{
    return input->end - input->begin;
}

const unsigned char *input_at(const struct input *input)
{
    return input->bytes + input->begin;
}

/* Reads once more, behind what is left; sets is_at_end when there is nothing. */
static bool refill(struct input *input, struct error *error)
{
    size_t left = input_left(input);

    memmove(input->bytes, input_at(input), left);
    input->begin = 0;
    input->end = left;
    for (;;) {
        ssize_t got = read(input->file, input->bytes + left, INPUT_SIZE - left);

        if (got >= 0) {
            input->end += (size_t)got;
            input->read += (size_t)got;
            if (input->consumed != NULL) {
                atomic_fetch_add_explicit(input->consumed, (uint64_t)got, memory_order_relaxed);
            }
            input->is_at_end = got == 0;
            return true;
        }
        if (errno != EINTR) {
            return error_set_errno(error, input->name, _("cannot read"));
        }
    }
}

bool input_need(struct input *input, size_t count, struct error *error)
{
    while (input_left(input) < count && !input->is_at_end) {
        if (!refill(input, error)) {
            return false;
        }
    }
    return true;
}

bool input_read_at(const struct input *input, char *bytes, size_t size, off_t place,
                   size_t *got, struct error *error)
{
    *got = 0;
    while (*got < size) {
        ssize_t more =
            pread(input->file, bytes + *got, size - *got, input->start + place + (off_t)*got);

        if (more == 0) {
            break;
        }
        if (more > 0) {
            *got += (size_t)more;
        } else if (errno != EINTR) {
            return error_set_errno(error, input->name, _("cannot read"));
        }
    }
    return true;
}
