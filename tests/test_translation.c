/*
 * The Chinese catalogue against the sources: every message translated, none by its English,
 * format arguments and names of keys kept, terms those of the glossary. Exceptions stand with
 * their reasons in tests/data/translation.
 */
#include "base/map.h"
#include "base/memory.h"
#include "base/text.h"
#include "catalogue.h"
#include "program.h"
#include <check.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define PO "\"$ROOT\"/data/po/zh_CN.po"

static struct array messages;
static struct said said;

static void read_catalogue(void)
{
    struct text path = {0};
    said = program_say("msgcat --no-wrap -o zh.po " PO);
    ck_assert_msg(said.status == 0, "%s", said.err);
    text_addf(&path, "%s/zh.po", program_folder());
    messages = catalogue_read(path.bytes);
    ck_assert_uint_gt(messages.count, 1600);
    text_drop(&path);
    said_drop(&said);
}

static void drop_catalogue(void)
{
    catalogue_drop(&messages);
}

static void succeeds(const char *line)
{
    said = program_say(line);
    ck_assert_msg(said.status == 0, "%s\n%s", line, said.err);
}

/* The lines of a table in the source tree: cells are cut at tabs. The caller frees *text. */
static struct array table(const char *name, size_t cells, char **text)
{
    struct array rows = ARRAY_OF(const char *[4]);
    struct text path = {0};
    const char *root = getenv("srcdir");
    text_addf(&path, "%s/%s", root != NULL ? root : ".", name);
    *text = program_file(path.bytes);
    ck_assert_msg(*text != NULL, "%s", path.bytes);
    text_drop(&path);
    char *rest = *text, *line = strsep(&rest, "\n");
    while ((line = strsep(&rest, "\n")) != NULL && line[0] != '\0') {
        const char **row = array_add(&rows);
        for (size_t i = 0; i < cells; i++) {
            row[i] = strsep(&line, "\t");
            ck_assert_msg(row[i] != NULL, "%s: too few cells behind '%s'", name, row[0]);
        }
    }
    return rows;
}

START_TEST(every_message_of_the_sources_is_translated)
{
    succeeds("\"$ROOT\"/data/po/extract \"$ROOT\" all.pot");
    said_drop(&said);
    succeeds("msgmerge -q --no-fuzzy-matching -o merged.po " PO " all.pot && "
             "msgattrib --no-wrap --untranslated --no-obsolete merged.po | grep '^msgid' | "
             "grep -v '^msgid \"\"$' || true");
    ck_assert_msg(said.out[0] == '\0', "not translated (make update-po lists them):\n%s",
                  said.out);
    said_drop(&said);
}
END_TEST

START_TEST(no_translation_is_a_guess)
{
    succeeds("msgattrib --only-fuzzy " PO);
    ck_assert_msg(said.out[0] == '\0', "fuzzy:\n%s", said.out);
    said_drop(&said);
}
END_TEST

START_TEST(arguments_of_formats_match)
{
    succeeds("msgfmt --check-format --check-domain -o zh.mo " PO);
    ck_assert_str_eq(said.err, "");
    said_drop(&said);
}
END_TEST

/* Both ways: what equals its English is listed with a reason, and what is listed equals it. */
START_TEST(none_equals_its_english_without_a_reason)
{
    char *text;
    struct array rows = table("tests/data/translation/same.tsv", 2, &text);
    struct map *reasons = map_create();
    for (size_t i = 0; i < rows.count; i++) {
        const char **row = array_at(&rows, i);
        ck_assert_msg(strlen(row[1]) > 3, "no reason for '%s'", row[0]);
        map_set(reasons, row[0], 0);
    }
    for (size_t i = 0; i < messages.count; i++) {
        const struct message *message = array_at(&messages, i);
        size_t value;
        bool is_same = strcmp(message->english, message->translation) == 0;
        ck_assert_msg(is_same == map_get(reasons, message->english, &value),
                      is_same ? "'%s' is left in English" : "'%s' is translated by now",
                      message->english);
    }
    map_destroy(reasons);
    array_destroy(&rows);
    memory_free(text);
}
END_TEST

static size_t count_of(const char *text, const char *part)
{
    size_t count = 0;
    for (const char *at = strstr(text, part); at != NULL; at = strstr(at + 1, part)) {
        count++;
    }
    return count;
}

/* Names of keys in braces, tabs, line ends and the # of comments. */
START_TEST(keys_and_layout_are_kept)
{
    static const char *const parts[] = {"{", "}", "\\t", "\\n", "\\n#", "--"};
    for (size_t i = 0; i < messages.count; i++) {
        const struct message *message = array_at(&messages, i);
        for (size_t j = 0; j < sizeof parts / sizeof parts[0]; j++) {
            ck_assert_msg(count_of(message->english, parts[j]) ==
                              count_of(message->translation, parts[j]),
                          "'%s' of '%s' in '%s'", parts[j], message->english,
                          message->translation);
        }
        for (const char *at = strchr(message->english, '{'); at != NULL;
             at = strchr(at + 1, '{')) {
            char *name = memory_copy_text(at);
            name[strcspn(name, "} ")] = '\0';
            ck_assert_msg(strstr(message->translation, name) != NULL, "%s of '%s'", name,
                          message->english);
            memory_free(name);
        }
    }
}
END_TEST

/* CJK ideographs, in UTF-8. */
static bool is_han(const unsigned char *at)
{
    return at[0] >= 0xe4 && at[0] <= 0xe9;
}

START_TEST(chinese_has_its_own_marks)
{
    for (size_t i = 0; i < messages.count; i++) {
        const struct message *message = array_at(&messages, i);
        const unsigned char *text = (const unsigned char *)message->translation;
        ck_assert_msg(text_is_clean(message->translation), "%s", message->translation);
        size_t length = strlen(message->translation);
        bool is_formula = strchr(message->english, '^') != NULL;
        for (size_t j = 0; j < length && !is_formula; j++) {
            bool is_beside = (j >= 3 && is_han(&text[j - 3])) || is_han(&text[j + 1]);
            ck_assert_msg(strchr(",;:?!()", text[j]) == NULL || !is_beside,
                          "ASCII '%c' beside a Chinese character: %s", text[j], text);
        }
    }
}
END_TEST

static const char *const wide_marks[] = {"，", "。", "；", "：", "（", "）", "、"};

/* A full-width mark brings its own blank, except where a message begins with one to be put
 * behind another; and parentheses are of one kind. */
START_TEST(wide_marks_stand_alone)
{
    for (size_t i = 0; i < messages.count; i++) {
        const char *text = ((const struct message *)array_at(&messages, i))->translation;
        for (size_t j = 0; j < sizeof wide_marks / sizeof wide_marks[0]; j++) {
            size_t size = strlen(wide_marks[j]);
            for (const char *at = text; (at = strstr(at, wide_marks[j])) != NULL; at += size) {
                ck_assert_msg(at[size] != ' ' && (at <= text + 1 || at[-1] != ' '),
                              "a blank beside %s: %s", wide_marks[j], text);
            }
        }
        ck_assert_msg(count_of(text, "（") == count_of(text, "）") &&
                          count_of(text, "(") == count_of(text, ")"),
                      "parentheses do not match: %s", text);
    }
}
END_TEST

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), size = strlen(end);
    return length >= size && strcmp(text + length - size, end) == 0;
}

/* What is a sentence in English is one in Chinese; a word alone is an abbreviation. */
START_TEST(sentences_end_as_sentences)
{
    for (size_t i = 0; i < messages.count; i++) {
        const struct message *message = array_at(&messages, i);
        bool is_sentence = ends_with(message->english, ".") &&
                           !ends_with(message->english, "..") &&
                           strchr(message->english, ' ') != NULL;
        ck_assert_msg(is_sentence == ends_with(message->translation, "。"), "'%s' ends as '%s'",
                      message->english, message->translation);
    }
}
END_TEST

static bool is_letter(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '-';
}

/* Where a term stands in a text as words of their own, in the singular or the plural; its
 * length is put into *length. NULL where it does not. */
static char *find_term(char *text, const char *term, size_t *length)
{
    size_t size = strlen(term);
    for (char *at = text; *at != '\0'; at++) {
        if (strncasecmp(at, term, size) != 0 || (at > text && is_letter(at[-1]))) {
            continue;
        }
        *length = size + (at[size] == 's');
        if (!is_letter(at[*length])) {
            return at;
        }
    }
    return NULL;
}

/* Whether one of the terms between slashes is used, or the English word stands there as a key.
 */
static bool is_used(const char *chinese, const char *english, const char *translation)
{
    char *copy = memory_copy_text(chinese), *rest = copy, *one;
    bool is_found = strstr(translation, english) != NULL;
    while (!is_found && (one = strsep(&rest, "/")) != NULL) {
        is_found = strstr(translation, one) != NULL;
    }
    memory_free(copy);
    return is_found;
}

static int by_length(const void *one, const void *other)
{
    const char *const *a = one, *const *b = other;
    size_t left = strlen(a[0]), right = strlen(b[0]);
    return (left < right) - (left > right);
}

/* Takes each term out of the English, so that a part of a longer term does not count. */
static void check_terms(const struct message *message, const struct array *terms,
                        const struct map *exceptions)
{
    char *english = memory_copy_text(message->english);
    size_t length, value;
    for (size_t i = 0; i < terms->count; i++) {
        const char *const *term = array_at(terms, i);
        for (char *at; (at = find_term(english, term[0], &length)) != NULL;) {
            char *word = memory_copy_text(at);
            word[length] = '\0';
            memset(at, '#', length);
            ck_assert_msg(is_used(term[1], word, message->translation) ||
                              map_get(exceptions, message->english, &value),
                          "%s is %s, but '%s' says '%s'", word, term[1], message->english,
                          message->translation);
            memory_free(word);
        }
    }
    memory_free(english);
}

START_TEST(terms_are_those_of_the_glossary)
{
    char *glossary, *reasons;
    struct array terms = table("data/glossary.tsv", 3, &glossary);
    struct array rows = table("tests/data/translation/other-words.tsv", 2, &reasons);
    struct map *exceptions = map_create();
    ck_assert_uint_gt(terms.count, 100);
    qsort(terms.items, terms.count, terms.item_size, by_length);
    for (size_t i = 0; i < rows.count; i++) {
        map_set(exceptions, *(const char **)array_at(&rows, i), 0);
    }
    for (size_t i = 0; i < messages.count; i++) {
        check_terms(array_at(&messages, i), &terms, exceptions);
    }
    map_destroy(exceptions);
    array_destroy(&rows);
    array_destroy(&terms);
    memory_free(reasons);
    memory_free(glossary);
}
END_TEST

START_TEST(glossary_names_each_term_once)
{
    char *glossary;
    struct array terms = table("data/glossary.tsv", 3, &glossary);
    struct map *seen = map_create();
    for (size_t i = 0; i < terms.count; i++) {
        const char **term = array_at(&terms, i);
        ck_assert_msg(term[0][0] != '\0' && term[1][0] != '\0', "row %zu", i + 2);
        ck_assert_msg(map_set(seen, term[0], i), "%s twice", term[0]);
    }
    map_destroy(seen);
    array_destroy(&terms);
    memory_free(glossary);
}
END_TEST

/* What the language is chosen by, on a machine that has no Chinese locale. */
static const struct {
    const char *line;
    bool is_chinese;
} choices[] = {
    {"env LC_ALL=C.UTF-8 taxamr --lang zh --help", true},
    {"env -u LC_ALL -u LANG taxamr --lang zh --help", true},
    {"env LC_ALL=C.UTF-8 LANGUAGE=zh taxamr --help", true},
    {"env LC_ALL=C.UTF-8 LANGUAGE=zh_CN taxamr --help", true},
    {"env LC_ALL=zh_CN.UTF-8 taxamr --help", true},
    {"env -u LC_ALL LANG=zh_CN.utf8 taxamr --help", true},
    {"env LC_ALL=zh_CN.UTF-8 LANGUAGE=zh taxamr --help", true},
    {"env LC_ALL=C.UTF-8 LANGUAGE=zh:en taxamr --help", true},
    {"env LC_ALL=C.UTF-8 LANGUAGE=zh_CN:en taxamr --help", true},
    {"env LC_ALL=C.UTF-8 LANGUAGE=fr:zh:en taxamr --help", true},
    {"env LC_ALL=fr_FR.UTF-8 LANGUAGE=:zh taxamr --help", true},
    {"env LC_ALL=C.UTF-8 LANGUAGE=en:zh taxamr --help", false},
    {"env LC_ALL=zh_CN.UTF-8 LANGUAGE=en_GB:zh taxamr --help", false},
    {"env LC_ALL=C.UTF-8 LANGUAGE=fr:de taxamr --help", false},
    {"env LC_ALL=zh_CN.UTF-8 taxamr --lang en --help", false},
    {"env LC_ALL=zh_CN.UTF-8 LANGUAGE=en taxamr --help", false},
    {"env LC_ALL=C LANGUAGE=zh taxamr --help", false},
    {"env LC_ALL=fr_FR.UTF-8 taxamr --help", false},
    {"env LC_ALL=C.UTF-8 taxamr --help", false},
};

START_TEST(language_is_chosen)
{
    said = program_say(choices[_i].line);
    ck_assert_msg(said.status == 0, "%s", said.err);
    ck_assert_msg((strstr(said.out, "肠道微生物") != NULL) == choices[_i].is_chinese, "%s\n%s",
                  choices[_i].line, said.out);
    said_drop(&said);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("translation");
    TCase *catalogue = tcase_create("catalogue"), *language = tcase_create("language");
    tcase_set_timeout(catalogue, 60); /* xgettext reads the whole tree */
    tcase_add_unchecked_fixture(catalogue, read_catalogue, drop_catalogue);
    tcase_add_test(catalogue, every_message_of_the_sources_is_translated);
    tcase_add_test(catalogue, no_translation_is_a_guess);
    tcase_add_test(catalogue, arguments_of_formats_match);
    tcase_add_test(catalogue, none_equals_its_english_without_a_reason);
    tcase_add_test(catalogue, keys_and_layout_are_kept);
    tcase_add_test(catalogue, chinese_has_its_own_marks);
    tcase_add_test(catalogue, wide_marks_stand_alone);
    tcase_add_test(catalogue, sentences_end_as_sentences);
    tcase_add_test(catalogue, terms_are_those_of_the_glossary);
    tcase_add_test(catalogue, glossary_names_each_term_once);
    tcase_add_loop_test(language, language_is_chosen, 0, sizeof choices / sizeof choices[0]);
    suite_add_tcase(suite, catalogue);
    suite_add_tcase(suite, language);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    program_clean();
    return failed == 0 ? 0 : 1;
}
