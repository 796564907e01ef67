#include "ui/command/progress.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "ui/command/taxa.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#define SECONDS_BEFORE 0.5
#define SECONDS_BETWEEN 0.1
#define LONGEST_BAR 30

static double now(void)
{
    struct timespec moment;
    (void)clock_gettime(CLOCK_MONOTONIC, &moment);
    return (double)moment.tv_sec + 1e-9 * (double)moment.tv_nsec;
}

static size_t terminal_width(void)
{
    struct winsize size = {0};
    return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

struct progress progress_begin(const struct options *options)
{
    const char *terminal = getenv("TERM");
    bool can_wipe = terminal != NULL && strcmp(terminal, "dumb") != 0;
    return (struct progress){.is_shown = can_wipe && isatty(STDERR_FILENO) == 1 &&
                                         !options_has(options, OPTION_QUIET),
                             .is_ascii = wants_ascii(options),
                             .width = terminal_width(),
                             .start = now()};
}

static void add_time(struct text *text, double seconds)
{
    unsigned long whole = seconds < 360000 ? (unsigned long)(seconds + 0.5) : 359999;
    if (whole >= 3600) {
        text_addf(text, "%lu:%02lu:%02lu", whole / 3600, whole / 60 % 60, whole % 60);
    } else {
        text_addf(text, "%lu:%02lu", whole / 60, whole % 60);
    }
}

static void add_bar(struct text *text, double share, size_t columns, bool is_ascii)
{
    size_t full = (size_t)(share * (double)columns);
    for (size_t i = 0; i < columns; i++) {
        const char *cell = i < full ? "█" : "░";
        text_add(text, !is_ascii ? cell : i < full ? "#" : "-");
    }
}

void progress_line(struct text *text, const struct study_progress *progress, double seconds,
                   size_t width, bool is_ascii)
{
    double files = (double)progress->files / (double)progress->all_files;
    double share = progress->all_bytes > 0 ? progress->bytes / progress->all_bytes : files;
    struct text figures = {0}, words = {0};
    share = share > 1 ? 1 : share;
    text_addf(&words, _("reading file %zu of %zu"),
              progress->files < progress->all_files ? progress->files + 1 : progress->files,
              progress->all_files);
    text_addf(&figures, " %3.0f%%", 100 * share);
    if (seconds > 0 && progress->bytes > 0) {
        text_addf(&figures, _("  %.0f MB/s"), progress->bytes / 1e6 / seconds);
        text_add(&figures, "  ");
        add_time(&figures, seconds * (1 - share) / share);
        text_add(&figures, _(" left"));
    }
    size_t used = text_width(words.bytes) + 2 + text_width(figures.bytes);
    text_add(text, words.bytes);
    text_add(text, "  ");
    if (used + 5 <= width) {
        size_t room = width - used;
        add_bar(text, share, room < LONGEST_BAR ? room : LONGEST_BAR, is_ascii);
    }
    text_add(text, figures.bytes);
    text_drop(&words);
    text_drop(&figures);
}

/* Nobody is told when it cannot be written: it is only for looking at. */
static void write_out(const char *bytes, size_t length)
{
    ssize_t written;
    do {
        written = write(STDERR_FILENO, bytes, length);
    } while (written < 0 && errno == EINTR);
}

/* Whether it is time for another line; the moment it is. */
static bool is_due(struct progress *shown, double *moment)
{
    *moment = now();
    if (!shown->is_shown || *moment - shown->start < SECONDS_BEFORE ||
        *moment - shown->last < SECONDS_BETWEEN) {
        return false;
    }
    shown->last = *moment;
    shown->is_drawn = true;
    return true;
}

static void draw_line(const struct progress *shown, const struct text *line)
{
    struct text whole = {0};
    char *fitted = text_fit(line->bytes, shown->width - 1, shown->is_ascii);
    text_addf(&whole, "\r%s\033[K", fitted);
    write_out(whole.bytes, whole.length);
    memory_free(fitted);
    text_drop(&whole);
}

void progress_show(void *context, const struct study_progress *progress)
{
    struct progress *shown = context;
    double moment;
    if (is_due(shown, &moment)) {
        struct text line = {0};
        progress_line(&line, progress, moment - shown->start, shown->width - 1,
                      shown->is_ascii);
        draw_line(shown, &line);
        text_drop(&line);
    }
}

void progress_show_share(struct progress *shown, const char *what, double share)
{
    double moment;
    if (is_due(shown, &moment)) {
        struct text line = {0};
        text_addf(&line, "%s  ", what);
        add_bar(&line, share, LONGEST_BAR, shown->is_ascii);
        text_addf(&line, " %3.0f%%", 100 * share);
        if (share > 0) {
            text_add(&line, "  ");
            add_time(&line, (moment - shown->start) * (1 - share) / share);
            text_add(&line, _(" left"));
        }
        draw_line(shown, &line);
        text_drop(&line);
    }
}

void progress_end(struct progress *progress)
{
    if (progress->is_drawn) {
        write_out("\r\033[K", 4);
    }
    progress->is_drawn = false;
}
