#include "page.h"
#include "base/map.h"
#include "base/memory.h"
#include "base/text.h"
#include <check.h>
#include <ctype.h>
#include <string.h>

enum { DEEPEST = 32 };

/* What is open, and the ids and links met. */
struct reading {
    const char *names[DEEPEST];
    size_t lengths[DEEPEST];
    size_t depth;
    struct map *ids;
    struct text links; /* "#a\n#b\n" */
};

size_t page_count(const char *page, const char *text)
{
    size_t count = 0;
    for (const char *at = page; (at = strstr(at, text)) != NULL; at += strlen(text)) {
        count++;
    }
    return count;
}

static bool is_void(const char *name, size_t length)
{
    return (length == 4 && strncmp(name, "meta", 4) == 0) ||
           (length == 2 && strncmp(name, "br", 2) == 0);
}

static void take_attribute(struct reading *reading, const char *name, size_t length,
                           const char *value, size_t value_length)
{
    char *copy = memory_copy_bytes(value, value_length);
    ck_assert_ptr_null(strchr(copy, '<'));
    if (length == 2 && strncmp(name, "id", 2) == 0) {
        ck_assert_msg(map_set(reading->ids, copy, 1), "id %s is there twice", copy);
    } else if (length >= 4 && strncmp(name + length - 4, "href", 4) == 0) {
        ck_assert_msg(copy[0] == '#', "a link leaves the page: %s", copy);
        text_addf(&reading->links, "%s\n", copy + 1);
    }
    memory_free(copy);
}

/* From behind a tag's name to behind its end; whether it ends itself. */
static const char *read_attributes(struct reading *reading, const char *at, bool *is_empty)
{
    for (;;) {
        at += strspn(at, " \n");
        *is_empty = *at == '/';
        at += *is_empty;
        if (*at == '>') {
            return at + 1;
        }
        size_t length = strcspn(at, "= >\"");
        ck_assert_msg(at[length] == '=' && at[length + 1] == '"', "%.80s", at);
        const char *value = at + length + 2, *end = strchr(value, '"');
        ck_assert_ptr_nonnull(end);
        take_attribute(reading, at, length, value, (size_t)(end - value));
        at = end + 1;
    }
}

static const char *read_end_tag(struct reading *reading, const char *at)
{
    size_t length = strcspn(at, ">");
    ck_assert_msg(reading->depth > 0, "%.40s", at);
    size_t top = --reading->depth;
    ck_assert_msg(reading->lengths[top] == length &&
                      strncmp(reading->names[top], at, length) == 0,
                  "</%.*s> ends <%.*s>", (int)length, at, (int)reading->lengths[top],
                  reading->names[top]);
    return at + length + 1;
}

/* What is not read as HTML: style and script. */
static const char *behind_raw(const char *name, size_t length, const char *at)
{
    const char *end = length == 5 && strncmp(name, "style", 5) == 0    ? "</style>"
                      : length == 6 && strncmp(name, "script", 6) == 0 ? "</script>"
                                                                       : NULL;
    return end == NULL ? at : strstr(at, end);
}

static const char *read_tag(struct reading *reading, const char *at)
{
    if (*at == '!') {
        return strchr(at, '>') + 1;
    }
    if (*at == '/') {
        return read_end_tag(reading, at + 1);
    }
    ck_assert_msg(isalpha((unsigned char)*at), "a bare <: %.60s", at);
    const char *name = at;
    bool is_empty;
    size_t length = strcspn(at, " />\n");
    at = read_attributes(reading, at + length, &is_empty);
    if (!is_empty && !is_void(name, length)) {
        ck_assert_uint_lt(reading->depth, DEEPEST);
        reading->names[reading->depth] = name;
        reading->lengths[reading->depth++] = length;
        at = behind_raw(name, length, at);
        ck_assert_ptr_nonnull(at);
    }
    return at;
}

static void check_links(struct reading *reading)
{
    const char *at = reading->links.bytes == NULL ? "" : reading->links.bytes;
    while (*at != '\0') {
        size_t length = strcspn(at, "\n");
        char *id = memory_copy_bytes(at, length);
        size_t value;
        ck_assert_msg(map_get(reading->ids, id, &value), "nothing has the id %s", id);
        memory_free(id);
        at += length + 1;
    }
}

void page_check(const char *page)
{
    struct reading reading = {.ids = map_create()};
    const char *at = page;
    while (*at != '\0') {
        if (*at == '<') {
            at = read_tag(&reading, at + 1);
        } else {
            bool is_bare = *at == '&' && strchr(at, ';') - at > 6;
            ck_assert_msg(!is_bare && *at != '>', "%.60s", at);
            at++;
        }
    }
    ck_assert_uint_eq(reading.depth, 0);
    check_links(&reading);
    map_destroy(reading.ids);
    text_drop(&reading.links);
}

size_t page_rows(const char *page, const char *id)
{
    struct text start = {0};
    size_t rows = 0;
    text_addf(&start, "<table id=\"%s\"", id);
    const char *at = strstr(page, start.bytes), *end;
    ck_assert_msg(at != NULL, "no table %s", id);
    at = strstr(at, "<tbody>");
    end = strstr(at, "</tbody>");
    while ((at = strstr(at, "<tr>")) != NULL && at < end) {
        rows++;
        at++;
    }
    text_drop(&start);
    return rows;
}
