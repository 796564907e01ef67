#include "ui/terminal_guard.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "ui/terminal.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

static const int fatal[] = {SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGABRT, SIGSEGV,
                            SIGBUS,  SIGFPE, SIGILL, SIGPIPE, SIGXCPU};
static const int informing[] = {SIGWINCH, SIGTSTP, SIGCONT};
enum { STOPPING = 1 }; /* the place of SIGTSTP */
#define FATAL_COUNT (sizeof fatal / sizeof fatal[0])
#define INFORMING_COUNT (sizeof informing / sizeof informing[0])

/* A signal handler has no argument of ours: this is the one place that must be static. */
static struct guard {
    volatile sig_atomic_t is_open;
    int descriptor;
    int pipe[2];
    struct termios modes;
    char *restore;
    size_t restore_length;
    struct sigaction old_fatal[FATAL_COUNT], old_informing[INFORMING_COUNT];
} guard;

void guard_restore(void)
{
    if (!guard.is_open) {
        return;
    }
    size_t done = 0;
    while (done < guard.restore_length) {
        ssize_t wrote =
            write(guard.descriptor, guard.restore + done, guard.restore_length - done);
        if (wrote <= 0) {
            break;
        }
        done += (size_t)wrote;
    }
    /* Not TCSADRAIN: a terminal that is gone would be waited for. */
    (void)tcsetattr(guard.descriptor, TCSANOW, &guard.modes);
}

void terminal_restore_for_exit(void)
{
    guard_restore();
}

static void on_fatal(int number)
{
    int saved = errno;
    guard_restore();
    guard.is_open = 0;
    struct sigaction plain = {.sa_handler = SIG_DFL};
    sigemptyset(&plain.sa_mask);
    (void)sigaction(number, &plain, NULL);
    (void)raise(number);
    errno = saved;
}

static void on_informing(int number)
{
    int saved = errno;
    unsigned char byte = (unsigned char)number;
    /* A full pipe already tells all there is to tell. */
    ssize_t wrote = write(guard.pipe[1], &byte, 1);
    (void)wrote;
    errno = saved;
}

static void catch_all(const int *numbers, size_t count, void (*handler)(int),
                      struct sigaction *old)
{
    struct sigaction action = {.sa_handler = handler};
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < count; i++) {
        (void)sigaction(numbers[i], NULL, &old[i]);
        /* What was ignored from the start (nohup) stays ignored. */
        if (old[i].sa_handler != SIG_IGN) {
            (void)sigaction(numbers[i], &action, NULL);
        }
    }
}

static bool open_pipe(struct error *error)
{
    if (pipe(guard.pipe) != 0) {
        return error_set_errno(error, NULL, _("no pipe for signals"));
    }
    for (int i = 0; i < 2; i++) {
        (void)fcntl(guard.pipe[i], F_SETFL, O_NONBLOCK);
        (void)fcntl(guard.pipe[i], F_SETFD, FD_CLOEXEC);
    }
    return true;
}

bool guard_open(int descriptor, struct error *error)
{
    guard.descriptor = descriptor;
    if (tcgetattr(descriptor, &guard.modes) != 0) {
        return error_set_errno(error, NULL, _("no terminal to draw on"));
    }
    if (!open_pipe(error)) {
        return false;
    }
    guard.is_open = 1;
    catch_all(fatal, FATAL_COUNT, on_fatal, guard.old_fatal);
    catch_all(informing, INFORMING_COUNT, on_informing, guard.old_informing);
    return true;
}

void guard_set_restore(const char *text)
{
    /* The length goes first to zero, so that a signal in between writes nothing stale. */
    char *old = guard.restore;
    guard.restore_length = 0;
    guard.restore = memory_copy_text(text);
    guard.restore_length = strlen(text);
    memory_free(old);
}

const struct termios *guard_modes(void)
{
    return &guard.modes;
}

int guard_descriptor(void)
{
    return guard.pipe[0];
}

int guard_next_signal(void)
{
    unsigned char byte;
    return read(guard.pipe[0], &byte, 1) == 1 ? byte : 0;
}

void guard_stop(void)
{
    if (guard.old_informing[STOPPING].sa_handler == SIG_IGN) {
        return; /* who started us could not go on with us */
    }
    struct sigaction plain = {.sa_handler = SIG_DFL}, ours;
    sigemptyset(&plain.sa_mask);
    (void)sigaction(SIGTSTP, &plain, &ours);
    /* The whole group stops, as it would by the terminal's own ^Z: a shell script that started
     * us must stop too. */
    (void)kill(0, SIGTSTP);
    (void)sigaction(SIGTSTP, &ours, NULL);
}

void guard_close(void)
{
    if (!guard.is_open) {
        return;
    }
    guard.is_open = 0;
    for (size_t i = 0; i < FATAL_COUNT; i++) {
        (void)sigaction(fatal[i], &guard.old_fatal[i], NULL);
    }
    for (size_t i = 0; i < INFORMING_COUNT; i++) {
        (void)sigaction(informing[i], &guard.old_informing[i], NULL);
    }
    (void)close(guard.pipe[0]);
    (void)close(guard.pipe[1]);
    guard.restore_length = 0;
    memory_free(guard.restore);
    guard.restore = NULL;
}
