#include "base/error.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define LONGEST_MESSAGE 1000
#define KEPT_END 300

static char *format_text(const char *format, va_list values)
{
    va_list again;
    va_copy(again, values);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    char *text = memory_get(length < 0 ? 1 : (size_t)length + 1, 1);
    if (length >= 0) {
        vsnprintf(text, (size_t)length + 1, format, values);
    }
    return text;
}

bool error_set(struct error *error, enum error_code code, const char *file, long line,
               const char *column, const char *format, ...)
{
    if (error->code != ERROR_NONE) {
        return false;
    }
    error->code = code;
    error->file = memory_copy_text(file);
    error->line = line;
    error->column = memory_copy_text(column);
    va_list values;
    va_start(values, format);
    error->text = format_text(format, values);
    va_end(values);
    return false;
}

bool error_set_errno(struct error *error, const char *file, const char *what)
{
    int number = errno;
    return error_set(error, ERROR_SYSTEM, file, 0, NULL, "%s: %s", what, strerror(number));
}

static void add_place(struct text *text, const struct error *error)
{
    if (error->file != NULL) {
        text_addf(text, "%s: ", error->file);
    }
    if (error->line > 0) {
        text_addf(text, _("line %ld"), error->line);
        text_add(text, error->column == NULL ? ": " : ", ");
    }
    if (error->column != NULL) {
        text_addf(text, _("column %s"), error->column);
        text_add(text, ": ");
    }
}

static bool is_continuation(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

/* Cuts in the middle: the place is at the start, and what to do at the end. */
static void shorten(char *message)
{
    size_t length = strlen(message);
    if (length <= LONGEST_MESSAGE) {
        return;
    }
    size_t start = LONGEST_MESSAGE - KEPT_END - 3, end = length - KEPT_END;
    while (start > 0 && is_continuation(message[start])) {
        start--;
    }
    while (is_continuation(message[end])) {
        end++;
    }
    memcpy(message + start, "...", 3);
    memmove(message + start + 3, message + end, length - end + 1);
}

char *error_message(const struct error *error)
{
    struct text text = {0};
    add_place(&text, error);
    text_add(&text, error->text == NULL ? "" : error->text);
    char *whole = text_take(&text);
    char *clean = text_clean(whole);
    memory_free(whole);
    shorten(clean);
    return clean;
}

void error_clear(struct error *error)
{
    memory_free(error->file);
    memory_free(error->column);
    memory_free(error->text);
    *error = (struct error){0};
}
