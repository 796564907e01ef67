#include "ui/clipboard.h"

#include "base/text.h"
#include <string.h>

static void add_base64(struct text *out, const unsigned char *bytes, size_t length)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < length; i += 3) {
        size_t rest = length - i;
        unsigned value = (unsigned)bytes[i] << 16;
        value |= rest > 1 ? (unsigned)bytes[i + 1] << 8 : 0;
        value |= rest > 2 ? bytes[i + 2] : 0;
        char four[4] = {letters[value >> 18], letters[value >> 12 & 63],
                        rest > 1 ? letters[value >> 6 & 63] : '=',
                        rest > 2 ? letters[value & 63] : '='};
        text_add_bytes(out, four, 4);
    }
}

char *clipboard_sequence(const char *text)
{
    struct text sequence = {0};
    text_add(&sequence, "\033]52;c;");
    add_base64(&sequence, (const unsigned char *)text, strlen(text));
    text_add(&sequence, "\a");
    return text_take(&sequence);
}
