#include "ui/explorer/loop.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A script is for people to write: larger ones are something else. */
static const size_t SCRIPT_MOST = 1 << 20;

static bool read_all(FILE *file, struct text *text)
{
    char bytes[4096];
    size_t got;
    while ((got = fread(bytes, 1, sizeof bytes, file)) > 0 && text->length <= SCRIPT_MOST) {
        text_add_bytes(text, bytes, got);
    }
    return ferror(file) == 0;
}

static bool read_script(const char *path, struct text *text, struct error *error)
{
    FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "r");
    if (file == NULL) {
        return error_set_errno(error, path, _("the script cannot be opened"));
    }
    bool is_read = read_all(file, text);
    int problem = errno;
    if (file != stdin) {
        (void)fclose(file);
    }
    if (!is_read) {
        errno = problem;
        return error_set_errno(error, path, _("the script cannot be read"));
    }
    if (text->length > SCRIPT_MOST) {
        return error_set(error, ERROR_DATA, path, 0, NULL,
                         _("found more than 1 MB; give a script of named actions"));
    }
    return true;
}

/* "80x24". */
static bool set_size(struct loop *loop, const char *text)
{
    char *end;
    unsigned long columns = strtoul(text, &end, 10);
    unsigned long rows = *end == 'x' ? strtoul(end + 1, &end, 10) : 0;
    if (*end != '\0' || columns < 1 || rows < 1 || columns > 1000 || rows > 1000) {
        return false;
    }
    loop_draw(loop, columns, rows, loop->options->ascii);
    return true;
}

/* Keys by their names, as a person would press them. */
static void press(struct loop *loop, const char *names)
{
    size_t length;
    while (!loop->is_over && (length = strcspn(names += strspn(names, " "), " ")) > 0) {
        char *key = memory_copy_bytes(names, length);
        loop_key(loop, key);
        loop_wait(loop);
        loop_draw(loop, loop->canvas->columns, loop->canvas->rows, loop->options->ascii);
        memory_free(key);
        names += length;
    }
    /* What a key could not do is said on the screen; it does not end the script. */
    loop->is_refused = false;
}

static bool has_name(const char *line, const char *name)
{
    size_t length = strlen(name);
    return strncmp(line, name, length) == 0 && line[length] == ' ';
}

static bool run_line(struct loop *loop, const char *line, const char *path, long number,
                     struct error *error)
{
    line += strspn(line, " \t:");
    /* A snapshot shows what the line before it was answered. */
    loop->state.status = has_name(line, "snapshot") ? loop->state.status : NULL;
    loop->is_refused = false;
    if (*line == '\0' || *line == '#') {
        return true;
    }
    if (has_name(line, "key")) {
        press(loop, line + 4);
        return true;
    }
    if (has_name(line, "size")) {
        return set_size(loop, line + 5) ||
               error_set(error, ERROR_DATA, path, number, NULL,
                         _("found the size %s; write it like 100x30"), line + 5);
    }
    loop_command(loop, line);
    loop_wait(loop);
    if (loop->is_refused) {
        return error_set(error, ERROR_DATA, path, number, NULL,
                         _("found %s, which cannot be done (%s); take it out or change it"),
                         line, loop->state.status == NULL ? "" : loop->state.status);
    }
    loop_draw(loop, loop->canvas->columns, loop->canvas->rows, loop->options->ascii);
    return true;
}

static bool run_lines(struct loop *loop, char *text, const char *path, struct error *error)
{
    long number = 0;
    while (text != NULL && *text != '\0' && !loop->is_over) {
        char *end = strchr(text, '\n');
        char *next = end == NULL ? NULL : end + 1;
        size_t length = end == NULL ? strlen(text) : (size_t)(end - text);
        length -= length > 0 && text[length - 1] == '\r';
        text[length] = '\0';
        if (!run_line(loop, text, path, ++number, error)) {
            return false;
        }
        text = next;
    }
    return true;
}

bool loop_script(struct loop *loop, const char *path, struct error *error)
{
    struct text text = {0};
    size_t columns = loop->options->columns, rows = loop->options->rows;
    bool is_done = read_script(path, &text, error);
    if (is_done) {
        loop_compute(loop);
        loop_wait(loop);
        loop_draw(loop, columns > 0 ? columns : 100, rows > 0 ? rows : 30,
                  loop->options->ascii);
        is_done = text.length == 0 || run_lines(loop, text.bytes, path, error);
    }
    text_drop(&text);
    return is_done;
}
