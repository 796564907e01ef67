#include "study/plan_comments.h"

#include <stddef.h>
#include <string.h>

/* How long the comment at `at` is: 0 when there is none, or none that ends. */
static size_t comment_length(const char *at)
{
    if (at[0] == '#' || (at[0] == '/' && at[1] == '/')) {
        return strcspn(at, "\n");
    }
    if (at[0] == '/' && at[1] == '*') {
        const char *end = strstr(at + 2, "*/");
        return end == NULL ? 0 : (size_t)(end - at) + 2;
    }
    return 0;
}

/* The quotation mark that text is in after `*at`; '\0': none. Skips what a backslash hides. */
static char quote_after(char quote, char **at)
{
    if (quote == '\0') {
        return **at == '"' || **at == '\'' ? **at : '\0';
    }
    if (**at == '\\' && (*at)[1] != '\0') {
        (*at)++;
        return quote;
    }
    return **at == quote ? '\0' : quote;
}

void plan_blank_comments(char *text)
{
    char quote = '\0', *at = text;
    while (*at != '\0') {
        size_t length = quote == '\0' ? comment_length(at) : 0;
        if (length == 0) {
            quote = quote_after(quote, &at);
            at++;
        }
        for (; length > 0; length--, at++) {
            *at = *at == '\n' ? '\n' : ' ';
        }
    }
}
