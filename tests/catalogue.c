#include "catalogue.h"
#include "base/memory.h"
#include "base/text.h"
#include "program.h"
#include <stdlib.h>
#include <string.h>

enum { ENGLISH, PLURAL, TRANSLATION, PARTS };

static const struct {
    const char *word;
    int part;
} words[] = {{"msgid ", ENGLISH},
             {"msgid_plural ", PLURAL},
             {"msgstr ", TRANSLATION},
             {"msgstr[0] ", TRANSLATION}};

static void finish(struct array *messages, struct text *parts)
{
    if (parts[ENGLISH].length > 0) {
        struct message *message = array_add(messages);
        message->english = text_take(&parts[ENGLISH]);
        message->plural = text_take(&parts[PLURAL]);
        message->translation = text_take(&parts[TRANSLATION]);
    }
    for (int i = 0; i < PARTS; i++) {
        text_drop(&parts[i]);
    }
}

/* What stands between the first and the last quotation mark of a line. */
static void add_quoted(struct text *part, const char *line)
{
    const char *first = strchr(line, '"'), *last = strrchr(line, '"');
    if (first != NULL && last > first) {
        text_add_bytes(part, first + 1, (size_t)(last - first - 1));
    }
}

static int part_of(const char *line, int present)
{
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strncmp(line, words[i].word, strlen(words[i].word)) == 0) {
            return words[i].part;
        }
    }
    return line[0] == '"' ? present : PARTS;
}

struct array catalogue_read(const char *path)
{
    struct array messages = ARRAY_OF(struct message);
    struct text parts[PARTS] = {{0}};
    char *file = program_file(path), *rest = file, *line;
    int part = PARTS;
    if (file == NULL) {
        abort();
    }
    while ((line = strsep(&rest, "\n")) != NULL) {
        part = part_of(line, part);
        if (part == ENGLISH && line[0] == 'm') {
            finish(&messages, parts);
        }
        if (part != PARTS) {
            add_quoted(&parts[part], line);
        }
    }
    finish(&messages, parts);
    memory_free(file);
    return messages;
}

void catalogue_drop(struct array *messages)
{
    for (size_t i = 0; i < messages->count; i++) {
        struct message *message = array_at(messages, i);
        memory_free(message->english);
        memory_free(message->plural);
        memory_free(message->translation);
    }
    array_destroy(messages);
}
