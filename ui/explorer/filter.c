#include "ui/explorer/filter.h"

#include "base/memory.h"
#include "base/text.h"
#include <string.h>

const struct filter *filters_ruling(const struct filters *filters)
{
    const struct filter *filter = filters->is_trying ? &filters->tried : &filters->set;
    return filter->text == NULL ? NULL : filter;
}

static void clear(struct filter *filter)
{
    memory_free(filter->text);
    expression_destroy(filter->expression);
    *filter = (struct filter){0};
}

/* Puts a text in; NULL, or why it cannot be read. */
static char *fill(struct filter *filter, const char *text,
                  const struct expression_column *columns, size_t count)
{
    struct expression *expression = NULL;
    char *said = NULL;
    bool is_empty = text == NULL || *text == '\0';
    if (!is_empty && expression_is_meant(text)) {
        expression = expression_create(text, columns, count, &said);
        if (expression == NULL) {
            return said;
        }
    }
    char *copy = is_empty ? NULL : memory_copy_text(text);
    clear(filter);
    *filter = (struct filter){copy, expression};
    return NULL;
}

char *filters_set(struct filters *filters, const char *text,
                  const struct expression_column *columns, size_t count)
{
    char *said = fill(&filters->set, text, columns, count);
    if (said == NULL) {
        (void)filters_try(filters, NULL, columns, count);
    }
    return said;
}

char *filters_try(struct filters *filters, const char *text,
                  const struct expression_column *columns, size_t count)
{
    filters->is_trying = text != NULL;
    if (text == NULL) {
        clear(&filters->tried);
        return NULL;
    }
    char *said = fill(&filters->tried, text, columns, count);
    if (said != NULL && filters->tried.expression == NULL) {
        clear(&filters->tried);
    }
    return said;
}

void filters_end(struct filters *filters)
{
    clear(&filters->set);
    clear(&filters->tried);
}

static bool is_sign(char c)
{
    return c != '\0' && strchr("<>=~", c) != NULL;
}

/* Without blanks around signs of comparison and at the end, and without the 0 of 0.05. */
char *filter_short(const char *text)
{
    struct text brief = {0};
    text_add(&brief, "");
    for (const char *at = text; *at != '\0'; at++) {
        const char *next = at + strspn(at, " ");
        char last = brief.length > 0 ? brief.bytes[brief.length - 1] : ' ';
        bool is_beside = *at == ' ' && (*next == '\0' || is_sign(*next) ||
                                        (*next == '!' && next[1] == '=') || is_sign(last));
        bool is_zero = *at == '0' && at[1] == '.' && (last == ' ' || is_sign(last));
        if (!is_beside && !is_zero) {
            text_add_bytes(&brief, at, 1);
        }
    }
    return text_take(&brief);
}
