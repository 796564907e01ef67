#include "ui/terminal_probe.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static size_t digits(const char *bytes, size_t length, int *value)
{
    size_t used = 0;
    *value = 0;
    while (used < length && used < 5 && bytes[used] >= '0' && bytes[used] <= '9') {
        *value = *value * 10 + (bytes[used++] - '0');
    }
    return used;
}

/* A report at the very start of bytes: how long it is, or 0. */
static size_t report_length(const char *bytes, size_t length, int *column)
{
    int row;
    if (length < 6 || bytes[0] != '\033' || bytes[1] != '[') {
        return 0;
    }
    size_t at = 2, taken = digits(bytes + at, length - at, &row);
    at += taken;
    if (taken == 0 || at >= length || bytes[at++] != ';') {
        return 0;
    }
    taken = digits(bytes + at, length - at, column);
    at += taken;
    return taken > 0 && at < length && bytes[at] == 'R' ? at + 1 : 0;
}

bool probe_find_report(const char *bytes, size_t length, size_t *start, size_t *end,
                       int *column)
{
    for (size_t i = 0; i < length; i++) {
        size_t taken = report_length(bytes + i, length - i, column);
        if (taken > 0) {
            *start = i;
            *end = i + taken;
            return true;
        }
    }
    return false;
}

static bool say(int output, const char *text)
{
    return write(output, text, strlen(text)) == (ssize_t)strlen(text);
}

static int since(const struct timespec *start)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int)((now.tv_sec - start->tv_sec) * 1000 +
                 (now.tv_nsec - start->tv_nsec) / 1000000);
}

static bool read_more(int input, int milliseconds, struct text *answer)
{
    struct pollfd wait = {.fd = input, .events = POLLIN};
    char bytes[64];
    if (milliseconds <= 0 || poll(&wait, 1, milliseconds) <= 0) {
        return false;
    }
    ssize_t got = read(input, bytes, sizeof bytes);
    if (got > 0) {
        text_add_bytes(answer, bytes, (size_t)got);
    }
    return got > 0 || (got < 0 && errno == EINTR);
}

int probe_width(int input, int output, int milliseconds, struct text *typed)
{
    struct timespec start;
    struct text answer = {0};
    size_t from = 0, to = 0;
    int column = 1;
    (void)clock_gettime(CLOCK_MONOTONIC, &start);
    bool asked = say(output, "\r├\033[6n"), found = false;
    while (asked && !found && read_more(input, milliseconds - since(&start), &answer)) {
        found = probe_find_report(answer.bytes, answer.length, &from, &to, &column);
    }
    (void)say(output, "\r\033[K");
    size_t before = found ? from : answer.length;
    text_add_bytes(typed, answer.length > 0 ? answer.bytes : "", before);
    if (found) {
        text_add_bytes(typed, answer.bytes + to, answer.length - to);
    }
    text_drop(&answer);
    return found ? column - 1 : 0;
}
