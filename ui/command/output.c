#include "ui/command/output.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/write.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* A closed one is opened the wrong way round, so that using it still fails. */
void output_start(void)
{
    for (int file = STDIN_FILENO; file <= STDERR_FILENO; file++) {
        if (fcntl(file, F_GETFD) == -1 && errno == EBADF) {
            int opened = open("/dev/null", file == STDIN_FILENO ? O_WRONLY : O_RDONLY);
            (void)opened;
        }
    }
}

bool output_print(struct text *text, struct error *error)
{
    bool is_written = write_all(STDOUT_FILENO, text->bytes, text->length);
    if (!is_written) {
        error_set_errno(error, _("standard output"), _("cannot write"));
    }
    text_drop(text);
    return is_written;
}

/* Some file systems only tell at the close that they had no room. */
bool output_finish(struct error *error)
{
    if (close(STDOUT_FILENO) != 0 && errno != EBADF && errno != EINTR) {
        return error_set_errno(error, _("standard output"), _("cannot write"));
    }
    return true;
}

void output_complain(const char *line)
{
    struct text text = {0};
    char *clean = text_clean(line);
    text_addf(&text, "taxamr: %s\n", clean);
    memory_free(clean);
    bool is_heard = write_all(STDERR_FILENO, text.bytes, text.length);
    (void)is_heard; /* there is nowhere left to say so */
    text_drop(&text);
}

bool output_is_terminal(void)
{
    return isatty(STDOUT_FILENO) == 1;
}

size_t output_width(size_t wanted)
{
    struct winsize size = {0};
    if (wanted > 0) {
        return wanted;
    }
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40) {
        return size.ws_col;
    }
    return 100;
}
