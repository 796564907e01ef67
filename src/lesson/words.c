#include "lesson/words.h"

#include "base/text.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define KEY_NAME "key."

/* As many as a person reads. */
enum { MOST_DECIMALS = 6, FIGURES = 3 };

/* A name in braces, and how many decimals are wanted; negative: it is not said. */
struct place {
    const char *name;
    int decimals;
    size_t length; /* with its braces; 0: none stands here */
};

/* "key.reveal": what the action of that name is done with, which who draws it knows. */
static bool is_key(const char *name)
{
    return strncmp(name, KEY_NAME, strlen(KEY_NAME)) == 0;
}

static struct place place_at(const char *text, struct arena *arena)
{
    size_t length = strcspn(text, "}");
    if (text[0] != '{' || text[length] != '}') {
        return (struct place){0};
    }
    const char *name = arena_bytes(arena, text + 1, length - 1);
    char *colon = strrchr(name, ':');
    struct place place = {name, -1, length + 1};
    if (colon != NULL && !is_key(name) && colon[1] >= '0' && colon[1] <= '0' + MOST_DECIMALS &&
        colon[2] == '\0') {
        place.decimals = colon[1] - '0';
        place.name = arena_bytes(arena, name, (size_t)(colon - name));
    }
    return place;
}

const char *words_wrong_name(const char *text, struct arena *arena)
{
    for (const char *at = strchr(text, '{'); at != NULL; at = strchr(at + 1, '{')) {
        struct place place = place_at(at, arena);
        if (place.length == 0 || (!is_key(place.name) && !quantity_is_name(place.name))) {
            return place.length == 0 ? arena_text(arena, at) : place.name;
        }
    }
    return NULL;
}

const char *words_next_key(const char **text, struct arena *arena)
{
    for (const char *at = strchr(*text, '{'); at != NULL; at = strchr(at + 1, '{')) {
        struct place place = place_at(at, arena);
        if (place.length > 0 && is_key(place.name)) {
            *text = at + place.length;
            return place.name + strlen(KEY_NAME);
        }
    }
    return NULL;
}

/* Zeros at the end of decimals say nothing. */
static const char *without_zeros(char *text)
{
    size_t length = strlen(text);
    if (strchr(text, '.') != NULL && strchr(text, 'e') == NULL) {
        while (text[length - 1] == '0') {
            text[--length] = '\0';
        }
        text[length - (text[length - 1] == '.')] = '\0';
    }
    return text;
}

const char *words_number(double value, int decimals, struct arena *arena)
{
    double size = fabs(value);
    if (isnan(value)) {
        return "-";
    }
    if (decimals >= 0) {
        bool is_zero = size < pow(10, -decimals) / 2;
        return arena_format(arena, "%.*f", decimals, is_zero ? 0 : value);
    }
    if (size >= 1000) {
        return arena_format(arena, "%.0f", value);
    }
    if (size > 0 && size < 1e-4) {
        return arena_format(arena, "%.0e", value);
    }
    int whole = size >= 1 ? (int)floor(log10(size)) + 1 : size > 0 ? (int)ceil(log10(size)) : 0;
    int wanted = FIGURES - whole;
    return without_zeros(arena_format(arena, "%.*f", wanted > 0 ? wanted : 0, value));
}

const char *words_filled(const char *text, const struct quantity_source *source,
                         struct arena *arena)
{
    struct text filled = {0};
    while (*text != '\0') {
        struct place place = place_at(text, arena);
        double value = NAN;
        size_t length = strcspn(text + 1, "{") + 1;
        if (place.length > 0 && is_key(place.name)) {
            text_addf(&filled, "{%s}", place.name + strlen(KEY_NAME));
            length = place.length;
        } else if (place.length > 0) {
            (void)quantity_of(source, place.name, &value);
            text_add(&filled, words_number(value, place.decimals, arena));
            length = place.length;
        } else {
            text_add_bytes(&filled, text, length);
        }
        text += length;
    }
    const char *kept = arena_text(arena, filled.length > 0 ? filled.bytes : "");
    text_drop(&filled);
    return kept;
}
