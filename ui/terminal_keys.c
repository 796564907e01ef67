#include "ui/terminal_keys.h"

#include "base/text.h"
#include <string.h>

struct event key_named(const char *name)
{
    struct event event = {.kind = EVENT_KEY};
    size_t length = strlen(name);
    memcpy(event.key, name, length < sizeof event.key ? length : sizeof event.key - 1);
    return event;
}

struct event key_of_character(uint32_t code)
{
    switch (code) {
    case '\r':
    case '\n':
        return key_named("Enter");
    case '\t':
        return key_named("Tab");
    case ' ':
        return key_named("Space");
    case 8:
    case 127:
        return key_named("Backspace");
    default:
        break;
    }
    char name[8] = {0};
    if (code < 32) {
        name[0] = '^';
        name[1] = (char)(code + '@');
    } else {
        (void)text_encode(code, name);
    }
    return key_named(name);
}

struct event key_of_sequence(char last)
{
    static const char *const names[] = {"Up", "Down", "Right", "Left",
                                        NULL, "End",  NULL,    "Home"};
    const char *name = last >= 'A' && last <= 'H' ? names[last - 'A'] : NULL;
    return name == NULL ? (struct event){.kind = EVENT_NONE} : key_named(name);
}
