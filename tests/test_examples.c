/*
 * Every example in README.md and in the manual page is run as it stands there, and must print
 * what is printed there. "..." stands for any lines. Whatever the program offers is named in
 * the manual page.
 */
#include "base/memory.h"
#include "base/text.h"
#include "chart/chart.h"
#include "golden.h"
#include "program.h"
#include "report/table.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *source_file(const char *name)
{
    struct text path = {0};
    const char *root = getenv("ROOT");
    text_addf(&path, "%s/%s", root, name);
    char *content = program_file(path.bytes);
    ck_assert_msg(content != NULL, "%s", path.bytes);
    text_drop(&path);
    return content;
}

/* Takes the next line off *rest, to be freed; NULL at the end. */
static char *take_line(const char **rest)
{
    if (**rest == '\0') {
        return NULL;
    }
    size_t length = strcspn(*rest, "\n");
    char *line = memory_copy_bytes(*rest, length);
    *rest += length + ((*rest)[length] == '\n');
    return line;
}

/* Whether text is what is wanted, where a wanted line "..." fits any number of lines. */
static bool fits(const char *text, const char *wanted)
{
    if (*wanted == '\0') {
        return *text == '\0';
    }
    if (strncmp(wanted, "...\n", 4) == 0) {
        for (;; text += strcspn(text, "\n") + 1) {
            if (fits(text, wanted + 4)) {
                return true;
            }
            if (*text == '\0') {
                return false;
            }
        }
    }
    size_t length = strcspn(wanted, "\n") + 1;
    return strncmp(text, wanted, length) == 0 && fits(text + length, wanted + length);
}

/* A block of examples: lines that start with "$ " are run, the others are what they print. */
static size_t run_block(const char *block)
{
    size_t count = 0;
    char *line = take_line(&block);
    while (line != NULL) {
        struct text wanted = {0};
        char *command = line;
        text_add(&wanted, "");
        while ((line = take_line(&block)) != NULL && strncmp(line, "$ ", 2) != 0) {
            text_addf(&wanted, "%s\n", line);
            memory_free(line);
        }
        struct said said = program_say(command + 2);
        ck_assert_msg(said.status == 0 && said.err[0] == '\0', "%s: status %d: %s", command,
                      said.status, said.err);
        /* What an example does not show, it need not be silent about. */
        bool is_shown = wanted.length > 0;
        ck_assert_msg(!is_shown || fits(said.out, wanted.bytes), "%s printed:\n%s", command,
                      said.out);
        said_drop(&said);
        text_drop(&wanted);
        memory_free(command);
        count++;
    }
    return count;
}

/* Runs blocks between lines `open` and `close` whose first line starts with "$ ". */
static size_t run_blocks(const char *content, const char *open, const char *close)
{
    size_t count = 0;
    struct text block = {0};
    bool is_inside = false;
    char *line;
    while ((line = take_line(&content)) != NULL) {
        if (is_inside && strcmp(line, close) == 0) {
            is_inside = false;
            if (block.length > 2 && strncmp(block.bytes, "$ ", 2) == 0) {
                count += run_block(block.bytes);
            }
            text_drop(&block);
        } else if (is_inside) {
            text_addf(&block, "%s\n", line);
        } else {
            is_inside = strncmp(line, open, strlen(open)) == 0;
        }
        memory_free(line);
    }
    return count;
}

/* README with its screens as the script that it shows has drawn them: a block "```screen FILE"
 * holds what was written into FILE. */
static char *with_screens(const char *readme, size_t *count)
{
    static const char open[] = "```screen ";
    struct text text = {0};
    const char *at;
    while ((at = strstr(readme, open)) != NULL) {
        struct text path = {0};
        const char *name = at + strlen(open), *block = name + strcspn(name, "\n") + 1;
        text_addf(&path, "%s/%.*s", program_folder(), (int)(block - 1 - name), name);
        char *screen = program_file(path.bytes);
        ck_assert_msg(screen != NULL, "no example writes %s", path.bytes);
        text_add_bytes(&text, readme, (size_t)(block - readme));
        text_add(&text, screen);
        readme = strstr(block, "```\n");
        memory_free(screen);
        text_drop(&path);
        (*count)++;
    }
    text_add(&text, readme);
    return text_take(&text);
}

static void write_readme(const char *content)
{
    struct text path = {0};
    text_addf(&path, "%s/README.md", getenv("ROOT"));
    FILE *file = fopen(path.bytes, "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(content, file), 0);
    ck_assert_int_eq(fclose(file), 0);
    text_drop(&path);
}

START_TEST(readme_is_true)
{
    size_t count = 0;
    char *readme = source_file("README.md");
    ck_assert_uint_ge(run_blocks(readme, "```", "```"), 10);
    char *drawn = with_screens(readme, &count);
    ck_assert_uint_eq(count, 4);
    bool is_same = strcmp(readme, drawn) == 0;
    if (getenv("GENERATE") != NULL) {
        write_readme(drawn);
    } else if (!is_same) {
        (void)fputs(drawn, stderr);
        ck_abort_msg("README's screens are now other ones; `make screens` writes them");
    }
    memory_free(drawn);
    memory_free(readme);
}
END_TEST

/* Roff's text as a reader sees it, as far as this page uses it. */
static char *manual_text(void)
{
    char *page = source_file("man/taxamr.1");
    struct text text = {0};
    for (const char *at = page; *at != '\0'; at++) {
        if (at[0] == '\\' && at[1] == 'f') {
            at += 2;
        } else if (at[0] == '\\' && (at[1] == '-' || at[1] == 'e')) {
            text_add(&text, *++at == 'e' ? "\\" : "-");
        } else {
            text_add_bytes(&text, at, 1);
        }
    }
    memory_free(page);
    return text_take(&text);
}

START_TEST(manual_is_true)
{
    char *page = manual_text();
    ck_assert_uint_ge(run_blocks(page, ".EX", ".EE"), 4);
    memory_free(page);
}
END_TEST

static void names(const char *page, const char *word)
{
    ck_assert_msg(strstr(page, word) != NULL, "%s is not in the manual page", word);
}

START_TEST(manual_is_complete)
{
    char *page = manual_text();
    size_t count;
    const struct method *const *methods = methods_all(&count);
    for (size_t i = 0; i < count; i++) {
        names(page, methods[i]->key);
    }
    const struct table_kind *const *kinds = tables_all(&count);
    for (size_t i = 0; i < count; i++) {
        names(page, kinds[i]->key);
    }
    const struct chart_kind *const *charts = charts_all(&count);
    for (size_t i = 0; i < count; i++) {
        names(page, charts[i]->key);
    }
    memory_free(page);
}
END_TEST

/* Words of the output of --help that start with `start`. */
static size_t check_words(const char *page, const char *help, const char *start)
{
    size_t count = 0;
    for (const char *at = strstr(help, start); at != NULL; at = strstr(at + 1, start)) {
        const char *word_at = at + strlen(start);
        char *word = memory_copy_bytes(word_at, strcspn(word_at, " ,\n]="));
        names(page, word);
        memory_free(word);
        count++;
    }
    return count;
}

START_TEST(manual_names_what_help_names)
{
    char *page = manual_text();
    struct said said = program_say("taxamr --help");
    ck_assert_uint_gt(check_words(page, said.out, " --"), 15);
    said_drop(&said);
    said = program_say("taxamr --help | sed -n 's/^  taxamr \\([a-z]*\\) .*/ =\\1/p'");
    ck_assert_uint_gt(check_words(page, said.out, " ="), 5);
    said_drop(&said);
    memory_free(page);
}
END_TEST

/* The two commands that a stranger is told to run are there. */
START_TEST(bootstrap_knows_its_words)
{
    struct said said = program_say("sh $ROOT/bootstrap --help");
    ck_assert_int_eq(said.status, 0);
    ck_assert_ptr_nonnull(strstr(said.out, "./bootstrap run"));
    ck_assert_ptr_nonnull(strstr(said.out, "./bootstrap check"));
    said_drop(&said);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {readme_is_true, manual_is_true, manual_is_complete,
                                  manual_names_what_help_names, bootstrap_knows_its_words};
    program_folder();
    struct said said = program_say("ln -s \"$ROOT/data\" data; ln -s \"$ROOT/tests\" tests");
    said_drop(&said);
    int failed = golden_run("examples", tests, sizeof tests / sizeof tests[0]);
    program_clean();
    return failed;
}
