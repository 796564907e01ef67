#include "ui/explorer/notes.h"

#include "base/memory.h"
#include "base/text.h"
#include <string.h>

#define HEADER "taxamr notes 1"
enum { LONGEST = 500 }; /* characters of a note */

static void drop(struct notes *notes, size_t index)
{
    struct note *note = array_at(&notes->items, index);
    memory_free(note->taxon);
    memory_free(note->text);
    size_t behind = notes->items.count - index - 1;
    memmove(note, note + 1, behind * sizeof *note);
    notes->items.count--;
}

void notes_end(struct notes *notes)
{
    while (notes->items.count > 0) {
        drop(notes, notes->items.count - 1);
    }
    array_destroy(&notes->items);
}

static size_t place_of(const struct notes *notes, const char *taxon)
{
    size_t i = 0;
    while (i < notes->items.count &&
           strcmp(((const struct note *)array_at(&notes->items, i))->taxon, taxon) != 0) {
        i++;
    }
    return i;
}

const char *notes_of(const struct notes *notes, const char *taxon)
{
    size_t place = taxon == NULL ? notes->items.count : place_of(notes, taxon);
    return place == notes->items.count
               ? NULL
               : ((const struct note *)array_at(&notes->items, place))->text;
}

/* Tabs and other control characters become spaces; never cut inside a character. */
static char *one_line(const char *text)
{
    struct text line = {0};
    size_t left = strlen(text), count = 0;
    text_add(&line, "");
    while (left > 0 && count++ < LONGEST) {
        uint32_t code;
        size_t taken = text_decode(text, left, &code);
        if (code < 0x20) {
            text_add(&line, " ");
        } else {
            text_add_bytes(&line, text, taken);
        }
        text += taken;
        left -= taken;
    }
    while (line.length > 0 && line.bytes[line.length - 1] == ' ') {
        line.bytes[--line.length] = '\0';
    }
    char *clean = text_clean(line.bytes + strspn(line.bytes, " "));
    text_drop(&line);
    return clean;
}

void notes_set(struct notes *notes, const char *taxon, const char *text)
{
    char *line = one_line(text);
    size_t place = place_of(notes, taxon);
    if (place < notes->items.count) {
        drop(notes, place);
    }
    if (*line == '\0') {
        memory_free(line);
        return;
    }
    if (notes->items.item_size == 0) {
        notes->items = ARRAY_OF(struct note);
    }
    struct note *note = array_add(&notes->items);
    *note = (struct note){memory_copy_text(taxon), line};
}

char *notes_text(const struct notes *notes, const char *study)
{
    struct text text = {0};
    text_addf(&text, HEADER "\nstudy\t%s\n", study);
    for (size_t i = 0; i < notes->items.count; i++) {
        const struct note *note = array_at(&notes->items, i);
        text_addf(&text, "%s\t%s\n", note->taxon, note->text);
    }
    return text_take(&text);
}

static void take_line(struct notes *notes, char *line)
{
    char *tab = strchr(line, '\t');
    if (tab != NULL && tab != line) {
        *tab = '\0';
        notes_set(notes, line, tab + 1);
    }
}

bool notes_take(struct notes *notes, const char *text, const char *study)
{
    struct text head = {0};
    text_addf(&head, HEADER "\nstudy\t%s\n", study);
    bool is_ours = text != NULL && strncmp(text, head.bytes, head.length) == 0;
    char *copy = memory_copy_text(is_ours ? text + head.length : ""), *rest = copy, *line;
    while ((line = strtok_r(rest, "\r\n", &rest)) != NULL) {
        take_line(notes, line);
    }
    memory_free(copy);
    text_drop(&head);
    return is_ours;
}
