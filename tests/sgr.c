#include "sgr.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Past so many of the numbers between semicolons. */
static const char *skip(const char *at, int count)
{
    for (; count > 0 && *at == ';'; count--) {
        at += 1 + strcspn(at + 1, ";m");
    }
    return at;
}

/* A colour by its index or by red, green and blue: 38;5;I, 38;2;R;G;B or 38:2::R:G:B. */
static int of_extended(const char **at)
{
    bool is_indexed = **at != '\0' && (*at)[1] == '5';
    *at = **at == ':' ? *at + strcspn(*at, ";m") : skip(*at, is_indexed ? 2 : 4);
    return is_indexed ? SGR_INDEXED : SGR_RGB;
}

static int of_number(long number)
{
    bool is_background = (number >= 40 && number <= 48) || (number >= 100 && number <= 107);
    return is_background                  ? SGR_BACKGROUND
           : number >= 30 && number <= 37 ? 1 << (number - 30)
           : number >= 90 && number <= 97 ? SGR_BRIGHT
           : number == 1                  ? SGR_BOLD
           : number == 7                  ? SGR_REVERSED
                                          : 0;
}

int sgr_asked(const char *output)
{
    int asked = 0;
    for (const char *at = output; (at = strstr(at, "\033[")) != NULL;) {
        at += 2;
        bool is_sgr = at[strspn(at, "0123456789;:")] == 'm';
        while (is_sgr && *at != 'm') {
            long number = strtol(at, NULL, 10);
            at += strcspn(at, ";:m");
            asked |= number == 38 ? of_extended(&at) : of_number(number);
            at += strcspn(at, ";m");
            at += *at == ';';
        }
    }
    return asked;
}
