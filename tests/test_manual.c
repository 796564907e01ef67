/*
 * The manual page in Chinese beside the one in English: the same sections, tags (commands,
 * options, tables, files), synopsis and examples in the same order, and no name of an option,
 * method, column, key or action that the other does not have.
 */
#include "base/map.h"
#include "base/memory.h"
#include "base/text.h"
#include "program.h"
#include <check.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static char *page_of(const char *name)
{
    struct text path = {0};
    const char *root = getenv("srcdir");
    text_addf(&path, "%s/man/%s", root != NULL ? root : ".", name);
    char *page = program_file(path.bytes);
    ck_assert_msg(page != NULL, "%s", path.bytes);
    text_drop(&path);
    return page;
}

static bool starts(const char *line, const char *start)
{
    return strncmp(line, start, strlen(start)) == 0;
}

/* What both pages must have alike, a line each; of headings the macro alone. */
static char *skeleton_of(const char *name)
{
    char *page = page_of(name), *rest = page, *line;
    struct text bones = {0};
    bool is_tag = false;
    const char *until = NULL;
    while ((line = strsep(&rest, "\n")) != NULL) {
        if (starts(line, ".SH") || starts(line, ".SS") || starts(line, ".IP")) {
            text_addf(&bones, "%.3s\n", line);
        } else if (is_tag || until != NULL || starts(line, ".EX") || starts(line, ".SY")) {
            text_addf(&bones, "%s\n", line);
        }
        until = starts(line, ".EX")                         ? ".EE"
                : starts(line, ".SY")                       ? ".YS"
                : until != NULL && strcmp(line, until) == 0 ? NULL
                                                            : until;
        is_tag = strcmp(line, ".TP") == 0;
    }
    memory_free(page);
    return text_take(&bones);
}

START_TEST(pages_have_the_same_parts)
{
    char *english = skeleton_of("taxamr.1"), *chinese = skeleton_of("taxamr.zh_CN.1");
    char *left = english, *right = chinese, *one, *other;
    size_t count = 0;
    while ((one = strsep(&left, "\n")) != NULL) {
        other = strsep(&right, "\n");
        count++;
        ck_assert_msg(other != NULL && strcmp(one, other) == 0, "part %zu: '%s' is '%s'", count,
                      one, other == NULL ? "missing" : other);
    }
    ck_assert_msg(right == NULL, "the Chinese page goes on: %s", right);
    ck_assert_uint_gt(count, 200);
    memory_free(english);
    memory_free(chinese);
}
END_TEST

static bool is_of_name(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '-' || c == '.';
}

/* Names that are not words of English: those with an underscore or two dashes before them. */
static struct map *names_of(const char *name)
{
    char *page = page_of(name), *to = page;
    struct map *names = map_create();
    for (const char *from = page; *from != '\0'; from++) {
        if (*from == '\\' && from[1] != '-') {
            *to++ = '\n';
            from++;
        } else if (*from != '\\') {
            *to++ = *from;
        }
    }
    *to = '\0';
    for (char *at = page; *at != '\0';) {
        size_t length = 0;
        while (is_of_name(at[length])) {
            length++;
        }
        char *word = memory_copy_bytes(at, length);
        for (size_t end = length; end > 0 && word[end - 1] == '.';) {
            word[--end] = '\0';
        }
        if (strchr(word, '_') != NULL || starts(word, "--")) {
            map_set(names, word, 0);
        }
        memory_free(word);
        at += length > 0 ? length : 1;
    }
    memory_free(page);
    return names;
}

static size_t check_within(const struct map *inner, const struct map *outer, const char *whose)
{
    const char *name;
    size_t value;
    for (size_t cursor = 0; map_next(inner, &cursor, &name);) {
        ck_assert_msg(map_get(outer, name, &value), "only the %s page has %s", whose, name);
    }
    return map_count(inner);
}

START_TEST(pages_have_the_same_names)
{
    struct map *english = names_of("taxamr.1"), *chinese = names_of("taxamr.zh_CN.1");
    ck_assert_uint_gt(check_within(english, chinese, "English"), 150);
    (void)check_within(chinese, english, "Chinese");
    map_destroy(english);
    map_destroy(chinese);
}
END_TEST

/* Every key of the explorer that the English page shows in bold. */
START_TEST(pages_have_the_same_bold_words)
{
    char *english = page_of("taxamr.1"), *chinese = page_of("taxamr.zh_CN.1");
    char *rest = english, *line;
    while ((line = strsep(&rest, "\n")) != NULL) {
        if (!starts(line, ".B ")) {
            continue;
        }
        const char *bold = line + strlen(".B ");
        ck_assert_msg(strstr(chinese, bold) != NULL, "the Chinese page lacks '%s'", bold);
    }
    memory_free(english);
    memory_free(chinese);
}
END_TEST

/* Words that only English sentences have, outside of examples. */
START_TEST(no_sentence_is_left_in_english)
{
    static const char *const words[] = {" the ", " is ", " are ", " which ", " where "};
    char *page = page_of("taxamr.zh_CN.1"), *rest = page, *line;
    bool is_example = false;
    while ((line = strsep(&rest, "\n")) != NULL) {
        is_example = starts(line, ".EX") || (is_example && !starts(line, ".EE"));
        for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
            ck_assert_msg(is_example || strstr(line, words[i]) == NULL, "English: %s", line);
        }
    }
    memory_free(page);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("manual");
    TCase *cases = tcase_create("manual");
    tcase_add_test(cases, pages_have_the_same_parts);
    tcase_add_test(cases, pages_have_the_same_names);
    tcase_add_test(cases, pages_have_the_same_bold_words);
    tcase_add_test(cases, no_sentence_is_left_in_english);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
