#include "lesson/parse.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "gwas/lines.h"
#include <string.h>

/* Columns of a key's name at most: what is longer is a sentence. */
enum { KEY_MOST = 20 };

/* Letters and then a colon; where it stands, or 0. */
static size_t key_length(const char *line)
{
    size_t length = strspn(line, "abcdefghijklmnopqrstuvwxyz-");
    return length > 0 && length <= KEY_MOST && line[length] == ':' ? length : 0;
}

static void trim(char *line)
{
    size_t length = strlen(line);
    while (length > 0 && strchr(" \t\r", line[length - 1]) != NULL) {
        line[--length] = '\0';
    }
}

/* The first byte of a wide character, as Chinese is written in: no space goes before it. */
static bool is_wide(const char *text)
{
    int width = 1;
    size_t length = strlen(text);
    return length > 0 && text_grapheme(text, length, &width) > 0 && width == 2;
}

/* Whether a text ends in one. */
static bool ends_wide(const struct text *text)
{
    size_t at = text->length;
    while (at > 0 && ((unsigned char)text->bytes[at - 1] & 0xC0) == 0x80) {
        at--;
    }
    return at > 0 && is_wide(text->bytes + at - 1);
}

static void add_line(struct entry *entry, const char *line, bool is_apart)
{
    struct text *value = &entry->value;
    char *clean = text_clean(line);
    if (value->length > 0) {
        bool joins = ends_wide(value) && is_wide(clean);
        text_add(value, is_apart ? "\n" : joins ? "" : " ");
    }
    text_add(value, clean);
    memory_free(clean);
}

static bool take_line(char *line, long number, const char *path, bool *is_apart,
                      struct arena *arena, struct array *entries, struct error *error)
{
    trim(line);
    size_t length = key_length(line);
    bool is_indented = line[0] == ' ' || line[0] == '\t';
    if (line[0] == '#' || line[0] == '\0') {
        *is_apart |= line[0] == '\0';
        return true;
    }
    if (length == 0 && (!is_indented || entries->count == 0)) {
        return error_set(error, ERROR_DATA, path, number, NULL,
                         _("found a line without a key; begin it with one, as \"text:\", or "
                           "with a space where the text above goes on"));
    }
    if (length > 0) {
        *(struct entry *)array_add(entries) =
            (struct entry){.key = arena_bytes(arena, line, length), .line = number};
        line += length + 1;
    }
    line += strspn(line, " \t");
    add_line(array_at(entries, entries->count - 1), line, length == 0 && *is_apart);
    *is_apart = false;
    return true;
}

bool entries_read(const char *path, struct arena *arena, struct array *entries,
                  struct error *error)
{
    struct lines *lines;
    *entries = ARRAY_OF(struct entry);
    if (!lines_open(path, &lines, error)) {
        return false;
    }
    char *line;
    size_t length;
    bool is_apart = false, is_read = true;
    enum read_result result = READ_END;
    while (is_read && (result = lines_next(lines, &line, &length, error)) == READ_ROW) {
        is_read = take_line(line, lines_number(lines), path, &is_apart, arena, entries, error);
    }
    lines_close(lines);
    if (!is_read || result != READ_END) {
        entries_drop(entries);
        return false;
    }
    return true;
}

void entries_drop(struct array *entries)
{
    for (size_t i = 0; i < entries->count; i++) {
        text_drop(&((struct entry *)array_at(entries, i))->value);
    }
    array_destroy(entries);
}

/* "ivw.zh.txt" of any folder is "ivw". */
static const char *key_of(const char *path, struct arena *arena)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    return arena_bytes(arena, name, strcspn(name, "."));
}

static bool take_entries(struct making *making, const struct array *entries)
{
    bool is_taken = true;
    for (size_t i = 0; is_taken && i < entries->count; i++) {
        is_taken = keys_take(making, array_at(entries, i));
    }
    return is_taken && making_finish_step(making);
}

static bool check(const struct making *making, struct error *error)
{
    const struct lesson *lesson = making->lesson;
    if (lesson->title == NULL || lesson->about == NULL) {
        return error_set(error, ERROR_DATA, lesson->path, 1, NULL,
                         _("found no title or no about; begin the lesson with both"));
    }
    return making->steps.count > 0 ||
           error_set(error, ERROR_DATA, lesson->path, 1, NULL,
                     _("found no step; write one, as \"step: What a ratio is\""));
}

static void making_end(struct making *making)
{
    struct array *lists[] = {&making->steps, &making->choices, &making->sliders,
                             &making->facts, &making->methods, &making->without};
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        array_destroy(lists[i]);
    }
}

bool lesson_read(const char *path, struct arena *arena, struct lesson *lesson,
                 struct error *error)
{
    struct array entries;
    *lesson = (struct lesson){.key = key_of(path, arena), .path = arena_text(arena, path)};
    if (!entries_read(path, arena, &entries, error)) {
        return false;
    }
    struct making making = {.lesson = lesson,
                            .arena = arena,
                            .error = error,
                            .steps = ARRAY_OF(struct lesson_step),
                            .choices = ARRAY_OF(const char *),
                            .sliders = ARRAY_OF(struct lesson_slider),
                            .facts = ARRAY_OF(struct lesson_fact),
                            .methods = ARRAY_OF(const struct method *),
                            .without = ARRAY_OF(const char *)};
    bool is_read = take_entries(&making, &entries) && check(&making, error);
    lesson->step_count = making.steps.count;
    struct lesson_step *steps = arena_get(arena, making.steps.count, sizeof *steps);
    if (making.steps.count > 0) {
        memcpy(steps, making.steps.items, making.steps.count * sizeof *steps);
    }
    lesson->steps = steps;
    making_end(&making);
    entries_drop(&entries);
    return is_read;
}
